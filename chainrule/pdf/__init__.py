"""Notebooks to PDF, for Gradescope: no LaTeX, no browser, installed by pip alone."""

from chainrule.pdf.export import Pdf, export_pdf, export_template, shape_of, student_line
from chainrule.pdf.notebook import UnreadableNotebookError
from chainrule.pdf.pieces import Problem
from chainrule.pdf.questions import PageMap, Question
from chainrule.pdf.shape import Shape

__all__ = [
    "PageMap",
    "Pdf",
    "Problem",
    "Question",
    "Shape",
    "UnreadableNotebookError",
    "export_pdf",
    "export_template",
    "shape_of",
    "student_line",
]

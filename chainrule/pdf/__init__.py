"""Notebooks to PDF, for Gradescope: no LaTeX, no browser, installed by pip alone."""

from chainrule.pdf.export import Pdf, export_pdf
from chainrule.pdf.pieces import Problem
from chainrule.pdf.questions import PageMap, Question

__all__ = ["PageMap", "Pdf", "Problem", "Question", "export_pdf"]

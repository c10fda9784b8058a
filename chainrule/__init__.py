"""Chainrule: what a student's notebook imports.

Heavy modules (matplotlib, the PDF pipeline) load on first use, so that the
set-up cell of a notebook stays quick.
"""

from chainrule.grading import grade
from chainrule.worksheets import Derivation, Worksheet, WorksheetError

__all__ = ["Derivation", "Worksheet", "WorksheetError", "grade"]

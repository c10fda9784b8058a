"""Computation graphs that a student works out by hand and writes down."""

from chainrule.worksheets.derivation import Derivation
from chainrule.worksheets.errors import WorksheetError
from chainrule.worksheets.graph import Graph, Node
from chainrule.worksheets.worksheet import Worksheet

__all__ = ["Derivation", "Graph", "Node", "Worksheet", "WorksheetError"]

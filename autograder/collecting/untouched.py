"""Whether a notebook is as it was given out: of two, the one with work in it is meant.

Copies of the release come along with the solved notebook all the time: an `original/` in a zip, or
the download beside `<notebook> (1).ipynb`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.repair import Unreadable, salvage
from autograder.repair.match import grade_id, plain


@dataclass(frozen=True)
class Given:
    """What was given out as one notebook."""

    texts: frozenset[str]  # of all its cells
    locked: frozenset[str]  # names of those that are not for answers

    @classmethod
    def of(cls, cells: Iterable[NotebookNode]) -> Given:
        cells = list(cells)
        marked = {grade_id(cell): cell for cell in cells if grade_id(cell)}
        locked = (name for name, cell in marked.items() if not cell.metadata.nbgrader.solution)
        return cls(frozenset({"", *(plain(cell.source) for cell in cells)}), frozenset(locked))

    def is_untouched(self, data: bytes) -> bool:
        """Whether nothing in a file is a student's; what cannot be read may well be."""
        try:
            cells = salvage(data).cells
        except Unreadable:
            return False
        # Locked cells of an earlier release have other texts, and nobody's work in them.
        own = (cell for cell in cells if grade_id(cell) not in self.locked)
        return all(plain(cell.source) in self.texts for cell in own)

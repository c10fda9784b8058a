"""Notebooks with one hazard each, and what of it a reader must find in the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.chainrule.pdf.notebooks import markdown, notebook


@dataclass(frozen=True)
class Hazard:
    """One cell that is hard to show.

    `shows` are texts that must be found in the PDF, `hides` texts that must
    not. `problem` are words of the one problem that must be reported, with
    the number of the cell; empty when the hazard is shown in full.
    """

    name: str
    cell: Mapping[str, Any]
    shows: tuple[str, ...]
    problem: str = ""
    hides: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def notebook(self) -> dict[str, Any]:
        """The cell, numbered 2, between two that must come out whatever it does."""
        return notebook(markdown("BEFORE it"), dict(self.cell), markdown("AFTER it"))

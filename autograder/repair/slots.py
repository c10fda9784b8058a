"""Cells on their way through a repair, and the log of what was done to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.repair.words import listed


@dataclass
class Slot:
    """A cell on its way: which released cell it is (None: one that the student added)."""

    released: int | None
    cell: NotebookNode
    put_back: bool = False  # it was not there


@dataclass
class Log:
    """What was repaired: a line each, and names that make one line together."""

    lines: list[str] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)

    def group(self, kind: str, name: str) -> None:
        self.groups.setdefault(kind, []).append(name)

    def all(self) -> tuple[str, ...]:
        grouped = (
            one.format(names[0]) if len(names) == 1 else many.format(len(names), listed(names))
            for kind, names in self.groups.items()
            for one, many in [_GROUPS[kind]]
        )
        return (*self.lines, *grouped)


_GROUPS = {
    "deleted": (
        "locked cell {} had been deleted and was put back",
        "{} locked cells had been deleted and were put back: {}",
    ),
    "no answer": (
        "answer cell {} was not there and was put back without an answer; if you answered it, hand "
        "in the whole notebook again",
        "{} answer cells were not there and were put back without answers: {}; if you answered "
        "them, hand in the whole notebook again",
    ),
    "answered beside": (
        "answer cell {} was not there and was put back; the code that stood beside it is run "
        "there. If that is not your answer, hand in the whole notebook again",
        "{} answer cells were not there and were put back; the code that stood beside them is run "
        "there: {}. If that is not your answers, hand in the whole notebook again",
    ),
    "doubled": (
        "locked cell {} was there more than once; one was kept",
        "{} locked cells were there more than once; one of each was kept: {}",
    ),
    "doubled answer": (
        "answer cell {} was there more than once; the one with your answer counts, and nothing "
        "else was in the others",
        "{} answer cells were there more than once; those with your answers count, and nothing "
        "else was in the others: {}",
    ),
    "not whole": (
        "locked cell {} was not whole and was put back",
        "{} locked cells were not whole and were put back: {}",
    ),
    "nameless": (
        "cell {} had lost its name and was known by its text or place",
        "{} cells had lost their names and were known by their text or place: {}",
    ),
    "moved": (
        "cell {} stood in another place and was moved back",
        "{} cells stood in another order and were moved back: {}",
    ),
}


def put_together(cells: Sequence[NotebookNode], is_code: bool) -> NotebookNode:
    """One cell out of several. Attachments of one name and different content get new names."""
    attachments: NotebookNode = NotebookNode()
    sources = []
    for cell in cells:
        source = cell.source.strip("\n")
        for name, content in cell.get("attachments", {}).items():
            new, number = name, 1
            while new in attachments and attachments[new] != content:
                number += 1
                new = f"{number}-{name}"
            attachments[new] = content
            source = source.replace(f"attachment:{name}", f"attachment:{new}")
        sources.append(source)
    joined = NotebookNode({**cells[0], "source": ("\n" if is_code else "\n\n").join(sources)})
    if not is_code:
        joined = text_cell(joined.source)
        if attachments:
            joined["attachments"] = attachments
    return joined


def text_cell(text: str) -> NotebookNode:
    return NotebookNode(cell_type="markdown", metadata=NotebookNode(), source=text)


def code_cell(code: str) -> NotebookNode:
    return NotebookNode(cell_type="code", metadata=NotebookNode(), source=code, outputs=[])

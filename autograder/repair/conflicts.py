"""Notebooks that git could not merge: both sides of the file, and one notebook out of them.

The markers are described in https://git-scm.com/docs/git-merge#_how_conflicts_are_presented.
"""

from __future__ import annotations

import re

from nbformat import NotebookNode

OTHER_SIDE = "chainrule_other_side"
"""In the metadata of a cell of a conflict's other side: it counts if nothing else does."""

_MARKER = re.compile(r"^<{7}(?: |$)", re.MULTILINE)


def has_conflict(text: str) -> bool:
    """Whether a line of the file is a conflict marker. In a whole notebook no line begins so."""
    return bool(_MARKER.search(text))


def sides(text: str) -> tuple[str, str]:
    """The file as our side (HEAD) has it and as the other one has it."""
    ours: list[str] = []
    theirs: list[str] = []
    inside = ""
    for line in text.splitlines(keepends=True):
        mark = line[:7]
        if mark == "<<<<<<<":
            inside = "ours"
        elif mark == "|||||||" and inside == "ours":
            inside = "base"  # what both sides come from
        elif mark == "=======" and inside:
            inside = "theirs"
        elif mark == ">>>>>>>" and inside:
            inside = ""
        else:
            if inside in ("", "ours"):
                ours.append(line)
            if inside in ("", "theirs"):
                theirs.append(line)
    return "".join(ours), "".join(theirs)


def merged(ours: NotebookNode, theirs: NotebookNode) -> NotebookNode:
    """Our notebook, with the cells that only the other side has marked and put before ours."""
    places = {_name(cell): place for place, cell in enumerate(ours.cells) if _name(cell)}
    known = {cell.source for cell in ours.cells}
    before: list[list[NotebookNode]] = [[] for _ in range(len(ours.cells) + 1)]
    place = 0  # behind the last cell that both sides have
    for cell in theirs.cells:
        twin = places.get(_name(cell))
        if cell.source not in known:
            cell.metadata = NotebookNode({**cell.metadata, OTHER_SIDE: True})
            before[place if twin is None else twin].append(cell)
        if twin is not None:
            place = twin + 1
    cells = []
    for cell, others in zip([*ours.cells, None], before, strict=True):
        cells += [*others, *filter(None, [cell])]
    return NotebookNode({**ours, "cells": cells})


def _name(cell: NotebookNode) -> str:
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return str(name or cell.get("id") or "")

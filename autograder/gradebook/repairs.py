"""What a student had changed in cells that are not the student's, in words.

nbgrader puts such cells back without a word to anybody. Here the notebook as
it was handed in is held against what stands there now.
"""

from __future__ import annotations

from collections.abc import Iterable

from nbformat import NotebookNode

from autograder.regions import HIDDEN_TEST, MARK_SCHEME, lines

_LINES = 3
_WIDTH = 80


def repairs(
    submitted: NotebookNode, sanitised: NotebookNode, expected: Iterable[str] = ()
) -> tuple[str, ...]:
    """Locked cells that were changed, points that were raised, and `expected` cells deleted."""
    before = _cells(submitted)
    found = []
    for name, now in _cells(sanitised).items():
        if name in before:
            found.append(_repair(name, before[name], now))
    found += [
        f"locked cell {name} had been deleted" for name in expected if name not in before
    ]  # fmt: skip
    return tuple(filter(None, found))


def _repair(name: str, before: NotebookNode, now: NotebookNode) -> str:
    points = now.metadata.nbgrader.get("points")
    said = before.metadata.nbgrader.get("points", points)
    claimed = ""
    if points is not None and said != points:
        claimed = f"claimed {_short(said, 20)} points instead of {points:g}"
    locked = now.metadata.nbgrader.get("locked", False)
    if not locked or (
        _plain(before.source) == _plain(_released(now)) and before.cell_type == now.cell_type
    ):
        return f"cell {name} {claimed}, which were put back" if claimed else ""
    what = f"locked cell {name} had been changed and was put back"
    return f"{what}{f' ({claimed})' if claimed else ''}; what stood there: {_first(before, now)}"


def _first(before: NotebookNode, now: NotebookNode) -> str:
    """The first lines that the student wrote; the cell's own lines say nothing."""
    wrote = [line.strip() for line in before.source.splitlines() if line.strip()]
    ours = {line.strip() for line in now.source.splitlines()}
    wrote = [line for line in wrote if line not in ours] or wrote
    first = [_short(line, _WIDTH) for line in wrote[:_LINES]]
    return " / ".join(first + ["…"] * (len(wrote) > _LINES)) or "nothing"


def _short(value: object, width: int) -> str:
    # Control characters would colour a terminal or break a line of the table.
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= width else f"{text[:width]}…"


def _released(cell: NotebookNode) -> str:
    # What is put back has the hidden tests and the marking scheme in it.
    hidden = (HIDDEN_TEST, MARK_SCHEME)
    return "\n".join(line.text for line in lines(cell.source) if line.kind not in hidden)


def _plain(source: str) -> list[str]:
    return [line.rstrip() for line in source.strip().splitlines()]


def _cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    # Of a cell that is there twice, nbgrader keeps the last, and so does this.
    named = ((cell.metadata.get("nbgrader", {}).get("grade_id"), cell) for cell in notebook.cells)
    return {name: cell for name, cell in named if name}

"""Whether what is on disk is what the kernel was given.

Jupyter gives every cell that runs the next number, and saves that number with
the cell. So a cell that the kernel ran after the highest number in the file was
run after the file was saved. Words that were typed and not saved leave no trace
in a kernel; therefore the time of saving is always shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from chainrule.pdf.notebook import Cell

_ALIKE = 0.5
_MOST_NAMED = 3
_WIDTH = 60
# Handing in changes nothing of the work.
_SUBMITS = re.compile(r"(?<![.\w])submit\(")


def not_saved(
    cells: Iterable[Cell], history: Sequence[str], *, saved: float, started: float
) -> list[str]:
    """The sources that this kernel ran and that are not in the file as they were run.

    `history` is the kernel's (IPython's ``input_hist_raw``: the entry of number n at place n,
    the running cell last); `saved` is when the file was, `started` when the kernel
    was, both in seconds since 1970.
    """
    ran = ["" if _SUBMITS.search(entry) else entry.strip() for entry in history[:-1]]
    numbered: dict[int, list[str]] = {}
    sources = set()
    for cell in cells:
        if cell.kind == "code":
            sources.add(cell.source.strip())
            if cell.execution_count is not None:
                numbered.setdefault(cell.execution_count, []).append(cell.source.strip())
    last = 0
    changed = []
    # What was saved before the kernel started has the numbers of another one.
    for number, entry in enumerate(history[:-1]) if saved >= started else ():
        same = numbered.get(number, [])
        if entry.strip() and entry.strip() in same:
            last = number
        # The same cell with another text; later numbers may agree with an older run by chance.
        elif ran[number] and ran[number] not in sources and _one_alike(ran[number], same):
            changed.append(number)
    later = range(last + 1, len(ran))
    return [ran[number] for number in sorted({*changed, *later}) if ran[number]]


def warning(sources: Sequence[str], when: str) -> str:
    """What to tell a student whose work is not saved; `when` says when the file was."""
    first = [f"“{_first_line(source)}”" for source in sources[:_MOST_NAMED]]
    more = ", …" if len(sources) > _MOST_NAMED else ""
    count = "A cell was" if len(sources) == 1 else f"{len(sources)} cells were"
    return (
        f"Save first. {count} run or changed after the notebook was saved ({when}): "
        f"{', '.join(first)}{more}. Save it (Ctrl+S, on a Mac ⌘S) and run this cell once more. "
        "If everything is saved, submit(anyway=True) takes the notebook as it is on disk."
    )


def _one_alike(source: str, others: Iterable[str]) -> bool:
    for other in others:
        matcher = difflib.SequenceMatcher(None, source[:2000], other[:2000], autojunk=False)
        if matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            return True
    return False


def _first_line(source: str) -> str:
    line = next((line for line in source.splitlines() if not line.startswith("#")), source)
    line = " ".join(line.split())
    return line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…"

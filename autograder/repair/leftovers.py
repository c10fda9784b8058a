"""What a student wrote into a cell that is not the student's, so that it is not lost with it."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from difflib import SequenceMatcher

from autograder.repair.code import is_whole

_MOST_COMPARED = 50_000


@dataclass(frozen=True)
class Leftover:
    """Text that the released cell has not. `code` may be run where it stood, `text` only read."""

    code_before: str = ""
    code_after: str = ""
    text: str = ""


def leftover(released: str, found: str, *, is_code: bool) -> Leftover:
    """What stands in `found` beside `released`.

    Code that was only added, above or below or between, stays code; where
    released lines are missing, the student's lines are text.
    """
    ours = [line.rstrip() for line in released.strip().split("\n")]
    theirs = [line.rstrip() for line in found.strip().split("\n")]
    before, after, clean = _added(ours, theirs)
    blocks = [block for block in (*before, *after) if block.strip()]
    if not blocks:
        return Leftover()
    if is_code and clean:
        above, below = (textwrap.dedent("\n".join(part)).strip("\n") for part in (before, after))
        if all(is_whole(part) for part in (above, below)):
            return Leftover(code_before=above, code_after=below)
    text = "\n\n".join(block.strip("\n") for block in blocks)
    return Leftover(text=fenced(text) if is_code else text)


def fenced(code: str) -> str:
    """Code as Markdown that shows it, whatever backticks are in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}python\n{code}\n{fence}"


def _added(ours: list[str], theirs: list[str]) -> tuple[list[str], list[str], bool]:
    """Blocks added above the released lines and below; whether those are all there."""
    if len(ours) * len(theirs) > _MOST_COMPARED:
        known = set(ours)
        return [], ["\n".join(line for line in theirs if line not in known)], False
    before: list[str] = []
    after: list[str] = []
    clean = True
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        block = theirs[b0:b1]
        if tag == "replace" and ours[a0].strip() and block[0].startswith(ours[a0]):
            block[0] = block[0][len(ours[a0]) :].lstrip()  # written on in the same line
        clean = clean and not any(line.strip() for line in ours[a0:a1])
        if block:
            (after if a0 else before).append("\n".join(block))
    return before, after, clean

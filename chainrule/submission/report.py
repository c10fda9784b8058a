"""What a student reads after handing in."""

from __future__ import annotations

import html
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from chainrule.submission.answers import ANSWERED, EMPTY, FAILING
from chainrule.submission.assignment import Page
from chainrule.submission.hand_in import HandedIn

_SIGNS = {ANSWERED: "✓", EMPTY: "·", FAILING: "✗"}
_MOST_PROBLEMS = 8


def lines(done: HandedIn) -> list[str]:
    """The hand-in in words, one line each: questions, notes, and the two files."""
    known = f"{done.student.name} ({done.student.id})" if done.student.name else done.student.id
    said = [f"{done.work.stamp.assignment}, handed in by {known}"]
    if done.work.missing:
        said += ["", *_missing(done)]
    for page in done.work.pages:
        said += ["", f"{page.name}{_saved(page)}"]
        for answer in done.answers:
            if answer.notebook == page.name:
                why = f": {answer.why}" if answer.why else ""
                state = "" if answer.status == ANSWERED else f" – {answer.status}{why}"
                said.append(f"  {_SIGNS[answer.status]} {answer.title}{state}")
    if done.work.files:
        said += ["", f"With it: {', '.join(done.work.files)}"]
    said += [f"Note: {note}" for note in done.notes]
    said += _problems(done)
    said += ["", _count(done)]
    said += [
        "",
        f"→ {done.pdf.name} ({done.pdf_pages} page{'s' * (done.pdf_pages != 1)})",
        f"→ {done.zip.name} ({_size(done.zip_bytes)})",
        f"in {done.pdf.parent.absolute()}",
        "Look at the PDF. Hand in both, where your course tells you to.",
    ]
    return said


def links(paths: Iterable[Path], here: Path) -> str:
    """Links to files as a notebook in the folder `here` shows them, in HTML."""
    parts = []
    for path in paths:
        try:
            relative = os.path.relpath(path, here)
        except ValueError:  # another drive of Windows
            continue
        target = quote(Path(relative).as_posix())
        name = html.escape(path.name)
        parts.append(f'<a href="{html.escape(target)}" download="{name}">Download {name}</a>')
    return "<br>".join(parts)


def to_json(done: HandedIn) -> dict[str, Any]:
    """The hand-in for scripts."""
    return {
        "assignment": done.work.stamp.assignment,
        "student": done.student.id,
        "pdf": str(done.pdf),
        "zip": str(done.zip),
        "missing": list(done.work.missing),
        "questions": [
            {"notebook": one.notebook, "id": one.id, "title": one.title, "status": one.status,
             "why": one.why}
            for one in done.answers
        ],
        "notes": list(done.notes),
        "problems": [
            {"notebook": name, "cell": one.cell, "what": one.what, "remedy": one.remedy}
            for name, one in done.problems
        ],
    }  # fmt: skip


def when(seconds: float) -> str:
    """A time of saving, with how long ago that was."""
    ago = max(0, round((time.time() - seconds) / 60))
    if ago < 60:
        said = f"{ago} minute{'s' * (ago != 1)} ago" if ago else "just now"
        return f"saved at {time.strftime('%H:%M', time.localtime(seconds))}, {said}"
    return f"saved on {time.strftime('%Y-%m-%d at %H:%M', time.localtime(seconds))}"


def _saved(page: Page) -> str:
    return f" ({when(page.path.stat().st_mtime)})" if page.path else " (as it is in the page now)"


def _missing(done: HandedIn) -> list[str]:
    names = ", ".join(f"{name}.ipynb" for name in done.work.missing)
    if done.work.pages[0].path is None:
        return [
            f"Not in it: {names}. In Colab each notebook has a machine of its own: run the last "
            "cell of each, and hand in all that they write."
        ]
    return [
        f"Not in it, because they do not lie beside the notebook: {names}. Put them there and "
        "submit again, if you have worked on them."
    ]


def _problems(done: HandedIn) -> list[str]:
    said = []
    for name, problem in done.problems[:_MOST_PROBLEMS]:
        cell = "" if problem.cell is None else f", cell {problem.cell}"
        said.append(f"PDF: {name}{cell}: {problem.what} {problem.remedy}")
    more = len(done.problems) - _MOST_PROBLEMS
    return (
        [*said, f"PDF: and {more} more of that kind: look for the boxes in it."]
        if more > 0
        else said
    )


def _count(done: HandedIn) -> str:
    counts = {status: sum(answer.status == status for answer in done.answers) for status in _SIGNS}
    total = len(done.answers)
    said = f"{counts[ANSWERED]} of {total} question{'s' * (total != 1)} answered"
    said += "".join(f", {counts[s]} {s}" for s in (EMPTY, FAILING) if counts[s])
    if total > counts[ANSWERED]:
        said += ". You can go on working, save, and submit again"
    return f"{said}."


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(1, count // 1024)} kB"

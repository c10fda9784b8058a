"""From Gradescope's submission folder to `submitted/`, by way of what `collect` understands."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from autograder.archive import HandedIn, Refused, read
from autograder.collecting import collect
from autograder.course import Course

MOST_BYTES = 128 * 2**20
"""Of a submission: collect holds it in memory, of which a container has little."""


def hand_in(course: Course, assignment: str, student: str, submission: Path) -> tuple[str, ...]:
    """Collect what lies in `submission`, whatever its layout, as the work of `student`.

    Returns what the student should know: files that were not used, and why.
    """
    notes = []
    with tempfile.TemporaryDirectory(prefix="chainrule-inbox-") as inbox:
        packed = Path(inbox, f"{student}.zip")
        refused = _pack(submission, packed)
        collection = collect(course, assignment, [Path(inbox)])
        for stranger in (*refused, *collection.strangers):
            name = _shown(stranger.origin, submission, packed)
            notes.append(f"Not used: {name}: {stranger.reason}")
        for collected in collection.students:
            notes += [f"{one.name}: {one.note}" for one in collected.notebooks if one.note]
    # Somebody who handed in nothing of use is graded too: every notebook is missing then.
    folder = course.path("submitted", assignment, student)
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.glob("*.ipynb")):
        names = ", ".join(f"{path.stem}.ipynb" for path in _released(course, assignment))
        notes.insert(
            0,
            "There is no notebook of this assignment in what you submitted, so nothing could be "
            f"graded. Submit again, with: {names}.",
        )
    return tuple(notes)


def _released(course: Course, assignment: str) -> list[Path]:
    return course.require_assignment(assignment, "release")


def _pack(submission: Path, packed: Path) -> list[Refused]:
    """Put all files, those in zips too, into one zip, which is one student's in any layout."""
    refused: list[Refused] = []
    taken: set[str] = set()
    left = MOST_BYTES
    with zipfile.ZipFile(packed, "w") as archive:
        for item in read(submission):
            if isinstance(item, Refused):
                refused.append(item)
                continue
            name = "/".join(item.parts)
            if name in taken:  # the same name beside a zip and in it
                name = "/".join((*item.archives, *item.parts))
            if name in taken or len(item.data) > left:
                why = "is there twice" if name in taken else _too_much()
                refused.append(Refused(item.origin, why))
                continue
            taken.add(name)
            left -= len(item.data)
            archive.writestr(_entry(name, item), item.data)
    return refused


def _entry(name: str, item: HandedIn) -> zipfile.ZipInfo:
    time = item.time.astimezone()  # a zip keeps local time
    return zipfile.ZipInfo(name, max(time, time.replace(year=1981)).timetuple()[:6])


def _too_much() -> str:
    return f"is more than is taken in all ({MOST_BYTES / 2**20:.0f} MB)"


def _shown(origin: str, submission: Path, packed: Path) -> str:
    """The file as its student knows it, without our folders."""
    return origin.removeprefix(f"{packed}!").removeprefix(f"{submission}/")

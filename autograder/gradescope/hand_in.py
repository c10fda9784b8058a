"""From Gradescope's submission folder to `submitted/`, by way of what `collect` understands."""

from __future__ import annotations

from pathlib import Path

from autograder.collecting import collect
from autograder.course import Course


def hand_in(course: Course, assignment: str, student: str, submission: Path) -> tuple[str, ...]:
    """Collect what lies in `submission`, whatever its layout, as the work of `student`.

    Returns what the student should know: files that were not used, and why.
    """
    collection = collect(course, assignment, [submission], student=student)
    notes = [
        f"Not used: {stranger.origin.removeprefix(f'{submission}/')}: {stranger.reason}"
        for stranger in collection.strangers
    ]
    for collected in collection.students:
        notes += collected.notes
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

"""The student repository: a folder of its own with what is released, and nothing else of ours.

It is made and proved in a folder beside it first. What else lies there (`.git`, a licence)
stays; the assignments, README.md and the wheel are written anew.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import CONFIG, Course, CourseError
from autograder.proof import Leak, find_leaks
from autograder.publication.address import address
from autograder.publication.readme import NAME, readme
from autograder.publication.wheel import build_wheel


class PublicationRefused(CourseError):  # noqa: N818
    """Something secret would be public; the message says what and where."""


@dataclass(frozen=True)
class Published:
    """A student repository, and what to do with it next, one line each."""

    folder: Path
    assignments: tuple[str, ...]
    wheel: str
    next: tuple[str, ...]


def publish(course: Course, assignments: Sequence[str], folder: Path) -> Published:
    """Write the released `assignments`, the wheel and README.md to `folder`.

    Assignments that were published there before stay. CourseError if the folder is no place
    for it, PublicationRefused if a secret would be in it; in either case nothing was written.
    """
    folder = folder.expanduser().resolve()
    _refuse_a_wrong_place(course, folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside it: a rename does not reach across file systems.
    with tempfile.TemporaryDirectory(prefix=".publish-", dir=folder.parent) as place:
        stage = Path(place, "new")
        stage.mkdir()
        for name in assignments:
            course.require_assignment(name, "release")
            shutil.copytree(course.path("release", name), stage / name)
        wheel = build_wheel(stage)
        leaks = _leaks(course, folder, stage, wheel, Path(place, "spare"))
        if leaks:
            raise PublicationRefused(
                f"Nothing was written to {folder}: {len(leaks)} secret(s) would be public.\n"
                + "\n".join(f"  {leak}" for leak in leaks)
                + f"\nTake them out of {folder} or of source/, and release again."
            )
        folder.mkdir(exist_ok=True)
        for old in folder.glob("chainrule-*.whl"):
            old.unlink()
        for new in stage.iterdir():
            if (folder / new.name).is_dir():
                os.rename(folder / new.name, Path(place, f"old-{new.name}"))
            os.rename(new, folder / new.name)
    (folder / NAME).write_text(readme(course, folder), encoding="utf-8")
    return Published(folder, tuple(assignments), wheel.name, _next(course, folder))


def _refuse_a_wrong_place(course: Course, folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CourseError(f"{folder} is a file; --to takes a folder.")
    if (folder / CONFIG).exists() or folder in course.root.parents:
        raise CourseError(
            f"{folder} holds the course itself, which is not for students. --to takes a folder of "
            "its own, outside of the course, as in --to ../student-repository."
        )
    inside = {"source", "release", "submitted", "autograded", "feedback", "answers", "autograder"}
    if folder.is_relative_to(course.root):
        first = folder.relative_to(course.root).parts[0]
        if first in inside:
            raise CourseError(
                f"{folder} lies in the course's folder {first}/. --to takes a folder of its own, "
                "as in --to ../student-repository."
            )


def _leaks(course: Course, folder: Path, stage: Path, wheel: Path, spare: Path) -> list[Leak]:
    """Secrets of any assignment in what would be public, what lies there already included."""
    known = set(course.assignments())
    rest, package = spare / "rest", spare / wheel.name
    rest.mkdir(parents=True)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(package)
    for path in _others(folder, known) if folder.is_dir() else ():
        shutil.copytree(path, rest / path.name) if path.is_dir() else shutil.copy(path, rest)
    found = [
        Leak(f"{wheel.name}/{path.name}", "", "is no part of the student package")
        for path in package.iterdir()
        if path.name != "chainrule" and path.suffix != ".dist-info"
    ]
    for name in sorted(known):
        source = course.path("source", name)
        own = stage / name if (stage / name).exists() else folder / name
        for place in (own, rest):
            found += find_leaks(source, place) if place.is_dir() else []
        found += find_leaks(source, package, program=True)
    return list(dict.fromkeys(found))


def _others(folder: Path, known: Iterable[str]) -> list[Path]:
    skipped = {".git", NAME, *known}
    return [
        path
        for path in sorted(folder.iterdir())
        if path.name not in skipped and path.suffix != ".whl" and not path.is_symlink()
    ]


def _next(course: Course, folder: Path) -> tuple[str, ...]:
    where = address(course.config)
    steps = [f"cd {folder}"]
    if not (folder / ".git").exists():
        steps.append(f"git init -b {where.branch}")
        if where.repository:
            steps.append(f"git remote add origin https://github.com/{where.repository}.git")
        else:
            steps.append("git remote add origin ADDRESS-OF-THE-STUDENT-REPOSITORY")
    steps += ["git add -A", 'git commit -m "Release"', f"git push -u origin {where.branch}"]
    return tuple(steps)

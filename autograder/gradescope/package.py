"""Builds the zip that is uploaded to Gradescope."""

from __future__ import annotations

import json
import re
import shutil
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

import autograder
import chainrule
from autograder.course import Course, CourseError
from autograder.gradescope.course import copy_course, needs_torch
from autograder.gradescope.questions import Question, read_questions
from autograder.gradescope.requirements import TORCH, made_on, pinned, python_version
from autograder.gradescope.results import OUT_OF_TIME, not_graded
from autograder.gradescope.settings import SAMPLE, Gradescope, read_settings
from autograder.sandbox.data import loaded
from autograder.sandbox.run import deadlines

STOPPED = (
    "The autograder was stopped before it had a result, most likely because it needed more memory "
    "than it may use. Your submission is kept and this 0 is no mark of it. Tell your instructor, "
    "who can give the autograder more memory and run it again."
)
WRAP_UP = 30
"""Seconds before Gradescope's timeout at which the run writes what it has. `run_autograder` ends
it a third of that later if it has not."""

# What is no part of a package's source.
_LEFT_BY_TOOLS = ("__pycache__", "build", "dist", "*.egg-info", ".*_cache")


@dataclass(frozen=True)
class Package:
    """A zip that was built, and what has to be set on Gradescope for it."""

    assignment: str
    file: Path
    bytes: int
    points: float  # of the autograder
    written_points: float  # marked by a person
    timeout: int
    python: str
    torch: bool
    data: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def build(course: Course, assignment: str, folder: Path) -> Package:
    """Write `folder/<assignment>-autograder.zip`, in the place of an earlier one.

    CourseError if the assignment is not released, has changed since, or the packages
    are not installed from a copy of the project.
    """
    settings = read_settings(course.config)
    with tempfile.TemporaryDirectory(prefix="chainrule-gradescope-") as temporary:
        place = Path(temporary)
        alone = copy_course(course, assignment, place / "course")
        released = alone.path("release", assignment)
        questions = read_questions(released)
        _require_known(settings, questions)
        data, torch = loaded(released), needs_torch(released)
        _copy_packages(assignment, place / "packages")
        constraints = [f"# {made_on()}", *pinned(torch)]
        (place / "constraints.txt").write_text("\n".join(constraints) + "\n", "utf-8")
        (place / "fallback").mkdir()
        for name, reason in (("stopped", STOPPED), ("time", OUT_OF_TIME)):
            text = json.dumps(not_graded(reason), indent=1)
            (place / "fallback" / f"{name}.json").write_text(text, "utf-8")
        _write_scripts(place, assignment, settings, data, torch)
        file = folder / f"{assignment}-autograder.zip"
        file.parent.mkdir(parents=True, exist_ok=True)
        _zip(place, file)
    return Package(
        assignment=assignment,
        file=file,
        bytes=file.stat().st_size,
        points=sum(q.points for q in questions if not q.manual),
        written_points=sum(q.points for q in questions if q.manual),
        timeout=settings.timeout,
        python=python_version(),
        torch=torch,
        data=tuple(data),
        warnings=tuple(_warnings(course, assignment, settings)),
    )


def _require_known(settings: Gradescope, questions: list[Question]) -> None:
    unknown = sorted(set(settings.question_visibility) - {question.id for question in questions})
    if unknown:
        known = ", ".join(question.id for question in questions)
        raise CourseError(
            f"nbgrader_config.py: c.Gradescope.question_visibility names {', '.join(unknown)}, "
            f"which the assignment does not have. There is: {known}."
        )


def _warnings(course: Course, assignment: str, settings: Gradescope) -> list[str]:
    table = deadlines(course.config)
    own = {name: most for name, most in table.items() if name.startswith(f"{assignment}/")}
    longer = [name for name, most in own.items() if most > settings.timeout]
    return [
        f"c.ExecuteAll.deadlines gives {name} {own[name]:g} s, and c.Gradescope.timeout ends all "
        f"after {settings.timeout} s: raise it, and the timeout on Gradescope, to at most 2400."
        for name in longer
    ]


def _copy_packages(assignment: str, place: Path) -> None:
    """Both packages as folders that pip can install, without the checks of other assignments."""
    student = Path(chainrule.__file__).parent
    ours = Path(autograder.__path__[0])
    for needed in (student / "pyproject.toml", ours.parent / "pyproject.toml"):
        if not needed.is_file():
            raise CourseError(
                f"{needed} is missing: the packages are not installed from a copy of the project. "
                "Get one, and in it run `pip install -e ./chainrule -e .`"
            )
    skipped = shutil.ignore_patterns(*_LEFT_BY_TOOLS)
    shutil.copytree(student, place / "chainrule", ignore=skipped)
    own = "a" + re.sub(r"\W", "_", assignment)

    def skip(folder: str, names: list[str]) -> set[str]:
        others = {
            name
            for name in names
            if Path(folder) == ours / "checks"
            and re.match(r"a\d\d_", name)
            and Path(name).stem != own
        }
        return others | skipped(folder, names)

    shutil.copytree(ours, place / "autograder" / "autograder", ignore=skip)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ours.parent / name, place / "autograder" / name)


def _write_scripts(
    place: Path, assignment: str, settings: Gradescope, data: list[str], torch: bool
) -> None:
    templates = Environment(
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    )  # shell scripts, no pages: nothing to escape for HTML
    words: dict[str, Any] = {
        "assignment": assignment,
        "python": python_version(),
        "pip_arguments": [_quoted(argument) for argument in settings.pip_arguments],
        "torch": TORCH if torch else (),
        "data": data if settings.data != SAMPLE else [],
        "sample": settings.data == SAMPLE,
        "seconds": settings.timeout - WRAP_UP,
        "last_seconds": settings.timeout - WRAP_UP * 2 // 3,
    }
    for name in ("setup.sh", "run_autograder"):
        text = (files(__package__) / f"{name}.j2").read_text("utf-8")
        script = place / name
        script.write_text(templates.from_string(text).render(words), "utf-8", newline="\n")
        script.chmod(0o755)


def _quoted(argument: str) -> str:
    return "'" + argument.replace("'", "'\\''") + "'"


def _zip(folder: Path, file: Path) -> None:
    """Pack a folder's contents, with their modes: Gradescope wants the scripts at the top."""
    new = file.with_name(f".{file.name}.new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo.from_file(path, path.relative_to(folder).as_posix())
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (stat.S_IFREG | stat.S_IMODE(path.stat().st_mode)) << 16
                archive.writestr(entry, path.read_bytes())
    new.replace(file)

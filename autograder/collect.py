"""Collects what students handed in into `submitted/`, and says who and what.

Notebooks are known by their released names. These layouts are understood:

    <student>/<notebook>.ipynb       <student>/<assignment>/<notebook>.ipynb
    <student>_<notebook>.ipynb       <student>.zip, with the notebooks inside
    <student>.ipynb                  if the assignment has one notebook only

The names of copies ("Copy of …", "… (1)", "…-2") are known for what they are.
each in a folder or in a zip. The assignment's own scripts are taken under their
released names, as <student>_<script>.py as well. Nothing is dropped in silence:
what cannot be placed is in the list, with its name and why.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

import nbformat

from autograder.archive import HandedIn, Refused, read
from autograder.course import Course, CourseError
from autograder.scripts import MOST_BYTES as MOST_BYTES_A_SCRIPT
from autograder.scripts import scripts
from autograder.submission import MISSING, UNREADABLE

COLLECTED = "collected"

# Beside notebooks and the assignment's own scripts only data is taken: a student's
# numpy.py would be imported in place of the real one.
_DATA = (".json", ".safetensors", ".csv", ".txt", ".md", ".png", ".jpg", ".jpeg", ".gif", ".svg")
# Where chainrule.training looks for trained weights: beside the notebook.
_WEIGHTS = "artifacts"
_STUDENT = re.compile(r"[\w@+][\w .@+-]*")
# What browsers, Jupyter and learning platforms add to the name of a copy.
_COPY_OF = re.compile(r"^copy of ", re.IGNORECASE)
_COPY = re.compile(r"( ?\(\d+\)|[-_ ]copy\d*|-\d{1,2})$", re.IGNORECASE)
_OLDER = "is older than"
_ALIKE = 0.8


@dataclass(frozen=True)
class CollectedNotebook:
    """One notebook of a student: collected, missing or unreadable."""

    name: str
    status: str
    note: str = ""


@dataclass(frozen=True)
class Collected:
    """One student's hand-in as it now lies in `submitted/`."""

    student: str
    timestamp: datetime  # UTC
    notebooks: tuple[CollectedNotebook, ...]

    @property
    def taken(self) -> int:
        """How many notebooks there are to grade, or to say why they cannot be."""
        return sum(notebook.status != MISSING for notebook in self.notebooks)

    @property
    def summary(self) -> str:
        """What there is and what is missing, in a line."""
        missing = [notebook.name for notebook in self.notebooks if notebook.status == MISSING]
        notes = [
            ": ".join(filter(None, (n.name, *((n.status,) * (n.status != COLLECTED)), n.note)))
            for n in self.notebooks
            if n.note
        ]
        if not self.taken:
            return "nothing taken"
        count = f"{self.taken} of {len(self.notebooks)}"
        return "; ".join([f"{count}, missing: {', '.join(missing)}" if missing else count, *notes])


@dataclass(frozen=True)
class Collection:
    """What one run of `collect` found."""

    students: tuple[Collected, ...]
    strangers: tuple[Refused, ...]  # not taken, each with its reason

    @property
    def lost(self) -> tuple[Refused, ...]:
        """Strangers that may well be somebody's work, and nothing newer of it was taken."""
        return tuple(
            one
            for one in self.strangers
            if one.origin.lower().endswith((".ipynb", ".zip")) and not one.reason.startswith(_OLDER)
        )


@dataclass
class _HandIn:
    """Files of one student on their way into `submitted/`."""

    files: dict[str, HandedIn] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def collect(
    course: Course,
    assignment: str,
    paths: Iterable[Path],
    *,
    received: datetime | None = None,
) -> Collection:
    """Put the hand-ins in `paths` into `submitted/<student>/<assignment>/`.

    A student's later hand-in replaces the notebooks it has and leaves the
    others. `received` is when it came; the default is the newest file's time.
    Raises CourseError if the assignment is not released or a path is not there.
    """
    released = course.require_assignment(assignment, "release")
    names = [path.stem for path in released]
    own_scripts = scripts(course.path("release", assignment))
    paths = list(paths)
    for path in paths:
        if not path.exists():
            raise CourseError(f"{path}: no such file or folder.")

    hand_ins: dict[str, _HandIn] = {}
    strangers: list[Refused] = []
    for path in paths:
        found = list(read(path))
        layout = _layout(path, found, names, assignment)
        for item in found:
            _place(item, layout, names, own_scripts, assignment, hand_ins, strangers)
    students = [
        _write(course, assignment, student, hand_in, names, received)
        for student, hand_in in sorted(hand_ins.items())
    ]
    return Collection(tuple(students), tuple(strangers))


@dataclass(frozen=True)
class _Layout:
    """How the files of one PATH are arranged."""

    wrapper: tuple[str, ...]  # a folder that was only packed around the others
    student: str | None  # whose all of it is, if the PATH itself is one hand-in
    zips: int  # how many zips deep the students' folders begin
    nested: frozenset[tuple[str, ...]] = frozenset()  # (student, folder) with one folder too many


def _place(
    item: HandedIn | Refused,
    layout: _Layout,
    names: list[str],
    own_scripts: list[str],
    assignment: str,
    hand_ins: dict[str, _HandIn],
    strangers: list[Refused],
) -> None:
    """Find the student and the name that a file is handed in under."""
    own_zip = item.archives[-1] if len(item.archives) > layout.zips else None
    if isinstance(item, Refused):
        strangers.append(item)
        if own_zip and _STUDENT.fullmatch(own_zip):
            hand_ins.setdefault(own_zip, _HandIn())  # handed in something, so is on the list
        return
    parts = item.parts
    if parts[: len(layout.wrapper)] == layout.wrapper:
        parts = parts[len(layout.wrapper) :] or parts
    if own_zip is not None or layout.student is not None:
        student, rest = own_zip or layout.student, parts
        if rest[0] == assignment and len(rest) > 1:
            rest = rest[1:]
        if rest[-1].endswith(".ipynb"):
            rest = rest[-1:]  # whatever folders a student packed along
    else:
        if len(parts) == 3 and parts[:2] in layout.nested:
            parts = (parts[0], parts[2])
        student, rest = _student_of_script(parts, own_scripts)
        if student is None:
            student, rest = _student(parts, names, assignment)
    if student is None or not _STUDENT.fullmatch(student):
        strangers.append(Refused(item.origin, _expected(names)))
        return
    if _WEIGHTS in rest[:-1]:  # whatever folders a student packed around it
        rest = rest[rest.index(_WEIGHTS) :]
    name, note = "/".join(rest), ""
    if rest[-1].endswith(".ipynb"):
        notebook, note = _match(rest[-1], names)
        if notebook is None:
            strangers.append(Refused(item.origin, _unknown(rest[-1], names)))
            hand_ins.setdefault(student, _HandIn())
            return
        name = f"{notebook}.ipynb"
    elif script := _script(rest, own_scripts):
        if len(item.data) > MOST_BYTES_A_SCRIPT:
            size, most = len(item.data) / 2**10, MOST_BYTES_A_SCRIPT // 2**10
            reason = f"is too large for a script ({size:.0f} kB, at most {most} kB)"
            strangers.append(Refused(item.origin, reason))
            return
        name = script
    elif own_scripts and rest[-1].endswith(".py"):
        reason = f"is none of the assignment's scripts: {', '.join(own_scripts)}"
        strangers.append(Refused(item.origin, reason))
        return
    elif not _is_data(rest):
        strangers.append(Refused(item.origin, "is neither a notebook nor data"))
        return
    hand_in = hand_ins.setdefault(student, _HandIn())
    before = hand_in.files.get(name)
    if before is not None:
        older, item = sorted((before, item), key=lambda file: file.time)
        strangers.append(Refused(older.origin, f"{_OLDER} {item.origin}, which was taken"))
    hand_in.files[name] = item
    if note:
        hand_in.notes[name] = note


def _student(
    parts: tuple[str, ...], names: list[str], assignment: str
) -> tuple[str | None, tuple[str, ...]]:
    if len(parts) > 1:
        rest = parts[2:] if len(parts) > 2 and parts[1] == assignment else parts[1:]
        if len(rest) > 1 and rest[-1].endswith(".ipynb"):
            return None, parts
        return parts[0], rest
    stem = parts[0].removesuffix(".ipynb")
    if stem == parts[0]:
        return None, parts
    if _match(parts[0], names)[0]:
        return None, parts
    plain = _COPY_OF.sub("", stem)
    cuts = [i for i, character in enumerate(plain) if character == "_" and i]
    ways = [(plain[:i], f"{plain[i + 1 :]}.ipynb") for i in cuts]
    for fits in (_match, _alike):
        for student, file in ways:
            if fits(file, names)[0]:
                return student, (file,)
    if len(names) == 1 and not _alike(parts[0], names)[0]:
        return stem, (f"{names[0]}.ipynb",)
    return None, parts


def _student_of_script(
    parts: tuple[str, ...], own_scripts: list[str]
) -> tuple[str | None, tuple[str, ...]]:
    """Of `<student>_<script>.py`, which lies in no folder of a student."""
    for name in own_scripts:
        student = parts[0].removesuffix(f"_{name}")
        if len(parts) == 1 and student != parts[0]:
            return student, (name,)
    return None, parts


def _script(rest: tuple[str, ...], own_scripts: list[str]) -> str | None:
    """The released script that a file is, whatever folders a student packed around it."""
    for start in range(len(rest)):
        if "/".join(rest[start:]) in own_scripts:
            return "/".join(rest[start:])
    return None


def _match(file: str, names: list[str]) -> tuple[str | None, str]:
    """The released notebook that a file is, and a word if its name was not quite that."""
    stem = file.removesuffix(".ipynb")
    if stem in names:
        return stem, ""
    plain = _COPY_OF.sub("", stem).strip().lower()
    for tried in (plain, _COPY.sub("", plain), _COPY.sub("", _COPY.sub("", plain))):
        for name in names:
            if tried.strip() == name.lower() and file.endswith(".ipynb"):
                return name, f"handed in as {file}"
    return None, ""


def _alike(file: str, names: list[str]) -> tuple[str | None, str]:
    """The released notebook that a misspelt file may have been meant for."""
    plain = _COPY.sub("", _COPY_OF.sub("", file.removesuffix(".ipynb"))).strip().lower()
    meant = {name.lower(): name for name in names}
    close = difflib.get_close_matches(plain, meant, 1, _ALIKE)
    return (meant[close[0]] if close else None), ""


def _unknown(file: str, names: list[str]) -> str:
    close, _ = _alike(file, names)
    if close:
        return f"no notebook of that name; did you mean {close}?"
    return f"is none of the assignment's notebooks: {', '.join(names)}"


def _layout(
    path: Path, found: list[HandedIn | Refused], names: list[str], assignment: str
) -> _Layout:
    """See whether a PATH is an inbox of many, or one student's own folder or zip."""
    zips = 1 if path.suffix.lower() == ".zip" else 0
    notebooks = [
        item.parts
        for item in found
        if isinstance(item, HandedIn)
        and len(item.archives) <= zips
        and item.parts[-1].endswith(".ipynb")
    ]
    bare = [parts[1:] if parts[0] == assignment else parts for parts in notebooks]
    if (
        notebooks
        and (zips or path.is_dir())
        and all(len(parts) == 1 and _match(parts[0], names)[0] for parts in bare)
    ):
        return _Layout((), path.resolve().stem if zips else path.resolve().name, zips)
    wrapper = _wrapper(notebooks, names, assignment)
    inner = [parts[len(wrapper) :] for parts in notebooks]
    return _Layout(wrapper, None, zips, _nested(inner, names, assignment))


def _nested(
    notebooks: list[tuple[str, ...]], names: list[str], assignment: str
) -> frozenset[tuple[str, ...]]:
    """Folders in a student's folder whose notebooks can only be that student's.

    So it is if it is the only folder there, and if the others show that
    students' folders, not groups', stand at the top.
    """
    deep = {parts[:2] for parts in notebooks if len(parts) == 3 and parts[1] != assignment}
    plain = [p for p in notebooks if len(p) < 3 or (len(p) == 3 and p[1] == assignment)]
    direct = {parts[0] for parts in plain if len(parts) > 1}
    tops = [top for top, _ in deep]
    same = len(deep) > 1 and len({folder for _, folder in deep}) == 1
    if not same and not any(_student(parts, names, assignment)[0] for parts in plain):
        return frozenset()
    return frozenset(d for d in deep if tops.count(d[0]) == 1 and d[0] not in direct)


def _wrapper(
    notebooks: list[tuple[str, ...]], names: list[str], assignment: str
) -> tuple[str, ...]:
    tops = {parts[0] for parts in notebooks}
    inner = [parts[1:] for parts in notebooks if len(parts) > 1]
    if len(tops) != 1 or len(inner) < len(notebooks):
        return ()
    around_students = all(
        (len(parts) > 1 and parts[0] != assignment) or _student(parts, names, assignment)[0]
        for parts in inner
    )
    return (tops.pop(),) if around_students else ()


def _write(
    course: Course,
    assignment: str,
    student: str,
    hand_in: _HandIn,
    names: list[str],
    received: datetime | None,
) -> Collected:
    folder = course.path("submitted", assignment, student)
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in hand_in.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    times = [file.time for file in hand_in.files.values()]
    time = received or max(times, default=datetime.now(timezone.utc))
    time = time.astimezone(timezone.utc).replace(microsecond=0)
    (folder / "timestamp.txt").write_text(f"{time:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")
    notebooks = tuple(
        _look(folder / f"{name}.ipynb", hand_in.notes.get(f"{name}.ipynb", "")) for name in names
    )
    return Collected(student, time, notebooks)


def _look(path: Path, note: str) -> CollectedNotebook:
    if not path.is_file():
        return CollectedNotebook(path.stem, MISSING)
    try:
        nbformat.read(path, as_version=4)
    except Exception:  # any bytes may stand in a student's file
        reason = "kept as handed in, but it is no notebook, or only a part of one"
        return CollectedNotebook(path.stem, UNREADABLE, reason)
    return CollectedNotebook(path.stem, COLLECTED, note)


def _is_data(parts: tuple[str, ...]) -> bool:
    # The time is ours to say, and no folder may take a notebook's place.
    folders, name = parts[:-1], parts[-1]
    return (
        Path(name).suffix.lower() in _DATA
        and parts != ("timestamp.txt",)
        and not any(folder.endswith(".ipynb") for folder in folders)
    )


def _expected(names: list[str]) -> str:
    example = names[0]
    return (
        "does not say whose it is: expected <student>/"
        f"{example}.ipynb, <student>_{example}.ipynb or <student>.zip"
    )

"""What a file is, and where it goes in its student's folder.

Notebooks are known by their released names; "Copy of …", "… (1)" and "…-2" are known for what they
are. A name that says nothing is looked past, at the cells: nbgrader's marks in them, or what was
printed in them, tell which notebook it is. The assignment's own scripts go under their released
names, and trained weights to where their notebook looks.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from autograder.archive import HandedIn
from autograder.collecting.untouched import Given
from autograder.course import Course
from autograder.scripts import MOST_BYTES as MOST_BYTES_A_SCRIPT
from autograder.scripts import scripts
from autograder.shown import said

# Beside notebooks and the assignment's own scripts only data is taken: a student's
# numpy.py would be imported in place of the real one.
_DATA = (".json", ".safetensors", ".csv", ".txt", ".md", ".png", ".jpg", ".jpeg", ".gif", ".svg")
_MAYBE_NOTEBOOK = (".ipynb", ".json", ".txt", ".download", "")
PACKED = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".zipx")
"""Archives that are not opened: only zips say beforehand how large they are."""
# Where chainrule.training looks for trained weights: beside the notebook.
_WEIGHTS = "artifacts"
# What browsers, Jupyter and learning platforms add to the name of a copy.
_COPY_OF = re.compile(r"^copy of ", re.IGNORECASE)
_COPY = re.compile(r"( ?\(\d+\)|[-_ ]copy\d*|-\d{1,2})$", re.IGNORECASE)
_MARK = re.compile(rb'"grade_id"\s*:\s*"([^"\\]{1,200})"')
_ALIKE = 0.8
_SHARE = 0.4  # of a notebook's marks or lines
_LINE = 24  # shorter lines stand in many notebooks

EXACT, COPY, CONTENT, BACKUP = 3, 2, 1, 0
"""How sure a notebook's name is. Of two that came at the same time, the surer one is taken; one
that is not even called a notebook, only if no other with work in it came."""


@dataclass(frozen=True)
class Released:
    """What an assignment consists of."""

    assignment: str
    names: tuple[str, ...]
    scripts: tuple[str, ...]
    marks: Mapping[str, frozenset[bytes]] = field(default_factory=dict)  # grade_ids by notebook
    lines: Mapping[str, frozenset[bytes]] = field(default_factory=dict)  # its own, by notebook
    given: Mapping[str, Given] = field(default_factory=dict)  # by notebook

    @classmethod
    def of(cls, course: Course, assignment: str) -> Released:
        """Read `release/`. CourseError if the assignment is not released."""
        paths = course.require_assignment(assignment, "release")
        names = tuple(path.stem for path in paths)
        marks, lines, given = {}, {}, {}
        for path in paths:
            cells = nbformat.read(path, as_version=4).cells
            given[path.stem] = Given.of(cells)
            marks[path.stem] = frozenset(
                cell.metadata.nbgrader.grade_id.encode()
                for cell in cells
                if "nbgrader" in cell.metadata
            )
            lines[path.stem] = frozenset(
                line.strip().encode()
                for cell in cells
                for line in cell.source.splitlines()
                # As JSON writes them, whatever program wrote it.
                if len(line.strip()) >= _LINE and line.isascii() and not set(line) & set('"\\\t')
            )
        own = {name: _only_in(lines, name) for name in names}
        own_scripts = tuple(scripts(course.path("release", assignment)))
        return cls(assignment, names, own_scripts, marks, own, given)


@dataclass(frozen=True)
class Placed:
    """A file's name in its student's folder, and a word if it came under another one."""

    name: str
    note: str = ""
    sure: int = EXACT


@dataclass(frozen=True)
class Unplaced:
    """Why a file has no place."""

    reason: str
    is_work: bool = False  # it may well be somebody's answer


def place(path: tuple[str, ...], file: HandedIn, released: Released) -> Placed | Unplaced:
    """Where a file of a student goes; `path` is what came, whatever folders were packed along."""
    if _WEIGHTS in path[:-1]:
        path = path[path.index(_WEIGHTS) :]
    elif path[0] == released.assignment and len(path) > 1:
        path = path[1:]
    name = path[-1]
    if is_notebook(name):
        return _notebook(name, file, released)
    if script := _script(path, released.scripts):
        size, most = file.file.stat().st_size / 2**10, MOST_BYTES_A_SCRIPT // 2**10
        if size > most:
            return Unplaced(
                f"is too large for a script ({size:.0f} kB, at most {most} kB): data have to be in "
                "a file of their own"
            )
        return Placed(script)
    if released.scripts and name.endswith(".py"):
        known = ", ".join(released.scripts)
        return Unplaced(f"is none of the assignment's scripts: rename it, if it is one of {known}")
    if name.lower().endswith(PACKED):
        return Unplaced(
            "is an archive that is not opened here: unpack it and collect what was in it, or ask "
            "for a zip",
            True,
        )
    called = ".ipynb" in name.lower()  # as in words.ipynb.crdownload, words.ipynb (1)
    if path[0] != _WEIGHTS and (called or Path(name).suffix.lower() in _MAYBE_NOTEBOOK):
        notebook = looks_like(file.data, released)
        if notebook is not None:
            return Placed(f"{notebook}.ipynb", f"handed in as {said(name)}", BACKUP)
    if name.lower().endswith(".pdf"):
        return Unplaced(
            "is a PDF: points are given for what is in notebooks; see that they came too"
        )
    if called:
        return Unplaced(
            "is what a browser, iCloud or an editor has left of a notebook, and none of the "
            "assignment's is in it: ask for the notebook itself",
            True,
        )
    if not _is_data(path):
        return Unplaced("is neither a notebook nor data: answers have to stand in the notebook")
    return Placed("/".join(path))


def is_notebook(name: str) -> bool:
    """Whether a file is called a notebook."""
    return name.lower().endswith(".ipynb")


def by_name(file: str, names: tuple[str, ...]) -> str | None:
    """The released notebook that a file's name says, copies included."""
    if not is_notebook(file):
        return None
    stem = file[: -len(".ipynb")]
    if stem in names:
        return stem
    plain = _COPY_OF.sub("", stem).strip().lower()
    for tried in (plain, _COPY.sub("", plain), _COPY.sub("", _COPY.sub("", plain))):
        for name in names:
            if tried.strip() == name.lower():
                return name
    return None


def alike(file: str, names: tuple[str, ...]) -> str | None:
    """The released notebook that a misspelt file may have been meant for."""
    plain = _COPY.sub("", _COPY_OF.sub("", re.sub(r"\.ipynb$", "", file, flags=re.I)))
    meant = {name.lower(): name for name in names}
    close = difflib.get_close_matches(plain.strip().lower(), meant, 1, _ALIKE)
    return meant[close[0]] if close else None


def looks_like(data: bytes, released: Released) -> str | None:
    """The released notebook whose cells are in a file, damaged as it may be; None if in doubt."""
    if b"\0" in data[:200]:
        data = data.replace(b"\0", b"")  # UTF-16
    if b'"cells"' not in data and b'"cell_type"' not in data:
        return None
    found = set(_MARK.findall(data))
    known = frozenset().union(*released.marks.values())
    if found & known:
        return _best({name: (found & own, own) for name, own in released.marks.items()})
    lines = released.lines
    return _best({name: ({ln for ln in own if ln in data}, own) for name, own in lines.items()})


def _best(found: Mapping[str, tuple[set[bytes], frozenset[bytes]]]) -> str | None:
    shares = sorted(((len(f) / len(own), name) for name, (f, own) in found.items() if own))
    if not shares or shares[-1][0] < _SHARE:
        return None
    if len(shares) > 1 and shares[-2][0] == shares[-1][0]:
        return None
    return shares[-1][1]


def _notebook(name: str, file: HandedIn, released: Released) -> Placed | Unplaced:
    meant, cells = by_name(name, released.names), looks_like(file.data, released)
    if meant is not None:
        exact = name == f"{meant}.ipynb"
        notes = [] if exact else [f"handed in as {said(name)}"]
        if cells not in (None, meant):
            notes.append(f"has the cells of {cells}: if it is that one, rename it")
        return Placed(f"{meant}.ipynb", "; ".join(notes), EXACT if exact else COPY)
    if cells is not None:
        return Placed(f"{cells}.ipynb", f"handed in as {said(name)}", CONTENT)
    close = alike(name, released.names)
    if close:
        return Unplaced(f"no notebook of that name; did you mean {close}? Rename it", True)
    known = ", ".join(released.names)
    return Unplaced(
        f"is none of the assignment's notebooks: rename it, if it is one of {known}", True
    )


def _only_in(lines: Mapping[str, frozenset[bytes]], name: str) -> frozenset[bytes]:
    return lines[name].difference(*(own for other, own in lines.items() if other != name))


def _script(path: tuple[str, ...], own: tuple[str, ...]) -> str | None:
    """The released script that a file is, whatever folders a student packed around it."""
    for start in range(len(path)):
        if "/".join(path[start:]) in own:
            return "/".join(path[start:])
    return None


def _is_data(path: tuple[str, ...]) -> bool:
    # The time is ours to say, and no folder may take a notebook's place.
    return (
        Path(path[-1]).suffix.lower() in _DATA
        and path != ("timestamp.txt",)
        and not any(is_notebook(folder) for folder in path[:-1])
    )

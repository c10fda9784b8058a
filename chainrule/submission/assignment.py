"""What belongs to an assignment: its notebooks, its scripts and what was trained.

`autograder release` leaves a note in the metadata of the notebook's last cell, because
cells keep theirs in every editor, which notebooks do not:

    {"chainrule": {"submit": {"assignment": "05-mnist-cnn", "course": "Deep Learning",
     "notebook": "2-small-cnn", "notebooks": ["1-…", "2-small-cnn"], "scripts": {}}}}

`scripts` has the names of the assignment's scripts, with the SHA-256 of what is released
for those that students complete and null for those that are given.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chainrule.pdf.notebook import Notebook, UnreadableNotebookError, read
from chainrule.submission.errors import SubmissionError

ARTIFACTS = "artifacts"
DATA = (".json", ".safetensors", ".csv", ".txt", ".md", ".png", ".jpg", ".jpeg", ".gif", ".svg")
"""What the autograder takes of a folder `artifacts`."""

MOST_BYTES_A_FILE = 64 * 2**20
MOST_BYTES = 512 * 2**20
"""The autograder takes no more of one file, and of one zip."""


@dataclass(frozen=True)
class Stamp:
    """What a released notebook says about itself."""

    assignment: str
    notebook: str
    notebooks: tuple[str, ...]
    course: str | None = None
    scripts: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One notebook of the hand-in: as it was found, and as it was read (None: unreadable)."""

    name: str  # as released, without .ipynb
    data: bytes
    content: Notebook | None
    path: Path | None = None  # None in Colab


@dataclass(frozen=True)
class Work:
    """Everything that is handed in, and what the student should know about it."""

    stamp: Stamp
    folder: Path
    pages: tuple[Page, ...]
    files: Mapping[str, bytes]  # scripts and artifacts, by their path in the zip
    notes: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Notebooks of the assignment that are not there."""
        there = {page.name for page in self.pages}
        return tuple(name for name in self.stamp.notebooks if name not in there)


def gather(first: Path | bytes, folder: Path) -> Work:
    """All that belongs to the assignment of one notebook: a file, or in Colab its bytes.

    `folder` is where the rest of it lies. SubmissionError if the notebook cannot be read.
    """
    page, stamp, notes = _first(first, folder)
    pages = {page.name: page}
    beside = {} if set(stamp.notebooks) <= set(pages) else _beside(folder, page.path, stamp)
    for name in stamp.notebooks:
        paths = [] if name in pages else beside.get(name, [])
        if not paths:
            continue
        pages[name] = _page(name, paths[0])
        if paths[0].stem != name:
            notes.append(f"{paths[0].name} goes in as {name}.ipynb.")
        if len(paths) > 1:
            others = ", ".join(path.name for path in paths[1:])
            notes.append(f"{name}: {paths[0].name} goes in, not {others}. If that is wrong, delete "
                         "or move what should not go in, and submit again.")  # fmt: skip
        if pages[name].content is None:
            notes.append(f"{paths[0].name} cannot be read as a notebook. It goes in as it is: "
                         "open it, save it again, and submit once more.")  # fmt: skip
    ordered = sorted(pages.values(), key=lambda one: _place(one.name, stamp))
    files = dict(_scripts(folder, stamp, notes))
    files |= _artifacts(folder, notes, MOST_BYTES - sum(len(one.data) for one in ordered))
    return Work(stamp, folder, tuple(ordered), files, tuple(notes))


def stamp_of(content: Notebook) -> Stamp | None:
    """The note that the release left, if it is there and whole."""
    for cell in reversed(content.cells):
        note = cell.chainrule.get("submit")
        found = _stamp(note) if isinstance(note, Mapping) else None
        if found is not None:
            return found
    return None


def _stamp(note: Mapping[str, Any]) -> Stamp | None:
    names = [note.get("assignment"), note.get("notebook"), *_list(note.get("notebooks"))]
    scripts = note.get("scripts")
    scripts = scripts if isinstance(scripts, Mapping) else {}
    # They become names of files: anybody may have written them.
    plain = all(isinstance(name, str) and _is_plain(name) for name in (*names, *scripts))
    if not plain or any("/" in name for name in names):
        return None
    course = note.get("course")
    return Stamp(
        names[0],
        names[1],
        tuple(names[2:]) or (names[1],),
        course if isinstance(course, str) else None,
        {name: digest if isinstance(digest, str) else None for name, digest in scripts.items()},
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return (
        0 < len(name) <= 200
        and name.isprintable()
        and not set(name) & set('\\:*?"<>|')
        and not any(part in ("", ".", "..") for part in parts)
    )


def _first(first: Path | bytes, folder: Path) -> tuple[Page, Stamp, list[str]]:
    path = first if isinstance(first, Path) else None
    data = _bytes(first) if isinstance(first, Path) else first
    try:
        content = read(path or json.loads(data))
    except UnreadableNotebookError as error:
        raise SubmissionError(
            f"{error} Save the notebook again, or take the last copy of it that opens."
        ) from error
    stamp = stamp_of(content)
    notes = []
    if stamp is None:
        stamp, note = _guessed(path, folder)
        notes.append(note)
    elif path is not None and path.stem != stamp.notebook:
        notes.append(f"{path.name} goes in as {stamp.notebook}.ipynb.")
    return Page(stamp.notebook, data, content, path), stamp, notes


def _guessed(path: Path | None, folder: Path) -> tuple[Stamp, str]:
    """For a notebook whose last cell was deleted: a notebook beside it may know, or the folder."""
    name = path.stem if path else "notebook"
    for other in sorted(folder.glob("*.ipynb")) if path else ():
        content = _page(other.stem, other).content
        stamp = stamp_of(content) if content else None
        if stamp is not None and name in stamp.notebooks:
            stamp = Stamp(stamp.assignment, name, stamp.notebooks, stamp.course, stamp.scripts)
            note = (f"{name} belongs to {stamp.assignment}, says {other.name}. If that is wrong, "
                    "move it to a folder of its own, and submit again.")  # fmt: skip
            return stamp, note
    assignment = folder.resolve().name if path and _is_plain(folder.resolve().name) else name
    return (
        Stamp(assignment, name, (name,)),
        f"The notebook does not say which assignment it belongs to, so it goes in as "
        f"{assignment}, alone. If that is wrong, take a fresh copy of the released notebook and "
        "move your answers into it.",
    )


def _beside(folder: Path, first: Path | None, stamp: Stamp) -> dict[str, list[Path]]:
    """Files of the other notebooks, by their released names, the best of each first.

    The best is that of the released name, then the one saved last.
    """
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.ipynb")):
        if not path.is_file() or (first and path.samefile(first)):
            continue
        content = _page(path.stem, path).content
        own = stamp_of(content) if content else None
        if path.stem in stamp.notebooks:
            found.setdefault(path.stem, []).append(path)
        elif own is not None and own.assignment == stamp.assignment:
            found.setdefault(own.notebook, []).append(path)
    for name, paths in found.items():
        paths.sort(key=lambda path: (path.stem != name, -path.stat().st_mtime))
    return found


def _page(name: str, path: Path) -> Page:
    data = _bytes(path)
    try:
        return Page(name, data, read(path), path)
    except UnreadableNotebookError:
        return Page(name, data, None, path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SubmissionError(
            f"{path} cannot be read ({error.strerror or error}). Close it elsewhere or move it "
            "away, and submit again."
        ) from error


def _place(name: str, stamp: Stamp) -> tuple[int, str]:
    known = name in stamp.notebooks
    return (stamp.notebooks.index(name) if known else len(stamp.notebooks), name)


def _scripts(folder: Path, stamp: Stamp, notes: list[str]) -> Iterable[tuple[str, bytes]]:
    for name, released in stamp.scripts.items():
        path = folder / name
        if path.is_file():
            data = _bytes(path)
            if hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() == released:
                notes.append(f"{name} is as it was released: nothing is written in it yet. If you "
                             "have completed it, save it and submit again.")  # fmt: skip
            yield name, data
        elif released is not None:
            notes.append(f"{name} is not beside the notebook. It is yours to complete and is "
                         "marked: put it there and submit again.")  # fmt: skip


def _artifacts(folder: Path, notes: list[str], room: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted((folder / ARTIFACTS).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or path.suffix.lower() not in DATA or _is_partial(path):
            continue
        size = path.stat().st_size
        if size > MOST_BYTES_A_FILE or size > room:
            notes.append(f"{name} is left out: it has {size / 2**20:.0f} MB, and "
                         f"{min(room, MOST_BYTES_A_FILE) / 2**20:.0f} MB are taken. Train a "
                         "smaller network, or delete what is not needed.")  # fmt: skip
            continue
        found[name] = _bytes(path)
        room -= size
    return found


def _is_partial(path: Path) -> bool:
    # A training that broke off; hidden files are half written.
    return path.name.startswith(".") or path.name.endswith(".partial.safetensors")

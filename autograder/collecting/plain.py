"""Folders, zips and file names that say whose they are.

    <student>/<notebook>.ipynb       <student>/<assignment>/<notebook>.ipynb, with timestamp.txt
    <student>_<notebook>.ipynb       <student>.zip, with the notebooks inside
    <student>.ipynb                  <assignment>-<student>.zip, from `chainrule submit`

each in a folder or in a zip; `<student>.ipynb` if the assignment has one notebook only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.archive import HandedIn, Refused
from autograder.collecting.placing import Released, alike, by_name, is_notebook
from autograder.collecting.sent import GIVEN, SEEN, Sent
from autograder.roster import Claim

FILE, FOLDER = "file name", "folder"
"""Where a name was found. The one of a file is the student's; that of a folder is somebody else's,
who sorted the work."""
TOLD = "command line"
"""Whose all of it is, as the instructor has said."""

_TIME = "timestamp.txt"
_AGAIN = re.compile(r"^copy of |( ?\(\d+\))+$", re.IGNORECASE)
_COPY_OF = re.compile(r"^copy of ", re.IGNORECASE)


def sort(
    path: Path,
    found: Iterable[HandedIn],
    released: Released,
    knows: Callable[[str], bool] = lambda label: False,
) -> Iterator[Sent | Refused]:
    """Whose each file is; `knows` says of a name whether it is on the roster.

    A file that does not say whose it is has no claims: its manifest may know.
    """
    found = list(found)
    layout = _Layout.of(path, found, released, knows)
    times = layout.times(found)
    for item in found:
        if (item.archives, item.parts) in times:
            continue
        student, source, rest = layout.student(item)
        claims = (Claim(source, student),) if student else ()
        time = times.get((item.archives, (*item.parts[: -len(rest)], _TIME)))
        if time is not None:
            yield Sent(item, rest, claims, time, GIVEN)
        else:
            yield Sent(item, rest, claims, item.time, SEEN)


def expected(released: Released) -> str:
    """What to do about a file that does not say whose it is."""
    example = released.names[0]
    return (
        "does not say whose it is: expected <student>/"
        f"{example}.ipynb, <student>_{example}.ipynb or <student>.zip"
    )


@dataclass(frozen=True)
class _Layout:
    """How the files of one PATH are arranged."""

    released: Released
    knows: Callable[[str], bool]
    wrapper: tuple[str, ...]  # a folder that was only packed around the others
    whose: str | None  # whose all of it is, if the PATH itself is one hand-in
    zips: int  # how many zips deep the students' folders begin
    nested: frozenset[tuple[str, ...]]  # (student, folder) with one folder too many
    same: frozenset[str]  # names that zips of several students have, and so are no student's

    @classmethod
    def of(
        cls,
        path: Path,
        found: list[HandedIn],
        released: Released,
        knows: Callable[[str], bool],
    ) -> _Layout:
        """See whether a PATH is an inbox of many, or one student's own folder or zip."""
        zips = 1 if path.suffix.lower() == ".zip" else 0
        notebooks = [
            item.parts
            for item in found
            if len(item.archives) <= zips and is_notebook(item.parts[-1])
        ]
        bare = [p[1:] if p[0] == released.assignment and len(p) > 1 else p for p in notebooks]
        places = {(item.archives[zips], item.parts[: item.outside]) for item in found
                  if len(item.archives) > zips}  # fmt: skip
        names = [name for name, _ in places]
        same = frozenset(name for name in names if names.count(name) > 1)
        whose = None
        if (
            notebooks
            and (zips or path.is_dir())
            and all(len(parts) == 1 and by_name(parts[0], released.names) for parts in bare)
        ):
            whose = path.resolve().stem if zips else path.resolve().name
        layout = cls(released, knows, (), whose, zips, frozenset(), same)
        wrapper = layout._wrapper(notebooks)
        inner = [parts[len(wrapper) :] for parts in notebooks]
        return cls(released, knows, wrapper, whose, zips, layout._nested(inner), same)

    def student(self, item: HandedIn) -> tuple[str | None, str, tuple[str, ...]]:
        """Whose a file is, if it says so, where it says it, and its path in that hand-in."""
        if len(item.archives) > self.zips:
            return (*self._of_zip(item), item.inside)
        parts = self._unwrapped(item.parts)
        if self.whose is not None:
            return self._stem(self.whose), FILE if self.zips else FOLDER, parts
        if len(parts) == 3 and parts[:2] in self.nested:
            parts = (parts[0], parts[2])
        student, rest = self._student(parts)
        return student, FILE if len(parts) == 1 else FOLDER, rest

    def times(
        self, found: list[HandedIn]
    ) -> dict[tuple[tuple[str, ...], tuple[str, ...]], datetime]:
        """What nbgrader's `<student>/<assignment>/timestamp.txt` say, by place.

        One that a student packed into a zip says nothing.
        """
        times = {}
        for item in found:
            parts = self._unwrapped(item.parts)
            if parts[-1] != _TIME or len(item.archives) > self.zips:
                continue
            if parts[:-1][1:] in ((), (self.released.assignment,)) and len(parts) > 1:
                time = _parsed(item)
                if time is not None:
                    times[item.archives, item.parts] = time
        return times

    def _unwrapped(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        around = len(self.wrapper)
        return parts[around:] if len(parts) > around and parts[:around] == self.wrapper else parts

    def _of_zip(self, item: HandedIn) -> tuple[str | None, str]:
        """The student of a zip: its name, or its folder's if the name is that of the work."""
        name = item.archives[self.zips]
        if is_notebook(name):  # a zip that was only called one
            parts = self._unwrapped((*item.parts[: item.outside], name))
            return self._student(parts)[0], FILE if len(parts) == 1 else FOLDER
        name = self._stem(name)
        folder = self._unwrapped((*item.parts[: item.outside], item.parts[-1]))[:-1]
        work = name in self.same or name in (self.released.assignment, *self.released.names)
        if folder and (work or (self.knows(folder[0]) and not self.knows(name))):
            return folder[0], FOLDER
        return None if work else name, FILE

    def _stem(self, name: str) -> str:
        plain = _AGAIN.sub("", name).strip()
        return plain.removeprefix(f"{self.released.assignment}-") or name

    def _student(self, parts: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
        names, assignment = self.released.names, self.released.assignment
        if len(parts) > 1:
            rest = parts[2:] if len(parts) > 2 and parts[1] == assignment else parts[1:]
            if len(rest) > 1 and is_notebook(rest[-1]) and not self.knows(parts[0]):
                return None, parts
            return parts[0], rest
        for script in self.released.scripts:
            if parts[0].endswith(f"_{script}"):
                return parts[0].removesuffix(f"_{script}"), (script,)
        if not is_notebook(parts[0]) or by_name(parts[0], names):
            return None, parts
        stem = _COPY_OF.sub("", parts[0])[: -len(".ipynb")]
        cuts = [i for i, character in enumerate(stem) if character == "_" and i]
        ways = [(stem[:i], f"{stem[i + 1 :]}.ipynb") for i in cuts]
        for fits in (by_name, alike):
            for student, file in ways:
                if fits(file, names):
                    return student, (file,)
        for student, file in (*ways, *((stem[i + 1 :], f"{stem[:i]}.ipynb") for i in cuts)):
            if self.knows(student):
                return student, (file,)
        if self.knows(stem):
            return stem, parts
        if len(names) == 1 and not alike(parts[0], names):
            return stem, (f"{names[0]}.ipynb",)
        return None, parts

    def _nested(self, notebooks: list[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
        """Folders in a student's folder whose notebooks can only be that student's.

        So it is if it is the only folder there, and if the others show that
        students' folders, not groups', stand at the top.
        """
        assignment = self.released.assignment
        deep = {parts[:2] for parts in notebooks if len(parts) == 3 and parts[1] != assignment}
        plain = [p for p in notebooks if len(p) < 3 or (len(p) == 3 and p[1] == assignment)]
        direct = {parts[0] for parts in plain if len(parts) > 1}
        tops = [top for top, _ in deep]
        same = len(deep) > 1 and len({folder for _, folder in deep}) == 1
        if not same and not any(self._student(parts)[0] for parts in plain):
            return frozenset()
        return frozenset(d for d in deep if tops.count(d[0]) == 1 and d[0] not in direct)

    def _wrapper(self, notebooks: list[tuple[str, ...]]) -> tuple[str, ...]:
        tops = {parts[0] for parts in notebooks}
        inner = [parts[1:] for parts in notebooks if len(parts) > 1]
        if len(tops) != 1 or len(inner) < len(notebooks):
            return ()
        around_students = all(
            parts[0] != self.released.assignment if len(parts) > 1 else self._student(parts)[0]
            for parts in inner
        )
        return (tops.pop(),) if around_students else ()


def _parsed(item: HandedIn) -> datetime | None:
    # As nbgrader reads it, so that both mean the same moment.
    try:
        time = parse_utc(item.data[:100].decode("utf-8").strip())
        return time.replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError):
        return None

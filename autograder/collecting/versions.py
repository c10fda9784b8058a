"""Versions: the newest file of a student lies in `submitted/`, and older ones are kept.

Newest of those with work in them: a copy of the release replaces nobody's answers.
`collected/<assignment>/collected.json` remembers what was collected, when it came and who said so;
`collected/<assignment>/earlier/<student>/<time>/` has what another file replaced, or came too late
to replace one. Both lie outside of `submitted/`, where nbgrader would copy them into each run.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path

from autograder.collecting.collection import Earlier
from autograder.collecting.placing import BACKUP, Placed
from autograder.collecting.sent import GIVEN, UNKNOWN, Sent
from autograder.collecting.untouched import Given
from autograder.course import Course, CourseError
from autograder.roster import Claim

_FORMAT = 1


@dataclass(frozen=True)
class _Kept:
    """What is known of a file that lies in `submitted/`."""

    sha256: str
    time: datetime
    clock: str
    late: bool
    attempt: int


@dataclass(frozen=True)
class Version:
    """A file of a student, and where it goes."""

    sent: Sent
    placed: Placed
    given: Given | None = None  # what it was, if it is a notebook
    named: bool = False  # it lies in a folder that has the student's own name

    @cached_property
    def untouched(self) -> bool:
        """Whether nobody has worked in it."""
        return self.given is not None and self.given.is_untouched(self.sent.file.data)

    @property
    def came(self) -> tuple[datetime, int]:
        return self.sent.time, self.sent.attempt

    @property
    def order(self) -> tuple:
        sure, depth = self.placed.sure, len(self.sent.path)
        likely = (self.named, sure, self.sent.file.time, -depth)
        return (not self.untouched, sure > BACKUP, self.came, likely)


def best_last(versions: list[Version]) -> list[Version]:
    """Versions of a file in the order in which they are taken, the last one first of all."""
    # A single one, as most are, need not be looked into.
    return sorted(versions, key=lambda one: one.order) if len(versions) > 1 else versions


class Versions:
    """What was collected of one assignment, before this run and in it."""

    def __init__(self, course: Course, assignment: str) -> None:
        self._course = course
        self._assignment = assignment
        self._folder = course.root / "collected" / assignment
        self._students: dict[str, dict] = {}
        self._load()

    def take(self, student: str, name: str, versions: list[Version]) -> tuple[list[Earlier], str]:
        """Put the best of some versions of a file into `submitted/`, and keep the others.

        Returns what was kept elsewhere, and why the file could not be written, if so.
        """
        *older, newest = best_last(versions)
        place = self._course.path("submitted", self._assignment, student) / name
        if reason := self._blocked(place, student):
            return [], reason
        earlier: list[Earlier] = []
        data = newest.sent.file.data
        new, before = _kept(newest, data), self._files(student).get(name)
        lying = place.read_bytes() if place.is_file() else None
        now = None if lying in (None, data) else hashlib.sha256(lying).hexdigest()
        write = lying != data
        if lying == data:
            new = _same(before, new) if before and before.sha256 == new.sha256 else new
        elif now and before and before.sha256 == new.sha256:
            why = (
                "was collected before, and somebody has changed it in submitted/ since: remove it "
                "there to have this one"
            )
            earlier.append(self._keep(student, name, newest, why))
            write, new = False, before
        elif lying is not None and newest.untouched and not newest.given.is_untouched(lying):
            why = "has no answers in it, and what was collected before has"
            earlier.append(self._keep(student, name, newest, why))
            write, new = False, before
        elif before and before.sha256 == now and _newer(before, new):
            why = f"is older than what was collected before ({_stamp(before.time)})"
            earlier.append(self._keep(student, name, newest, why))
            write, new = False, before
        elif lying is not None:
            path = self._free(student, before.time if before else None, name, lying)
            self._write(path, lying)
            what = Path(os.path.relpath(place, self._course.root)).as_posix()
            older_than = f"is older than {newest.sent.file.origin}"
            earlier.append(self._earlier(what, path, older_than))
        if write:
            self._write(place, data)
        if new is not None:
            self._files(student)[name] = new
        for version in older:
            if version.sent.file.data != data:
                earlier.append(self._keep(student, name, version, _why(version, newest)))
        return earlier, ""

    def remember(self, student: str, claims: tuple[Claim, ...]) -> None:
        """Who the platforms say a student is: an export finds them by that."""
        about = self._students.setdefault(student, {}).setdefault("known_as", {})
        for claim in claims:
            said = {"canvas_id": claim.canvas_id, "email": claim.email, "sid": claim.sid}
            about.update({key: value for key, value in said.items() if value})

    def time(self, student: str) -> datetime | None:
        """When a student's newest file came; None if nobody says."""
        times = [kept.time for kept in self._files(student).values() if kept.clock != UNKNOWN]
        return max(times, default=None)

    def late(self, student: str) -> bool:
        """Whether the platform called any of the files late."""
        return any(kept.late for kept in self._files(student).values())

    def save(self) -> None:
        """Write down what is known, for the next run."""
        record = {
            "format": _FORMAT,
            "students": {
                student: {
                    **about,
                    "files": {
                        name: {**vars(kept), "time": kept.time.isoformat()}
                        for name, kept in sorted(self._files(student).items())
                    },
                }
                for student, about in sorted(self._students.items())
            },
        }
        text = json.dumps(record, indent=1, ensure_ascii=False)
        self._write(self._record, f"{text}\n".encode())

    @property
    def _record(self) -> Path:
        return self._folder / "collected.json"

    def _load(self) -> None:
        if not self._record.is_file():
            return
        try:
            record = json.loads(self._record.read_text("utf-8"))
            if record["format"] != _FORMAT:
                raise ValueError(f"format {record['format']}")
            for student, about in record["students"].items():
                files = {
                    name: _Kept(**{**kept, "time": datetime.fromisoformat(kept["time"])})
                    for name, kept in about["files"].items()
                }
                self._students[student] = {**about, "files": files}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CourseError(
                f"{self._record} is damaged ({error}). Remove it and collect again: what lies in "
                "submitted/ stays as it is."
            ) from error

    def _files(self, student: str) -> dict[str, _Kept]:
        return self._students.setdefault(student, {}).setdefault("files", {})

    def _blocked(self, place: Path, student: str) -> str:
        """Why a file cannot lie there: another one of this student does."""
        top = self._course.path("submitted", self._assignment, student)
        if place.is_dir():
            return f"has the name of a folder that {student} handed in: rename it"
        for folder in place.relative_to(top).parents:
            if (top / folder).is_file():
                return f"lies in a folder that has the name of a file of {student}: rename it"
        name = place.relative_to(top).as_posix()
        for other in self._files(student):
            if other != name and other.casefold() == name.casefold():
                return f"differs from {other} in upper and lower case only: rename one of them"
        return ""

    def _keep(self, student: str, name: str, version: Version, why: str) -> Earlier:
        data = version.sent.file.data
        path = self._free(student, version.sent.time, name, data)
        self._write(path, data)
        return self._earlier(version.sent.file.origin, path, why)

    def _earlier(self, origin: str, path: Path, why: str) -> Earlier:
        kept = path.relative_to(self._course.root).as_posix()
        return Earlier(origin, kept, f"{why}; kept as {kept}")

    def _free(
        self, student: str, time: datetime | None, name: str, data: bytes | None = None
    ) -> Path:
        """Where an older version goes; the same version lies there once."""
        when = _stamp(time or datetime.now(timezone.utc))
        number = 1
        while True:
            again = f"-{number}" if number > 1 else ""
            path = self._folder / "earlier" / student / f"{when}{again}" / name
            if not path.exists() or (data is not None and path.read_bytes() == data):
                return path
            number += 1

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        # Written beside and moved, so that a killed run leaves no half file.
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name[:100]}.new")
        new.write_bytes(data)
        os.replace(new, path)


def known_as(course: Course, assignment: str) -> dict[str, dict[str, str]]:
    """Canvas ids, e-mail addresses and SIDs of students, as platforms gave them at `collect`."""
    students = Versions(course, assignment)._students
    return {student: about.get("known_as", {}) for student, about in students.items()}


def _kept(version: Version, data: bytes) -> _Kept:
    sent = version.sent
    sha256 = hashlib.sha256(data).hexdigest()
    return _Kept(sha256, sent.time, sent.clock, sent.late, sent.attempt)


def _why(version: Version, taken: Version) -> str:
    """Why another version was taken."""
    origin = taken.sent.file.origin
    if version.untouched and not taken.untouched:
        return f"has no answers in it, and {origin} has"
    if version.placed.sure == BACKUP < taken.placed.sure:
        return f"is not called a notebook, and {origin} is"
    if version.came == taken.came:
        return f"came at the same time as {origin}, which was taken"
    return f"is older than {origin}"


def _same(before: _Kept, now: _Kept) -> _Kept:
    """The same bytes once more: what somebody says of the time beats what a file says of it."""
    if now.clock == GIVEN or before.clock == UNKNOWN:
        return now
    return before


def _newer(before: _Kept, now: _Kept) -> bool:
    return (before.time, before.attempt) > (now.time, now.attempt)


def _stamp(time: datetime) -> str:
    return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H%M%SZ")

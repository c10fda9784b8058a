"""Collecting: from what came in, in whatever layout, to `submitted/<student>/<assignment>/`.

    PATH ─► archive ─► layout ─► roster ─► placing ─► versions ─► submitted/
    (zip)   (safely)   (whose)   (who)     (what)     (newest)

Nothing is dropped in silence: what cannot be placed is in the list, with its name and why.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from autograder.archive import HandedIn, Refused, read
from autograder.collecting import canvas, exchange, gradescope, manifest, plain
from autograder.collecting.collection import (
    COLLECTED,
    Collected,
    CollectedNotebook,
    Collection,
    Earlier,
)
from autograder.collecting.people import Found, People
from autograder.collecting.placing import Placed, Released, Unplaced, is_notebook, place
from autograder.collecting.sent import GIVEN, Sent
from autograder.collecting.versions import Version, Versions, best_last
from autograder.course import Course, CourseError
from autograder.gradebook.due import due_dates
from autograder.repair import Unreadable, salvage
from autograder.roster import Claim, Roster, Unknown, slug
from autograder.submission import MISSING, UNREADABLE


@dataclass
class _HandIn:
    """Files of one student on their way into `submitted/`."""

    files: dict[str, list[Version]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    group: set[str] = field(default_factory=set)
    notes: dict[str, None] = field(default_factory=dict)  # in order, each once


def collect(
    course: Course,
    assignment: str,
    paths: Iterable[Path],
    *,
    received: datetime | None = None,
    roster: Roster | None = None,
    student: str | None = None,
) -> Collection:
    """Put the hand-ins in `paths` into `submitted/<student>/<assignment>/`.

    A student's later hand-in replaces the notebooks it has and leaves the others; what it replaces
    is kept. `received` is when it came; the default is what the platform says, and else the newest
    file's time. With a `roster`, people are found in it, and nobody else's work is taken. With
    `student`, all of it is that one's. Raises CourseError if the assignment is not released or a
    path is not there.
    """
    released = Released.of(course, assignment)
    paths = list(paths)
    for path in paths:
        if not path.exists():
            raise CourseError(f"{path}: no such file or folder. Give the path of what came in.")
    run = _Run(released, roster, student, received)
    versions = Versions(course, assignment)
    with tempfile.TemporaryDirectory(prefix="chainrule-collect-") as unpacked:
        for path in paths:
            run.sort(path, Path(unpacked))
        due, extended = due_dates(course, assignment)
        students = []
        for who, hand_in in sorted(run.hand_ins.items()):
            earlier = run.write(who, hand_in, versions)
            look = _Look(course, released, versions, extended.get(who, due))
            students.append(look.at(who, hand_in, earlier))
        versions.save()
    absent = [
        person
        for person in (roster.people if roster else ())
        if not any(course.path("submitted", assignment, person).glob("*.ipynb"))
    ]
    return Collection(tuple(students), tuple(run.strangers), tuple(absent))


class _Run:
    """One run over some paths: whose each file is, and what it is."""

    def __init__(
        self,
        released: Released,
        roster: Roster | None,
        student: str | None,
        received: datetime | None,
    ) -> None:
        self._released = released
        self._roster = roster if student is None else None
        self._people = People(released, self._roster)
        self._student = student
        self._received = received
        self.hand_ins: dict[str, _HandIn] = {}
        self.strangers: list[Refused] = []

    def sort(self, path: Path, unpacked: Path) -> None:
        """Find whose each file of a path is, and where it goes."""
        found = list(read(path, unpacked))
        known = manifest.manifests(found)
        for sent in self._sent(path, found):
            if isinstance(sent, Refused):
                self.strangers.append(sent)
                continue
            said = manifest.manifest_of(sent.file, known)
            whose = self._people.of(sent, said)
            if isinstance(whose, Refused):
                self.strangers.append(whose)
            elif said is None or said[1] != manifest.NAME:
                self._place(sent, whose)

    def write(self, who: str, hand_in: _HandIn, versions: Versions) -> list[Earlier]:
        """Put a student's files into `submitted/`; returns what was kept elsewhere."""
        earlier: list[Earlier] = []
        for name, found in hand_in.files.items():
            kept, reason = versions.take(who, name, found)
            earlier += kept
            if reason:
                self.strangers += [Refused(one.sent.file.origin, reason) for one in found]
        versions.remember(who, tuple(hand_in.claims))
        return earlier

    def _place(self, sent: Sent, whose: Found) -> None:
        placed = place(sent.path, sent.file, self._released)
        if isinstance(placed, Unplaced):
            self.strangers.append(Refused(sent.file.origin, placed.reason))
            if not placed.is_work:
                return
        given = None
        if isinstance(placed, Placed):
            given = self._released.given.get(placed.name.removesuffix(".ipynb"))
        for who, claim in whose.people.items():
            hand_in = self.hand_ins.setdefault(who, _HandIn())
            hand_in.claims.append(claim)
            hand_in.group |= set(whose.people) - {who}
            hand_in.notes.update(dict.fromkeys(whose.notes))
            if isinstance(placed, Placed):
                hand_in.files.setdefault(placed.name, []).append(
                    Version(sent, placed, given, _names(who, claim, sent.path))
                )

    def _sent(self, path: Path, found: list[HandedIn | Refused]) -> Iterator[Sent | Refused]:
        for sent in self._layout(path, found):
            if self._received is not None and isinstance(sent, Sent):
                sent = replace(sent, time=self._received, clock=GIVEN)
            yield sent

    def _layout(self, path: Path, found: list[HandedIn | Refused]) -> Iterator[Sent | Refused]:
        """Whose the platform, or the name, says each file is."""
        zips = 1 if path.suffix.lower() == ".zip" else 0
        files = [item for item in found if isinstance(item, HandedIn)]
        refused = [item for item in found if isinstance(item, Refused)]
        if self._student is not None:
            yield from refused
            claims = (Claim(plain.TOLD, self._student),)
            for item in files:
                inside = item.inside if len(item.archives) > zips else item.parts
                yield Sent(item, inside, claims, item.time)
            return
        if metadata := gradescope.metadata_of(found, zips):
            try:
                yield from gradescope.sort(found, metadata)
            except gradescope.MetadataError as error:
                reason = f"is damaged, so nothing of this export was taken: {error}"
                yield Refused(metadata.origin, reason)
            return
        yield from refused
        of_exchange = exchange.inbox(files, zips)
        taken = {item.origin for item in of_exchange}
        rest = [item for item in files if item.origin not in taken]
        of_canvas = canvas.download(rest, zips)
        taken = {item.origin for item in of_canvas}
        rest = [item for item in rest if item.origin not in taken]
        yield from exchange.sort(of_exchange, zips, self._released.assignment)
        yield from canvas.sort(of_canvas, zips)
        yield from plain.sort(path, rest, self._released, self._knows)
        for item in refused:
            self._list(item.archives[zips:])

    def _knows(self, label: str) -> bool:
        return self._roster is not None and self._roster.knows(label)

    def _list(self, zips: tuple[str, ...]) -> None:
        """Somebody whose own zip had something in it that was refused has handed in something."""
        if not zips or canvas.is_name(zips[0]) or is_notebook(zips[0]):
            return
        found = self._people.find(Claim(plain.FILE, zips[0]))
        for who in () if isinstance(found, Unknown) else found:
            self.hand_ins.setdefault(who, _HandIn())


@dataclass(frozen=True)
class _Look:
    """What lies in `submitted/` after a run, and when it came."""

    course: Course
    released: Released
    versions: Versions
    due: datetime | None

    def at(self, student: str, hand_in: _HandIn, earlier: list[Earlier]) -> Collected:
        """Write a student's `timestamp.txt`, and say what there is."""
        folder = self.course.path("submitted", self.released.assignment, student)
        folder.mkdir(parents=True, exist_ok=True)
        notes = list(hand_in.notes)
        time, late = self.versions.time(student), self.versions.late(student)
        late_by = None
        if time is not None:
            time = time.astimezone(timezone.utc).replace(microsecond=0)
            if self.due is not None and time > self.due:
                late, late_by = True, time - self.due
        elif late and self.due is not None:
            # nbgrader's penalties go by the time, and this is the least that "late" can mean.
            time = self.due + timedelta(seconds=1)
            notes.append(
                "how late is not said, so it counts as one second: collect it with --received"
            )
        stamp = folder / "timestamp.txt"
        if time is not None:
            stamp.write_text(f"{time:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")
        elif hand_in.files:
            stamp.unlink(missing_ok=True)
        if earlier:
            files = f"{len(earlier)} other file{'s' * (len(earlier) > 1)}"
            notes.append(f"{files} kept in collected/{self.released.assignment}/earlier/{student}")
        notebooks = tuple(
            _look(folder / f"{name}.ipynb", self._note(hand_in, f"{name}.ipynb"))
            for name in self.released.names
        )
        group = tuple(sorted(hand_in.group))
        return Collected(
            student, time, notebooks, late, late_by, group, tuple(earlier), tuple(notes)
        )

    @staticmethod
    def _note(hand_in: _HandIn, name: str) -> str:
        versions = hand_in.files.get(name)
        return best_last(versions)[-1].placed.note if versions else ""


def _names(who: str, claim: Claim, path: tuple[str, ...]) -> bool:
    """Whether a folder on a path has a student's own name."""
    names = (who, claim.label, claim.name, claim.email, claim.email.partition("@")[0])
    return bool(({*map(slug, names)} - {""}) & {*map(slug, path[:-1])})


def _look(path: Path, note: str) -> CollectedNotebook:
    if not path.is_file():
        return CollectedNotebook(path.stem, MISSING)
    try:
        salvage(path.read_bytes())
    except Unreadable as error:
        reason = f"kept as handed in, but it cannot be read: {error}"
        return CollectedNotebook(path.stem, UNREADABLE, "; ".join(filter(None, (reason, note))))
    return CollectedNotebook(path.stem, COLLECTED, note)

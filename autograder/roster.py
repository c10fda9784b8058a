"""Who is in the course: a CSV with a row a student, which people and platforms are matched by.

Three kinds of file are understood, by their headings:

    id, name, email, canvas_id, sis_id, login_id, sid, section, group     one's own
    Student, ID, SIS User ID, SIS Login ID, Section, …                    Canvas's gradebook export
    First Name, Last Name, SID, Email, …                                  Gradescope's roster

Any of the columns may be missing. A student's id in the course is the first of `id`, login,
e-mail, SID, SIS id and Canvas id that every row has.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from autograder.course import Course, CourseError
from autograder.shown import said
from autograder.spreadsheet import read_csv

_STUDENT_ID = re.compile(r"[\w@+][\w .@+'-]*")
_MOST_BYTES = 200  # of an id; most file systems take 255

_COLUMNS = {
    "id": ("id", "student_id", "student", "username", "user"),
    "name": ("name", "student_name", "full_name", "display_name"),
    "first": ("first_name", "firstname", "given_name"),
    "last": ("last_name", "lastname", "family_name", "surname"),
    "email": ("email", "e_mail", "mail", "email_address"),
    "canvas_id": ("canvas_id", "canvas_user_id"),
    "sis_id": ("sis_id", "sis_user_id"),
    "login_id": ("login_id", "sis_login_id", "login"),
    "sid": ("sid", "gradescope_id", "gradescope_sid"),
    "section": ("section", "sections"),
    "group": ("group", "team"),
    "role": ("role",),
}
_CANVAS = {"student": "name", "id": "canvas_id"}
_IDS = ("id", "login_id", "email", "sid", "sis_id", "canvas_id")
_NUMBERS = ("id", "login_id", "sid", "sis_id", "canvas_id")
# As spreadsheets write long numbers; the digits are gone.
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+")
_AS_TEXT = re.compile(r'="(.*)"')  # how tables keep a spreadsheet from making a number of 00123
_ALIKE = 0.75


@dataclass(frozen=True)
class Person:
    """A student as the roster has them; what it does not say is the empty string."""

    id: str
    name: str = ""
    first: str = ""
    last: str = ""
    email: str = ""
    canvas_id: str = ""
    sis_id: str = ""
    login_id: str = ""
    sid: str = ""
    section: str = ""
    group: str = ""


@dataclass(frozen=True)
class Claim:
    """Who somebody says a file is from. `source` says it ("Canvas"); the rest is what it says."""

    source: str
    label: str  # the student's id, if no roster knows better
    name: str = ""
    email: str = ""
    canvas_id: str = ""
    sid: str = ""


@dataclass(frozen=True)
class Unknown:
    """A claim that no row of the roster answers, or several do."""

    reason: str


class Roster:
    """The students of a course, and how to find them."""

    def __init__(self, people: Iterable[Person], name: str) -> None:
        self.people = {person.id: person for person in people}
        self.name = name
        self._found: dict[Claim, tuple[Person, ...] | Unknown] = {}
        everyone = list(self.people.values())
        self._ids = _index(everyone, lambda p: [p.id])
        self._canvas = _index(everyone, lambda p: [p.canvas_id])
        self._emails = _index(everyone, lambda p: [p.email])
        self._sids = _index(everyone, lambda p: [p.sid, p.sis_id])
        self._names = _index(everyone, _names)
        self._groups = _index(everyone, lambda p: [p.group, slug(p.group)])
        self._any = _index(
            everyone,
            lambda p: [p.login_id, p.email, p.email.partition("@")[0], p.sid, p.sis_id],
        )

    def find(self, claim: Claim) -> tuple[Person, ...] | Unknown:
        """The student that a claim means, or the group's students.

        Numbers are compared with numbers of their own kind: one student's Canvas id may be
        another's SID.
        """
        if claim not in self._found:
            people, sure = self._look_up(claim)
            if people and not sure:
                who = " or ".join(person.id for person in people)
                reason = f"may be of {who}, says {self.name}: put it in a folder of that id"
                self._found[claim] = Unknown(reason)
            else:
                self._found[claim] = tuple(people) or Unknown(self._stranger(claim))
        return self._found[claim]

    def knows(self, label: str) -> bool:
        """Whether a name of a file or folder is a student's, or a group's."""
        people, sure = self._look_up(Claim("file name", label))
        return bool(people) and sure

    def _look_up(self, claim: Claim) -> tuple[list[Person], bool]:
        """Whom a claim may mean, and whether it means them all."""
        members = self._members(claim)
        several: list[Person] = []  # with the same address or number, by somebody's mistake
        for index, value in (
            (self._canvas, claim.canvas_id),
            (self._emails, claim.email),
            (self._sids, claim.sid),
        ):
            found = index.get(_plain(value), [])
            if len(found) == 1:
                return (members if found[0] in members else found), True
            several = several or found
        if members:
            return members, True
        tries = [(self._names, slug(claim.name))]
        if not (claim.canvas_id or claim.email or claim.sid):
            label = _plain(claim.label)
            tries = [(self._ids, label), (self._any, label), (self._names, slug(claim.label))]
        for index, value in tries:
            found = index.get(value, []) if value else []
            if found:
                return found, len(found) == 1
        return several, False

    def is_named(self, person: Person, name: str) -> bool:
        """Whether a person goes by a name; so does everybody of whom no name is known."""
        names = [known for known in _names(person) if known]
        return not names or slug(name) in names or person in self._groups.get(slug(name), [])

    def _members(self, claim: Claim) -> list[Person]:
        for value in (_plain(claim.label), slug(claim.name), slug(claim.label)):
            if value and value in self._groups:
                return self._groups[value]
        return []

    def _stranger(self, claim: Claim) -> str:
        who = claim.email or claim.name or claim.label
        keys = {_plain(key): p.id for p in self.people.values() for key in (p.id, p.email, p.name)}
        close = difflib.get_close_matches(_plain(who), [key for key in keys if key], 1, _ALIKE)
        advice = (
            f"did you mean {keys[close[0]]}? Rename it, or correct the roster"
            if close
            else "add a row for them, or rename it"
        )
        return f"is from '{said(who)}', who is not in {self.name}: {advice}"


def is_student_id(text: str) -> bool:
    """Whether a student may be called that: it becomes a folder's name."""
    # Python's \w leaves out the vowel signs of many scripts.
    letters = "".join(c for c in text if not unicodedata.category(c).startswith("M"))
    return bool(_STUDENT_ID.fullmatch(letters)) and len(text.encode()) <= _MOST_BYTES


def slug(name: str) -> str:
    """A name as Canvas writes it into file names: lower case, word characters only."""
    text = unicodedata.normalize("NFC", name).casefold()
    return re.sub(r"[^\w]", "", text)


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file. CourseError, with the line, if it is not in order."""
    if not path.is_file():
        raise CourseError(
            f"{path}: no such roster. Name a CSV file with c.Course.roster in "
            "nbgrader_config.py or --roster."
        )
    rows = read_csv(path)
    first = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    columns = _headings(rows[first] if rows else [])
    if not set(columns.values()) & set(_IDS):
        raise CourseError(
            f"{path}: no column says who is who. Give it a first line with headings: "
            "id, name, email, canvas_id, sis_id, login_id, sid, section, group."
        )
    records = []
    for number, row in enumerate(rows[first + 1 :], first + 2):
        if any(cell.strip() for cell in row[len(rows[first]) :]):
            raise CourseError(
                f"{path}, line {number}: there are more cells than headings, so that nobody knows "
                'what is what. Put what has a comma in it into quotes ("Example, Ada").'
            )
        record = {key: _cell(row[i]) for i, key in columns.items() if i < len(row)}
        shortened = [record[key] for key in _NUMBERS if _SHORTENED.fullmatch(record.get(key, ""))]
        if shortened:
            raise CourseError(
                f"{path}, line {number}: a spreadsheet has shortened a number to {shortened[0]}. "
                "Format that column as text, put the numbers in again, and save it."
            )
        if any(record.values()) and not _is_no_student(record):
            records.append((number, record))
    return Roster(_people(path, records), path.name)


def course_roster(course: Course, given: Path | None = None) -> Roster | None:
    """The roster given on the command line, else the configured one; None if there is none."""
    configured = course.config.get("Course", {}).get("roster")
    if given is None and not configured:
        return None
    return read_roster(given if given is not None else course.root / str(configured))


def _cell(text: str) -> str:
    text = text.strip()
    as_text = _AS_TEXT.fullmatch(text)
    return as_text[1].strip() if as_text else text


def _headings(row: list[str]) -> dict[int, str]:
    known = {alias: key for key, aliases in _COLUMNS.items() for alias in aliases}
    plain = [re.sub(r"[^a-z0-9]+", "_", heading.strip().lower()).strip("_") for heading in row]
    if plain[:1] == ["student"] and "id" in plain[1:]:  # Canvas calls the name "Student"
        known |= _CANVAS
    found: dict[int, str] = {}
    for index, heading in enumerate(plain):
        key = known.get(heading)
        if key is not None and key not in found.values():
            found[index] = key
    return found


def _is_no_student(record: dict[str, str]) -> bool:
    # Canvas writes a line of points and a test student; Gradescope lists the staff.
    name, role = record.get("name", ""), record.get("role", "student").lower()
    return name in ("Points Possible", "Student, Test") or role not in ("student", "")


def _people(path: Path, records: list[tuple[int, dict[str, str]]]) -> Iterable[Person]:
    complete = [key for key in _IDS if records and all(r.get(key) for _, r in records)]
    if not complete:
        if not records:
            raise CourseError(
                f"{path} has no students in it. Write a row for each below the headings."
            )
        number = next(n for n, record in records if not record.get("id"))
        raise CourseError(
            f"{path}, line {number}: no id. Fill one of the columns id, login_id, email and sid in "
            "every row."
        )
    # A column in which nobody has what may be a folder's name is none of ids. A single odd one is
    # an error: with other ids everybody else's folder would be another.
    fit = (key for key in complete if any(is_student_id(r[key]) for _, r in records))
    own = next(fit, complete[0])
    seen: dict[str, tuple[int, str]] = {}
    for number, record in records:
        student = unicodedata.normalize("NFC", record[own])
        student = student.lower() if own == "email" else student
        if not is_student_id(student):
            raise CourseError(
                f"{path}, line {number}: '{said(student)}' cannot be a folder's name. Use letters, "
                f"digits and . @ + - _ ', at most {_MOST_BYTES} of them; or give everybody an id "
                "in a column of that name."
            )
        line, other = seen.setdefault(student.casefold(), (number, student))
        if line != number and other == student:
            raise CourseError(
                f"{path}, line {number}: '{student}' is in it twice. Leave one of the two rows."
            )
        if line != number:
            raise CourseError(
                f"{path}, line {number}: '{student}' and '{other}' in line {line} differ by "
                "capital letters only, and the two would have one folder on macOS and Windows. "
                "Give one of them another id."
            )
        names = {f.name for f in fields(Person)} - {"id"}
        yield Person(student, **{key: text for key, text in record.items() if key in names})


def _names(person: Person) -> list[str]:
    """Ada Example, and Example, Ada."""
    given = person.name or f"{person.first} {person.last}"
    before, comma, after = given.partition(",")
    if comma:
        return [slug(given), slug(f"{after} {before}")]
    words = given.split()
    turned = [" ".join((*words[cut:], *words[:cut])) for cut in range(1, len(words))]
    return [slug(one) for one in (given, *turned)]


def _index(
    people: list[Person], keys: Callable[[Person], Iterable[str]]
) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in people:
        for key in {_plain(key) for key in keys(person)} - {""}:
            found.setdefault(key, []).append(person)
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()

"""Numbers, names and times as they stand in the tables that leave the course."""

from __future__ import annotations

from datetime import timedelta

from autograder.roster import Person


def number(points: float | None) -> str:
    """Points without a needless zero, no thousands separator, no exponent; empty for none."""
    if points is None:
        return ""
    text = f"{points:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def names(person: Person) -> tuple[str, str]:
    """First and last name."""
    if person.first or person.last or not person.name:
        return person.first, person.last
    last, comma, first = person.name.partition(",")
    if not comma:
        first, _, last = person.name.rpartition(" ")
    return first.strip(), last.strip()


def sortable(person: Person) -> str:
    """Last name first; the id of somebody who has no name."""
    first, last = names(person)
    return ", ".join(part for part in (last, first) if part) or person.id


def clock(late: timedelta) -> str:
    """Hours, minutes and seconds: 26:03:00."""
    seconds = int(late.total_seconds())
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

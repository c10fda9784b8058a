"""nbgrader's exchange: `inbound/<student>+<assignment>+<time>[+random]/`, one folder a hand-in.

Source: `nbgrader/exchange/default/submit.py` and `collect.py` (nbgrader 0.9): the time is written
as `2026-01-31 23:59:00.000000 UTC`, or with the offset of the exchange's time zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone

from autograder.archive import HandedIn, Refused
from autograder.collecting.sent import GIVEN, SEEN, Sent
from autograder.roster import Claim

SOURCE = "nbgrader"

_FOLDER = re.compile(
    r"(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+"
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) (?P<zone>[+-]\d{4}|\w+)(?:\+.*)?"
)


def is_one(item: HandedIn | Refused) -> bool:
    """Whether a file lies in a folder of the exchange."""
    return isinstance(item, HandedIn) and _folder(item) is not None


def sort(found: Iterable[HandedIn], assignment: str) -> Iterator[Sent | Refused]:
    """Whose each file is, and from when."""
    for item in found:
        index = _folder(item)
        assert index is not None  # it is one
        folder = _FOLDER.fullmatch(item.parts[index])
        assert folder is not None
        path = item.parts[index + 1 :]
        if folder["assignment"] != assignment:
            yield Refused(item.origin, f"is of another assignment, {folder['assignment']}")
            continue
        if path == ("timestamp.txt",):
            continue  # says what the folder's name says
        time = _time(folder["time"], folder["zone"])
        notes = () if time else (f"its time zone '{folder['zone']}' is unknown",)
        claims = (Claim(SOURCE, folder["student"]),)
        yield Sent(item, path, claims, time or item.time, GIVEN if time else SEEN, notes=notes)


def _folder(item: HandedIn) -> int | None:
    for index, part in enumerate(item.parts[: 3 if len(item.parts) > 3 else -1]):
        if _FOLDER.fullmatch(part):
            return index
    return None


def _time(text: str, zone: str) -> datetime | None:
    zone = "+0000" if zone in ("UTC", "GMT", "Z") else zone
    try:
        local = datetime.strptime(f"{text.partition('.')[0]} {zone}", "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None
    return local.astimezone(timezone.utc)

"""nbgrader's exchange: `inbound/<student>+<assignment>+<time>[+random]/`, one folder a hand-in.

Source: `nbgrader/exchange/default/submit.py` and `collect.py` (nbgrader 0.9): the time is written
as `2026-01-31 23:59:00.000000 UTC`, or with the offset of the exchange's time zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone

from autograder.archive import HandedIn, Refused
from autograder.collecting.collection import ELSEWHERE
from autograder.collecting.sent import GIVEN, SEEN, Sent
from autograder.roster import Claim
from autograder.shown import said

SOURCE = "nbgrader"

_UNKNOWN_ZONE = (
    "its time zone '{}' is unknown, so the time of the file counts: say with --received when it "
    "came"
)
_FOLDER = re.compile(
    r"(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+"
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) (?P<zone>[+-]\d{4}|\w+)(?:\+.*)?"
)


def inbox(found: Iterable[HandedIn], zips: int) -> list[HandedIn]:
    """The files of an exchange: those in folders of such names, if nothing lies beside the inbox.

    A student may call a folder of their own like somebody else's.
    """
    found = list(found)
    taken = []
    for item in found:
        index = _folder(item, zips)
        if index is not None:
            around = item.parts[:index]
            around = around[:-1] if around[-1:] == ("inbound",) else around
            if all(other.parts[: len(around)] == around for other in found):
                taken.append(item)
    return taken


def sort(found: Iterable[HandedIn], zips: int, assignment: str) -> Iterator[Sent | Refused]:
    """Whose each file of an exchange is, and from when."""
    for item in found:
        index = _folder(item, zips)
        assert index is not None  # it is one
        folder = _FOLDER.fullmatch(item.parts[index])
        assert folder is not None
        path = item.parts[index + 1 :]
        if folder["assignment"] != assignment:
            reason = f"{ELSEWHERE}, {said(folder['assignment'])}: collect it for that one"
            yield Refused(item.origin, reason)
            continue
        if path == ("timestamp.txt",):
            continue  # says what the folder's name says
        time = _time(folder["time"], folder["zone"])
        notes = () if time else (_UNKNOWN_ZONE.format(folder["zone"]),)
        claims = (Claim(SOURCE, folder["student"]),)
        yield Sent(item, path, claims, time or item.time, GIVEN if time else SEEN, notes=notes)


def _folder(item: HandedIn, zips: int) -> int | None:
    """Which of the folders around a file, or around the zip that it came in, says whose it is."""
    around = item.parts[: item.outside] if len(item.archives) > zips else item.parts[:-1]
    for index, part in enumerate(around[:3]):
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

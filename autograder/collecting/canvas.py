"""Canvas's "Download Submissions": one folder of files, each named for its student.

    exampleada_501_7001_words.ipynb             name, user id, attachment id, file name
    exampleada_LATE_501_7002_words-1.ipynb      handed in late; -1: handed in again
    LATE_anon_x7Yz2_7003_words.ipynb            marked without names

A group's files bear the group's name and the user id of one member. The name is the sortable one,
in lower case, of word characters only. Source: `lib/content_zipper.rb` of instructure/canvas-lms.
The zip says when it was made, and nothing of when the work came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from autograder.archive import HandedIn, Refused
from autograder.collecting.sent import UNKNOWN, Sent
from autograder.roster import Claim

SOURCE = "Canvas"

_NAME = re.compile(
    r"(?!(?:late_)?anon_)(?:(?P<name>\w*?)_)(?:(?P<late>late)_)?"
    r"(?P<user>\d+)_(?P<attachment>\d{2,})_(?P<file>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ANONYMOUS = re.compile(
    r"(?:(?P<late>late)_)?(?P<name>(?P<user>anon_\w+?))_(?P<attachment>\d{2,})_(?P<file>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TYPED = re.compile(r"\w*_(?:\d+|anon_\w+)_(text|link)\.html", re.IGNORECASE)


def download(found: Iterable[HandedIn], zips: int) -> list[HandedIn]:
    """The files of a download: those of such names in a folder where most names are such.

    A student's own `plot_3_200_epochs.png` is none.
    """
    found = list(found)
    top = {_folder(item, zips)[:1] for item in found}
    around = top.pop() if len(top) == 1 else ()
    names = {_outer(item, zips) for item in found if _folder(item, zips) == around}
    of_canvas = {name for name in names if is_name(name)}
    if 2 * len(of_canvas) <= len(names):
        return []
    return [i for i in found if _folder(i, zips) == around and _outer(i, zips) in of_canvas]


def is_name(name: str) -> bool:
    """Whether Canvas would call a file that."""
    return bool(_match(name) or _TYPED.fullmatch(_lettered(name)))


def sort(found: Iterable[HandedIn], zips: int) -> Iterator[Sent | Refused]:
    """Whose each file of a download is; `found` is of one download."""
    found = list(found)
    made = max((item.time for item in found), default=None)
    for item in found:
        name = _outer(item, zips)
        match = _match(name)
        if match is None:
            reason = "is text or a link that was typed into Canvas: ask for the notebook itself"
            yield Refused(item.origin, reason)
            continue
        # As Canvas wrote it, and not as it was matched.
        who, user, file = (name[slice(*match.span(part))] for part in ("name", "user", "file"))
        who = who.lower()
        if user.isdigit():
            label = f"{who}-{user}" if who else user
            claim = Claim(SOURCE, label, name=who, canvas_id=user)
        else:
            claim = Claim(SOURCE, user)
        path = item.inside if len(item.archives) > zips else (file,)
        assert made is not None  # found has at least this item
        sent = Sent(item, path, (claim,), made, UNKNOWN, attempt=int(match["attachment"]))
        yield replace(sent, late=bool(match["late"]))


def _outer(item: HandedIn, zips: int) -> str:
    """The name that Canvas gave: the file's, or that of the zip that a student handed in."""
    return item.archives[zips] if len(item.archives) > zips else item.parts[-1]


def _folder(item: HandedIn, zips: int) -> tuple[str, ...]:
    """Where the file lies that Canvas named."""
    return item.parts[: item.outside] if len(item.archives) > zips else item.parts[:-1]


def _match(name: str) -> re.Match[str] | None:
    lettered = _lettered(name)
    return _NAME.fullmatch(lettered) or _ANONYMOUS.fullmatch(lettered)


def _lettered(name: str) -> str:
    """A name of the same length with letters for marks, such as the vowel signs of many scripts.

    They are word characters in Canvas's Ruby, and none in Python.
    """
    return "".join("a" if unicodedata.category(c).startswith("M") else c for c in name)

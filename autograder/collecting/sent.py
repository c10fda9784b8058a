"""`Sent`: a file on its way into `submitted/`, with who it is said to be from, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from autograder.archive import HandedIn
from autograder.roster import Claim

GIVEN = "given"
"""The time was said by a platform, by nbgrader or by the instructor."""
SEEN = "seen"
"""The time is that of the file: when it was last changed, or what a zip says."""
UNKNOWN = "unknown"
"""The time is that of the download; nobody says when the work came."""


@dataclass(frozen=True)
class Sent:
    """A file and the hand-in it belongs to."""

    file: HandedIn
    path: tuple[str, ...]  # in the hand-in
    claims: tuple[Claim, ...]  # several for a group's hand-in, which counts for each of them
    time: datetime  # UTC; newer ones replace older ones
    clock: str = SEEN
    late: bool = False  # as the platform says
    attempt: int = 0  # of two of the same time, the higher is newer
    notes: tuple[str, ...] = ()

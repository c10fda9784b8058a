"""Whose a file is: the platform's record first, then the manifest, then the file's name.

With a roster, everybody named is looked up in it. A manifest that disagrees with what counts is
noted and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from autograder.archive import Refused
from autograder.collecting import canvas, exchange, gradescope, plain
from autograder.collecting.manifest import Manifest
from autograder.collecting.placing import Released
from autograder.collecting.sent import Sent
from autograder.roster import Claim, Roster, Unknown, is_student_id, slug
from autograder.shown import shown

PLATFORMS = (gradescope.SOURCE, canvas.SOURCE, exchange.SOURCE, plain.FOLDER, plain.TOLD)
"""Who is believed before a manifest, which its student could have written."""


@dataclass(frozen=True)
class Found:
    """The students a file is from, with who said so of each, and what is odd about it."""

    people: dict[str, Claim]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class People:
    """Finds whose files are, for one assignment."""

    released: Released
    roster: Roster | None = None

    def of(self, sent: Sent, said: tuple[Manifest, str] | None) -> Found | Refused:
        """Whose a file is; `said` is the manifest that speaks for it, and its path there."""
        notes = list(sent.notes)
        claims, source = sent.claims, sent.claims[0].source if sent.claims else ""
        if said is not None:
            notes += self._odd(sent, *said)
            written = said[0].claim
            if written is not None and source not in PLATFORMS:
                claims = (written,)
        if not claims:
            return Refused(sent.file.origin, plain.expected(self.released))
        people: dict[str, Claim] = {}
        unknown = []
        for claim in claims:
            found = self.find(claim)
            if isinstance(found, Unknown):
                unknown.append(found.reason)
            else:
                people.update(dict.fromkeys(found, claim))
                notes += self._another_name(claim, found)
        if not people:
            return Refused(sent.file.origin, "; ".join(unknown))
        notes += [f"handed in by a group, one of which {reason}" for reason in unknown]
        return Found(people, tuple(notes))

    def find(self, claim: Claim) -> tuple[str, ...] | Unknown:
        """The ids of those whom a claim names; several if it is a group."""
        if self.roster is None:
            if is_student_id(claim.label):
                return (claim.label,)
            return Unknown(
                f"is from '{shown(claim.label)}', which cannot be a folder's name: collect with a "
                "roster"
            )
        found = self.roster.find(claim)
        return found if isinstance(found, Unknown) else tuple(person.id for person in found)

    def _odd(self, sent: Sent, about: Manifest, path: str) -> list[str]:
        """What a manifest and its files disagree about."""
        notes = []
        if about.assignment not in ("", self.released.assignment):
            notes.append(
                f"its manifest is of another assignment, {about.assignment}: see whether it is the "
                "right hand-in"
            )
        if differs := about.differs(path, sent.file.data):
            notes.append(differs)
        source = sent.claims[0].source if sent.claims else plain.TOLD
        if (
            about.claim is not None
            and source != plain.TOLD
            and not self._names(sent.claims, about.claim)
        ):
            who = " and ".join(claim.label for claim in sent.claims)
            counts = source if source in PLATFORMS else "manifest"
            notes.append(
                f"the manifest says {about.claim.label}, the {source} {who}: the {counts} counts; "
                "if that is wrong, collect it by itself, with --student"
            )
        return notes

    def _names(self, claims: tuple[Claim, ...], written: Claim) -> bool:
        """Whether a manifest's student is one of those that somebody else names."""
        if self.roster is not None:
            mine = self.find(written)
            found = [self.find(claim) for claim in claims]
            return not isinstance(mine, Unknown) and any(
                set(mine) & set(one) for one in found if not isinstance(one, Unknown)
            )
        theirs = {
            slug(name)
            for claim in claims
            for name in (
                *(claim.label, claim.label.partition("@")[0], claim.label.rpartition("-")[0]),
                *(claim.name, claim.email, claim.sid),
            )
        }
        return bool(({slug(written.label), slug(written.name)} - {""}) & theirs)

    def _another_name(self, claim: Claim, found: tuple[str, ...]) -> list[str]:
        if self.roster is None or claim.source != canvas.SOURCE or len(found) > 1:
            return []
        person = self.roster.people[found[0]]
        if self.roster.is_named(person, claim.name):
            return []
        return [
            f"Canvas calls the sender '{claim.name}': if that is a group, give the roster a column "
            "'group'"
        ]

"""Gradescope's bulk export: `assignment_<id>_export/`, and who is who in `submission_metadata.yml`.

    submission_900001:
      :submitters:
      - :name: Ada Example
        :sid: '00123'
        :email: ada@example.edu
      :created_at: 2026-01-05 23:59:00.000000000 Z

A folder `submission_900001/` holds the newest files of one student or group; what came before is
in the metadata only, without its files. The keys are Ruby's symbols. Gradescope documents none of
this: it is what exports look like, and what public programs that read them expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import yaml

from autograder.archive import HandedIn, Refused
from autograder.collecting.sent import GIVEN, UNKNOWN, Sent
from autograder.roster import Claim
from autograder.shown import said

METADATA = "submission_metadata.yml"
SOURCE = "Gradescope"

_BY_HAND = "collect it by itself, with --student"
_DEPTH = 4  # submission, its key, a submitter, the submitter's key
_MOST_DEPTH = 200
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)", re.IGNORECASE
)


class MetadataError(Exception):
    """The metadata is not in order; the message says where."""


@dataclass(frozen=True)
class Record:
    """What the metadata says of one submission."""

    submitters: tuple[Claim, ...]
    created: datetime | None


def metadata_of(found: Iterable[HandedIn | Refused], zips: int) -> HandedIn | None:
    """The metadata among the files of an export; a student's own file of that name is none.

    It speaks for all that came: one in a folder, with something beside that folder, is a student's.
    """
    found = list(found)
    for item in found:
        if isinstance(item, Refused) or item.parts[-1] != METADATA:
            continue
        above = item.parts[:-1]
        whole = all(other.parts[: len(above)] == above for other in found if other.parts)
        if len(item.archives) <= zips and len(above) <= 1 and whole:
            return item
    return None


def sort(found: Iterable[HandedIn | Refused], metadata: HandedIn) -> Iterator[Sent | Refused]:
    """Whose each file of an export is. MetadataError if its metadata cannot be read."""
    records = read_metadata(metadata.data)
    above = metadata.parts[:-1]
    seen: set[str] = set()
    for item in found:
        if item is metadata:
            continue
        name = item.parts[len(above)] if len(item.parts) > len(above) else ""
        key = name.partition(".")[0]
        seen.add(key)
        if isinstance(item, Refused):
            yield item
        elif key not in records:
            yield Refused(item.origin, f"belongs to no submission in {METADATA}: {_BY_HAND}")
        elif not records[key].submitters:
            yield Refused(item.origin, f"has no submitter in {METADATA}: {_BY_HAND}")
        else:
            record = records[key]
            path = item.parts[len(above) + 1 :] or item.parts[-1:]
            time, clock = record.created or item.time, GIVEN if record.created else UNKNOWN
            yield Sent(item, path, record.submitters, time, clock)
    for key, record in records.items():
        if key not in seen:
            who = ", ".join(claim.name or claim.label for claim in record.submitters) or "nobody"
            reason = f"is in {METADATA} (of {who}), and none of its files is here: export again"
            yield Refused(key, reason)


def read_metadata(data: bytes) -> dict[str, Record]:
    """Submissions by name (`submission_900001`). MetadataError if there is none to be read.

    Nothing is built but text, lists and mappings, and no deeper than needed: tags of Ruby or
    Python mean nothing here, and what tests printed is skipped as it goes by.
    """
    try:
        tree = _tree(data)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        words = " ".join(str(error).split())[:200]
        raise MetadataError(f"{METADATA} cannot be read ({words}). Export it again.") from error
    if not isinstance(tree, dict) or not any(isinstance(one, dict) for one in tree.values()):
        raise MetadataError(f"{METADATA} lists no submissions. Export it again.")
    # Submissions of PDFs are listed with their suffix.
    return {
        key.partition(".")[0]: _record(one) for key, one in tree.items() if isinstance(one, dict)
    }


def _record(fields: dict[str, Any]) -> Record:
    submitters = fields.get("submitters")
    people = submitters if isinstance(submitters, list) else []
    claims = (_claim(one) for one in people if isinstance(one, dict))
    return Record(tuple(filter(None, claims)), _time(fields.get("created_at")))


def _claim(submitter: dict[str, Any]) -> Claim | None:
    name, sid, email = (_text(submitter.get(key)) for key in ("name", "sid", "email"))
    # Every student on Gradescope has an e-mail address; not every one has a number.
    label = email.lower() or sid or name
    return Claim(SOURCE, label, name, email, sid=sid) if label else None


def _text(value: Any) -> str:
    text = said(value.strip()) if isinstance(value, str) else ""
    return "" if text in ("~", "null") else text


def _time(value: Any) -> datetime | None:
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    day, clock, zone = found.groups()
    offset = timedelta()
    if zone[0] in "+-":
        hours, minutes = int(zone[1:3]), int(zone[-2:])
        offset = (1 if zone[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes)
    try:
        local = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M:%S")
        return (local - offset).replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError):
        return None


def _tree(data: bytes) -> Any:
    """The document as text, lists and mappings, four levels deep; None for what lies deeper."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    root: list[Any] = []
    open_: list[tuple[list[Any], str | None]] = [(root, None)]
    anchors: dict[str, Any] = {}

    def add(value: Any, anchor: str | None = None) -> None:
        if len(open_) <= _DEPTH + 1:
            open_[-1][0].append(value)
            if anchor:
                anchors[anchor] = value

    for event in yaml.parse(data, Loader=loader):
        if isinstance(event, yaml.ScalarEvent):
            add(event.value, event.anchor)
        elif isinstance(event, yaml.AliasEvent):
            add(anchors.get(event.anchor))
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append(([], event.anchor))
            if len(open_) > _MOST_DEPTH:
                raise ValueError(f"more than {_MOST_DEPTH} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            items, anchor = open_.pop()
            if isinstance(event, yaml.MappingEndEvent):
                pairs = zip(items[::2], items[1::2], strict=False)
                add({k.lstrip(":"): v for k, v in pairs if isinstance(k, str)}, anchor)
            else:
                add(items, anchor)
    return root[0] if root else None

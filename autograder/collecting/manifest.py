"""`manifest.json`, which `chainrule submit` puts into the zip that students hand in.

    {"format": 1, "assignment", "student", "name", "created", "chainrule",
     "files": {path: {"sha256", "bytes"}}, "questions": [...]}

Its checksums show whether the files came as they were packed. Everything in it was written on the
student's machine: it helps to place the work, and proves nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from autograder.archive import HandedIn, Refused
from autograder.roster import Claim, is_student_id
from autograder.shown import said

NAME = "manifest.json"
SOURCE = "manifest"

_FORMAT = 1
_MOST_BYTES = 2**20


@dataclass(frozen=True)
class Manifest:
    """What a manifest says: of which assignment, by whom, and each file's sum."""

    assignment: str
    claim: Claim | None
    sums: Mapping[str, str]  # sha256 by path

    def differs(self, path: str, data: bytes) -> str:
        """In words, if a file is not what was packed; the empty string if it is, or is unlisted."""
        expected = self.sums.get(path)
        if expected is None or hashlib.sha256(data).hexdigest() == expected:
            return ""
        return (
            f"{path} is not as it was packed: its checksum differs from the manifest's; it counts "
            "as it came"
        )


Place = tuple[tuple[str, ...], tuple[str, ...]]
"""The zips and the folder that a manifest lies in, and for whose files it speaks."""


def manifests(found: Iterable[HandedIn | Refused]) -> dict[Place, Manifest]:
    """The manifests among what was handed in. A file of that name that is none is left alone."""
    placed = {}
    for item in found:
        if isinstance(item, HandedIn) and item.parts[-1] == NAME:
            manifest = _read(item)
            if manifest is not None:
                placed[item.archives, item.parts[:-1]] = manifest
    return placed


def manifest_of(item: HandedIn, known: Mapping[Place, Manifest]) -> tuple[Manifest, str] | None:
    """The manifest that speaks for a file, and the file's path in it."""
    for depth in range(len(item.parts) - 1, -1, -1):
        manifest = known.get((item.archives, item.parts[:depth]))
        if manifest is not None:
            return manifest, "/".join(item.parts[depth:])
    return None


def _read(item: HandedIn) -> Manifest | None:
    if item.file.stat().st_size > _MOST_BYTES:
        return None
    try:
        record = json.loads(item.data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or record.get("format") != _FORMAT:
        return None
    files, *words = (record.get(key) for key in ("files", "student", "name", "assignment"))
    if not isinstance(files, dict):
        return None
    sums = {
        path: str(about["sha256"])
        for path, about in files.items()
        if isinstance(about, dict) and "sha256" in about
    }
    student, name, assignment = (
        normalize("NFC", word).strip() if isinstance(word, str) else "" for word in words
    )
    claim = Claim(SOURCE, student, name=said(name)) if is_student_id(student) else None
    return Manifest(said(assignment), claim, sums)

"""The zip of a hand-in, with a list of what is in it.

`manifest.json` stands first:

    {"format": 1, "assignment": …, "student": …, "name": … or null, "created": ISO 8601 in UTC,
     "chainrule": version, "files": {path: {"sha256": …, "bytes": …}},
     "questions": [{"notebook": …, "id": …, "title": …, "status": answered, empty or failing}]}
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from io import BytesIO

import chainrule
from chainrule.submission.answers import Answer
from chainrule.submission.assignment import Work
from chainrule.submission.identity import Student

FORMAT = 1
MANIFEST = "manifest.json"

# Weights are random numbers, which no compression makes smaller.
_STORED = (".safetensors", ".png", ".jpg", ".jpeg", ".gif")


def bundle(
    work: Work, student: Student, found: Sequence[Answer], created: datetime | None = None
) -> bytes:
    """The bytes of the zip. The same work gives the same bytes, but for the time `created`."""
    created = (created or datetime.now(timezone.utc)).astimezone(timezone.utc)
    files = {f"{page.name}.ipynb": page.data for page in work.pages} | dict(work.files)
    manifest = {
        "format": FORMAT,
        "assignment": work.stamp.assignment,
        "student": student.id,
        "name": student.name,
        "created": created.isoformat(timespec="seconds"),
        "chainrule": chainrule.__version__,
        "files": {name: _described(data) for name, data in sorted(files.items())},
        "questions": [
            {"notebook": one.notebook, "id": one.id, "title": one.title, "status": one.status}
            for one in found
        ],
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False).encode() + b"\n"
    return _zipped({MANIFEST: text, **dict(sorted(files.items()))}, created)


def _described(data: bytes) -> dict[str, str | int]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _zipped(files: Mapping[str, bytes], created: datetime) -> bytes:
    stream = BytesIO()
    # A zip has local times without saying whose, and none before 1980.
    local = max(created.astimezone().timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, local)
            entry.create_system = 3  # Unix, on Windows too
            entry.external_attr = 0o644 << 16
            stored = name.lower().endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()

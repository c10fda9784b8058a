"""What platforms give an instructor, made here with made-up names."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from datetime import datetime
from pathlib import Path

CREATED = "2026-01-05 23:59:00.000000000 Z"


def zip_of(files: dict[str, bytes], time: tuple = (2026, 1, 7, 12, 0, 0)) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, time), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def put(folder: Path, files: dict[str, bytes], time: datetime | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if time is not None:
            os.utime(path, (time.timestamp(), time.timestamp()))
    return folder


def submitter(name: str, email: str, sid: str = "") -> str:
    return f"  - :name: {name}\n    :sid: {sid!r}\n    :email: {email}\n"


def metadata(submissions: dict[str, tuple[str, str]]) -> bytes:
    """Gradescope's `submission_metadata.yml`: submitters and time by submission."""
    text = "---\n"
    for key, (people, created) in submissions.items():
        text += f"{key}:\n  :submitters:\n{people}  :created_at: {created}\n"
        text += "  :score: 0.0\n  :status: processed\n  :history: []\n"
        text += (
            "  :results:\n    :tests:\n    - :name: '1'\n      :output: !ruby/object:Foo {a: 1}\n"
        )
    return text.encode()


def gradescope(
    files: dict[str, bytes], submissions: dict[str, tuple[str, str]]
) -> dict[str, bytes]:
    """An export as Gradescope packs it."""
    top = "assignment_4242_export"
    named = {f"{top}/{name}": content for name, content in files.items()}
    return {f"{top}/submission_metadata.yml": metadata(submissions), **named}


def submitted_zip(
    student: str, files: dict[str, bytes], assignment: str = "01-toy", **changed: bytes
) -> bytes:
    """What `chainrule submit` writes; `changed` files are other than the manifest says."""
    manifest = {
        "format": 1,
        "assignment": assignment,
        "student": student,
        "name": None,
        "created": "2026-01-05T20:00:00Z",
        "chainrule": "0.1.0",
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in files.items()
        },
        "questions": [],
    }
    return zip_of({**files, **changed, "manifest.json": json.dumps(manifest).encode()})

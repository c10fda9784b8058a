"""Where a trial's inputs come from: a secret of the course and what was handed in.

    secret of the course ─┐
    cells and files ──────┴─► key of the submission ─┬─► seed of a trial
                              name of the check ─────┘

The same work is asked the same questions whenever it is graded and whoever
handed it in, and nobody without the secret can know which. Only the key of
one submission leaves the machine that has the secret.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import CourseError

SECRET_FILE = ".judge-secret"
SECRET_BYTES = 32

log = logging.getLogger(__name__)


def course_secret(root: Path) -> bytes:
    """The secret of the course in `root`, made on first use, readable by its owner alone.

    CourseError if the file is damaged. Whoever removes it gets other inputs
    at the next run, and the same points for an answer that is right or wrong.
    """
    path = root / SECRET_FILE
    if not path.exists():
        _make(path)
    data = path.read_bytes()
    if len(data) != SECRET_BYTES:
        raise CourseError(f"{path} is damaged. Remove it: a new one is made at the next run.")
    if path.stat().st_mode & 0o077:
        log.warning("%s could be read by others; now only its owner can.", path)
        path.chmod(0o600)
    return data


def submission_key(
    secret: bytes, notebook: NotebookNode, files: Iterable[tuple[str, bytes]] = ()
) -> bytes:
    """What a worker makes the seeds of one submission from: cells in order, and files by name."""
    digest = hmac.new(secret, digestmod=hashlib.sha256)
    pieces = [piece.encode() for cell in notebook.cells for piece in (cell.cell_type, cell.source)]
    for name, data in sorted(files):
        pieces += [name.encode(), data]
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.digest()


def trial_seed(key: bytes, check: str) -> int:
    """The seed of one check's trial, for `numpy.random.default_rng`."""
    return int.from_bytes(hmac.digest(key, check.encode(), "sha256")[:16], "big")


def _make(path: Path) -> None:
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
    try:
        os.link(new, path)  # never over the one that another run has just made
    except FileExistsError:
        log.info("%s: another run was first", path)
    finally:
        new.unlink()

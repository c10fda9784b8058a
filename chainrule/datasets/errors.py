"""The one error that a data set raises, and how a notebook shows it."""

from __future__ import annotations

import errno
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST}

ELSEWHERE = "set CHAINRULE_DATA to another folder"


class DataError(RuntimeError):
    """A data set cannot be had; the message says what happened and what to do next."""

    def _render_traceback_(self) -> list[str]:
        """The error as IPython shows it: the message alone, for our source helps nobody here."""
        return [f"{type(self).__name__}: {self}"]


def disk_error(error: OSError, path: Path, size: int) -> DataError:
    """What the system said about `path`, a file that is to have `size` bytes, and the way out."""
    if error.errno in _FULL:
        return DataError(
            f"The disk is full: {path} needs {size / 1e6:.0f} MB. Free some room and run this cell "
            "again (what has come already is kept), or "
            f"{ELSEWHERE}, on a larger disk. No room anywhere? CHAINRULE_DATASET=sample needs none."
        )
    if error.errno in _FORBIDDEN:
        return DataError(
            f"{error.filename or path} may not be opened or written by you: {error.strerror}. "
            f"Ask whoever it belongs to, or {ELSEWHERE}, one of your own."
        )
    if error.errno in _IN_THE_WAY:
        return DataError(
            f"{error.filename or path} is in the way: a file is where a folder belongs, or a "
            f"folder where a file belongs. Move it to another place, or {ELSEWHERE}."
        )
    return DataError(
        f"{error.filename or path} could not be read or written: {error.strerror or error}. "
        f"Try again, or {ELSEWHERE}."
    )

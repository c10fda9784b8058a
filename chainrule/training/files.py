"""The files of a training run: where they lie, how they are written and read."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from chainrule.training.errors import ArtifactError, TrainingError

FOLDER = "artifacts"
"""Beside the notebook, which is where its kernel works."""

MOST_WEIGHTS = 64 * 2**20
"""What the autograder takes of one file. Float32 weights of 16 million parameters."""

MOST_PARTIAL = 4 * MOST_WEIGHTS
"""Adam keeps two more numbers a weight."""

MOST_RECORD = 10 * 2**20

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_LONGEST_NAME = 80
# Names that Windows keeps for devices; a zip with one of them cannot be unpacked there.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Files:
    """The paths of one run's files."""

    weights: Path
    record: Path
    partial: Path
    """Weights, record and all that training needs to go on, in one file: so they always fit."""

    @classmethod
    def of(cls, name: str) -> Files:
        """The files of the run called `name`; TrainingError for a name that is no file name."""
        if (
            not isinstance(name, str)
            or not _NAME.fullmatch(name)
            or len(name) > _LONGEST_NAME
            or _RESERVED.fullmatch(name)
            or name.endswith((".partial", ".json", ".safetensors"))
        ):
            raise TrainingError(
                f"{name!r} cannot be the name of a run. Take letters, digits, '-' and '_', "
                f"at most {_LONGEST_NAME}, as in 'small-cnn-adam'."
            )
        folder = Path(FOLDER)
        return cls(
            folder / f"{name}.safetensors",
            folder / f"{name}.json",
            folder / f"{name}.partial.safetensors",
        )


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. TrainingError if the folder does not let us."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with new.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise TrainingError(
            f"{path} could not be written ({error.strerror or error}). Training needs to save its "
            f"weights in {path.parent.absolute()}: make room there, or put the notebook into a "
            "folder of your own that you may write to, and run this cell again."
        ) from error


def read(path: Path, most: int) -> bytes | None:
    """A file's bytes; None if there is none. ArtifactError if it has more than `most` bytes."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise ArtifactError(f"{path} is no ordinary file.")
        if status.st_size > most:
            raise ArtifactError(
                f"{path} is too large: {status.st_size / 2**20:.0f} MB, "
                f"at most {most / 2**20:.0f} MB."
            )
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ArtifactError(f"{path} cannot be read ({error.strerror or error}).") from error

"""Where the data lies: the folder of downloads, and arrays kept ready for the next time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

DATA = "CHAINRULE_DATA"
"""The variable that names the folder."""

ARRAYS = ("train_images", "train_labels", "test_images", "test_labels")


def data_folder() -> Path:
    """``CHAINRULE_DATA``, or else a folder in the user's cache; it need not exist yet."""
    named = os.environ.get(DATA, "").strip()
    return Path(named).expanduser().absolute() if named else user_cache_path("chainrule") / "data"


def recall(fingerprint: str) -> dict[str, NDArray[Any]] | None:
    """The arrays kept under this fingerprint, mapped from disk, or None if there are none."""
    folder = data_folder() / "arrays"
    try:
        return {
            name: np.load(_file(folder, fingerprint, name), mmap_mode="r", allow_pickle=False)
            for name in ARRAYS
        }
    except (OSError, ValueError):  # not there, or cut short: they are made again
        return None


def keep(fingerprint: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays for `recall`, beside the data, unless that folder is for reading only."""
    # The mode as well, for root may write even where nobody is meant to.
    if not (os.access(data_folder(), os.W_OK) and data_folder().stat().st_mode & 0o222):
        return
    folder = data_folder() / "arrays"
    try:
        folder.mkdir(exist_ok=True)
        for name in ARRAYS:
            _save(_file(folder, fingerprint, name), arrays[name])
    except OSError as error:  # they only save time
        print(f"Loading takes longer next time, for {folder} cannot be written: {error}.")


def _file(folder: Path, fingerprint: str, name: str) -> Path:
    return folder / f"{fingerprint}-{name}.npy"


def _save(path: Path, array: NDArray[Any]) -> None:
    # Under a name of its own first: another notebook may be reading or writing `path`.
    handle, name = tempfile.mkstemp(prefix=path.stem, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, array, allow_pickle=False)
        os.chmod(name, 0o644)  # mkstemp's are the owner's alone; a class may share a folder
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise

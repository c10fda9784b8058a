"""The real MNIST and CIFAR-10: from the files on disk, which are fetched where they are missing."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.datasets import folder
from chainrule.datasets.download import fetch, is_good
from chainrule.datasets.errors import DataError, disk_error
from chainrule.datasets.formats import md5_of, read_batch, read_idx
from chainrule.datasets.sources import (
    CIFAR10,
    CIFAR10_CLASSES,
    CIFAR10_FOLDER,
    CIFAR10_TEST,
    CIFAR10_TRAIN,
    MNIST,
    MNIST_FOLDER,
    RemoteFile,
)
from chainrule.datasets.split import DataSet, Split
from chainrule.training.environment import is_grading

Arrays = dict[str, NDArray[Any]]


def mnist() -> DataSet:
    """All of MNIST: 60,000 digits to train, 10,000 to test.

    Raises:
        DataError: It is not there and cannot be fetched; the message says what to do.
    """
    sums = [file.md5 for file in MNIST.values()]
    return _data_set("mnist", tuple("0123456789"), sums, _read_mnist)


def cifar10() -> DataSet:
    """All of CIFAR-10: 50,000 photographs to train, 10,000 to test.

    Raises:
        DataError: It is not there and cannot be fetched; the message says what to do.
    """
    sums = [*CIFAR10_TRAIN.values(), *CIFAR10_TEST.values()]
    return _data_set("cifar10", CIFAR10_CLASSES, sums, _read_cifar10)


def is_complete(name: str) -> bool:
    """Whether all files of ``"mnist"`` or ``"cifar10"`` are in the data folder, and good."""
    root = folder.data_folder()
    if name == "mnist":
        place = root / MNIST_FOLDER
        return all(
            is_good(place / file.name, file.md5)
            or is_good((place / file.name).with_suffix(""), file.unpacked_md5)
            for file in MNIST.values()
        )
    batches = (CIFAR10_TRAIN | CIFAR10_TEST).items()
    return is_good(root / CIFAR10.name, CIFAR10.md5) or all(
        is_good(root / CIFAR10_FOLDER / batch, md5) for batch, md5 in batches
    )


def _data_set(
    name: str, classes: tuple[str, ...], sums: list[str], read: Callable[[Path], Arrays]
) -> DataSet:
    # The files' sums say which data it is; hashing the arrays each time would take longer
    # than reading them.
    fingerprint = f"{name}-{hashlib.sha256(' '.join(sums).encode()).hexdigest()[:16]}"
    arrays = folder.recall(fingerprint)
    if arrays is None:
        arrays = read(folder.data_folder())
        if not is_grading():
            folder.keep(fingerprint, arrays)
            # Mapped from disk they take no memory of their own.
            arrays = folder.recall(fingerprint) or arrays
    train = Split(arrays["train_images"], arrays["train_labels"])
    test = Split(arrays["test_images"], arrays["test_labels"])
    return DataSet(name, train, test, classes, is_sample=False, fingerprint=fingerprint)


def _read_mnist(root: Path) -> Arrays:
    arrays = {}
    for part, file in MNIST.items():
        array = read_idx(_idx_bytes(root / MNIST_FOLDER, file))
        arrays[part] = array.astype(np.int64) if part.endswith("labels") else array
    return arrays


def _idx_bytes(place: Path, file: RemoteFile) -> bytes:
    packed = place / file.name
    if data := _read_good(packed.with_suffix(""), file.unpacked_md5):
        return data
    data = _read_good(packed, file.md5) or _read(fetch(file, place), file.size)
    return gzip.decompress(data)


def _read_cifar10(root: Path) -> Arrays:
    wanted = CIFAR10_TRAIN | CIFAR10_TEST
    unpacked: dict[str, bytes] = {}

    def batch(name: str) -> bytes:
        if not unpacked:
            data = _read_good(root / CIFAR10_FOLDER / name, wanted[name])
            if data is not None:
                return data
            unpacked.update(_unpacked(fetch(CIFAR10, root), wanted))  # the archive has them all
        return unpacked.pop(name)

    arrays: Arrays = {}
    for part, names in ("train", CIFAR10_TRAIN), ("test", CIFAR10_TEST):
        read = (read_batch(batch(name)) for name in names)
        arrays[f"{part}_images"], arrays[f"{part}_labels"] = _joined(read, len(names))
    return arrays


def _joined(
    batches: Iterable[tuple[NDArray[np.uint8], NDArray[np.int64]]], count: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """So many batches of one size as one, each put in its place before the next is read.

    A container for grading has memory for the data once, and not three times.
    """
    for place, (images, labels) in enumerate(batches):
        if place == 0:
            all_images = np.empty((count, *images.shape), images.dtype)
            all_labels = np.empty((count, *labels.shape), labels.dtype)
        all_images[place], all_labels[place] = images, labels
    return all_images.reshape(-1, *all_images.shape[2:]), all_labels.reshape(-1)


def _unpacked(archive: Path, wanted: Mapping[str, str]) -> dict[str, bytes]:
    """The batches in the archive. A pickle is a program, so each is read only if its sum is
    right."""
    batches = {}
    with tarfile.open(archive, "r:gz") as members:
        for member in members:
            name = PurePosixPath(member.name).name
            content = members.extractfile(member) if name in wanted else None
            if content is not None and md5_of(data := content.read()) == wanted[name]:
                batches[name] = data
    if missing := ", ".join(sorted(wanted.keys() - batches.keys())):
        raise DataError(f"{archive} has no good {missing}. Delete it and run this cell again.")
    return batches


def _read_good(path: Path, md5: str) -> bytes | None:
    """A file's bytes, or None if it is not there or is not what it should be."""
    if not path.exists():
        return None
    data = _read(path, 0)
    if md5_of(data) == md5:
        return data
    print(f"{path} is corrupt (its MD5 sum is wrong).", flush=True)
    return None


def _read(path: Path, size: int) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise disk_error(error, path, size) from error

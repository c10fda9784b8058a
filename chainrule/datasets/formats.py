"""The two file formats: MNIST's idx and CIFAR-10's batches, from bytes to arrays."""

from __future__ import annotations

import hashlib
import io
import pickle
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray


def md5_of(data: bytes) -> str:
    """The MD5 sum in hexadecimal: against accidents, as torchvision checks its files."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def read_idx(data: bytes) -> NDArray[np.uint8]:
    """An array of bytes in idx format.

    The format is that of http://yann.lecun.com/exdb/mnist: two zeros, the type (8 is
    uint8), the number of axes, each axis' length as a big-endian int32, then the values.
    """
    if data[:3] != b"\0\0\x08":
        raise ValueError("This is no idx file of bytes.")
    axes = data[3]
    shape = struct.unpack(f">{axes}I", data[4 : 4 + 4 * axes])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape)


def read_batch(data: bytes) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """A batch of CIFAR-10: images (N, 32, 32, 3) and labels (N,).

    The format is that of https://www.cs.toronto.edu/~kriz/cifar.html: a pickled dictionary
    in which each row of ``data`` is an image, its red values row by row, then green, then blue.
    """
    batch = _BatchUnpickler(io.BytesIO(data), encoding="latin1").load()
    images = batch["data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    return images, np.array(batch["labels"], dtype=np.int64)


class _BatchUnpickler(pickle.Unpickler):
    """Reads arrays and plain values, and nothing else that a pickle could ask for."""

    def find_class(self, module: str, name: str) -> Any:
        # Python 2 wrote these files, with names that NumPy has moved since.
        known = {
            ("numpy.core.multiarray", "_reconstruct"): np.empty(0).__reduce__()[0],
            ("numpy", "ndarray"): np.ndarray,
            ("numpy", "dtype"): _dtype,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"A CIFAR-10 batch has no use for {module}.{name}.")
        return known[module, name]


def _dtype(kind: str, align: int, copy: int) -> np.dtype[Any]:
    """`numpy.dtype`, which takes no 0 and 1 any more where it wants False and True."""
    return np.dtype(kind, bool(align), bool(copy))

"""Images with their labels: what a data set is made of, as arrays and as tensors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch.utils.data import TensorDataset

# Recommendation ITU-R BT.601, section 2.5.1: luma of red, green and blue.
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Split:
    """Images of one kind, for training or for testing.

    Attributes:
        images: uint8, (N, H, W, 3) in colour or (N, H, W) in grey; read-only.
        labels: int64, (N,): the number of each image's class; read-only.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]

    def __post_init__(self) -> None:
        if len(self.images) != len(self.labels):
            raise ValueError(f"{len(self.images)} images cannot have {len(self.labels)} labels.")
        # Views, so that what the caller holds stays as it is.
        for name in ("images", "labels"):
            view = np.asarray(getattr(self, name)).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        size = "×".join(map(str, self.images.shape[1:]))
        return f"Split({len(self):,} images of {size})"

    def first(self, count: int) -> Split:
        """The first `count` images, or all of them if there are fewer."""
        if count < 1:
            raise ValueError(f"first({count}): ask for at least one image.")
        return Split(self.images[:count], self.labels[:count])

    def only(self, classes: Iterable[int]) -> Split:
        """The images of these classes, in their order; labels stay as they are."""
        wanted = np.isin(self.labels, list(classes))
        return Split(self.images[wanted], self.labels[wanted])

    def floats(self) -> NDArray[np.float32]:
        """The images as float32 in [0, 1], of the same shape; new and free to be changed."""
        floats = self.images.astype(np.float32)
        floats /= 255
        return floats

    def tensors(self, grayscale: bool = False) -> TensorDataset:
        """Images as float32 (N, C, H, W) in [0, 1], with labels as int64 (N,).

        Args:
            grayscale: One channel instead of three, weighted as ITU-R BT.601 says;
                grey images stay as they are.
        """
        import torch
        from torch.utils.data import TensorDataset

        images = self.floats()
        if images.ndim == 3:
            images = images[:, None]
        elif grayscale:
            images = (images @ _LUMA)[:, None]
        else:
            images = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
        return TensorDataset(torch.from_numpy(images), torch.from_numpy(self.labels.copy()))


@dataclass(frozen=True, eq=False)
class DataSet:
    """Images to train on and images to test on.

    Attributes:
        name: ``"mnist"`` or ``"cifar10"``.
        classes: What the labels 0, 1, … stand for.
        is_sample: Whether this is the small offline sample in the place of the real data.
        fingerprint: Says which data this is: two data sets with one fingerprint are the same.
    """

    name: str
    train: Split
    test: Split
    classes: tuple[str, ...]
    is_sample: bool
    fingerprint: str

    def __repr__(self) -> str:
        kind = ", the small sample" if self.is_sample else ""
        return f"DataSet({self.name}{kind}: {len(self.train):,} train, {len(self.test):,} test)"

"""Where a notebook runs: which device it has, and whether it is being graded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from chainrule.training.errors import TrainingError

if TYPE_CHECKING:
    import torch

GRADING = "CHAINRULE_GRADING"
"""Environment variable that the autograder's kernels have; then nothing is trained."""

DEVICE = "CHAINRULE_DEVICE"
"""Environment variable that overrides the choice of `device`: cpu, cuda, cuda:1, mps."""


def is_grading() -> bool:
    """Whether this notebook is run by the autograder."""
    return os.environ.get(GRADING, "") == "1"


def device() -> torch.device:
    """The device to train on: the first of CUDA, MPS and CPU that this machine has.

    `CHAINRULE_DEVICE` overrides it; a device that is not there is a TrainingError.
    While grading it is the CPU.
    """
    import torch

    wanted = os.environ.get(DEVICE, "").strip()
    if is_grading():
        return torch.device("cpu")
    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if not wanted:
        return torch.device(next(kind for kind, found in there.items() if found))
    try:
        chosen = torch.device(wanted)
    except RuntimeError as error:
        raise TrainingError(
            f"{DEVICE} is {wanted!r}, which is no device. Write cpu, cuda or mps."
        ) from error
    if not there.get(chosen.type, False) or (
        chosen.type == "cuda" and (chosen.index or 0) >= torch.cuda.device_count()
    ):
        raise TrainingError(
            f"{DEVICE} asks for {wanted!r}, but torch finds no such device on this machine. "
            "Take the variable away and the best device there is will be chosen."
        )
    return chosen

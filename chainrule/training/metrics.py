"""The numbers that an epoch returns, as plain floats, or words about what is wrong with them."""

from __future__ import annotations

import math
import numbers
from typing import Any

import numpy as np

from chainrule.training.errors import TrainingError

LONGEST_NAME = 100
MOST_NAMES = 50


def numbers_of(epoch: int, returned: Any) -> tuple[dict[str, float], list[str]]:
    """What epoch number `epoch` returned, as floats by name, and remarks in words.

    Raises TrainingError if it is not a dictionary of single numbers.
    """
    if not isinstance(returned, dict) or not returned:
        what = "nothing" if returned is None else f"{_shown(returned)}"
        raise TrainingError(
            f"epoch({epoch}) returned {what}. It should return a dictionary of numbers, "
            'as in: return {"train_loss": loss, "test_accuracy": accuracy}.'
        )
    if len(returned) > MOST_NAMES:
        raise TrainingError(
            f"epoch({epoch}) returned {len(returned)} numbers, at most {MOST_NAMES}."
        )
    remarks = [
        f"{name} is a tensor that still holds its graph. Return {name}.item(): losses kept with "
        "their graphs keep every layer's values in memory, and fill it batch by batch."
        for name, value in returned.items()
        if getattr(value, "requires_grad", False) is True
    ]
    return {_name(epoch, name): _number(epoch, name, v) for name, v in returned.items()}, remarks


def complaint(epoch: int, metrics: dict[str, float]) -> str:
    """Words about NaN or infinity among an epoch's numbers; empty if all are finite."""
    for name, value in metrics.items():
        if math.isfinite(value):
            continue
        shown = "NaN" if math.isnan(value) else "infinite"
        if "loss" in name.lower():
            return (
                f"{name} was {shown} in epoch {epoch}, so training stopped. Try a smaller learning "
                "rate first. If that does not help, look for a log or a division of 0, and for "
                "images that were not scaled to [0, 1]. Then make the model and its optimizer anew."
            )
        return (
            f"{name} was {shown} in epoch {epoch}, so training stopped. Was it divided by a count "
            "of 0?"
        )
    return ""


def _name(epoch: int, name: Any) -> str:
    if not isinstance(name, str) or not name or len(name) > LONGEST_NAME:
        raise TrainingError(
            f"epoch({epoch}) returned a number called {_shown(name)}. "
            f"Names are text of at most {LONGEST_NAME} characters."
        )
    return name


def _number(epoch: int, name: str, value: Any) -> float:
    if isinstance(value, numbers.Real):
        return _float(epoch, name, value)
    shape = getattr(value, "shape", None)
    if shape is not None and hasattr(value, "item"):
        if int(np.prod(tuple(shape))) == 1:
            return _number(epoch, name, value.item())
        raise TrainingError(
            f"epoch({epoch}) returned {name} with the shape {tuple(shape)}, not as one number. "
            "Take its mean, as in losses.mean().item()."
        )
    hint = f" Return its mean: sum({name}) / len({name})." if isinstance(value, list) else ""
    raise TrainingError(f"epoch({epoch}) returned {name} = {_shown(value)}, not a number.{hint}")


def _float(epoch: int, name: str, value: Any) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise TrainingError(f"epoch({epoch}) returned {name}, which is too large.") from error


def _shown(value: Any) -> str:
    text = repr(value)
    text = text if len(text) <= 60 else f"{text[:60]}…"
    return f"{text} (a {type(value).__name__})"

"""Random numbers: one seed for all generators, and their states for a run that goes on."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from chainrule.training.errors import TrainingError


def seed_all(seed: int) -> None:
    """Seed Python's, NumPy's and (once it is imported) torch's global generators."""
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**32:
        raise TrainingError(f"A seed is a whole number from 0 to 4294967295, not {seed!r}.")
    random.seed(int(seed))
    np.random.seed(int(seed))
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(int(seed))


def random_states(generators: Sequence[Any] = ()) -> dict[str, Any]:
    """The states of the global generators and of `generators`, as plain values and arrays."""
    states: dict[str, Any] = {
        "python": random.getstate(),
        "numpy": np.random.get_state(legacy=False),
        "own": [_state(generator) for generator in generators],
    }
    torch = sys.modules.get("torch")
    if torch is not None:
        states["torch"] = torch.get_rng_state()
        if torch.cuda.is_available():
            states["cuda"] = torch.cuda.get_rng_state_all()
        if torch.backends.mps.is_available():
            states["mps"] = torch.mps.get_rng_state()
    return states


def restore_random_states(states: dict[str, Any], generators: Sequence[Any] = ()) -> None:
    """Put `random_states` back. What this machine does not have (a GPU) stays as it is."""
    random.setstate(states["python"])
    np.random.set_state(states["numpy"])
    for generator, state in zip(generators, states["own"], strict=True):
        _restore(generator, state)
    torch = sys.modules.get("torch")
    if torch is None:
        return
    if "torch" in states:
        torch.set_rng_state(states["torch"])
    if "cuda" in states and torch.cuda.device_count() == len(states["cuda"]):
        torch.cuda.set_rng_state_all(states["cuda"])
    if "mps" in states and torch.backends.mps.is_available():
        torch.mps.set_rng_state(states["mps"])


def check_generators(generators: Sequence[Any]) -> None:
    """TrainingError if one is neither a numpy.random.Generator nor a torch.Generator."""
    for generator in generators:
        if not isinstance(generator, np.random.Generator) and not _is_torchs(generator):
            raise TrainingError(
                "generators takes numpy.random.Generator and torch.Generator objects, "
                f"not a {type(generator).__name__}."
            )


def _is_torchs(generator: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(generator, torch.Generator)


def _state(generator: Any) -> Any:
    if isinstance(generator, np.random.Generator):
        return generator.bit_generator.state
    return generator.get_state()


def _restore(generator: Any, state: Any) -> None:
    if isinstance(generator, np.random.Generator):
        generator.bit_generator.state = state
    else:
        generator.set_state(state)

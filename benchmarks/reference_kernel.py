"""What is done inside of a reference notebook's kernel: another seed before, measuring after.

The notebook's own cells are run as they stand. `begin` is called by a cell before the first one,
and `end` by a cell after the last one, with the notebook's variables.
"""

from __future__ import annotations

import functools
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

SHIFT = 1000
"""Between two seeds: notebooks use a few small ones (0, 1, 2), and none must meet another."""

BATCH = 500
"""Images measured at once."""

Measured = tuple[np.ndarray, np.ndarray, int]
"""The classes predicted for the test images, their labels, and how many parameters there are."""

_began: tuple[float, float] = (0.0, 0.0)


def begin(seed: int, most_epochs: int | None) -> None:
    """Shift every seed of the notebook by `seed` · SHIFT; with seed 0 all is as students see it.

    `most_epochs` shortens every training, to try things out. What `grade` does is the markers'
    work, so it is left out.
    """
    global _began
    import chainrule
    import chainrule.training as training

    shift = SHIFT * seed
    seed_all, train, default_rng = training.seed_all, training.train, np.random.default_rng

    @functools.wraps(train)
    def shifted_train(name, model, epoch, epochs, *, seed=0, **others):
        epochs = min(epochs, most_epochs or epochs)
        seed = None if seed is None else seed + shift
        return train(name, model, epoch, epochs, seed=seed, **others)

    def shifted_rng(start=None):
        # The sample is made by generators too, and has to stay what it is.
        theirs = sys._getframe(1).f_globals.get("__name__") == "__main__"
        return default_rng(start + shift if theirs and isinstance(start, int) else start)

    training.seed_all = lambda start: seed_all(start + shift)
    training.train = shifted_train
    np.random.default_rng = shifted_rng
    chainrule.grade = lambda *_: None
    _began = time.perf_counter(), time.process_time()


def end(variables: dict[str, Any], assignment: str, result: str) -> None:
    """Measure the notebook's networks on all test images, and write it to the file `result`."""
    seconds, processor = time.perf_counter() - _began[0], time.process_time() - _began[1]
    records = sorted(Path("artifacts").glob("*.json"), key=lambda path: path.stat().st_mtime)
    networks = {}
    for name, (predicted, labels, parameters) in MEASURES[assignment](**variables).items():
        if predicted.shape != labels.shape:
            raise ValueError(f"{name}: {predicted.shape} predictions for {labels.shape} labels")
        networks[name] = {
            "accuracy": float(np.mean(predicted == labels)),
            "images": len(labels),
            "parameters": int(parameters),
        }
    report = {
        "notebook_seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "memory_mb": _peak_memory_mb(),
        "networks": networks,
        "trainings": {run["name"]: run for run in map(_training, records)},
    }
    Path(result).write_text(json.dumps(report), "utf-8")


def _training(path: Path) -> dict[str, Any]:
    """What `train` has recorded of one training, without its curves."""
    record = json.loads(path.read_text("utf-8"))
    kept = ("name", "epochs", "done", "seconds", "seed", "config", "data")
    last = {name: numbers[-1] for name, numbers in record["history"].items()}
    return {name: record[name] for name in kept} | {"last": last}


def _peak_memory_mb() -> float | None:
    """The most that this process has had in memory; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


# -- each notebook's networks; parameters are named as the notebook's variables -------------


def _two_layer(data: Any, model: Any, scale: Any, **_: Any) -> dict[str, Measured]:
    test = data.test
    predicted = [
        np.argmax(model.scores(scale(test.images[i : i + BATCH])), axis=1)
        for i in range(0, len(test), BATCH)
    ]
    count = sum(value.size for value in model.params.values())
    return {"two-layer": (np.concatenate(predicted), test.labels, count)}


def _dense(data: Any, network: Any, prepared: Any, **_: Any) -> dict[str, Measured]:
    return {"dense": _measured(network, prepared(data.test).tensors[0], data.test)}


def _small_cnn(data: Any, final: Any, **_: Any) -> dict[str, Measured]:
    return {"final": _measured(final, data.test.tensors().tensors[0], data.test)}


def _dropout_sweep(data: Any, final: Any, **_: Any) -> dict[str, Measured]:
    return {"best": _measured(final, data.test.tensors().tensors[0], data.test)}


def _scripts(data: Any, trained: Any, main: Any, **_: Any) -> dict[str, Measured]:
    predicted = main.predict(trained, data.test.images)
    return {"cifar-cnn": (predicted, data.test.labels, _count(trained))}


def _transfer(data: Any, after: Any, FIRST: Any, SECOND: Any, **_: Any) -> dict[str, Measured]:
    found = {}
    for name, net in after.items():
        classes = FIRST if name.startswith("first") else SECOND
        test = data.test.only(classes)
        places, labels, count = _measured(net, test.tensors().tensors[0], test)
        found[name] = np.array(classes)[places], labels, count
    return found


MEASURES = {
    "02-numpy-mlp": _two_layer,
    "04-grayscale-mlp": _dense,
    "05-mnist-cnn": _small_cnn,
    "06-dropout-sweep": _dropout_sweep,
    "07-cifar-cnn": _scripts,
    "08-transfer-learning": _transfer,
}


def _measured(net: Any, images: Any, test: Any) -> Measured:
    """A module's predictions in eval mode."""
    import torch

    device = next(net.parameters()).device
    net.eval()
    with torch.no_grad():
        predicted = [net(part.to(device)).argmax(dim=1).cpu() for part in images.split(BATCH)]
    return torch.cat(predicted).numpy(), test.labels, _count(net)


def _count(net: Any) -> int:
    return sum(parameter.numel() for parameter in net.parameters())

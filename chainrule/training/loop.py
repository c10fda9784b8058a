"""`train`: trains a model once, keeps what it has learned, and knows it again."""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Callable, Sequence
from typing import Any

from chainrule.training import checkpoint, files, weights
from chainrule.training.environment import is_grading
from chainrule.training.errors import TrainingError
from chainrule.training.grading import handed_in
from chainrule.training.kept import finished, unfinished
from chainrule.training.metrics import complaint, numbers_of
from chainrule.training.plan import Plan, make_plan, settings_of
from chainrule.training.progress import Progress
from chainrule.training.randomness import seed_all
from chainrule.training.record import Record, versions
from chainrule.training.run import History, Run, duration

_trained: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
"""Modules that this process has trained, and the name of the run."""


def train(
    name: str,
    model: Any,
    epoch: Callable[[int], dict[str, float]],
    epochs: int,
    *,
    optimizer: Any = None,
    config: dict[str, Any] | None = None,
    data: Any = None,
    seed: int | None = 0,
    again: bool = False,
    keep_weights: bool = True,
    generators: Sequence[Any] = (),
) -> Run:
    """Train `model` for `epochs` epochs, or load it if that was done before.

    `model` is a torch module or a dictionary of NumPy arrays, and is changed in
    place. `epoch(k)`, for k = 0, 1, …, does one epoch of training and returns
    numbers by name, as in {"train_loss": 1.2, "test_accuracy": 0.6}.

    What was learned lies in `artifacts/<name>.safetensors`, and how in
    `artifacts/<name>.json`. Called again with the same epochs, config, data,
    seed, optimizer settings and architecture, it loads them; `again=True`
    trains anew. After every epoch all is saved, so a run that was stopped goes
    on where it was. For that to be exact, give it all that has a state: the
    `optimizer` (or a list of it and its scheduler) and your own random number
    `generators`. Python's, NumPy's and torch's global ones are taken care of,
    and seeded with `seed` at the start (None: left as they are).

    `config` is what you say you used; `data` is the data set. With
    `keep_weights=False` only the record is kept, for one of many runs of which
    only the curves matter.

    While grading nothing is trained: what was handed in is loaded, and
    `Run.problem` says what is wrong with it. Raises TrainingError, with what to
    do, if the call or what `epoch` returns is not in order.
    """
    __tracebackhide__ = True  # an error in `epoch` is shown without what lies around it
    asked = {
        "optimizer": optimizer,
        "config": config,
        "data": data,
        "seed": seed,
        "generators": generators,
    }
    if is_grading():
        return handed_in(name, model, epochs, **asked)
    plan = make_plan(name, model, epochs, **asked)
    if contradiction := plan.contradiction():
        print(f"{name}: {contradiction}. What you report should be what you used.")
    if again:
        plan.files.partial.unlink(missing_ok=True)
    # An unfinished run is newer than a finished one: it was begun with again=True.
    record = unfinished(plan)
    if record is None and not again:
        run = finished(plan, keep_weights)
        if run is not None:
            return run
    return _train(plan, epoch, record or _start(plan), keep_weights)


def _start(plan: Plan) -> Record:
    """The record of a run of which nothing is done yet."""
    if spoilt := weights.spoilt_weights(plan.model):
        raise TrainingError(
            f"The model holds NaN or infinity before training ({spoilt[0]}), it may be from an "
            "earlier run. Make the model and its optimizer anew, and train then."
        )
    if weights.is_module(plan.model) and plan.model in _trained:
        print(
            f"{plan.name}: the model was trained before, as {_trained[plan.model]!r}, and starts "
            "from what it has learned. For a fresh start make it and its optimizer anew."
        )
    if plan.seed is not None:
        seed_all(plan.seed)
    return Record(
        name=plan.name,
        epochs=plan.epochs,
        done=0,
        history={},
        config=plan.config,
        seed=plan.seed,
        seconds=0.0,
        data=plan.data,
        optimizer=plan.settings,
        optimizer_now=plan.settings,
        architecture=plan.architecture,
        device=_device(plan.model),
        versions=versions(),
    )


def _train(
    plan: Plan, epoch: Callable[[int], dict[str, float]], record: Record, keep_weights: bool
) -> Run:
    __tracebackhide__ = True
    progress = Progress(plan.epochs, record.done)
    before = record.seconds
    noted: set[str] = set()
    try:
        while record.done < plan.epochs:
            metrics = _metrics(epoch, record, noted)
            if problem := complaint(record.done + 1, metrics):
                progress.close()
                print(problem)
                plan.files.partial.unlink(missing_ok=True)
                return record.run(trained=False, problem=problem.rstrip("."))
            record = dataclasses.replace(
                record,
                done=record.done + 1,
                history=_longer(record, metrics),
                seconds=before + progress.seconds,
                optimizer_now=settings_of(plan.optimizers),
                was_training=getattr(plan.model, "training", None) is True,
            )
            if weights.is_module(plan.model):
                _trained[plan.model] = plan.name
            _save_partial(plan, record)
            progress.show(record.done, metrics)
    except BaseException as error:  # Ctrl-C and a notebook's stop button among them
        progress.close()
        if record.done and isinstance(error, KeyboardInterrupt):
            print(
                f"Stopped. {record.done} of {record.epochs} epochs are saved; "
                "run this cell again to go on (again=True would begin anew)."
            )
        raise
    return _finish(plan, record, keep_weights)


def _metrics(epoch: Callable, record: Record, noted: set[str]) -> dict[str, float]:
    __tracebackhide__ = True
    try:
        returned = epoch(record.done)
    except RuntimeError as error:
        if "same device" not in str(error):
            raise
        raise TrainingError(
            f"The model and its data are on different devices ({error}). Move each batch to the "
            "model's device: images, labels = images.to(device), labels.to(device)."
        ) from error
    metrics, remarks = numbers_of(record.done, returned)
    for remark in remarks:
        if remark not in noted:
            noted.add(remark)
            print(remark)
    if record.history and metrics.keys() != record.history.keys():
        raise TrainingError(
            f"epoch({record.done}) returned {', '.join(metrics)}; the epochs before it returned "
            f"{', '.join(record.history)}. Return the same names each time."
        )
    return metrics


def _longer(record: Record, metrics: dict[str, float]) -> dict[str, list[float]]:
    return History(
        {name: [*record.history.get(name, []), value] for name, value in metrics.items()}
    )


def _save_partial(plan: Plan, record: Record) -> None:
    try:
        data = checkpoint.to_bytes(record, plan.model, plan.optimizers, plan.generators)
    except TypeError as error:
        raise TrainingError(
            f"The state of the optimizer cannot be saved ({error}): it should be numbers, text "
            "and tensors."
        ) from error
    files.write(plan.files.partial, data)


def _finish(plan: Plan, record: Record, keep_weights: bool) -> Run:
    """The finished files, in an order that leaves a whole run whenever it is stopped."""
    if keep_weights:
        data = weights.to_bytes(weights.weights_of(plan.model))
        kept = {"sha256": checkpoint.checksum(data), "bytes": len(data)}
        record = dataclasses.replace(record, weights=kept)
        files.write(plan.files.weights, data)
        size = f", {_size(len(data))}"
    else:
        plan.files.weights.unlink(missing_ok=True)
        size = ""
    files.write(plan.files.record, record.to_json().encode())
    plan.files.partial.unlink(missing_ok=True)
    print(
        f"Trained in {duration(record.seconds)}. "
        f"Saved as {plan.files.weights if keep_weights else plan.files.record}{size}."
    )
    return record.run(trained=True)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.1f} kB"


def _device(model: Any) -> str:
    if not weights.is_module(model):
        return "cpu"
    return next((str(parameter.device) for parameter in model.parameters()), "cpu")

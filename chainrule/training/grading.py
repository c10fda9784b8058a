"""`handed_in`: what `train` does while grading. It loads, and never trains or raises."""

from __future__ import annotations

from typing import Any

from chainrule.training import checkpoint, files, weights
from chainrule.training.errors import ArtifactError
from chainrule.training.kept import load_weights, set_mode
from chainrule.training.plan import Plan, make_plan
from chainrule.training.record import Record, from_json
from chainrule.training.run import Run


def handed_in(name: str, model: Any, epochs: int, **asked: Any) -> Run:
    """The run that was handed in as `name`, loaded into `model`.

    If that cannot be, the model stays as it is and the run's `problem` says why.
    """
    try:
        run = _load(make_plan(name, model, epochs, **asked))
    # The model, the files and the call are a student's: they may fail in any way, and the cells
    # after this one have a right to run.
    except Exception as error:
        words = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        run = Run(name=str(name)[:80], problem=words[:500].rstrip("."))
    count = "1 epoch" if run.epochs == 1 else f"{run.epochs} epochs"
    loaded = f"the weights handed in are loaded ({count}); nothing is trained here."
    untouched = "no weights are loaded; nothing is trained here."
    print(f"{run.name}: {loaded if run.trained else untouched}")
    if run.problem:
        print(f"{run.name}: {run.problem}.")
    return run


def _load(plan: Plan) -> Run:
    data = files.read(plan.files.record, files.MOST_RECORD)
    if data is None:
        return _load_partial(plan)
    try:
        record = from_json(data)
    except ArtifactError as error:
        raise ArtifactError(f"{plan.files.record}: {error}") from error
    if record.weights is None and not plan.files.weights.exists():
        return record.run(trained=False, problem=_difference(plan, record))
    try:
        problem = load_weights(plan, record, strict=False)
    except ArtifactError as error:
        return record.run(trained=False, problem=f"{plan.files.weights}: {error}")
    return record.run(trained=True, problem=problem or _difference(plan, record))


def _load_partial(plan: Plan) -> Run:
    """A run that was stopped and handed in as it was counts for the epochs it has."""
    data = files.read(plan.files.partial, files.MOST_PARTIAL)
    if data is None:
        there = plan.files.weights.exists()
        missing = plan.files.record if there else plan.files.weights
        raise ArtifactError(f"{missing} was not handed in, or was too large to be taken")
    try:
        found = checkpoint.from_bytes(data, tensors=weights.is_module(plan.model))
        weights.load_into(plan.model, found.weights)
    except ArtifactError as error:
        raise ArtifactError(f"{plan.files.partial}: {error}") from error
    set_mode(plan, found.record)
    done = f"training was stopped after {found.record.done} of {found.record.epochs} epochs"
    return found.record.run(trained=True, problem=done)


def _difference(plan: Plan, record: Record) -> str:
    """Where the notebook and its record disagree; with other data they may."""
    if record.name != plan.name:
        return f"the record is of a run called {record.name!r}"
    if record.data != plan.data:
        return ""
    changed = plan.changed(record)
    return f"the record is of another training: {changed} in the notebook" if changed else ""

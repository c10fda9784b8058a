"""What was kept of a run: finished, or stopped half-way."""

from __future__ import annotations

from chainrule.training import checkpoint, files, weights
from chainrule.training.errors import ArtifactError
from chainrule.training.plan import Plan
from chainrule.training.record import Record, from_json
from chainrule.training.run import Run, duration


def finished(plan: Plan, keep_weights: bool = True) -> Run | None:
    """The finished run that `plan` asks for, loaded into its model; None if there is none.

    Says what it did, and why a finished run of that name was not taken.
    """
    path = plan.files.record
    try:
        data = files.read(path, files.MOST_RECORD)
        if data is None:
            return None
        record = from_json(data)
        if difference := plan.difference(record):
            print(f"{plan.name}: training anew, because {difference}.")
            return None
        if record.weights is None:
            if keep_weights:
                print(f"{plan.name}: training anew, because no weights were kept.")
                return None
        else:
            path = plan.files.weights
            load_weights(plan, record)
    except ArtifactError as error:
        print(f"{plan.name}: training anew, because of {path}: {error}.")
        return None
    when = f"{record.done} epochs, trained in {duration(record.seconds)}"
    print(f"{plan.name}: loaded from {path} ({when}). again=True trains anew.")
    return record.run(trained=record.weights is not None)


def load_weights(plan: Plan, record: Record, *, strict: bool = True) -> str:
    """Load a finished run's weights into the plan's model; returns words if the checksum differs.

    ArtifactError, and the model untouched, if they cannot be loaded, and with `strict` also if
    their checksum is not the record's.
    """
    data = files.read(plan.files.weights, files.MOST_WEIGHTS)
    if data is None:
        raise ArtifactError("it was not handed in, or was too large to be taken")
    stated = record.weights["sha256"] if record.weights else None
    problem = ""
    if checkpoint.checksum(data) != stated:
        problem = "the weights are not those that the record beside them was written for"
        if strict:
            raise ArtifactError(problem)
    found, _ = weights.from_bytes(data, tensors=weights.is_module(plan.model))
    weights.load_into(plan.model, found)
    set_mode(plan, record)
    return problem


def unfinished(plan: Plan) -> Record | None:
    """The record of an unfinished run, with model, optimizers and random numbers put back."""
    path = plan.files.partial
    try:
        data = files.read(path, files.MOST_PARTIAL)
        if data is None:
            return None
        found = checkpoint.from_bytes(data, tensors=weights.is_module(plan.model))
        if difference := plan.difference(found.record):
            print(f"{plan.name}: {path} is of another run ({difference}), so it is not used.")
            return None
        checkpoint.restore(found, plan.model, plan.optimizers, plan.generators)
    except ArtifactError as error:
        print(f"{plan.name}: {path} is not used: {error}.")
        return None
    set_mode(plan, found.record)
    print(f"{plan.name}: going on after epoch {found.record.done} of {plan.epochs} ({path}).")
    return found.record


def set_mode(plan: Plan, record: Record) -> None:
    """Leave the model in training or evaluation mode, as its training left it."""
    if weights.is_module(plan.model):
        plan.model.train(record.was_training)

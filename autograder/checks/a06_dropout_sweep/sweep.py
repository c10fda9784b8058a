"""Ten dropout probabilities of one epoch each, and the best of them trained for ten."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.checks.a06_dropout_sweep.network import MOST, learned
from autograder.checks.training.accuracy import claims_agree, credit
from autograder.judge import offers
from autograder.judge.images import held_out
from autograder.judge.models import Module
from autograder.judge.registry import check
from autograder.judge.runs import RunRecord
from autograder.judge.trial import Missed, Trial

RATES = tuple(k / 10 for k in range(10))
BATCH_SIZE = 32
EPOCHS = 10

TARGETS = {"real": 0.985, "sample": 0.93}
"""Real: the text's. The sample's digits are easier, but there are only 800 to learn from."""

IMAGES = 1000
"""A standard error of 0.4 % at 98.5 %."""

NEAR = 1e-6

GUESSING = 0.15
"""Of ten classes; more than chance gives, of a thousand images."""

module, run = offers.later(offers.module), offers.later(offers.run)
Asked = Callable[[], RunRecord]


# -- the sweep ----------------------------------------------------------------------------


@check(
    "sweep_runs",
    points=0.2,
    takes=(offers.later(offers.numbers_of), offers.later(offers.number), *(run,) * 10),
)
def sweep_runs(accuracies: Callable, best: Callable, *given: object) -> None:
    *offered, t = given
    records: dict[float, RunRecord] = {}
    trained = "ten networks trained, one epoch each, in batches of 32"
    with t.part(trained, 0.1):
        _ten_runs(offered, records, t)
    found = {p: record.last("test_accuracy") for p, record in records.items()}
    listed = "the list has the accuracies of these runs, p = 0 first"
    with t.part(listed, 0.05, needs=trained):
        _listed(accuracies(), found, t)
    with t.part("the best p of these runs", 0.05, needs=trained):
        _best(best(), found, t)


def _ten_runs(offered: list[Asked], records: dict[float, RunRecord], t: Trial) -> None:
    share, said = 0.0, []
    for p, ask in zip(RATES, offered, strict=True):
        try:
            records[p] = _epoch_of(ask(), p)
        except Missed as missed:
            said.append(f"p = {p}: {missed}")
            continue
        if _guesses(records[p]):
            said.append(f"p = {p}: its accuracy is that of guessing, so nothing was learned")
            continue
        wrong = _wrong(records[p], 1)
        share += 0.05 if wrong else 0.1
        said += [f"p = {p}: {wrong}"] if wrong else []
    different = _different(list(records.values()), ("lr", "optimizer", "batch_size"))
    if different:
        share /= 2
        said.append(different)
    t.earn(round(share, 6), *said[:3], *["and so on"] * (len(said) > 3))


def _epoch_of(record: RunRecord, p: float) -> RunRecord:
    """The run, if it is one of a network with this p that has a test accuracy."""
    if not record.trained and not record.history:
        raise Missed(record.problem or "it was not trained")
    told = record.config.get("dropout")
    if type(told) not in (int, float) or abs(told - p) > NEAR:
        raise Missed(f"this run says that its dropout was {told}")
    accuracy = record.last("test_accuracy")
    if accuracy is None or not 0 <= accuracy <= 1:
        raise Missed("there is no test_accuracy from 0 to 1 in its history")
    return record


def _guesses(record: RunRecord) -> bool:
    """Whether a network learned nothing where it should have: with a moderate dropout, in an
    epoch of the real data. One of the sample is a few steps."""
    moderate = record.config["dropout"] <= 0.5
    return moderate and not record.is_sample and record.last("test_accuracy") < GUESSING


def _wrong(record: RunRecord, epochs: int) -> str:
    """How a run was not trained as the text asks, in words."""
    size = record.config.get("batch_size")
    if size != BATCH_SIZE:
        return f"the batch size was {size}, asked for: {BATCH_SIZE}"
    if record.epochs != epochs:
        return f"trained for {record.epochs} epochs, asked for: {epochs}"
    return ""


def _different(records: list[RunRecord], names: tuple[str, ...]) -> str:
    """Which of these settings differs between the runs, in words."""
    for name in names:
        values = {str(record.config.get(name)) for record in records}
        if len(values) > 1:
            return f"{name} differs: {', '.join(sorted(values))}"
    return ""


def _listed(accuracies: np.ndarray, found: dict[float, float], t: Trial) -> None:
    _enough(found, t)
    if accuracies.ndim != 1 or len(accuracies) != 10:
        t.miss(
            f"expected a list of ten numbers; its shape is {accuracies.shape}. Was every "
            "accuracy appended to it?"
        )
    off = [
        p
        for p, given in zip(RATES, accuracies, strict=True)
        # A percentage is taken for what it means.
        if p in found and min(abs(given - found[p]), abs(given / 100 - found[p])) > 1e-4
    ]
    if off:
        t.earn(
            0.0 if len(off) > 5 else 0.5,
            f"for p = {', '.join(map(str, off))} the list has another number than the run",
        )


def _enough(found: dict[float, float], t: Trial) -> None:
    if len(found) <= len(RATES) / 2:
        t.miss("most of the runs that it should come from are not there")


def _best(best: float, found: dict[float, float], t: Trial) -> None:
    _enough(found, t)
    highest = max(found.values())
    if any(abs(best - p) < NEAR and a >= highest - NEAR for p, a in found.items()):
        return
    right = " or ".join(f"{p:g}" for p, a in found.items() if a >= highest - NEAR)
    t.miss(
        f"{best:g} is not the p of the highest accuracy in your runs, which is {right}. Is the "
        "list that you took it from the one of these runs?"
    )


# -- the best one for ten epochs ----------------------------------------------------------


@check("sweep_final", points=0.3, takes=(module, run, offers.later(offers.number), run))
def sweep_final(network: Callable, run: Asked, best: Callable, swept: Asked, t: Trial) -> None:
    record = run()
    target = TARGETS["sample" if record.is_sample else "real"]
    part = "accuracy on images it has not seen"
    measured = credit(
        t, lambda: _measured(network(), record, t), target, IMAGES, 0.2, name=part
    )  # fmt: skip
    claimed = record.last("test_accuracy")
    if measured is not None and claimed is not None:
        claims_agree(t, claimed, measured, IMAGES, "test accuracy")
    with t.part("ten epochs in batches of 32, with the best p", 0.05, needs=part):
        if wrong := _wrong(record, EPOCHS):
            t.miss(wrong)
        told, wanted = record.config.get("dropout"), best()
        if type(told) not in (int, float) or abs(told - wanted) > NEAR:
            t.miss(f"it was trained with p = {told}, and your best p is {wanted:g}")
    with t.part("all else as in the sweep", 0.05, needs=part):
        if different := _different([record, swept()], ("lr", "optimizer")):
            t.miss(f"{different}; so the best p was chosen for another training than this one")


def _measured(net: Module, record: RunRecord, t: Trial) -> float:
    """The share of held-out images that the network gets right."""
    if not record.trained:
        raise Missed(record.problem or "there is no trained network")
    count = learned(net)
    if count >= MOST:
        t.miss(f"it has {count:,} parameters, and fewer than {MOST:,} are allowed")
    pixels, labels = held_out("mnist", record.is_sample, t.rng, IMAGES)
    return net.accuracy((pixels / 255).astype(np.float32)[:, None], labels)

"""Assignment 06: what is counted, what a sweep's records must say, what is measured."""

from __future__ import annotations

import dataclasses

import pytest

from autograder.checks.a06_dropout_sweep import network, sweep
from autograder.judge import offers
from autograder.judge.registry import judge
from autograder.judge.remote import Loopback
from autograder.judge.verdict import Verdict
from chainrule.training import Run

torch = pytest.importorskip("torch")
nn = torch.nn

ACCURACIES = [0.97, 0.98, 0.975, 0.96, 0.95, 0.94, 0.9, 0.8, 0.6, 0.3]
USED = {"optimizer": "Adam", "lr": 0.002, "batch_size": 32}


def make_model(p: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(1, 4, 5, stride=2),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Dropout(p),
        nn.Conv2d(4, 6, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(150, 10),
    )


def run(p: float, accuracy: float, epochs: int = 1, **changes: object) -> Run:
    config = {**USED, "dropout": p, **changes.pop("config", {})}
    history = {"test_accuracy": [accuracy] * epochs}
    told = {"name": f"dropout-{p}", "is_sample": True, "history": history, "config": config}
    return Run(**{**told, "epochs": epochs, "trained": epochs > 1, **changes})


def runs() -> list[Run]:
    """As `train(..., keep_weights=False)` gives them when they are graded: without weights."""
    return [run(p, a) for p, a in zip(sweep.RATES, ACCURACIES, strict=True)]


def verdict(name: str, *objects: object, seed: int | None = None) -> Verdict:
    return judge(name, Loopback(objects).offered(), seed)


def swept(accuracies: list, best: object, records: list) -> list[float]:
    given = verdict("sweep_runs", accuracies, best, *records)
    return [round(part.points, 3) for part in given.parts]


# -- the network --------------------------------------------------------------------------


def test_parameters_are_counted_without_the_averages_of_batch_norm() -> None:
    net = make_model(0.1)
    counted = network.learned(offers.module(*Loopback([net]).offered()))
    assert counted == sum(p.numel() for p in net.parameters())


@pytest.mark.parametrize("seed", range(6))
def test_a_right_network_gets_everything_whatever_the_seed(seed: int) -> None:
    assert verdict("sweep_network", make_model, seed=seed).points == pytest.approx(0.3)


def test_a_million_parameters_are_not_fewer_than_a_million() -> None:
    def million(p: float) -> nn.Sequential:
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 1275), nn.Dropout(p), nn.Linear(1275, 10))

    given = verdict("sweep_network", million)
    assert given.points == 0
    assert "1,013,635 parameters" in given.text()


# -- the sweep ----------------------------------------------------------------------------


def test_ten_records_without_weights_are_a_sweep() -> None:
    assert swept(ACCURACIES, 0.1, runs()) == [0.1, 0.05, 0.05]


def test_percentages_are_taken_for_what_they_mean() -> None:
    assert swept([100 * a for a in ACCURACIES], 0.1, runs()) == [0.1, 0.05, 0.05]


def test_each_of_two_equally_good_rates_is_the_best() -> None:
    records = [*runs()[:2], run(0.2, 0.98), *runs()[3:]]
    accuracies = [*ACCURACIES[:2], 0.98, *ACCURACIES[3:]]
    assert swept(accuracies, 0.1, records) == swept(accuracies, 0.2, records) == [0.1, 0.05, 0.05]


def test_a_stale_best_rate_costs_its_part() -> None:
    assert swept(ACCURACIES, 0.7, runs()) == [0.1, 0.05, 0]


def test_a_list_that_was_never_filled_costs_its_part() -> None:
    assert swept([], 0.1, runs()) == [0.1, 0, 0.05]


def test_a_missing_run_costs_its_tenth() -> None:
    assert swept(ACCURACIES, 0.1, [*runs()[:9], None]) == [0.09, 0.05, 0.05]


def test_a_list_and_a_best_rate_of_runs_that_are_not_there_earn_nothing() -> None:
    assert swept(ACCURACIES, 0.1, [*runs()[:3], *[None] * 7]) == [0.03, 0, 0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"config": {"batch_size": 64}}, "the batch size was 64, asked for: 32"),
        ({"epochs": 5}, "trained for 5 epochs, asked for: 1"),
        ({"config": {"dropout": 0.5}}, "this run says that its dropout was 0.5"),
        ({"history": {}}, "it was not trained"),
    ],
)
def test_runs_of_another_kind_say_so(wrong: dict, words: str) -> None:
    records = [run(p, a, **wrong) for p, a in zip(sweep.RATES, ACCURACIES, strict=True)]
    given = verdict("sweep_runs", ACCURACIES, 0.1, *records)
    assert words in given.text()
    assert given.points < 0.2


def test_runs_of_the_real_data_that_learned_nothing_earn_nothing() -> None:
    records = [run(p, 0.1, is_sample=False) for p in sweep.RATES]
    given = verdict("sweep_runs", [0.1] * 10, 0, *records)
    assert round(given.parts[0].points, 3) == 0.04
    assert "its accuracy is that of guessing" in given.text()


def test_a_large_dropout_may_keep_a_network_from_learning() -> None:
    accuracies = [*ACCURACIES[:8], 0.1, 0.1]
    records = [run(p, a, is_sample=False) for p, a in zip(sweep.RATES, accuracies, strict=True)]
    assert swept(accuracies, 0.1, records) == [0.1, 0.05, 0.05]


def test_a_learning_rate_that_changes_within_the_sweep_halves_it() -> None:
    records = runs()
    records[3] = run(0.3, ACCURACIES[3], config={"lr": 0.1})
    assert swept(ACCURACIES, 0.1, records) == [0.05, 0.05, 0.05]


# -- the final network --------------------------------------------------------------------


def final(best: object = 0.1, **changes: object) -> list[float]:
    told = {"epochs": 10, **changes}
    given = verdict("sweep_final", make_model(0.1), run(0.1, 0.99, **told), best, runs()[1])
    return [round(part.points, 3) for part in given.parts]


def test_a_network_is_measured_whatever_its_run_claims() -> None:
    given = verdict("sweep_final", make_model(0.1), run(0.1, 0.99, 10), 0.1, runs()[1])
    assert given.points == 0
    assert any("claimed 99.0%" in note for note in given.notes)


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        ({}, [0.2, 0.05, 0.05]),
        ({"epochs": 5}, [0.2, 0, 0.05]),
        ({"config": {"batch_size": 64}}, [0.2, 0, 0.05]),
        ({"best": 0.2}, [0.2, 0, 0.05]),
        ({"config": {"lr": 0.001}}, [0.2, 0.05, 0]),
        ({"config": {"optimizer": "SGD"}}, [0.2, 0.05, 0]),
    ],
)
def test_the_final_training_is_that_of_the_sweep_for_ten_epochs(
    monkeypatch: pytest.MonkeyPatch, changes: dict, points: list[float]
) -> None:
    monkeypatch.setattr(sweep, "_measured", lambda *_: 0.99)
    assert final(**changes) == points


def test_a_run_without_weights_cannot_be_measured() -> None:
    record = dataclasses.replace(run(0.1, 0.99, 10), trained=False, problem="no file there")
    given = verdict("sweep_final", make_model(0.1), record, 0.1, runs()[1])
    assert given.points == 0
    assert "no file there" in given.text()


def test_a_network_that_is_too_large_is_not_measured() -> None:
    large = nn.Sequential(nn.Flatten(), nn.Linear(784, 1275), nn.Linear(1275, 10))
    given = verdict("sweep_final", large, run(0.1, 0.99, 10), 0.1, runs()[1])
    assert given.points == 0
    assert "fewer than 1,000,000 are allowed" in given.text()


def test_without_the_real_data_a_real_network_is_not_judged(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path))
    record = run(0.1, 0.99, 10, is_sample=False)
    given = verdict("sweep_final", make_model(0.1), record, 0.1, runs()[1])
    assert "the real mnist, which is not on the machine that grades" in given.undecided

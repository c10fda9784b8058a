"""Torch modules: bit for bit the same, whether a run was stopped or not."""

from __future__ import annotations

import pytest

from chainrule.training import Run, TrainingError, seed_all, train

torch = pytest.importorskip("torch")
nn = torch.nn


def network() -> nn.Module:
    seed_all(1)
    return nn.Sequential(
        nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.4), nn.Linear(8, 3)
    )


def run_network(
    name: str, epochs: int = 4, stop: int | None = None, schedule: bool = False, **options
) -> tuple[Run, dict]:
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.5) if schedule else None
    generator = torch.Generator().manual_seed(3)
    images = torch.linspace(-1, 1, 160).reshape(40, 4)
    dataset = torch.utils.data.TensorDataset(images, torch.arange(40) % 3)
    # One loader shuffles by torch's global generator, the other by its own.
    loaders = [
        torch.utils.data.DataLoader(dataset, 8, shuffle=True),
        torch.utils.data.DataLoader(dataset, 8, shuffle=True, generator=generator),
    ]

    def epoch(k: int) -> dict[str, float]:
        model.train()
        total = 0.0
        for loader in loaders:
            for x, y in loader:
                optimizer.zero_grad()
                loss = nn.functional.cross_entropy(model(x), y)
                loss.backward()
                optimizer.step()
                total += loss.item()
            if k == stop:
                raise KeyboardInterrupt
        if scheduler is not None:
            scheduler.step()
        model.eval()
        return {"train_loss": total}

    run = train(
        name,
        model,
        epoch,
        epochs,
        optimizer=optimizer if scheduler is None else [optimizer, scheduler],
        config={"lr": 0.01},
        generators=[generator],
        **options,
    )
    assert not model.training  # trained, resumed or loaded: as its training left it
    return run, {name: tensor.clone() for name, tensor in model.state_dict().items()}


def assert_same(a: dict, b: dict) -> None:
    assert a.keys() == b.keys()
    assert all(torch.equal(a[name], b[name]) for name in a)


@pytest.mark.parametrize("schedule", [False, True], ids=["Adam", "Adam and a scheduler"])
def test_a_stopped_run_equals_one_that_was_not_bit_for_bit(schedule):
    whole, weights = run_network("whole", schedule=schedule)
    for stop in (1, 3):
        with pytest.raises(KeyboardInterrupt):
            run_network("stopped", stop=stop, schedule=schedule)
    resumed, again = run_network("stopped", schedule=schedule)
    assert resumed.history == whole.history
    assert_same(weights, again)
    loaded, same = run_network("whole", schedule=schedule)
    assert loaded.history == whole.history
    assert_same(weights, same)


def test_two_runs_with_one_seed_are_the_same_and_with_another_are_not():
    first, _ = run_network("a", 2)
    second, _ = run_network("b", 2)
    third, _ = run_network("c", 2, seed=5)
    assert first.history == second.history != third.history


def test_shared_weights_are_kept_and_stay_shared():
    def tied() -> nn.Module:
        seed_all(2)
        model = nn.Sequential(nn.Linear(3, 3, bias=False), nn.Linear(3, 3, bias=False))
        model[1].weight = model[0].weight
        return model

    model = tied()

    def epoch(k: int):
        with torch.no_grad():
            model[0].weight.add_(1.0)
        return {"train_loss": 0.0}

    train("tied", model, epoch, 2)
    loaded = tied()
    train("tied", loaded, epoch, 2)
    assert torch.equal(loaded[1].weight, model[0].weight)
    assert loaded[1].weight is loaded[0].weight


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_weights_of_any_float_type_come_back_as_they_were(dtype):
    model = nn.Linear(3, 2).to(dtype)
    train("half", model, lambda k: {"train_loss": 0.0}, 1)
    fresh = nn.Linear(3, 2).to(dtype)
    train("half", fresh, lambda k: pytest.fail("trained"), 1)
    assert_same(model.state_dict(), fresh.state_dict())


def test_a_layer_without_a_shape_yet_says_what_to_do():
    with pytest.raises(TrainingError, match="put one batch through the model"):
        train("a", nn.LazyLinear(3), lambda k: pytest.fail("trained"), 1)


def test_a_config_that_the_optimizer_contradicts_is_said(capsys):
    model = nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.001)
    epoch = lambda k: {"train_loss": 0.0}  # noqa: E731
    train("a", model, epoch, 1, optimizer=optimizer, config={"lr": 0.01})
    said = capsys.readouterr().out
    assert "config says lr = 0.01, but the optimizer has lr = 0.001" in said


def test_another_optimizer_is_another_run(capsys):
    model = nn.Linear(2, 2)
    epoch = lambda k: {"train_loss": 0.0}  # noqa: E731
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    train("a", model, epoch, 1, optimizer=sgd)
    train("a", model, epoch, 1, optimizer=torch.optim.Adam(model.parameters(), lr=0.1))
    said = capsys.readouterr().out
    assert "of the optimizer, kind was SGD and is Adam" in said
    assert "was trained before, as 'a'" in said


def test_a_learning_rate_that_fell_by_hand_is_no_other_run(capsys):
    model = nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def epoch(k: int):
        optimizer.param_groups[0]["lr"] *= 0.5
        return {"train_loss": 0.0}

    train("a", model, epoch, 2, optimizer=optimizer)
    train("a", model, epoch, 2, optimizer=optimizer)  # this cell alone, once more
    assert "a: loaded from" in capsys.readouterr().out

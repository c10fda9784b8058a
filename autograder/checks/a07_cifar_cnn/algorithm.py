"""`algo_train.py` and the accuracy with a bug: replayed on the judge's networks and batches."""

from __future__ import annotations

import numpy as np

from autograder.checks.training import modes, steps
from autograder.checks.training.networks import Array, random_parameters, single
from autograder.checks.training.states import changed
from autograder.judge import recipes
from autograder.judge.models import Module
from autograder.judge.offers import trainer
from autograder.judge.registry import check
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Trial
from autograder.judge.values import number

HISTORIES = ("trn_loss", "val_loss", "val_acc")
EPOCHS = 3


def options(net: Module, lr: float = 0.0, epochs: int = 1) -> dict[str, object]:
    """An `opt_dict` as the scripts' docstrings describe it."""
    return {
        "optimizer": recipes.sgd(net, lr),
        "criterion": recipes.loss("cross_entropy"),
        "num_epochs": epochs,
        "device": recipes.device(),
    }


@check("trn_epoch", points=3, takes=trainer)
def trn_epoch(train: Trainer, t: Trial) -> None:
    def epoch(net: Module, x: Array, y: Array, batch_size: int, lr: float) -> object:
        return train(net, recipes.loader(x, y, batch_size), options(net, lr))

    step = "one step of gradient descent"
    steps.one_step(t, epoch, 1.0, name=step)
    steps.gradients_zeroed(t, epoch, 0.8, needs=step)
    modes.train_mode_while_training(t, epoch, 0.7, needs=step)
    steps.loss_reported(t, epoch, 0.5)


@check("sup_evaluate", points=2.5, takes=trainer)
def sup_evaluate(evaluate: Trainer, t: Trial) -> None:
    def measured(index: int) -> modes.Test:
        def test(net: Module, x: Array, y: Array, batch_size: int) -> object:
            found = evaluate(net, recipes.loader(x, y, batch_size), options(net))
            if not isinstance(found, list | tuple) or len(found) != 2:
                raise Missed("it should return two numbers: `return loss, accuracy`")
            return found[index]

        return test

    modes.result_over_all(t, measured(1), 0.9)
    modes.result_over_all(t, measured(0), 0.9, measure="loss")
    modes.eval_mode_while_testing(t, measured(1), 0.7, needs="accuracy over all images")


@check("sup_trn", points=2, takes=(trainer, trainer, trainer))
def sup_trn(sup: Trainer, train: Trainer, evaluate: Trainer, t: Trial) -> None:
    """What it must come to follows from the student's own two functions: a slip costs once."""
    start = random_parameters(t.rng, 4, 5, 3)
    # Among few images a network that is not the right one is right as often by chance.
    trn, val = ((single(t.randn(n, 4)), t.rng.integers(0, 3, n)) for n in (18, 499))
    net = recipes.mlp(*start)
    result = sup(net, recipes.loader(*trn, 6), recipes.loader(*val, 32), options(net, 0.3, EPOCHS))
    returned = isinstance(result, list | tuple) and len(result) == 2
    info = result[1] if returned else None
    lists = "three lists, one number per epoch"
    with t.part("[net, trn_info]", 0.3):
        if not returned:
            t.miss("it should return two things: `return [net, trn_info]`")
        if not isinstance(result[0], Module):
            t.miss("the first of the two is not the network")
        if not isinstance(info, dict):
            t.miss("the second of the two is not a dictionary")
        if changed(net.state(), result[0].state()):
            t.miss("the first of the two is not the net that was trained, as it is at the end")
    with t.part(lists, 0.5):
        if not isinstance(info, dict):
            t.miss("there is no trn_info")
        lengths = {key: _length(info.get(key)) for key in HISTORIES}
        right = sum(length == EPOCHS for length in lengths.values())
        said = ", ".join(f"{key} has {length}" for key, length in lengths.items())
        t.earn(right / 3, *[f"for {EPOCHS} epochs {said} numbers"] * (right < 3))
    wanted: dict[str, list[float]] = {key: [] for key in HISTORIES}
    own = recipes.mlp(*start)
    opt_dict = options(own, 0.3)
    with t.part("trained for num_epochs", 0.6):
        for _ in range(EPOCHS):
            loss = train(own, recipes.loader(*trn, 6), opt_dict)
            found = evaluate(own, recipes.loader(*val, 32), opt_dict)
            if not isinstance(found, list | tuple) or len(found) != 2:
                t.miss("your evaluate does not return two numbers, so nothing can be compared")
            for key, value in zip(HISTORIES, (loss, *found), strict=True):
                wanted[key].append(number(value, "a result of your functions"))
        _same_state(t, net, own, start)
    with t.part("the numbers of each epoch", 0.6, needs=lists):
        if not isinstance(info, dict):
            t.miss("there is no trn_info")
        wrong = [key for key in HISTORIES if not _same(info.get(key), wanted[key])]
        t.earn(1 - len(wrong) / 3)
        for key in wrong:
            shown = [round(value, 4) for value in wanted[key]]
            t.say(f"{key} is not {shown}, which your own two functions give epoch by epoch")


def _same_state(t: Trial, net: Module, own: Module, start: tuple[Array, ...]) -> None:
    after, wanted = net.state(), own.state()
    if np.array_equal(after["0.weight"], start[0].T.astype(after["0.weight"].dtype)):
        t.miss("the network has not changed: call trn_epoch in each epoch")
    if not all(np.allclose(after[key], wanted[key], rtol=1e-4, atol=1e-6) for key in wanted):
        t.miss(
            f"the weights are not where {EPOCHS} epochs of your trn_epoch lead; does it train on "
            "trn_loader, num_epochs times, and on nothing else?"
        )


def _length(values: object) -> int:
    return len(values) if isinstance(values, list | tuple | np.ndarray) else 0


def _same(values: object, wanted: list[float]) -> bool:
    if _length(values) != len(wanted) or not wanted:
        return False
    try:
        found = [number(value, "an entry of trn_info") for value in values]
    except Missed:
        return False
    return bool(np.allclose(found, wanted, rtol=1e-4, atol=1e-6))


@check("bug_accuracy", points=1.5, takes=trainer)
def bug_accuracy(accuracy: Trainer, t: Trial) -> None:
    with t.part("every image counts once", 1.5):
        answers: list[tuple[float, Array, Array]] = []
        for sizes in ((7, 7, 7, 2), (3, 8), (5,), (6, 6)):
            # At least one right and one wrong in each, so that no wrong division comes to the same.
            right, count = np.array([t.rng.integers(1, n) for n in sizes]), np.array(sizes)
            batches = [_batch(t, n, k) for n, k in zip(sizes, right, strict=True)]
            answers.append((number(accuracy(batches), "your accuracy"), right, count))
        for share, words, formula in (
            (1.0, "", lambda right, count: right.sum() / count.sum()),
            (
                0.4,
                "the mean of the batches' accuracies: images of a small batch count for more",
                lambda right, count: np.mean(right / count),
            ),
            (0.3, "a percentage; asked for is a share from 0 to 1", _percent),
            (0.2, "this counts the right ones; divide by all images", lambda r, _: r.sum()),
        ):
            if all(np.isclose(found, formula(r, n), rtol=1e-5) for found, r, n in answers):
                t.earn(share, *[words] * bool(words))
                return
        found, right, count = answers[0]
        t.miss(f"{found:.4f} where {right.sum()} of {count.sum()} images are right")


def _percent(right: Array, count: Array) -> float:
    return 100 * right.sum() / count.sum()


def _batch(t: Trial, size: int, right: int) -> tuple[Array, Array]:
    """Logits (size, 4) and labels, of which so many are right."""
    logits = single(t.randn(size, 4))
    labels = logits.argmax(axis=1)
    wrong = t.rng.permutation(size)[right:]
    labels[wrong] = (labels[wrong] + t.rng.integers(1, 4, len(wrong))) % 4
    return logits, labels

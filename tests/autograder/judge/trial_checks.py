"""Checks for tests, in a judges' server of their own: what no assignment has to ask.

python -m tests.autograder.judge.trial_checks DESCRIPTOR
"""

from __future__ import annotations

import sys

import numpy as np

from autograder.checks.training import claims_agree, credit, states
from autograder.checks.training.modes import (
    eval_mode_while_testing,
    result_over_all,
    train_mode_while_training,
)
from autograder.checks.training.steps import gradients_zeroed, loss_falls, loss_reported, one_step
from autograder.judge import images, offers, recipes, server
from autograder.judge.registry import check


@check("trial_training", points=6, takes=(offers.trainer, offers.trainer))
def training(train, test, t) -> None:
    def epoch(net, x, y, batch_size, lr):
        loader, loss = recipes.loader(x, y, batch_size), recipes.loss("cross_entropy")
        return train(net, loader, recipes.sgd(net, lr), loss)

    def tested(net, x, y, batch_size):
        return test(net, recipes.loader(x, y, batch_size))

    one_step(t, epoch, 1)
    gradients_zeroed(t, epoch, 1)
    train_mode_while_training(t, epoch, 1)
    loss_reported(t, epoch, 1)
    eval_mode_while_testing(t, tested, 1, "loss")
    result_over_all(t, tested, 1, "loss")
    loss_falls(t, epoch, 0)


@check("trial_model", points=4, takes=(offers.maker, offers.module, offers.number))
def model(make, net, claimed, t) -> None:
    pictures, labels = images.held_out("mnist", True, t.rng, 100)
    x = pictures[:, None] / 255.0
    measured = credit(t, lambda: net.accuracy(x, labels), 0.9, 100, 2)
    claims_agree(t, claimed, measured, 100)
    fresh = make(np.int64(8))
    before = fresh.state()
    with t.part("filled with the trained weights it says the same", 1):
        fresh.set_state(net.state())
        if not np.allclose(fresh.logits(x), net.logits(x), atol=1e-4):
            t.miss("it says something else")
    states.only_these_changed(t, before, fresh.state(), lambda name: True, 1)


@check("trial_words", points=3, takes=(offers.value, offers.text, offers.later(offers.axes)))
def plain(value, text, plot, t) -> None:
    with t.part("values", 1):
        if value != {"lr": 0.1, "sizes": (3, 4)} or text != "ReLU":
            t.miss(f"{value}, {text}")
    with t.part("axes", 1, needs="values", told=True):
        seen = plot()
        if (seen.xlabel, [line.label for line in seen.lines]) != ("epoch", ["train", "test"]):
            t.miss(f"{seen}")
    with t.part("numbers in it", 1, needs="values", told=True):
        if plot().line("test").y.tolist() != [3.0, 2.0]:
            t.miss("other numbers")


if __name__ == "__main__":
    server.main(int(sys.argv[1]))

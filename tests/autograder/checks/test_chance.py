"""Wrong answers that a lucky draw could make right: with no seed may they earn more."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.checks.a02_numpy_mlp import layers
from autograder.checks.a03_training_dynamics.initialisation_and_order import relu_plateau
from autograder.checks.a07_cifar_cnn.algorithm import bug_accuracy
from autograder.checks.a07_cifar_cnn.network import eq5_size
from autograder.checks.a08_transfer_learning.data import class_examples
from autograder.checks.training import modes, steps
from autograder.checks.training.draws import apart, told_apart
from autograder.judge.trial import Trial

SEEDS = range(400)


def earned(check: Callable, answer: Callable) -> set[float]:
    """The points that an answer gets with many draws."""
    found = set()
    for seed in SEEDS:
        trial = Trial(seed)
        check(answer, trial)
        found.add(round(sum(part.points for part in trial.parts), 4))
    return found


def test_a_round_number_is_never_the_best_constant():
    tried = (-1, -0.5, 0, 0.5, 1)
    assert earned(relu_plateau, lambda y: min(0.5 * np.mean((c - y) ** 2) for c in tried)) == {0}
    tried = np.linspace(-1, 1, 201)
    assert earned(relu_plateau, lambda y: min(0.5 * np.mean((c - y) ** 2) for c in tried)) == {0}


def test_the_mean_of_batches_is_never_the_mean_of_images():
    def mean_of_means(batches):
        return float(np.mean([np.mean(z.argmax(axis=1) == y) for z, y in batches]))

    assert earned(bug_accuracy, mean_of_means) == {0.6}


def test_sizes_that_do_not_come_out_even_are_always_asked_for():
    def nearest(h, k, p, s):
        return np.asarray(round((h - (k - 1) + 2 * p - 1) / s + 1))

    assert earned(eq5_size, nearest) == {0.75}


def test_labels_and_first_places_never_name_images_of_their_classes():
    def labels_themselves(labels, classes, count):
        return np.repeat(classes, count)

    def first(labels, classes, count):
        return np.arange(count * len(classes))

    def not_grouped(labels, classes, count):
        return np.sort(np.concatenate([np.flatnonzero(labels == c)[:count] for c in classes]))

    assert earned(class_examples, labels_themselves) == {0}
    assert earned(class_examples, first) == {0}
    assert earned(class_examples, not_grouped) == {0.76}


def test_inputs_of_a_relu_have_both_signs_and_its_labels_every_class():
    for seed in SEEDS:
        t = Trial(seed)
        x = layers._around_zero(t)
        assert 0 < np.sum(x > 0) < x.size
        scores, y = layers._scored(t)
        assert set(y) == set(range(scores.shape[1]))


def test_no_loss_of_an_epoch_looks_like_a_slip():
    for seed in range(60):
        t = Trial(seed)
        start, x, y = steps._trial(t, 3)
        assert steps._nearest_to_a_corner(start, x, y) > steps.CORNER
        for measure in ("loss", "accuracy"):
            network, x, y = modes._uneven_case(t, measure)
            told = modes._values(network, x, y, measure)
            assert len({round(value, 9) for value in told}) == len(told)


def test_no_number_of_train_mode_is_one_of_eval_mode():
    for seed in range(60):
        network, in_train, x, y = modes._two_ways(Trial(seed), "accuracy")
        for value in modes._values(in_train, x, y, "accuracy"):
            assert not modes._tells(value, network, x, y, "accuracy")


def test_values_are_apart_where_other_points_hang_on_them():
    one, near = np.array([1.0, 2.0]), np.array([1.0, 2.001])
    assert not apart([(1.0, one), (0.5, near)], by=0.01)
    assert apart([(1.0, one), (1.0, near)], by=0.01)
    assert apart([(1.0, one), (0.5, near)], by=1e-4)
    assert apart([(1.0, one), (0.5, np.array([1.0]))], by=0.01)
    assert not apart([(1.0, 0.0), (0.5, 0.0)], by=0.01)


def test_draws_go_on_until_they_are_apart_but_not_for_ever():
    drawn = iter(range(1000))
    assert told_apart(lambda: next(drawn), lambda n: [(1.0, 1.0), (0.5, 1.0 + n)], by=0.5) == 2
    assert told_apart(lambda: next(drawn), lambda n: [(1.0, 1.0), (0.5, 1.0)], by=0.5) == 52

"""Notebook 4: the gradients of L = ‖t − ŷ‖² by the biases of ŷ = W2 ReLU(W1 x + b1) + b2."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from autograder.checks.worksheets.derivations import Jacobians, mark_derivation
from autograder.judge.offers import Function, derivation, function
from autograder.judge.registry import check
from autograder.judge.trial import Slip, Trial
from chainrule.worksheets import Derivation

Array = np.ndarray

SIGNS = ((1, 1), (1, -1), (-1, 1), (1, -1), (-1, -1))
"""Signs of v in the trials: every pattern of units that are on and off."""


# -- part 1: the factors ------------------------------------------------------------------


@check("bias_chain_b2", points=1, takes=derivation)
def bias_chain_b2(gradient: Derivation, t: Trial) -> None:
    mark_derivation(gradient, ("L", "yhat", "b2"), _points(t), t, 1)


@check("bias_chain_b1", points=2, takes=derivation)
def bias_chain_b1(gradient: Derivation, t: Trial) -> None:
    mark_derivation(gradient, ("L", "yhat", "h", "v", "b1"), _points(t), t, 2)


def _points(t: Trial) -> list[Jacobians]:
    """Random points with either unit off (with both on, ReLU is the identity), and both on."""
    return [_jacobians(t.rng, signs) for signs in SIGNS[:3]]


def _jacobians(rng: np.random.Generator, signs: tuple[int, int]) -> Jacobians:
    """Every Jacobian of the network that is not zero, at a random point with v of these signs."""
    loss, linear = rng.standard_normal((1, 2)), rng.standard_normal((2, 2))
    relu, one = np.diag(_mask(signs)), np.eye(2)
    return {
        ("L", "yhat"): loss,
        ("L", "h"): loss @ linear,
        ("L", "v"): loss @ linear @ relu,
        ("L", "b1"): loss @ linear @ relu,
        ("L", "b2"): loss,
        ("yhat", "h"): linear,
        ("yhat", "v"): linear @ relu,
        ("yhat", "b1"): linear @ relu,
        ("yhat", "b2"): one,
        ("h", "v"): relu,
        ("h", "b1"): relu,
        ("v", "b1"): one,
    }


# -- part 2: each factor ------------------------------------------------------------------


def _mask(v: Array) -> Array:
    return (np.asarray(v) > 0).astype(float)


def _loss_gradient(t: Array, yhat: Array) -> Array:
    return -2 * (t - yhat)


TURNED = "the sign is turned: ŷ stands in t − ŷ with a minus, and the chain rule brings it out"
HALVED = "the factor 2 is missing: the derivative of a square u² is 2u, and the loss has no ½"

# What students write for ∂L/∂ŷ, and the share it earns: where the factor itself is asked for,
# and where it comes back in a formula (a slip should not cost twice).
LOSS_SLIPS = (
    (TURNED, lambda t, yhat: 2 * (t - yhat), 0.6, 0.75),
    (HALVED, lambda t, yhat: -(t - yhat), 0.6, 0.75),
    (f"{TURNED}; {HALVED}", lambda t, yhat: t - yhat, 0.3, 0.5),
)
WRONG_SHAPES = (
    Slip(
        "the entries are added up; the derivative has one entry for each entry of ŷ",
        lambda t, yhat: np.sum(_loss_gradient(t, yhat)),
        0.3,
    ),
    Slip(
        "the entries stand on the diagonal of a matrix; the derivative of a number by a vector "
        "is a vector",
        lambda t, yhat: np.diag(_loss_gradient(t, yhat)),
        0.4,
    ),
)


@check("bias_factor_loss", points=1, takes=function)
def bias_factor_loss(answer: Callable, t: Trial) -> None:
    slips = [Slip(words, computes, share) for words, computes, share, _ in LOSS_SLIPS]
    with t.part("∂L/∂ŷ", 1):
        t.compare(_vector(answer), _loss_gradient, _outputs(t), (*slips, *WRONG_SHAPES))


@check("bias_factor_linear", points=1, takes=function)
def bias_factor_linear(answer: Callable, t: Trial) -> None:
    cases = [(t.randn(2, 2), t.randn(2), t.randn(2)) for _ in range(3)]
    slips = [
        Slip(
            "this is the transpose: row i of ∂ŷ/∂h belongs to ŷᵢ, column j to hⱼ",
            lambda W2, h, b2: W2.T,
            0.5,
        ),
        Slip(
            "this is ŷ itself; a derivative says how ŷ changes when h does",
            lambda W2, h, b2: W2 @ h + b2,
            0.0,
        ),
    ]
    with t.part("∂ŷ/∂h", 1):
        t.compare(answer, lambda W2, h, b2: W2, cases, slips)


@check("bias_factor_relu", points=1, takes=function)
def bias_factor_relu(answer: Callable, t: Trial) -> None:
    cases = [(v,) for v in _sums(t)]
    slips = [
        Slip("these are the slopes; the Jacobian has them on its diagonal", _mask, 0.6),
        Slip(
            "this is h on the diagonal; the slope of ReLU is 1 where v > 0, however large v is",
            lambda v: np.diag(np.maximum(v, 0)),
            0.4,
        ),
        Slip(
            "an entry below 0 gets the slope −1; ReLU is flat there, so its slope is 0",
            lambda v: np.diag(np.sign(v)),
            0.4,
        ),
        Slip(
            "the sides are swapped: the slope is 1 for v > 0 and 0 for v < 0",
            lambda v: np.diag(1 - _mask(v)),
            0.3,
        ),
    ]
    jacobian = "∂h/∂v"
    with t.part(jacobian, 0.7):
        t.compare(answer, lambda v: np.diag(_mask(v)), cases, slips)
    edges = [(np.array([0.0, 1.5]),), (np.array([-0.5, 0.0]),)]
    with t.part("the slope at v = 0 is 0, as stated", 0.15, needs=jacobian):
        t.compare(answer, lambda v: np.diag(_mask(v)), edges)
    with t.part("your function leaves its input as it was", 0.15, needs=jacobian, told=True):
        _stay_the_same(answer, cases, ("v",), t)


# -- part 2: the formulas -----------------------------------------------------------------


@check("bias_formula_b2", points=1, takes=function)
def bias_formula_b2(answer: Callable, t: Trial) -> None:
    slips = [Slip(words, computes, share) for words, computes, _, share in LOSS_SLIPS]
    with t.part("∂L/∂b2", 1):
        t.compare(_vector(answer), _loss_gradient, _outputs(t), (*slips, *WRONG_SHAPES))


WRONG_WAY_ROUND = (
    "W2 stands the wrong way round: with g for ∂L/∂ŷ, it is W2.T @ g as a column, g @ W2 as a row"
)
ENTRY_BY_ENTRY = "`*` multiplies entry by entry; the matrix product is `@`"

# What students write for the way back from ∂L/∂ŷ = g to b1, and the share it earns. The formula
# may stand in columns or in rows: g @ W2.T @ J comes to the same numbers as J @ W2 @ g.
WAYS_BACK = (
    ("", lambda g, W2, v: _mask(v) * (W2.T @ g), 1.0),
    (WRONG_WAY_ROUND, lambda g, W2, v: _mask(v) * (W2 @ g), 0.6),
    ("the factor of the ReLU is missing", lambda g, W2, v: W2.T @ g, 0.5),
    (
        "the ReLU's factor is its slope (0 or 1), not its value h",
        lambda g, W2, v: np.maximum(v, 0) * (W2.T @ g),
        0.5,
    ),
    (
        "the ReLU's factor belongs to v, on the other side of W2",
        lambda g, W2, v: W2.T @ (_mask(v) * g),
        0.6,
    ),
    ("the factor W2 is missing", lambda g, W2, v: _mask(v) * g, 0.25),
    (
        f"{WRONG_WAY_ROUND}; and the factor of the ReLU is missing",
        lambda g, W2, v: W2 @ g,
        0.3,
    ),
    (ENTRY_BY_ENTRY, lambda g, W2, v: _mask(v) * (W2.T * g), 0.5),
    (ENTRY_BY_ENTRY, lambda g, W2, v: _mask(v) * (W2 * g), 0.5),
    # The star between the Jacobian of the ReLU and W2, and between it and W2.T @ g.
    (ENTRY_BY_ENTRY, lambda g, W2, v: _mask(v) * np.diag(W2) * g, 0.5),
    (ENTRY_BY_ENTRY, lambda g, W2, v: np.diag(_mask(v) * (W2.T @ g)), 0.5),
    (
        "a column times a row of entries made a matrix; keep both of shape (2,)",
        lambda g, W2, v: np.outer(W2.T @ g, _mask(v)),
        0.5,
    ),
)


@check("bias_formula_b1", points=2, takes=function)
def bias_formula_b1(answer: Callable, t: Trial) -> None:
    cases = [(*outputs, t.randn(2, 2), v) for outputs, v in zip(_outputs(t), _sums(t), strict=True)]
    formula = "∂L/∂b1"
    with t.part(formula, 1.6):
        t.compare(_vector(answer), _gradient_b1, cases, tuple(_b1_slips()))
    edge = (np.array([0.5, -1.0]), np.array([1.5, 1.0]), t.randn(2, 2), np.array([0.0, 0.8]))
    with t.part("a unit with v = 0 passes nothing back", 0.2, needs=formula):
        entries = answer(*edge).ravel()
        if entries.size == 0 or entries[0] != 0:
            t.miss("at v = 0 the slope of ReLU counts as 0, so this entry of the gradient is 0")
    with t.part("your function leaves its inputs as they were", 0.2, needs=formula, told=True):
        _stay_the_same(answer, cases, ("t", "yhat", "W2", "v"), t)


def _gradient_b1(t: Array, yhat: Array, W2: Array, v: Array) -> Array:
    return _mask(v) * (W2.T @ _loss_gradient(t, yhat))


def _b1_slips() -> Iterator[Slip]:
    """Every way back with every gradient of the loss, the right pair left out."""
    for way_words, way, way_share in WAYS_BACK:
        for loss_words, loss, _, loss_share in (("", _loss_gradient, 1, 1), *LOSS_SLIPS):
            words = "; ".join(filter(None, (way_words, loss_words)))
            if words:
                yield Slip(words, _combined(way, loss), way_share * loss_share)


def _combined(way: Callable, loss: Callable) -> Callable:
    return lambda t, yhat, W2, v: way(loss(t, yhat), W2, v)


# -- trials -------------------------------------------------------------------------------


def _outputs(t: Trial) -> list[tuple[Array, Array]]:
    """Targets and outputs, as many as there are sign patterns of v."""
    return [(t.randn(2), t.randn(2)) for _ in SIGNS]


def _sums(t: Trial) -> list[Array]:
    """Weighted sums v with every pattern of signs and no zero."""
    return [np.array(signs) * (0.2 + np.abs(t.randn(2))) for signs in SIGNS]


def _vector(answer: Callable) -> Callable:
    """The answer with a column or a row of numbers read as a vector."""

    def call(*arguments: Array) -> Array:
        result = answer(*arguments)
        return result.ravel() if result.shape in ((2, 1), (1, 2)) else result

    return call


def _stay_the_same(
    answer: Function, cases: Sequence[tuple], names: Sequence[str], t: Trial
) -> None:
    """Miss the part if a call changes an argument: whoever calls still needs it."""
    for case in cases:
        answer(*case)
        for name, changed in zip(names, answer.changed, strict=True):
            if changed:
                t.miss(f"it changes {name} itself; work on a copy, such as {name}.copy()")

"""Part (a): fully connected layer, ReLU and softmax loss, forward and backward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from autograder.checks.a02_numpy_mlp import reference
from autograder.checks.a02_numpy_mlp.reference import Array, agree, differences
from autograder.judge.registry import check
from autograder.judge.trial import RTOL, Slip, Trial
from autograder.judge.tuples import TupleFunction, tuple_function

LARGE = 1e-6
"""How far the loss of scores of 10,000 may be off: float32 holds seven digits of it, and an
ordinary row beside them shows in the fifth."""

EDGES = "one row alone, and float32"
UNTOUCHED = "your function leaves its inputs as they were"

# -- fully connected ----------------------------------------------------------------------

FC_SLIPS = {
    "out": (
        Slip("the bias is missing", lambda x, w, b: x @ w, 0.4),
        Slip("the bias is subtracted; the layer adds it", lambda x, w, b: x @ w - b, 0.5),
        Slip(
            "the ReLU is a layer of its own; this one ends with the sum",
            lambda x, w, b: np.maximum(x @ w + b, 0),
            0.5,
        ),
    ),
    "dx": (
        Slip(
            "this is divided by N; only the loss knows that it is a mean",
            lambda x, w, b, g: g @ w.T / len(x),
            0.5,
        ),
    ),
    "dw": (
        Slip(
            "this is divided by N; only the loss knows that it is a mean",
            lambda x, w, b, g: x.T @ g / len(x),
            0.5,
        ),
        Slip("this is transposed; dw has the shape of w", lambda x, w, b, g: g.T @ x, 0.5),
    ),
    "db": (
        Slip(
            "this is still one row an example; b is added to every row, so add up what comes back",
            lambda x, w, b, g: g,
            0.3,
        ),
        Slip(
            "this is the mean over the rows; they are added up", lambda x, w, b, g: g.mean(0), 0.5
        ),
        Slip("this adds up over axis 1; the rows are axis 0", lambda x, w, b, g: g.sum(1), 0.3),
        Slip(
            "its shape is (1, M); db has the shape of b, (M,)",
            lambda x, w, b, g: g.sum(0, keepdims=True),
            0.6,
        ),
        Slip("everything is added up; b has an entry a column", lambda x, w, b, g: g.sum(), 0.2),
    ),
}


@check("fc_forward", points=0.5, takes=tuple_function("out", None))
def fc_forward(answer: TupleFunction, t: Trial) -> None:
    def out(*case: Array) -> Array:
        return answer(*case)[0]

    values = "out = x @ w + b"
    with t.part(values, 0.35):
        t.compare(out, reference.fc_forward, [_layer(t), _layer(t)], FC_SLIPS["out"])
    with t.part(EDGES, 0.1, needs=values):
        for case in (_layer(t, rows=1), _single(_layer(t))):
            _edges(out, reference.fc_forward, case, FC_SLIPS["out"], t)
    with t.part(UNTOUCHED, 0.05, needs=values, told=True):
        _stay_the_same(answer, _layer(t), ("x", "w", "b"), t)


@check("fc_backward", points=0.9, takes=tuple_function("dx", "dw", "db"))
def fc_backward(answer: TupleFunction, t: Trial) -> None:
    """The answer goes forward and back, (x, w, b, dout) → (dx, dw, db): the cache is its own."""
    cases = [_layer_and_gradient(t), _layer_and_gradient(t)]
    for place, name in enumerate(("dx", "dw", "db")):
        with t.part(name, 0.25):
            t.compare(_nth(answer, place), _nth(_fc_backward, place), cases, FC_SLIPS[name])
    with t.part(EDGES, 0.1, needs="dw"):
        for case in (_layer_and_gradient(t, rows=1), _single(_layer_and_gradient(t))):
            for place, name in enumerate(("dx", "dw", "db")):
                if t.share_of(name) > 0:  # what is off altogether was charged above
                    _edges(_nth(answer, place), _nth(_fc_backward, place), case, FC_SLIPS[name], t)
    with t.part(UNTOUCHED, 0.05, needs="dw", told=True):
        # Not x: where the way there has changed it, that was charged with the way there.
        _stay_the_same(answer, _layer_and_gradient(t), (None, "w", "b", "dout"), t)


def _fc_backward(x: Array, w: Array, b: Array, dout: Array) -> tuple[Array, Array, Array]:
    return reference.fc_backward(dout, x, w)


# -- ReLU ---------------------------------------------------------------------------------

RELU_SLIPS = (
    Slip("the slopes are right; the chain rule multiplies them by dout", lambda x, g: x > 0, 0.4),
    Slip(
        "where to let through is decided by the sign of x, not of dout",
        lambda x, g: g * (g > 0),
        0.3,
    ),
    Slip(
        "the factor is the slope of the ReLU, 0 or 1, not its value",
        lambda x, g: g * np.maximum(x, 0),
        0.4,
    ),
    Slip("for x < 0 the ReLU is flat: its slope is 0, not −1", lambda x, g: g * np.sign(x), 0.4),
    Slip("the sides are swapped: it lets through where x > 0", lambda x, g: g * (x < 0), 0.3),
    Slip("dout passes as it is; where x < 0 the ReLU stops it", lambda x, g: g, 0.0),
)


@check("relu_forward", points=0.2, takes=tuple_function("out", None))
def relu_forward(answer: TupleFunction, t: Trial) -> None:
    out, cases = _nth(answer, 0), [(_around_zero(t),) for _ in range(2)]
    values = "negative numbers become 0, the others stay"
    with t.part(values, 0.1):
        cases.append((np.array([[0.0, -0.0, 1e-9]]),))
        t.compare(out, reference.relu_forward, cases)
        _edges(out, reference.relu_forward, _single(cases[0]), (), t)
    with t.part("any shape", 0.05, needs=values):
        t.compare(out, reference.relu_forward, [(t.randn(3, 2, 4),)])
    with t.part(UNTOUCHED, 0.05, needs=values, told=True):
        _stay_the_same(answer, cases[0], ("x",), t)


@check("relu_backward", points=0.3, takes=tuple_function("dx"))
def relu_backward(answer: TupleFunction, t: Trial) -> None:
    """The answer goes forward and back, (x, dout) → (dx,)."""
    dx, values = _nth(answer, 0), "dout passes where x > 0"
    inputs = [_around_zero(t) for _ in range(2)]
    cases = [(x, t.randn(*x.shape)) for x in inputs]
    with t.part(values, 0.2):
        t.compare(dx, _relu_backward, cases, RELU_SLIPS)
        _edges(dx, _relu_backward, _single(cases[0]), RELU_SLIPS, t)
    with t.part("at x = 0 nothing passes", 0.05, needs=values):
        x, dout = np.array([[0.0, 1.5, -2.0], [0.0, 0.0, -0.0]]), 1 + t.rng.random((2, 3))
        back = dx(x, dout)[x == 0]
        if np.any(back != 0):
            passes = np.allclose(back, dout[x == 0])
            how = ": compare with >, not with >=" if passes else ""
            t.miss(f"the slope at x = 0 counts as 0, so dx is 0 there{how}")
    with t.part(UNTOUCHED, 0.05, needs=values, told=True):
        # Not x: where the way there has changed it, that was charged with the way there.
        _stay_the_same(answer, cases[0], (None, "dout"), t)


def _relu_backward(x: Array, dout: Array) -> Array:
    return reference.relu_backward(dout, x)


# -- softmax ------------------------------------------------------------------------------


def _each_loss(s: Array, y: Array) -> Array:
    return -reference.log_softmax(s)[np.arange(len(y)), y]


def _not_divided(s: Array, y: Array) -> Array:
    return reference.loss_gradient(s, y) * len(y)


def _mean_loss(factor: Callable[[Array], float]) -> Callable:
    return lambda s, y: factor(s) * _each_loss(s, y).mean()


LOSS_SLIPS = (
    Slip("this is the sum over the rows; the loss is their mean", _mean_loss(len), 0.5),
    Slip("the sign is turned; the loss is −log of a probability", _mean_loss(lambda s: -1), 0.5),
    Slip("np.log2 has base 2; np.log is meant", _mean_loss(lambda s: 1 / np.log(2)), 0.6),
    Slip("np.log10 has base 10; np.log is meant", _mean_loss(lambda s: 1 / np.log(10)), 0.6),
    Slip(
        "the mean runs over all N·C entries; divide by the N rows only",
        _mean_loss(lambda s: 1 / s.shape[1]),
        0.5,
    ),
    Slip("this is one loss a row; the loss is one number, their mean", _each_loss, 0.4),
)
GRADIENT_SLIPS = (
    Slip("it is not divided by N; the loss is a mean over N rows", _not_divided, 0.5),
    Slip("the sign is turned", lambda s, y: -reference.loss_gradient(s, y), 0.5),
    Slip(
        "these are the probabilities, divided by N; before that, take 1 off at the right class",
        lambda s, y: np.exp(reference.log_softmax(s)) / len(y),
        0.3,
    ),
    Slip(
        "these are the probabilities; take 1 off at the right class, and divide by N",
        lambda s, y: np.exp(reference.log_softmax(s)),
        0.2,
    ),
    Slip(
        "it is divided by N·C; the loss is a mean over the N rows only",
        lambda s, y: reference.loss_gradient(s, y) / s.shape[1],
        0.5,
    ),
)


@check("softmax_loss", points=1.1, takes=tuple_function("loss", "dx"))
def softmax_loss(answer: TupleFunction, t: Trial) -> None:
    loss, gradient = _nth(answer, 0), _nth(answer, 1)
    cases = [_scored(t), _scored(t)]
    with t.part("loss", 0.4):
        t.compare(loss, reference.loss, cases, LOSS_SLIPS)
    with t.part("gradient", 0.4):
        if _is_gradient_of_a_slip(loss, gradient, cases):
            t.say("it is the gradient of the loss that you compute, which is marked above")
        else:
            _rows_sum_to_zero(gradient, cases, t)
            t.compare(gradient, reference.loss_gradient, cases, GRADIENT_SLIPS)
    with t.part("scores as large as 10000", 0.2, needs="loss"):
        _large_scores(answer, t)
    with t.part(EDGES, 0.05, needs="loss"):
        for case in (_scored(t, rows=1), _single(_scored(t))):
            _edges(loss, reference.loss, case, LOSS_SLIPS, t)
            if t.share_of("gradient") > 0:  # what is off altogether was charged above
                _edges(gradient, reference.loss_gradient, case, GRADIENT_SLIPS, t)
    with t.part(UNTOUCHED, 0.05, needs="loss", told=True):
        _stay_the_same(answer, cases[0], ("x", "y"), t)


def _is_gradient_of_a_slip(loss: Callable, gradient: Callable, cases: Sequence[tuple]) -> bool:
    """Whether the loss is a known slip, and the gradient its own, by finite differences.

    They are taken of the slip itself: a student's loss may be too coarse for them, in float32.
    """
    return any(
        all(agree(loss(*case), np.asarray(slip.computes(*case)), RTOL) for case in cases)
        and all(
            agree(gradient(s, y), differences(partial(slip.computes, y=y), s), RTOL)
            for s, y in cases
        )
        for slip in LOSS_SLIPS[:-1]
    )


def _rows_sum_to_zero(gradient: Callable, cases: Sequence[tuple], t: Trial) -> None:
    sums = [gradient(s, y).sum(axis=-1) for s, y in cases]
    if any(np.any(np.abs(total) > 1e-5) for total in sums):
        t.say(
            "its rows do not sum to 0; adding the same number to all scores of a row does not "
            "change the loss, so they must"
        )


def _large_scores(answer: TupleFunction, t: Trial) -> None:
    # Rows of small and of very negative scores, too: the maximum of all is not that of a row.
    large = [[1, -1, 0.5], [-1, 1, 0], [1, 1, 1], [0, 0, 0], [-1, -1, -1]]
    scores = 1e4 * np.array(large) + t.rng.integers(-8, 9, (5, 3)) / 8  # which float32 holds, too
    y = np.array([0, 0, 2, 1, 0])
    loss, gradient = _nth(answer, 0)(scores, y), None
    if t.share_of("gradient") > 0:  # what is off altogether was charged above
        gradient = _nth(answer, 1)(scores, y)
        if not np.all(np.isfinite(gradient)):
            t.miss("the gradient is not finite; subtract each row's own maximum before np.exp")
    if not np.all(np.isfinite(loss)):
        t.earn(
            0.5,
            "the loss is not finite where the right class has probability e^−20000, which is 0 in "
            "floating point; take the logarithm on paper: x_y − max − log Σ e^(x_j − max)",
        )
    elif not _right_or_slipped(loss, reference.loss, LOSS_SLIPS, (scores, y), LARGE):
        found, right = float(np.mean(loss)), reference.loss(scores, y)
        t.earn(0.5, f"the loss is {found:.6g}; expected {right:.6g}")
        if t.share_of("loss") == 1:  # for ordinary scores it is right, so what else could it be
            t.say("a small number inside of the logarithm keeps it finite, and makes it wrong")
    elif gradient is not None and not _right_or_slipped(
        gradient, reference.loss_gradient, GRADIENT_SLIPS, (scores, y), RTOL
    ):
        t.earn(0.5, "the loss is right, the gradient is not")


# -- trials -------------------------------------------------------------------------------


def _sizes(t: Trial) -> tuple[int, int, int]:
    """Three sizes that all differ, so that nothing fits the wrong way round; none of them small,
    so that no row or column is all of one sign."""
    return tuple(int(n) for n in t.rng.permutation(np.arange(3, 10))[:3])


def _layer(t: Trial, rows: int | None = None) -> tuple[Array, Array, Array]:
    n, d, m = _sizes(t)
    return t.randn(rows or n, d), t.randn(d, m), t.randn(m)


def _layer_and_gradient(t: Trial, rows: int | None = None) -> tuple[Array, ...]:
    x, w, b = _layer(t, rows)
    return x, w, b, t.randn(len(x), len(b))


def _around_zero(t: Trial) -> Array:
    """Numbers of both signs, half and half, none of them near 0, where a ReLU has its corner."""
    n, d, _ = _sizes(t)
    signs = t.rng.permutation(np.arange(n * d) % 2 * 2 - 1).reshape(n, d)
    return signs * (0.2 + np.abs(t.randn(n, d)))


def _scored(t: Trial, rows: int | None = None) -> tuple[Array, Array]:
    """Scores (N, C) and labels: every class, if there are the rows, and one of them twice."""
    n, c, _ = _sizes(t)
    n = rows or max(n, c + 1)
    return 2 * t.randn(n, c), t.rng.permutation(c)[np.arange(n) % c]


def _single(case: tuple) -> tuple:
    return tuple(entry.astype(np.float32) if entry.dtype.kind == "f" else entry for entry in case)


def _nth(function: Callable, place: int) -> Callable:
    return lambda *case: function(*case)[place]


def _edges(
    answer: Callable, wanted: Callable, case: tuple, slips: Sequence[Slip], t: Trial
) -> None:
    """Miss the part if this case is off; a known slip has been charged already."""
    if not _right_or_slipped(answer(*case), wanted, slips, case, RTOL):
        t.compare(answer, wanted, [case])  # says how they differ


def _right_or_slipped(
    given: Array, wanted: Callable, slips: Sequence[Slip], case: tuple, rtol: float
) -> bool:
    """Whether it is right, or has a slip that was charged where it was found."""
    allowed = [wanted(*case), *(slip.computes(*case) for slip in slips)]
    return any(agree(given, np.asarray(want, dtype=float), rtol) for want in allowed)


def _stay_the_same(
    answer: TupleFunction, case: tuple, names: Sequence[str | None], t: Trial
) -> None:
    """Miss the part if a call changes an argument with a name: whoever calls still needs it."""
    answer(*case)
    for name, changed in zip(names, answer.changed, strict=True):
        if name and changed:
            t.miss(f"it changes {name} itself; work on a copy, such as {name}.copy()")

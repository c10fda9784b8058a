"""Part (b): the classifier, looked at when it is fresh."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product

import numpy as np

from autograder.checks.a02_numpy_mlp import reference
from autograder.checks.a02_numpy_mlp.reference import Array, agree
from autograder.judge.registry import check
from autograder.judge.trial import Missed, Trial
from autograder.judge.tuples import TupleFunction, tuple_function

SINGLE = 2e-4
"""Weights are float32 in the reference, so numbers may be off by this share of the largest."""

Params = dict[str, Array]


@check(
    "classifier",
    points=1,
    takes=(
        tuple_function("params"),
        tuple_function("params", "scores"),
        tuple_function("params", "loss", "gradients"),
        tuple_function("out", None),
        tuple_function("dx", "dw", "db"),
        tuple_function("out", None),
        tuple_function("dx"),
        tuple_function("loss", "dx"),
    ),
)
def classifier(
    start: TupleFunction, scores: TupleFunction, loss: TupleFunction, *rest: object
) -> None:
    """`start`, `scores` and `loss` make a classifier of (D, H, C, weight_scale) and ask it.

    The last two put random numbers into the biases first, which start at 0 and would not show.
    The layers that come after them are the student's own: where they are off the classifier
    may be off with them, and nothing is charged twice.
    """
    *layers, t = rest
    own = OwnLayers(*layers)
    # So many units and images that no ReLU, wherever it stands, has nothing to do.
    sizes = tuple(int(n) for n in t.rng.permutation(np.arange(8, 14))[:3])
    n, scale = 40, 0.5
    x, y = t.randn(n, sizes[0]), t.rng.integers(0, sizes[2], n)
    names = "the parameters' names and shapes"
    with t.part(names, 0.2):
        _names(start(*sizes, scale)[0], sizes, t)
    with t.part("weights start at random, biases at 0", 0.1):
        _start_values(start, t)
    with t.part("scores", 0.25):
        params, given = scores(*sizes, scale, x)
        params = _in_place(params, sizes)
        _either(given, lambda p: reference.classifier_scores(p, x), own.scores, (params, x), t)
    with t.part("loss", 0.15, needs="scores"):
        told = loss(*sizes, scale, x, y)
        params, given = _in_place(told[0], sizes), told[1]
        _either(given, lambda p: reference.classifier_loss(p, x, y), own.loss, (params, x, y), t)
    with t.part("gradients, under the names of their parameters", 0.25, needs="scores"):
        told = loss(*sizes, scale, x, y)
        params, given = told[0], told[2]
        if _named(params) != _shapes(sizes):
            given = _by_shape(given, sizes)  # other names and shapes were charged above
        _gradients(given, _in_place(params, sizes), x, y, own, t)
    with t.part("your methods leave x and y as they were", 0.05, needs="scores", told=True):
        loss(*sizes, scale, x, y)
        if any(loss.changed):
            t.miss("model.loss changes x or y itself; work on copies")


# -- the student's own layers -------------------------------------------------------------


class OwnLayers:
    """The network put together here from the layers that the student wrote."""

    def __init__(
        self,
        fc: TupleFunction,
        fc_back: TupleFunction,
        relu: TupleFunction,
        relu_back: TupleFunction,
        softmax_loss: TupleFunction,
    ) -> None:
        self.fc, self.fc_back = fc, fc_back
        self.relu, self.relu_back = relu, relu_back
        self.softmax_loss = softmax_loss

    def scores(self, params: Params, x: Array) -> Array:
        hidden = self.relu(self.fc(x, params["W1"], params["b1"])[0])[0]
        return self.fc(hidden, params["W2"], params["b2"])[0]

    def loss(self, params: Params, x: Array, y: Array) -> Array:
        return self.softmax_loss(self.scores(params, x), y)[0]

    def gradients(self, params: Params, x: Array, y: Array) -> Params:
        W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
        sums = self.fc(x, W1, b1)[0]
        hidden = self.relu(sums)[0]
        _, dscores = self.softmax_loss(self.fc(hidden, W2, b2)[0], y)
        dhidden, dW2, db2 = self.fc_back(hidden, W2, b2, dscores)
        (dsums,) = self.relu_back(sums, dhidden)
        _, dW1, db1 = self.fc_back(x, W1, b1, dsums)
        return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def _either(
    given: Array, wanted: Callable[[Params], Array], own: Callable, case: tuple, t: Trial
) -> None:
    """Right, or what the student's own layers give, which have been marked already.

    `wanted` works it out from parameters; `own` does so from the whole case, parameters first.
    """
    right = wanted(case[0])
    if agree(given, right, SINGLE):
        return
    try:
        if agree(given, own(*case), SINGLE):
            t.say("this is what your own layers give; what is off there is marked there")
            return
    except Missed:
        pass  # layers that do not run cannot excuse anything
    for said, params in _with_biases_off(case[0]):
        if agree(given, wanted(params), SINGLE):
            t.earn(0.2, said)
            return
    if given.shape != np.shape(right):
        t.miss(f"shape {given.shape}; expected {np.shape(right)}")
    t.miss(f"{_some(given)}; expected {_some(right)} for the weights that your classifier has")


def _with_biases_off(params: Params) -> Iterator[tuple[str, Params]]:
    """The networks that do not add their biases as they should: what is wrong, and as what."""
    for first, second in product((1, 0, -1), repeat=2):
        if (first, second) != (1, 1):
            missing = 0 in (first, second)
            said = "a bias is missing" if missing else "a bias is subtracted; the layer adds it"
            yield said, {**params, "b1": first * params["b1"], "b2": second * params["b2"]}


# -- parts --------------------------------------------------------------------------------


def _shapes(sizes: tuple[int, int, int]) -> dict[str, tuple[int, ...]]:
    d, h, c = sizes
    return {"W1": (d, h), "b1": (h,), "W2": (h, c), "b2": (c,)}


def _named(params: object) -> dict[str, tuple[int, ...]]:
    return {key: np.shape(value) for key, value in _dict(params).items()}


def _names(params: object, sizes: tuple[int, int, int], t: Trial) -> None:
    wanted = _shapes(sizes)
    found = _named(params)
    if found == wanted:
        return
    if sorted(found.values()) == sorted(wanted.values()):
        t.miss(
            f"params has the names {', '.join(found)}; expected W1, b1, W2, b2, in these letters"
        )
    shapes = ", ".join(f"{key} {shape}" for key, shape in found.items()) or "nothing"
    t.miss(
        f"for {sizes[0]} inputs, {sizes[1]} hidden units and {sizes[2]} classes params has "
        f"{shapes}; expected {', '.join(f'{key} {shape}' for key, shape in wanted.items())}"
    )


def _in_place(params: object, sizes: tuple[int, int, int]) -> Params:
    """The parameters under their right names: by shape where the name is another one.

    A row, of shape (1, H), is taken for the vector that it stands for.
    """
    params, placed = {name: np.squeeze(value) for name, value in _dict(params).items()}, {}
    for name, shape in _shapes(sizes).items():
        if np.shape(params.get(name)) == shape:
            placed[name] = params[name]
        else:
            others = [value for value in params.values() if value.shape == shape]
            if len(others) != 1:
                raise Missed(f"params has no {name} of shape {shape}, so nothing can be worked out")
            placed[name] = others[0]
    return placed


def _dict(value: object) -> Params:
    if not isinstance(value, dict):
        raise Missed("params is not a dictionary of arrays")
    return value


def _start_values(start: TupleFunction, t: Trial) -> None:
    share, sizes = 1.0, (40, 30, 20)
    params = _in_place(start(*sizes, 0.01)[0], sizes)
    for name in ("W1", "W2"):
        spread = float(np.std(params[name]))
        if spread == 0:
            share -= 0.5
            t.say(f"all entries of {name} start alike, so all hidden units would stay alike")
        elif not 0.8 < spread / 0.01 < 1.25:
            share -= 0.3
            t.say(f"{name} starts with standard deviation {spread:.3g} for weight_scale 0.01")
        elif abs(float(np.mean(params[name]))) > 0.003:
            share -= 0.3
            t.say(f"{name} starts around {np.mean(params[name]):.2g}; its mean should be 0")
    if any(np.any(params[name] != 0) for name in ("b1", "b2")):
        share -= 0.4
        t.say("a bias does not start at 0")
    t.earn(share)


def _gradients(given: object, params: Params, x: Array, y: Array, own: OwnLayers, t: Trial) -> None:
    right = reference.classifier_gradients(params, x, y)
    given = _dict(given)
    # Those of a loss that is off, or of layers that are, were charged with it, or with them.
    others = [reference.classifier_gradients(off, x, y) for _, off in _with_biases_off(params)]
    with suppress(Missed):  # layers that do not run cannot excuse anything
        others.append(own.gradients(params, x, y))
    wrong = 0
    for name, wanted in right.items():
        found = given.get(name)
        if found is None:
            t.say(f"there is no gradient of {name}")
        elif any(agree(found, each[name], SINGLE) for each in (right, *others)):
            continue
        elif found.shape != wanted.shape:
            t.say(f"{name}: shape {found.shape}; expected {wanted.shape}")
        else:
            t.say(f"{name}: {_some(found)}; expected {_some(wanted)}")
        wrong += 1
    t.earn(1 - wrong / 4)


def _by_shape(given: object, sizes: tuple[int, int, int]) -> Params:
    found = {}
    for name, shape in _shapes(sizes).items():
        others = [np.squeeze(value) for value in _dict(given).values()]
        others = [value for value in others if value.shape == shape]
        if len(others) == 1:
            found[name] = others[0]
    return found


def _some(array: Array) -> str:
    return np.array2string(np.ravel(array)[:3], precision=4, separator=", ") + (
        " …" if np.size(array) > 3 else ""
    )

"""Values and gradients of the worksheet operations: the arithmetic that students do by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from chainrule.worksheets import Graph, Node

Array = np.ndarray


def _product(arrays: list[Array]) -> Array:
    product = arrays[0]
    for array in arrays[1:]:
        product = product * array
    return product


def sigmoid(z: Array) -> Array:
    """1 / (1 + e^(−z)) without overflow at either end."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


def sigmoid_slope(z: Array) -> Array:
    """σ'(z) = e^(−|z|) / (1 + e^(−|z|))²: exact where σ(1 − σ) cancels, as at z = 27."""
    small = np.exp(-np.abs(z))
    return small / (1 + small) ** 2


def softmax(z: Array) -> Array:
    """Softmax over all entries of a vector, shifted by its largest entry."""
    shifted = np.exp(z - np.max(z))
    return shifted / shifted.sum()


def _one_hot(target: Array, like: Array) -> Array:
    """A class number as a one-hot array; anything else is one already."""
    if target.ndim:
        return target.reshape(like.shape)
    index = int(target)
    if index != target or not 0 <= index < like.size:
        return np.full(like.shape, np.nan)
    hot = np.zeros(like.size)
    hot[index] = 1.0
    return hot.reshape(like.shape)


def forward(node: Node, inputs: list[Array]) -> Array:
    """The value of an operation node from the values of its inputs (NaN where undefined)."""
    with np.errstate(all="ignore"):
        return np.asarray(_FORWARD[node.op](inputs, node.constant), dtype=float)


_FORWARD: dict[str, Callable[[list[Array], float | None], Array]] = {
    "constant": lambda _, c: np.array(c),
    "add": lambda v, _: sum(v[1:], v[0]),
    "subtract": lambda v, _: v[0] - v[1],
    "multiply": lambda v, _: _product(v),
    "divide": lambda v, _: v[0] / v[1],
    "negate": lambda v, _: -v[0],
    "add_constant": lambda v, c: v[0] + c,
    "multiply_constant": lambda v, c: v[0] * c,
    "reciprocal": lambda v, _: 1 / v[0],
    "exp": lambda v, _: np.exp(v[0]),
    "log": lambda v, _: np.log(v[0]),
    "power": lambda v, c: v[0] ** c,
    "relu": lambda v, _: np.maximum(v[0], 0.0),
    "sigmoid": lambda v, _: sigmoid(v[0]),
    "max": lambda v, _: np.maximum.reduce(np.broadcast_arrays(*v)),
    "matmul": lambda v, _: v[0] @ v[1],
    "squared_norm": lambda v, _: np.sum(v[0] ** 2),
    "softmax": lambda v, _: softmax(v[0]),
    # 0 · log 0 counts as 0, so that a one-hot target never makes NaN of a sure zero.
    "cross_entropy": lambda v, _: (
        -np.sum(np.where(_one_hot(v[1], v[0]) == 0, 0.0, _one_hot(v[1], v[0]) * np.log(v[0])))
    ),
}


def shares(node: Node, inputs: list[Array], upstream: Array) -> list[Array]:
    """What a node passes back to each of its inputs: upstream gradient times local derivative.

    ReLU's derivative at 0 is 0, as in the course texts; of equal largest
    inputs, `max` passes its gradient to the first.
    """
    with np.errstate(all="ignore"):
        passed = _SHARES[node.op](inputs, node.constant, upstream)
        return [
            # A number that was spread over an array collects from all of its entries.
            np.sum(share) if np.ndim(value) == 0 else np.broadcast_to(share, np.shape(value))
            for share, value in zip(passed, inputs, strict=True)
        ]


def _matmul_shares(v: list[Array], _: float | None, g: Array) -> list[Array]:
    a, b = v
    rows = a if a.ndim == 2 else a[None, :]
    columns = b if b.ndim == 2 else b[:, None]
    upstream = g.reshape(rows.shape[0], columns.shape[1])
    return [(upstream @ columns.T).reshape(a.shape), (rows.T @ upstream).reshape(b.shape)]


def _softmax_shares(v: list[Array], _: float | None, g: Array) -> list[Array]:
    p = softmax(v[0])
    return [p * (g - np.sum(p * g))]


def _max_shares(v: list[Array], _: float | None, g: Array) -> list[Array]:
    first = np.argmax(np.stack(np.broadcast_arrays(*v)), axis=0)
    return [np.where(first == index, g, 0.0) for index in range(len(v))]


def _cross_entropy_shares(v: list[Array], _: float | None, g: Array) -> list[Array]:
    p, target = v
    hot = _one_hot(target, p)
    to_p = np.where(hot == 0, 0.0, -g * hot / p)
    # A class number has no gradient; a one-hot target has −log p, which nobody asks for.
    return [to_p, np.zeros(()) if not target.ndim else -g * np.log(p).reshape(target.shape)]


_SHARES: dict[str, Callable[[list[Array], float | None, Array], list[Array]]] = {
    "add": lambda v, _, g: [g for _entry in v],
    "subtract": lambda v, _, g: [g, -g],
    "multiply": lambda v, _, g: [
        g * _product([np.ones(()), *v[:i], *v[i + 1 :]]) for i in range(len(v))
    ],
    "divide": lambda v, _, g: [g / v[1], -g * v[0] / v[1] ** 2],
    "negate": lambda v, _, g: [-g],
    "add_constant": lambda v, _, g: [g],
    "multiply_constant": lambda v, c, g: [g * c],
    "reciprocal": lambda v, _, g: [-g / v[0] ** 2],
    "exp": lambda v, _, g: [g * np.exp(v[0])],
    "log": lambda v, _, g: [g / v[0]],
    "power": lambda v, c, g: [g * c * v[0] ** (c - 1)],
    "relu": lambda v, _, g: [np.where(v[0] > 0, g, 0.0)],
    "sigmoid": lambda v, _, g: [g * sigmoid_slope(v[0])],
    "max": _max_shares,
    "matmul": _matmul_shares,
    "squared_norm": lambda v, _, g: [2 * g * v[0]],
    "softmax": _softmax_shares,
    "cross_entropy": _cross_entropy_shares,
}


def shares_by_output(node: Node, output: Array, upstream: Array) -> list[Array] | None:
    """`shares` for operations whose derivative people take from the node's own output.

    (e^x)' = e^x, (1/x)' = −(1/x)², σ' = σ(1 − σ). None for other operations,
    and for a σ so close to 0 or 1 that a rounded σ(1 − σ) says nothing.
    """
    if node.op == "exp":
        return [upstream * output]
    if node.op == "reciprocal":
        return [-upstream * output**2]
    if node.op == "sigmoid" and np.all(np.abs(output - 0.5) < 0.499):
        return [upstream * output * (1 - output)]
    if node.op == "softmax":
        return [output * (upstream - np.sum(output * upstream))]
    return None


def evaluate(graph: Graph, leaves: Mapping[str, Array]) -> dict[str, Array]:
    """The value of every node, from the values of the input nodes.

    Shapes that do not fit raise ValueError (NumPy's).
    """
    values: dict[str, Array] = {}
    for node in graph.nodes:
        if node.op == "input":
            values[node.id] = np.asarray(leaves[node.id], dtype=float)
        else:
            values[node.id] = forward(node, [values[name] for name in node.inputs])
    return values


def backpropagate(
    graph: Graph, values: Mapping[str, Array], output: str, by_output: bool = False
) -> dict[str, Array]:
    """The gradient of `output` (a number) with respect to every node, branches added.

    With `by_output`, derivatives come from a node's own value where people
    take them from there; it differs if the values do not follow from each other.
    """
    gradients = {node.id: np.zeros(np.shape(values[node.id])) for node in graph.nodes}
    gradients[output] = np.ones(np.shape(values[output]))
    for node in reversed(graph.nodes):
        if node.is_leaf:
            continue
        passed = shares(node, [values[name] for name in node.inputs], gradients[node.id])
        if by_output:
            passed = shares_by_output(node, values[node.id], gradients[node.id]) or passed
        for name, share in zip(node.inputs, passed, strict=True):
            gradients[name] = gradients[name] + share
    return gradients

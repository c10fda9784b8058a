"""What a student reaches for, and what it is called in a worksheet."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

SYNONYMS = {
    "addition": "add",
    "plus": "add",
    "sum": "add",
    "difference": "subtract",
    "minus": "subtract",
    "sub": "subtract",
    "dot": "matmul",
    "mul": "multiply",
    "mult": "multiply",
    "prod": "multiply",
    "product": "multiply",
    "scale": "multiply_constant",
    "times": "multiply",
    "div": "divide",
    "over": "divide",
    "quotient": "divide",
    "neg": "negate",
    "negative": "negate",
    "inv": "reciprocal",
    "inverse": "reciprocal",
    "exponential": "exp",
    "ln": "log",
    "pow": "power",
    "square": "power",
    "maximum": "max",
    "logistic": "sigmoid",
    "norm": "squared_norm",
    "const": "constant",
    "node": "input",
    "variable": "input",
    "forward": "write_values",
    "set_values": "write_values",
    "values": "write_values",
    "backward": "write_gradients",
    "gradients": "write_gradients",
    "grads": "write_gradients",
    "set_gradients": "write_gradients",
    "write_grads": "write_gradients",
}
"""Other words for what a worksheet can do; misspelt ones are found without being listed."""

UFUNCS = {
    "add": "add",
    "subtract": "subtract",
    "multiply": "multiply",
    "divide": "divide",
    "true_divide": "divide",
    "matmul": "matmul",
    "maximum": "max",
    "negative": "negate",
    "reciprocal": "reciprocal",
    "exp": "exp",
    "log": "log",
    "power": "power",
    "float_power": "power",
    "square": "power",
}
"""NumPy's functions that stand for a step of a graph, and the step."""

PICTURE = frozenset({"display", "draw", "figure", "image", "plot", "print", "show"})
"""What might be tried to see a worksheet."""


def meant(name: str, known: Iterable[str]) -> str | None:
    """The name among `known` that a student may have meant by `name`."""
    known = set(known)
    lower = name.lower()
    if SYNONYMS.get(lower) in known:
        return SYNONYMS[lower]
    # Sorted, so that of two names that are as close the same one is always chosen.
    close = difflib.get_close_matches(lower, sorted(known), n=1, cutoff=0.7)
    return close[0] if close else None

"""Collecting: what students handed in, from wherever, sorted by student into `submitted/`.

`collect`, `Collection`, `Collected`, `CollectedNotebook` and `Earlier` are loaded when asked for:
`autograder --help` need not wait for nbgrader.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "COLLECTED": "collection",
    "Collected": "collection",
    "CollectedNotebook": "collection",
    "Collection": "collection",
    "Earlier": "collection",
    "collect": "run",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)

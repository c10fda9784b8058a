"""Chainrule: what a student's notebook imports.

Nearly all of it loads on first use, so that the set-up cell of a notebook and
the commands that need little of it stay quick.
"""

from importlib import import_module
from typing import Any

from chainrule.grading import grade

__all__ = ["Derivation", "Worksheet", "WorksheetError", "grade", "picture", "submit"]

_MODULES = ("datasets", "plots", "training")
_HOME = {
    "pictures": ("picture",),
    "submission": ("submit",),
    "training": ("Run", "TrainingError", "device", "is_grading", "seed_all", "train"),
    "worksheets": ("Derivation", "Worksheet", "WorksheetError"),
}


def __dir__() -> list[str]:
    return [*__all__, *_MODULES, *_HOME["training"]]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    # Reading a package's metadata takes a look through site-packages, and hardly
    # anyone asks.
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:  # used from a folder, without having been installed
        return "unknown"

"""Chainrule: what a student's notebook imports.

Heavy modules (matplotlib, the PDF pipeline) load on first use, so that the
set-up cell of a notebook stays quick.
"""

from importlib import import_module
from typing import Any

from chainrule.grading import grade
from chainrule.pictures import picture
from chainrule.worksheets import Derivation, Worksheet, WorksheetError

__all__ = ["Derivation", "Worksheet", "WorksheetError", "grade", "picture", "submit"]

_MODULES = ("datasets", "plots", "training")
_OF_TRAINING = ("Run", "TrainingError", "device", "is_grading", "seed_all", "train")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name == "submit":
        return import_module(f"{__name__}.submission").submit
    if name in _OF_TRAINING:
        return getattr(import_module(f"{__name__}.training"), name)
    # Reading a package's metadata takes a look through site-packages, and hardly
    # anyone asks.
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:  # used from a folder, without having been installed
        return "unknown"

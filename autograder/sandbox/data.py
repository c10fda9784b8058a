"""The data sets in a kernel: those of the machine that grades, or the sample, as its user has it.

A kernel has a home of its own and no network, so without this it would neither
find nor fetch them. It may read them and no more. Labels of the images on which
models are measured are not among them: see `autograder.judge.images`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from autograder.course import CourseError
from chainrule.datasets import CHOICE, NAMES, sample_wanted
from chainrule.datasets.folder import DATA, data_folder
from chainrule.datasets.real import is_complete


def environment() -> dict[str, str]:
    """The variables by which `chainrule.datasets` finds them."""
    chosen = {CHOICE: os.environ[CHOICE]} if CHOICE in os.environ else {}
    return chosen | {DATA: os.fspath(data_folder())}


def folders() -> tuple[str, ...]:
    """What a kernel has to be able to read for that."""
    return (os.fspath(data_folder()),) if data_folder().is_dir() else ()


def loaded(assignment: Path) -> list[str]:
    """The data sets that the notebooks and scripts of this folder load."""
    texts = [
        path.read_text("utf-8")
        for path in assignment.rglob("*")
        if path.is_file() and path.suffix in (".ipynb", ".py")
    ]
    return [name for name in NAMES if any(re.search(rf"\b{name}\(\)", text) for text in texts)]


def require(assignment: Path) -> None:
    """CourseError if the notebooks and scripts of this folder load data that is not here.

    Every submission would fail in the cell that loads them, and lose the points of those below.
    """
    if sample_wanted():
        return
    for name in loaded(assignment):
        if not is_complete(name):
            raise CourseError(
                f"{assignment.name} loads {name}, which is not in {data_folder()}. "
                f"`chainrule data get {name}` fetches it, CHAINRULE_DATA names another folder, and "
                f"CHAINRULE_DATASET=sample grades on the sample those who trained on it."
            )

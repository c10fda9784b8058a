"""The data sets in a kernel: those of the machine that grades, or the sample, as its user has it.

A kernel has a home of its own and no network, so without this it would neither
find nor fetch them. It may read them and no more. Labels of the images on which
models are measured are not among them: see `autograder.judge.images`.
"""

from __future__ import annotations

import os

from chainrule.datasets import CHOICE
from chainrule.datasets.folder import DATA, data_folder


def environment() -> dict[str, str]:
    """The variables by which `chainrule.datasets` finds them."""
    chosen = {CHOICE: os.environ[CHOICE]} if CHOICE in os.environ else {}
    return chosen | {DATA: os.fspath(data_folder())}


def folders() -> tuple[str, ...]:
    """What a kernel has to be able to read for that."""
    return (os.fspath(data_folder()),) if data_folder().is_dir() else ()

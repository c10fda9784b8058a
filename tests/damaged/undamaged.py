"""The notebook that is damaged: assignment 01's first, with all of its reference solutions."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.answers.bank import fill, references

Json = dict[str, Any]
Damage = Callable[[Json], "Json | bytes | str | None"]

PROJECT = Path(__file__).parents[2]
ASSIGNMENT = "01-backprop-worksheets"
NOTEBOOK = "1-exponential-neuron"


@functools.cache
def released(path: str = f"{ASSIGNMENT}/{NOTEBOOK}") -> NotebookNode:
    return nbformat.read(PROJECT / "release" / f"{path}.ipynb", as_version=4)


def solved(path: str = f"{ASSIGNMENT}/{NOTEBOOK}") -> Json:
    """A released notebook with right answers in it, as JSON that may be changed."""
    source = nbformat.read(PROJECT / "source" / f"{path}.ipynb", as_version=4)
    return json.loads(nbformat.writes(fill(released(path), references(source))))


@functools.cache
def _solved() -> str:
    return json.dumps(solved())


@dataclass(frozen=True)
class Case:
    """A damage, and what becomes of it.

    `says` is in the log of repairs. `refused` is in the reason, where nothing can be made of it.
    `lost` names the answers that are gone. `beside` is for answers that are run where the student
    wrote them: the points are the same, the cells are not.
    """

    name: str
    damage: Damage
    says: str = ""
    refused: str = ""
    lost: frozenset[str] = frozenset()
    beside: bool = False

    @property
    def about(self) -> str:
        return (self.damage.__doc__ or "").strip()

    def handed_in(self) -> bytes:
        notebook = json.loads(_solved())
        found = self.damage(notebook)
        return as_bytes(notebook if found is None else found)


CASES: dict[str, Case] = {}


def case(
    says: str = "",
    *,
    refused: str = "",
    lost: tuple[str, ...] = (),
    beside: bool = False,
) -> Callable[[Damage], Damage]:
    """Enter a damage in the list. It changes the notebook in place or returns another file."""

    def enter(damage: Damage) -> Damage:
        name = damage.__name__
        assert name not in CASES
        CASES[name] = Case(name, damage, says, refused, frozenset(lost), beside)
        return damage

    return enter


def as_bytes(found: Json | bytes | str) -> bytes:
    if isinstance(found, bytes):
        return found
    return (found if isinstance(found, str) else dumps(found)).encode()


def dumps(notebook: Json) -> str:
    """As nbformat writes notebooks: sorted, so that cells come first and sources last."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def cell(notebook: Json, name: str) -> Json:
    """The cell with a grade_id."""
    return notebook["cells"][at(notebook, name)]


def at(notebook: Json, name: str) -> int:
    (place,) = (
        place
        for place, found in enumerate(notebook["cells"])
        if found["metadata"].get("nbgrader", {}).get("grade_id") == name
    )
    return place


def text(found: Json) -> str:
    return "".join(found["source"])


def code(source: str, **more: Any) -> Json:
    """A cell that a student has added."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
        **more,
    }


def words(source: str, **more: Any) -> Json:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def stub(name: str) -> str:
    """The source that a cell was released with."""
    (found,) = (
        found.source
        for found in released().cells
        if found.metadata.get("nbgrader", {}).get("grade_id") == name
    )
    return found


def blank() -> Json:
    """The notebook as it was released."""
    return json.loads(nbformat.writes(copy.deepcopy(released())))

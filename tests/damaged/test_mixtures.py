"""Damages on top of damages: nothing is lost, nothing raises, and one repair is enough."""

from __future__ import annotations

import json

import nbformat
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.repair import Repaired, repair

from . import cells, files, formats
from .test_damaged import normal
from .undamaged import CASES, NOTEBOOK, as_bytes, released, solved

INSIDE = [c for c in CASES.values() if c.damage.__module__ in (cells.__name__, formats.__name__)]
OUTSIDE = [c for c in CASES.values() if c.damage.__module__ == files.__name__]
ANSWERS = {
    line.strip()
    for cell in solved()["cells"]
    for line in cell["source"]
    if cell["metadata"].get("nbgrader", {}).get("solution") and len(line.strip()) > 8
}


def mixed(inside: list, outside) -> bytes:
    """Several damages of cells, then one of the file. What cannot follow another is given up."""
    notebook = solved()
    for case in inside:
        try:
            found = case.damage(notebook)
        except (ValueError, KeyError, TypeError, AttributeError):  # the cell is no longer there
            assume(False)
        if not isinstance(found, bytes):
            notebook = notebook if found is None else found
        else:
            notebook = json.loads(found)
    if outside is None:
        return as_bytes(notebook)
    try:
        found = outside.damage(notebook)
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        assume(False)
    return as_bytes(found)


@settings(max_examples=80)
@given(
    inside=st.lists(st.sampled_from(INSIDE), min_size=2, max_size=4, unique_by=lambda c: c.name),
    outside=st.one_of(st.none(), st.sampled_from(OUTSIDE)),
)
def test_one_repair_is_enough_for_any_mixture(inside, outside) -> None:
    data = mixed(inside, outside)
    first = repair(data, released(), NOTEBOOK)
    if not isinstance(first, Repaired):
        assert "and in" in first.reason or "and it in" in first.reason
        return
    nbformat.validate(first.notebook)
    assert repair(nbformat.writes(first.notebook).encode(), released(), NOTEBOOK) == Repaired(
        first.notebook
    )
    if outside is None:
        now = normal("\n".join(cell.source for cell in first.notebook.cells))
        written = normal(data.decode().replace("\\\\", "\\").replace('\\"', '"'))
        for line in ANSWERS:
            assert normal(line) in now or normal(line) not in written


@settings(max_examples=150)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 3_000)), max_size=4),
    junk=st.binary(max_size=40),
    at=st.integers(0, 30_000),
)
def test_no_bytes_make_a_repair_raise_or_need_a_second(cuts, junk, at) -> None:
    data = json.dumps(solved(), indent=1).encode()
    for start, length in cuts:
        data = data[:start] + data[start + length :]
    data = data[:at] + junk + data[at:]
    first = repair(data, released(), NOTEBOOK)
    if isinstance(first, Repaired):
        nbformat.validate(first.notebook)
        again = repair(nbformat.writes(first.notebook).encode(), released(), NOTEBOOK)
        assert again == Repaired(first.notebook)
    else:
        assert first.reason


@settings(max_examples=100)
@given(
    notebook=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "cell_type", "source", "metadata", "nbgrader", "grade_id", "outputs",
                 "worksheets", "id", "attachments", "nbformat", "data", "output_type"]
            ),
            inner,
            max_size=5,
        ),
        max_leaves=30,
    )
)  # fmt: skip
def test_no_json_makes_a_repair_raise(notebook) -> None:
    whole = json.loads(nbformat.writes(released()))
    whole["cells"] = [*whole["cells"][:3], notebook, *whole["cells"][3:]]
    for data in (notebook, {"cells": notebook}, {"cells": [notebook]}, whole):
        outcome = repair(json.dumps(data).encode(), released(), NOTEBOOK)
        if isinstance(outcome, Repaired):
            nbformat.validate(outcome.notebook)

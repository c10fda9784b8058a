"""Every released notebook survives Colab, VS Code, and the loss of all names, with its marks."""

from __future__ import annotations

import json
from functools import partial

import nbformat
import pytest

from autograder.repair import Repaired, repair

from .colab import saved_by_colab, saved_by_vscode
from .damaged.test_damaged import marked
from .damaged.undamaged import PROJECT, released, solved

NOTEBOOKS = sorted(
    path.relative_to(PROJECT / "release").with_suffix("").as_posix()
    for path in (PROJECT / "release").glob("*/*.ipynb")
)


def without_names(notebook: dict) -> bytes:
    """What is left when cells are copied by hand into a notebook of one's own."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    return json.dumps(notebook).encode()


EDITORS = {
    "Colab": saved_by_colab,
    "Colab, not run": partial(saved_by_colab, run=False),
    "Colab, from GitHub": partial(saved_by_colab, from_github=True),
    "Colab's own": partial(saved_by_colab, begun_there=True, from_github=True),
    "VS Code": saved_by_vscode,
    "an editor that keeps no metadata": without_names,
}


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("path", NOTEBOOKS)
def test_every_released_notebook_keeps_its_answers_and_its_marks(path: str, editor: str) -> None:
    data = EDITORS[editor](solved(path))
    outcome = repair(data, released(path), path.split("/")[1])
    assert isinstance(outcome, Repaired)
    expected = nbformat.reads(json.dumps(solved(path)), as_version=4)
    assert marked(outcome.notebook) == marked(expected)
    assert [cell.source for cell in outcome.notebook.cells] == [c.source for c in expected.cells]
    assert outcome.notebook.metadata == released(path).metadata
    if "metadata" not in editor:
        assert outcome.repairs == ()


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_what_colab_knows_of_the_person_goes_no_further(path: str) -> None:
    data = saved_by_colab(solved(path))
    assert b"A Student" in data
    outcome = repair(data, released(path), path.split("/")[1])
    kept = nbformat.writes(outcome.notebook)
    for trace in ("A Student", "executionInfo", "outputId", "base_uri", "file_id", "gpuType"):
        assert trace not in kept

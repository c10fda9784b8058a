"""The ungraded notebooks: they run from top to bottom, and what they say is so."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
TUTORIALS = sorted((ROOT / "notebooks").glob("*.ipynb"))
AUTHORING = ROOT / "notebooks" / "writing-an-assignment.ipynb"


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=300, allow_errors=True, resources=resources)
    return client.execute()


def outputs(notebook: NotebookNode, kind: str) -> dict[str, str]:
    """What a notebook's cells put out, by cell id: "stdout", "stderr" or "error"."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name", output.output_type) == kind:
                text = output.get("text") or f"{output.ename}: {output.evalue}"
                found[cell.id] = found.get(cell.id, "") + text
    return found


@pytest.fixture(scope="module", params=TUTORIALS, ids=lambda path: path.stem)
def tutorial(request, tmp_path_factory) -> tuple[str, NotebookNode, Path]:
    """A tutorial's name, the tutorial when it has been run, and the folder where it was."""
    folder = tmp_path_factory.mktemp("tutorial")
    notebook = nbformat.read(request.param, as_version=4)
    return request.param.stem, run(notebook, folder), folder


def test_a_tutorial_runs_clean(tutorial) -> None:
    _, notebook, _ = tutorial
    assert outputs(notebook, "error") == {}
    assert outputs(notebook, "stderr") == {}


def test_a_tutorial_is_without_outputs_in_git_and_with_stable_ids(tutorial) -> None:
    name, _, _ = tutorial
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    assert len({cell.id for cell in cells}) == len(cells)
    assert [cell.id for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []


@pytest.mark.parametrize("tutorial", [AUTHORING], indirect=True, ids=lambda path: path.stem)
def test_the_authoring_tutorial_releases_a_question_and_its_bank_agrees(tutorial) -> None:
    _, notebook, folder = tutorial
    said = outputs(notebook, "stdout")
    assert "4 misjudged" in said["bank"]
    assert "3 misjudged" in said["check-two"]
    assert "0 misjudged" in said["decide"]
    made = folder / "my-course" / "release" / "09-my-first" / "activation.ipynb"
    source = made.read_text("utf-8")
    assert "WRITE YOUR CODE HERE" in source
    assert "np.where(x > 0" not in source
    assert made.with_suffix(".pdf").is_file()


def test_the_slip_in_start_here_can_be_mended_as_it_says(tmp_path: Path) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "start-here.ipynb", as_version=4)
    wanted = ("setup", "example-answer", "example-test")
    notebook.cells = [cell for cell in notebook.cells if cell.id in wanted]
    before = outputs(run(notebook, tmp_path), "stdout")["example-test"]
    assert [line[0] for line in before.splitlines()] == ["✓", "·"]
    notebook.cells[1].source = notebook.cells[1].source.replace("len(x)", "x.size")
    after = outputs(run(notebook, tmp_path), "stdout")["example-test"]
    assert [line[0] for line in after.splitlines()] == ["✓", "✓"]

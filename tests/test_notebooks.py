"""The notebooks: they run, they are clean in git, and the release is what source gives."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.answers.run import thin_questions
from autograder.course import load_course
from autograder.judge.registry import all_checks

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "source").glob("*/*.ipynb"))


def released(path: Path) -> Path:
    return ROOT / "release" / path.relative_to(ROOT / "source")


def run(path: Path, folder: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    return client.execute()


def errors(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """What went wrong, by cell id."""
    return {
        cell.id: f"{output.ename}: {output.evalue}"
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "error"
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_a_solution_notebook_runs_clean(path: Path, tmp_path: Path) -> None:
    notebook = run(path, tmp_path)
    assert errors(notebook) == {}
    loud = [
        cell.id
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert loud == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_a_released_notebook_runs_except_where_a_student_must_write(
    path: Path, tmp_path: Path
) -> None:
    notebook = run(released(path), tmp_path)
    about = {cell.id: cell.metadata.get("nbgrader", {}) for cell in notebook.cells}
    for cell_id, error in errors(notebook).items():
        assert about[cell_id].get("grade"), f"{cell_id}: {error}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_every_automatic_question_has_a_check_worth_its_points(path: Path) -> None:
    checks = all_checks()
    for cell in nbformat.read(path, as_version=4).cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade") and not about.get("solution"):
            name = about["grade_id"]
            assert f'grade("{name}", ' in cell.source
            assert checks[name].points == pytest.approx(about["points"])


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_every_question_starts_with_its_prose_and_its_points(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    started = [cell.metadata.get("chainrule", {}).get("question") for cell in cells]
    for cell in cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade"):
            (start,) = [c for c, q in zip(cells, started, strict=True) if q == about["grade_id"]]
            assert f"{about['points']:g} point" in start.source.splitlines()[0]


@pytest.mark.parametrize("assignment", sorted({p.parent.name for p in SOURCES}))
def test_the_committed_release_is_what_the_source_gives(assignment: str, tmp_path: Path) -> None:
    import shutil

    from autograder.release import release

    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / assignment, tmp_path / "source" / assignment)
    fresh = release(load_course(tmp_path), assignment)
    for path in sorted(fresh.folder.glob("*.ipynb")):
        committed = ROOT / "release" / assignment / path.name
        assert path.read_text("utf-8") == committed.read_text("utf-8"), (
            f"{committed} is out of date: run `autograder release {assignment}`"
        )


@pytest.mark.parametrize("assignment", sorted({p.parent.name for p in SOURCES}))
def test_every_question_has_three_right_and_five_wrong_answers(assignment: str) -> None:
    questions = [
        cell.metadata["nbgrader"]["grade_id"]
        for path in SOURCES
        if path.parent.name == assignment
        for cell in nbformat.read(path, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert thin_questions(ROOT, assignment, questions) == []

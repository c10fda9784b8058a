"""The notebooks: they run, they are clean in git, and the release is what source gives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.answers.run import thin_questions
from autograder.course import load_course
from autograder.judge.registry import all_checks
from autograder.scripts import scripts
from chainrule.pdf import export_pdf, export_template
from tests.chainrule.pdf.notebooks import attached, pages

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "source").glob("*/*.ipynb"))


def released(path: Path) -> Path:
    return ROOT / "release" / path.relative_to(ROOT / "source")


def run(path: Path, folder: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    for name in scripts(path.parent):
        shutil.copy(path.parent / name, folder)
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


@pytest.fixture(scope="module", params=SOURCES, ids=lambda p: p.stem)
def solved(request, tmp_path_factory) -> tuple[Path, nbformat.NotebookNode]:
    """A source notebook, and what it is when it has been run with its solutions."""
    return request.param, run(request.param, tmp_path_factory.mktemp("solved"))


def test_a_solution_notebook_runs_clean(solved) -> None:
    _, notebook = solved
    assert errors(notebook) == {}
    loud = [
        cell.id
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert loud == []


def test_the_page_map_in_a_solutions_pdf_agrees_with_the_text_of_its_pages(solved) -> None:
    _, notebook = solved
    pdf = export_pdf(notebook)
    page_map, shown = attached(pdf), pages(pdf)
    assert page_map == pdf.pages.to_json()
    assert page_map["pages"] == len(shown)
    asked = [cell.metadata.get("chainrule", {}).get("question") for cell in notebook.cells]
    assert [entry["id"] for entry in page_map["questions"]] == [name for name in asked if name]
    for entry in page_map["questions"]:
        name = re.match(r"Question \d+ ·", entry["title"])[0]
        # The running foot is set by the page, the map by marks in the text.
        footed = [
            n for n, page in enumerate(shown, 1) if name in page.rpartition("page ")[0][-100:]
        ]
        assert entry["pages"] == footed
        assert name in shown[footed[0] - 1][:120]
        if entry["marked"] == "automatic":
            verdict = re.compile(rf"\b{entry['id']}: [\d.]+ of {entry['points']} point")
            assert verdict.search(" ".join(shown[n - 1] for n in footed))


def test_a_solution_has_the_pages_of_its_template_at_its_full_size(solved) -> None:
    path, notebook = solved
    blank, shape = export_template(released(path))
    pdf = export_pdf(notebook, fixed=shape, name=path.stem)
    assert pdf.pages == blank.pages
    assert pdf.problems == ()


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
    from autograder.release import release

    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / assignment, tmp_path / "source" / assignment)
    fresh = release(load_course(tmp_path), assignment)
    for path in (p for p in sorted(fresh.folder.rglob("*")) if p.suffix in (".ipynb", ".py")):
        committed = ROOT / "release" / assignment / path.relative_to(fresh.folder)
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

"""Reads a submission's grades back from the gradebook."""

from __future__ import annotations

import dataclasses

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Grade, Gradebook, MissingEntry

from autograder.course import Course, CourseError
from autograder.gradebook.table import read_grades, write_grades
from autograder.sandbox.outcome import FAILED, KERNEL_DIED, NOT_RUN, RUN, TIMED_OUT, UNJUDGED
from autograder.sandbox.transcript import verdict_text
from autograder.submission import (
    GRADED,
    NO_TEST_CELL,
    NOT_GRADED,
    Graded,
    GradedCell,
    GradedNotebook,
)


def notebook_names(course: Course, assignment: str) -> list[str]:
    """The notebooks that `assignment` was released with."""
    with Gradebook(course.db_url, course.id) as gradebook:
        try:
            notebooks = gradebook.find_assignment(assignment).notebooks
        except MissingEntry:
            raise CourseError(
                f"The gradebook does not know '{assignment}'. "
                f"Run `autograder release {assignment}` first: that enters it."
            ) from None
        return sorted(notebook.name for notebook in notebooks)


def cell_names(course: Course, assignment: str) -> dict[str, set[str]]:
    """The grade_ids of the cells that nbgrader knows, by notebook."""
    with Gradebook(course.db_url, course.id) as gradebook:
        notebooks = gradebook.find_assignment(assignment).notebooks
        return {found.name: {cell.name for cell in found.source_cells} for found in notebooks}


def graded_cells(course: Course, assignment: str) -> dict[str, set[str]]:
    """The grade_ids of the cells that carry points, by notebook."""
    with Gradebook(course.db_url, course.id) as gradebook:
        notebooks = gradebook.find_assignment(assignment).notebooks
        return {
            found.name: {cell.name for cell in (*found.grade_cells, *found.task_cells)}
            for found in notebooks
        }


def read_notebook(
    course: Course,
    assignment: str,
    student: str,
    notebook: str,
    *,
    executed: NotebookNode | None = None,
    status: str = GRADED,
    reason: str = "",
    seconds: float = 0.0,
    isolation: tuple[str, ...] = (),
    repairs: tuple[str, ...] = (),
) -> GradedNotebook:
    """What the gradebook holds on one notebook, with what its cells said of their run.

    `status` and `reason` are for a notebook that never got as far as a run; `executed`, as it
    was recorded, `seconds` and `isolation` for one that did; `repairs` for one that was read.
    """
    ran = {} if executed is None else _cells(executed)
    cells = []
    with Gradebook(course.db_url, course.id) as gradebook:
        submission = gradebook.find_submission_notebook(notebook, assignment, student)
        for grade in submission.grades:
            # A person marks what has a place to write in: see nbgrader's determine_grade.
            names = {cell.name for cell in submission.notebook.solution_cells}
            manual = grade.name in names or grade.cell.type == "TaskCell"
            cell = ran.get(grade.name)
            cell_status, cell_reason = _status(cell) if status == GRADED else (status, reason)
            cells.append(
                GradedCell(
                    id=grade.name,
                    points=_points(grade),
                    max_points=float(grade.max_score),
                    manual=manual,
                    status=cell_status,
                    reason=cell_reason,
                    messages=_messages(cell),
                    seconds=_run(cell).get("seconds", 0.0),
                    flags=tuple(_run(cell).get("flags", ())),
                )
            )
    order = list(ran) or _released_order(course, assignment, notebook)
    cells.sort(key=lambda cell: (order.index(cell.id) if cell.id in order else len(order), cell.id))
    lost = tuple(f"{c.id}: {c.status}: {c.reason}" for c in cells if c.status == NO_TEST_CELL)
    events = _events(ran) + lost
    return GradedNotebook(
        notebook, status, tuple(cells), reason, seconds, events, repairs, isolation
    )


def refresh_grades(course: Course, assignment: str) -> list[Graded]:
    """Bring the table of the class up to date with the gradebook, where people enter marks."""
    rows = read_grades(course, assignment)
    with Gradebook(course.db_url, course.id) as gradebook:
        rows = [_refreshed(gradebook, row) for row in rows]
    if rows:
        write_grades(course, assignment, rows)
    return rows


def _refreshed(gradebook: Gradebook, row: Graded) -> Graded:
    notebooks = []
    for notebook in row.notebooks:
        try:
            found = gradebook.find_submission_notebook(notebook.name, row.assignment, row.student)
        except MissingEntry:  # removed from the gradebook since
            return row
        points = {grade.name: _points(grade) for grade in found.grades}
        cells = tuple(
            dataclasses.replace(cell, points=points.get(cell.id, cell.points))
            for cell in notebook.cells
        )
        notebooks.append(dataclasses.replace(notebook, cells=cells))
    return dataclasses.replace(row, notebooks=tuple(notebooks))


def _points(grade: Grade) -> float | None:
    unmarked = grade.auto_score is None and grade.manual_score is None
    return None if unmarked else float(grade.score)


def missing_cells(executed: NotebookNode, expected: set[str]) -> set[str]:
    """Graded cells of the release that a submission has lost."""
    return expected - {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in executed.cells}


def unjudged_cells(executed: NotebookNode) -> set[str]:
    """Graded cells whose judge was lost."""
    return {
        cell.metadata.nbgrader.grade_id
        for cell in executed.cells
        if _run(cell).get("status") in UNJUDGED
    }


def _cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Cells by grade id, and ungraded ones by position, in order."""
    cells = {}
    for index, cell in enumerate(notebook.cells):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cells[name or f"cell {index + 1}"] = cell
    return cells


def _released_order(course: Course, assignment: str, notebook: str) -> list[str]:
    path = course.path("release", assignment) / f"{notebook}.ipynb"
    return list(_cells(nbformat.read(path, as_version=4))) if path.is_file() else []


def _run(cell: NotebookNode | None) -> dict:
    return cell.metadata.get(RUN, {}) if cell is not None else {}


def _status(cell: NotebookNode | None) -> tuple[str, str]:
    if cell is None:
        return NO_TEST_CELL, "It was deleted from the notebook, so there was nothing to mark it by."
    run = _run(cell)
    if run.get("status") in UNJUDGED:
        return NOT_GRADED, f"{run['reason'][0].upper()}{run['reason'][1:]}. Grade it again."
    if run.get("status") in (FAILED, TIMED_OUT, KERNEL_DIED, NOT_RUN):
        return run["status"], run["reason"]
    return GRADED, ""


def _messages(cell: NotebookNode | None) -> str:
    if cell is None or cell.cell_type != "code":
        return ""
    verdict = verdict_text(cell)
    if verdict is not None:
        return f"{verdict}\n"
    return "".join(
        output.text
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )


def _events(cells: dict[str, NotebookNode]) -> tuple[str, ...]:
    bad = (TIMED_OUT, KERNEL_DIED, NOT_RUN, *UNJUDGED)
    return tuple(
        f"{name}: {_run(cell)['status']}: {_run(cell)['reason']}"
        for name, cell in cells.items()
        if _run(cell).get("status") in bad
    )

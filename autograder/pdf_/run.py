"""Graded notebooks as PDFs, one a notebook, each with its page map."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from concurrent.futures import Executor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from autograder.course import Course, CourseError
from autograder.feedback.hide import hide_secrets
from autograder.gradebook.table import read_grades
from autograder.sandbox.pool import local_pool, worker_count
from autograder.submission import GRADED

if TYPE_CHECKING:
    from chainrule.pdf import Problem


@dataclass(frozen=True)
class PdfTask:
    """An autograded notebook, and what the first page says of it."""

    path: str
    student: str
    course: str
    assignment: str


@dataclass(frozen=True)
class Made:
    """One PDF; `problems` are in words, `file` is None if there is no PDF at all."""

    student: str
    notebook: str
    file: Path | None
    problems: tuple[str, ...] = ()


def write_pdfs(
    course: Course,
    assignment: str,
    *,
    student: str | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Made]:
    """Write `pdf/<assignment>/<student>-<notebook>.pdf` and `.json`, its page map.

    Raises CourseError if nothing is graded. A notebook that makes no PDF is in
    the list with the reason.
    """
    tasks = _tasks(course, assignment, student)
    folder = course.root / "pdf" / assignment
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Made] = []
    pool = executor and nullcontext(executor)
    with pool or local_pool(min(worker_count(workers), len(tasks))) as running:
        futures = {running.submit(make_pdf, task): task for task in tasks}
        for done, future in enumerate(as_completed(futures), 1):
            task = futures[future]
            name = Path(task.path).stem
            file = folder / f"{task.student}-{name}.pdf"
            try:
                data, page_map, problems = future.result()
            except Exception as error:  # one notebook's failure is its own
                reason = f"{type(error).__name__}: {error}"
                made.append(Made(task.student, name, None, (reason,)))
            else:
                file.write_bytes(data)
                file.with_suffix(".json").write_text(page_map, encoding="utf-8")
                made.append(Made(task.student, name, file, problems))
            if on_progress is not None:
                on_progress(done, len(tasks))
    return sorted(made, key=lambda one: (one.student, one.notebook))


def make_pdf(task: PdfTask) -> tuple[bytes, str, tuple[str, ...]]:
    """One notebook as a PDF: its bytes, its page map as JSON, and its problems."""
    from chainrule.pdf import export_pdf  # Typst and pandoc load on first use

    path = Path(task.path)
    notebook = nbformat.read(path, as_version=4)
    hide_secrets(notebook)
    pdf = export_pdf(
        notebook,
        student=task.student,
        course=task.course,
        assignment=f"{task.assignment}: {path.stem}",
        name=path.stem,
        root=path.parent,
    )
    page_map = json.dumps(pdf.pages, default=_plain, indent=1, ensure_ascii=False)
    return pdf.data, page_map + "\n", tuple(map(_words, pdf.problems))


def _words(problem: Problem) -> str:
    where = "" if problem.cell is None else f"cell {problem.cell}: "
    return f"{where}{problem.what.rstrip('.')}. {problem.remedy}".rstrip()


def _tasks(course: Course, assignment: str, student: str | None) -> list[PdfTask]:
    graded = [row for row in read_grades(course, assignment) if student in (None, row.student)]
    tasks = [
        PdfTask(
            str(course.path("autograded", assignment, row.student) / f"{notebook.name}.ipynb"),
            row.student,
            course.name,
            assignment,
        )
        for row in graded
        for notebook in row.notebooks
        if notebook.status == GRADED
    ]
    if not tasks:
        who = f" by '{student}'" if student else ""
        raise CourseError(
            f"No graded notebook{who} in '{assignment}'. Run `autograder grade {assignment}` first."
        )
    return tasks


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)

"""Graded notebooks as PDFs, one a notebook, each with its page map."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from autograder.course import Course, CourseError
from autograder.feedback.hide import hide_secrets
from autograder.gradebook.grades import refresh_grades
from autograder.gradebook.students import student_names
from autograder.gradebook.table import read_grades
from autograder.sandbox.pool import local_pool, worker_count
from autograder.submission import GRADED, Graded, GradedCell, GradedNotebook

if TYPE_CHECKING:
    from chainrule.pdf import Pdf, Problem, Shape


@dataclass(frozen=True)
class Edition:
    """Which PDFs to make of an assignment.

    `fixed_length` ones have the same pages for everybody, `written_only` ones
    only what a person marks. Those for the `instructor` show what students must
    not see: hidden tests, marking schemes, and what the grader said.
    """

    fixed_length: bool = False
    written_only: bool = False
    instructor: bool = False

    @property
    def folder(self) -> str:
        """Folder of its own below `pdf/<assignment>`; empty for what students may see whole."""
        kinds = {"instructor": self.instructor, "written": self.written_only}
        return "-".join(kind for kind, chosen in kinds.items() if chosen)


@dataclass(frozen=True)
class PdfTask:
    """An autograded notebook, and what its pages say of it.

    With `shape`, each question gets the pages that it has there. `remarks` are
    the grader's, by grade id; only an instructor's edition has any.
    """

    path: str
    student: str
    name: str
    course: str
    assignment: str
    edition: Edition
    shape: Shape | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)


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
    edition: Edition = Edition(),
    student: str | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Made]:
    """Write `pdf/<assignment>/<student>-<notebook>.pdf` and `.json`, its page map.

    An edition for instructors, or of the written answers, has a folder of its
    own in there. With a fixed length there is `template-<notebook>.pdf` as well:
    the same pages with nothing filled in.

    Raises CourseError if nothing is graded, and for a fixed length if nothing is
    released. A notebook that makes no PDF is in the list with the reason.
    """
    graded = _graded(course, assignment, student, edition)
    folder = course.root / "pdf" / assignment / edition.folder
    folder.mkdir(parents=True, exist_ok=True)
    shapes = _write_templates(course, assignment, folder, edition) if edition.fixed_length else {}
    tasks = _tasks(course, assignment, graded, edition, shapes)
    made: list[Made] = []
    pool = executor and nullcontext(executor)
    with pool or local_pool(min(worker_count(workers), len(tasks)), kernels=False) as running:
        futures = {running.submit(make_pdf, task): task for task in tasks}
        for done, future in enumerate(as_completed(futures), 1):
            task = futures[future]
            name = Path(task.path).stem
            file = folder / f"{task.student}-{name}.pdf"
            try:
                pdf = future.result()
            except Exception as error:  # one notebook's failure is its own
                reason = f"{type(error).__name__}: {error}"
                made.append(Made(task.student, name, None, (reason,)))
            else:
                _write(pdf, file)
                made.append(Made(task.student, name, file, tuple(map(_words, pdf.problems))))
            if on_progress is not None:
                on_progress(done, len(tasks))
    return sorted(made, key=lambda one: (one.student, one.notebook))


def make_pdf(task: PdfTask) -> Pdf:
    """One notebook as a PDF."""
    from chainrule.pdf import export_pdf, student_line  # Typst and pandoc load on first use

    path = Path(task.path)
    notebook = nbformat.read(path, as_version=4)
    if not task.edition.instructor:
        hide_secrets(notebook)
    return export_pdf(
        notebook,
        student=student_line(task.name, task.student),
        course=task.course,
        assignment=f"{task.assignment}: {path.stem}",
        name=path.stem,
        root=path.parent,
        instructor=task.edition.instructor,
        written_only=task.edition.written_only,
        fixed=task.shape,
        remarks=task.remarks,
    )


def _graded(
    course: Course, assignment: str, student: str | None, edition: Edition
) -> list[tuple[str, GradedNotebook]]:
    # Instructors want to see the marks that people have entered since.
    read = refresh_grades if edition.instructor else read_grades
    rows: list[Graded] = read(course, assignment)
    graded = [
        (row.student, notebook)
        for row in rows
        if student in (None, row.student)
        for notebook in row.notebooks
        if notebook.status == GRADED
    ]
    if not graded:
        who = f" by '{student}'" if student else ""
        raise CourseError(
            f"No graded notebook{who} in '{assignment}'. Run `autograder grade {assignment}` first."
        )
    return graded


def _tasks(
    course: Course,
    assignment: str,
    graded: list[tuple[str, GradedNotebook]],
    edition: Edition,
    shapes: Mapping[str, Shape],
) -> list[PdfTask]:
    names = student_names(course)
    return [
        PdfTask(
            str(course.path("autograded", assignment, student) / f"{notebook.name}.ipynb"),
            student,
            names.get(student, ""),
            course.name,
            assignment,
            edition,
            shapes.get(notebook.name),
            _remarks(notebook) if edition.instructor else {},
        )
        for student, notebook in graded
    ]


def _write_templates(
    course: Course, assignment: str, folder: Path, edition: Edition
) -> dict[str, Shape]:
    """Write the blank PDF of each released notebook; their shapes by the notebook's name."""
    from chainrule.pdf import export_template

    shapes: dict[str, Shape] = {}
    for path in course.require_assignment(assignment, "release"):
        blank, shapes[path.stem] = export_template(
            path,
            course=course.name,
            assignment=f"{assignment}: {path.stem}",
            written_only=edition.written_only,
        )
        _write(blank, folder / f"template-{path.stem}.pdf")
    return shapes


def _write(pdf: Pdf, file: Path) -> None:
    pages = json.dumps(pdf.pages.to_json(), indent=1, ensure_ascii=False)
    file.write_bytes(pdf.data)
    file.with_suffix(".json").write_text(pages + "\n", encoding="utf-8")


def _remarks(notebook: GradedNotebook) -> dict[str, str]:
    remarks = {cell.id: _remark(cell) for cell in notebook.cells}
    if whole := (*notebook.events, *notebook.repairs):
        remarks[""] = "\n".join(whole)
    return remarks


def _remark(cell: GradedCell) -> str:
    """What a cell's own output does not say; the check's messages and points a part are in it."""
    points = "not marked yet" if cell.points is None else f"{cell.points:g}"
    unit = "point" if cell.max_points == 1 else "points"
    lines = [f"{cell.id}: {points} of {cell.max_points:g} {unit}"]
    if cell.status != GRADED:
        lines.append(f"{cell.status}: {cell.reason}")
    lines += [f"flagged: {flag}" for flag in cell.flags]
    return "\n".join(lines)


def _words(problem: Problem) -> str:
    where = "" if problem.cell is None else f"cell {problem.cell}: "
    return f"{where}{problem.what.rstrip('.')}. {problem.remedy}".rstrip()

"""Feedback pages: nbgrader's HTML of a graded notebook, without what is hidden."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException

from autograder.course import Course, CourseError
from autograder.feedback.notice import add_notice
from autograder.gradebook.grades import refresh_grades
from autograder.submission import GRADED, MISSING, Graded, GradedNotebook


@dataclass(frozen=True)
class Feedback:
    """What was written for one student; `problem` is empty if all went well."""

    student: str
    pages: tuple[Path, ...]
    problem: str = ""
    pending: int = 0  # written answers that nobody has marked yet


def write_feedback(course: Course, assignment: str, student: str | None = None) -> list[Feedback]:
    """Write `feedback/<student>/<assignment>/<notebook>.html` for the graded class.

    Brings the grade table up to date first, with what people have marked since.
    A notebook that could not be graded gets a page that says why. One student's
    failure is in that student's record. Raises CourseError if nothing is graded.
    """
    everybody = refresh_grades(course, assignment)
    graded = [row for row in everybody if student in (None, row.student)]
    if not graded:
        who = f"'{student}' has no grade" if student else "Nothing is graded"
        raise CourseError(f"{who} in '{assignment}'. Run `autograder grade {assignment}` first.")
    return [_write(course, row) for row in graded]


class _Generate(GenerateFeedback):
    """GenerateFeedback that keeps what went wrong; nbgrader only logs it."""

    reason = ""

    def __init__(self, graded: Graded, **options: Any) -> None:
        super().__init__(**options)
        self.graded = {notebook.name: notebook for notebook in graded.notebooks}

    def init_single_notebook_resources(self, notebook_filename: str) -> dict:
        # The last step, so that nothing takes the notice for the student's.
        if self._notice not in self.exporter._preprocessors:
            self.exporter.register_preprocessor(self._notice)
        return super().init_single_notebook_resources(notebook_filename)

    def _notice(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        notebook = self.graded.get(resources["nbgrader"]["notebook"])
        if notebook is not None:
            add_notice(nb, notebook)
        return nb, resources

    def convert_single_notebook(self, notebook_filename: str) -> None:
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.reason = f"{notebook_filename}: {type(error).__name__}: {error}"
            raise


def _write(course: Course, graded: Graded) -> Feedback:
    folder = course.path("feedback", graded.assignment, graded.student)
    problem = ""
    if any(notebook.status == GRADED for notebook in graded.notebooks):
        converter = _Generate(
            graded,
            coursedir=course.directory(graded.assignment, graded.student),
            config=course.config,
        )
        converter.force = True
        try:
            converter.start()
        except NbGraderException as error:
            problem = converter.reason or str(error)
    for notebook in graded.notebooks:
        if notebook.status != GRADED:
            folder.mkdir(parents=True, exist_ok=True)
            page = folder / f"{notebook.name}.html"
            page.write_text(_explanation(notebook), encoding="utf-8")
    return Feedback(graded.student, tuple(sorted(folder.glob("*.html"))), problem, graded.pending)


def _explanation(notebook: GradedNotebook) -> str:
    name, status = html.escape(notebook.name), html.escape(notebook.status)
    kept = "If this is a mistake, talk to your instructor: what you handed in has been kept."
    if notebook.status == MISSING:
        kept = "If you did hand it in, perhaps under another name, talk to your instructor."
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{name}</title>
<style>body {{ font: 16px/1.5 sans-serif; max-width: 40em; margin: 3em auto }}</style>
</head>
<body>
<h1>{name} (Score: {notebook.points:g} / {notebook.max_points:g})</h1>
<p><strong>{status.capitalize()}.</strong> {html.escape(notebook.reason)}</p>
<p>{kept}</p>
</body>
</html>
"""

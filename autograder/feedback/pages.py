"""Feedback pages: nbgrader's HTML of a graded notebook, without what is hidden."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException

from autograder.course import Course, CourseError
from autograder.gradebook.table import read_grades
from autograder.submission import GRADED, Graded, GradedNotebook


@dataclass(frozen=True)
class Feedback:
    """What was written for one student; `problem` is empty if all went well."""

    student: str
    pages: tuple[Path, ...]
    problem: str = ""


def write_feedback(course: Course, assignment: str, student: str | None = None) -> list[Feedback]:
    """Write `feedback/<student>/<assignment>/<notebook>.html` for the graded class.

    A notebook that could not be graded gets a page that says why. One student's
    failure is in that student's record. Raises CourseError if nothing is graded.
    """
    graded = [row for row in read_grades(course, assignment) if student in (None, row.student)]
    if not graded:
        who = f"'{student}' has no grade" if student else "Nothing is graded"
        raise CourseError(f"{who} in '{assignment}'. Run `autograder grade {assignment}` first.")
    return [_write(course, row) for row in graded]


class _Generate(GenerateFeedback):
    """GenerateFeedback that keeps what went wrong; nbgrader only logs it."""

    reason = ""

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
            coursedir=course.directory(graded.assignment, graded.student), config=course.config
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
    return Feedback(graded.student, tuple(sorted(folder.glob("*.html"))), problem)


def _explanation(notebook: GradedNotebook) -> str:
    name, status = html.escape(notebook.name), html.escape(notebook.status)
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{name}</title>
<style>body {{ font: 16px/1.5 sans-serif; max-width: 40em; margin: 3em auto }}</style>
</head>
<body>
<h1>{name} (Score: {notebook.points:g} / {notebook.max_points:g})</h1>
<p><strong>{status.capitalize()}.</strong> {html.escape(notebook.reason)}</p>
<p>If this is a mistake, talk to your instructor: what was handed in has been kept as it was.</p>
</body>
</html>
"""

"""A notebook in, a PDF out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from chainrule.pdf import document, questions, unrun
from chainrule.pdf.document import Heading
from chainrule.pdf.notebook import Cell, Notebook, UnreadableNotebookError, read
from chainrule.pdf.pieces import Problem
from chainrule.pdf.questions import PageMap
from chainrule.pdf.text import clean
from chainrule.pdf.typesetting import typeset

_REMEDY = "Save the notebook again, or hand in another copy."


@dataclass(frozen=True)
class Pdf:
    """The bytes of a PDF, the pages of its questions, and what could not be shown."""

    data: bytes
    pages: PageMap
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the PDF is only a notice that there was no notebook to show."""
        return any(problem.fatal for problem in self.problems)


def export_pdf(
    notebook: str | Path | Mapping[str, Any],
    *,
    student: str | None = None,
    course: str | None = None,
    assignment: str | None = None,
    title: str | None = None,
    name: str | None = None,
    root: str | Path | None = None,
    instructor: bool = False,
    timestamp: int | datetime | None = None,
) -> Pdf:
    """Set a notebook as a PDF, each question on a new page.

    Parameters
    ----------
    notebook
        A path, or a notebook that is already parsed (a mapping, or nbformat's node).
    student, course, assignment
        For the head of each page. Where one is not given, the notebook's metadata
        is asked: ``{"chainrule": {"student": ..., "course": ..., "assignment": ...}}``.
    title
        The document's title; by default the notebook's opening heading.
    name
        What the page map calls the notebook; by default the file's name.
    root
        The folder whose image files the notebook may show; by default the one it is in.
    instructor
        Show hidden tests and marking schemes too.
    timestamp
        The date to write into the PDF, in seconds since 1970 UTC or as a datetime.
        The same notebook and time stamp give the same bytes.

    A file that is no notebook gives a PDF of one page that says so, and a fatal
    `Problem`; nothing a student can write raises an exception.
    """
    seconds = int(timestamp.timestamp()) if isinstance(timestamp, datetime) else timestamp
    problems: list[Problem] = []
    try:
        content = read(notebook)
    except UnreadableNotebookError as error:
        content = _notice(notebook, str(error))
        problems.append(Problem(None, str(error), _REMEDY, fatal=True))
    if not_run := unrun.problem(content.cells):
        problems.append(not_run)
    folder = content.folder if root is None else Path(root)
    content = replace(content, name=name or content.name, folder=folder)
    heading = _heading(content, student, course, assignment, title)
    draft = document.build(content, heading, instructor=instructor)
    typeset_ = typeset(draft, seconds)
    placed = questions.placed(draft.sections, typeset_.marks)
    pages = PageMap(content.name, typeset_.pages, placed)
    return Pdf(typeset_.data, pages, (*problems, *typeset_.problems))


def _heading(
    notebook: Notebook,
    student: str | None,
    course: str | None,
    assignment: str | None,
    title: str | None,
) -> Heading:
    own = notebook.metadata.get("chainrule")
    own = own if isinstance(own, Mapping) else {}

    def chosen(given: str | None, name: str) -> str:
        value = given if given is not None else own.get(name)
        # One line of bounded length: a head must not push the page away.
        return " ".join(clean(str(value)).split())[:160] if value is not None else ""

    return Heading(
        title=chosen(title, "title"),
        student=chosen(student, "student"),
        course=chosen(course, "course"),
        assignment=chosen(assignment, "assignment"),
    )


def _notice(source: Any, reason: str) -> Notebook:
    name = Path(source).stem if isinstance(source, (str, Path)) else "notebook"
    escaped = re.sub(r"([^\w\s])", r"\\\1", reason)
    text = f"# This notebook could not be read\n\n{escaped}\n\n{_REMEDY}"
    cells = (Cell(1, "markdown", text),)
    return Notebook(cells, {}, name)

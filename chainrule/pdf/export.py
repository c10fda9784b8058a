"""A notebook in, a PDF out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from chainrule.pdf import document, press, shape, unrun
from chainrule.pdf.document import Heading
from chainrule.pdf.notebook import Cell, Notebook, UnreadableNotebookError, read
from chainrule.pdf.pieces import Problem
from chainrule.pdf.questions import PageMap
from chainrule.pdf.shape import Shape
from chainrule.pdf.text import clean
from chainrule.pdf.typesetting import TypesettingError, typeset

_SHORTEN = "Delete pasted data and long outputs, run the notebook again and save it."
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
    written_only: bool = False,
    fixed: Shape | None = None,
    remarks: Mapping[str, str] | None = None,
    timestamp: int | datetime | None = None,
) -> Pdf:
    """Set a notebook as a PDF, each question on a new page.

    Parameters
    ----------
    notebook
        A path, or a notebook that is already parsed (a mapping, or nbformat's node).
    student, course, assignment
        For the head of each page. Where one is not given, the notebook's metadata
        is asked: ``{"chainrule": {"student": ..., "course": ..., "assignment": ...}}``;
        there a student may also be ``{"name": ..., "id": ...}``.
    title
        The document's title; by default the notebook's opening heading.
    name
        What the page map calls the notebook; by default the file's name.
    root
        The folder whose image files the notebook may show; by default the one it is in.
    instructor
        Show hidden tests and marking schemes too.
    written_only
        Keep only what a person marks: those questions, and the written answers to them.
    fixed
        Give every question the pages that this shape has for it, see `shape_of`; what
        does not fit is made smaller, and is among the problems.
    remarks
        Text to show under graded cells, by their grade id; that for "" is about the
        whole notebook.
    timestamp
        The date to write into the PDF, in seconds since 1970 UTC or as a datetime.
        The same notebook and time stamp give the same bytes.

    A file that is no notebook gives a PDF of one page that says so, and a fatal
    `Problem`; nothing a student can write raises an exception.
    """
    press.start()  # it gets ready while the notebook is read
    problems: list[Problem] = []
    try:
        content = read(notebook)
    except UnreadableNotebookError as error:
        content = _notice(notebook, "This notebook could not be read", str(error), _REMEDY)
        problems.append(Problem(None, str(error), _REMEDY, fatal=True))
    if not_run := unrun.problem(content.cells):
        problems.append(not_run)
    heading = _heading(content, student, course, assignment, title)
    draft = document.build(
        _called(content, name, root),
        heading,
        instructor=instructor,
        # The notice of an unreadable notebook is no question, but must be seen.
        written_only=written_only and not any(problem.fatal for problem in problems),
        fixed=fixed,
        remarks=remarks,
    )
    try:
        typeset_ = typeset(draft, _seconds(timestamp))
    except TypesettingError as error:
        reason = f"The notebook is too much to be set: {error}."
        problems.append(Problem(None, reason, _SHORTEN, fatal=True))
        notice = _notice(notebook, "This notebook could not be set", reason, _SHORTEN)
        draft = document.build(_called(notice, name, root), heading, fixed=fixed)
        typeset_ = typeset(draft, _seconds(timestamp))
    return Pdf(typeset_.data, typeset_.pages, (*problems, *typeset_.problems))


def shape_of(released: str | Path | Mapping[str, Any], *, written_only: bool = False) -> Shape:
    """The pages that every PDF of an assignment's notebook has, from the notebook as released.

    Raises `UnreadableNotebookError` if it is no notebook.
    """
    draft = document.build(read(released), Heading(""), written_only=written_only)
    return shape.shaped(draft.heading.title, draft.sections, typeset(draft, full_size=True).places)


def export_template(
    released: str | Path | Mapping[str, Any],
    *,
    course: str | None = None,
    assignment: str | None = None,
    written_only: bool = False,
    timestamp: int | datetime | None = None,
) -> tuple[Pdf, Shape]:
    """A blank PDF of fixed length, for an instructor to set up an assignment with, and its shape.

    It has lines for name and id, and an empty box where an answer goes. Raises
    `UnreadableNotebookError` if `released` is no notebook.
    """
    content = read(released)
    fixed = shape_of(released, written_only=written_only)
    heading = replace(_heading(content, "", course, assignment, None), blank=True)
    draft = document.build(content, heading, written_only=written_only, fixed=fixed)
    typeset_ = typeset(draft, _seconds(timestamp))
    return Pdf(typeset_.data, typeset_.pages, typeset_.problems), fixed


def _called(content: Notebook, name: str | None, root: str | Path | None) -> Notebook:
    folder = content.folder if root is None else Path(root)
    return replace(content, name=name or content.name, folder=folder)


def _seconds(timestamp: int | datetime | None) -> int | None:
    return int(timestamp.timestamp()) if isinstance(timestamp, datetime) else timestamp


def student_line(name: Any, identity: Any) -> str:
    """A student as the head of a page has it: name and id, or what there is of them."""
    return " · ".join(str(part) for part in (name, identity) if part)


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
        if isinstance(value, Mapping):
            value = student_line(value.get("name"), value.get("id"))
        # One line of bounded length: a head must not push the page away.
        return " ".join(clean(str(value)).split())[:160] if value is not None else ""

    return Heading(
        title=chosen(title, "title"),
        student=chosen(student, "student"),
        course=chosen(course, "course"),
        assignment=chosen(assignment, "assignment"),
    )


def _notice(source: Any, title: str, reason: str, remedy: str) -> Notebook:
    name = Path(source).stem if isinstance(source, (str, Path)) else "notebook"
    escaped = re.sub(r"([^\w\s])", r"\\\1", reason)
    text = f"# {title}\n\n{escaped}\n\n{remedy}"
    cells = (Cell(1, "markdown", text),)
    return Notebook(cells, {}, name)

"""The PDF of a hand-in: its notebooks one after the other, each question on a new page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from chainrule.pdf import Pdf, Problem, export_pdf, student_line
from chainrule.submission.assignment import Page, Work
from chainrule.submission.identity import Student


@dataclass(frozen=True)
class Paper:
    """The bytes of a PDF, its number of pages, and what it could not show, by notebook."""

    data: bytes
    pages: int
    problems: tuple[tuple[str, Problem], ...] = ()


def paper(work: Work, student: Student) -> Paper:
    """Set the notebooks of a hand-in. Nothing that a student can write makes it fail."""
    made = [(page.name, _set(page, work, student)) for page in work.pages]
    problems = tuple((name, problem) for name, pdf in made for problem in pdf.problems)
    pages = sum(pdf.pages.pages for _, pdf in made)
    if len(made) == 1:
        return Paper(made[0][1].data, pages, problems)
    writer = PdfWriter()
    for name, pdf in made:
        writer.append(PdfReader(BytesIO(pdf.data)), outline_item=name)
    stream = BytesIO()
    writer.write(stream)
    return Paper(stream.getvalue(), pages, problems)


def _set(page: Page, work: Work, student: Student) -> Pdf:
    return export_pdf(
        page.path if page.path is not None else json.loads(page.data),
        student=student_line(student.name, student.id),
        course=work.stamp.course,
        assignment=work.stamp.assignment,
        name=page.name,
        root=work.folder,
    )

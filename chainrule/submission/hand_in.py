"""The hand-in itself: from an assignment's work to its two files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from chainrule.pdf import Problem
from chainrule.submission.answers import Answer, answers
from chainrule.submission.assignment import Page, Work
from chainrule.submission.bundle import bundle
from chainrule.submission.errors import SubmissionError
from chainrule.submission.fresh import run_fresh
from chainrule.submission.identity import Student
from chainrule.submission.paper import paper


@dataclass(frozen=True)
class HandedIn:
    """What was written for whom, and what a look at it said."""

    student: Student
    work: Work
    answers: tuple[Answer, ...]
    pdf: Path
    pdf_pages: int
    zip: Path
    zip_bytes: int
    problems: tuple[tuple[str, Problem], ...]
    notes: tuple[str, ...]


def hand_in(
    work: Work, student: Student, *, output: Path | None = None, run: bool = False
) -> HandedIn:
    """Look at the work, and write `<assignment>-<student>.pdf` and `.zip` to `output`.

    The default folder is the work's. `run` looks at the outputs of a fresh run instead of
    the saved ones. SubmissionError if a file cannot be written.
    """
    notes = list(work.notes)
    found = [answer for page in work.pages for answer in _answers(page, work, run, notes)]
    printed = paper(work, student)
    packed = bundle(work, student, found)
    folder = output or work.folder
    stem = f"{work.stamp.assignment}-{student.id}{_part(work)}"
    pdf, archive = folder / f"{stem}.pdf", folder / f"{stem}.zip"
    _write({pdf: printed.data, archive: packed})
    return HandedIn(
        student,
        work,
        tuple(found),
        pdf,
        printed.pages,
        archive,
        len(packed),
        printed.problems,
        tuple(notes),
    )


def _answers(page: Page, work: Work, run: bool, notes: list[str]) -> list[Answer]:
    content = page.content
    if run and content is not None:
        try:
            content = run_fresh(page.data, work.folder)
        except SubmissionError as error:
            notes.append(f"{page.name}: {error} The list below is about the saved outputs.")
    return answers(page.name, content) if content is not None else []


def _part(work: Work) -> str:
    # In Colab every notebook has a machine of its own and cannot bring the others, so that one
    # assignment is handed in as several files; of one name, the last would replace the others.
    alone = work.pages[0].path is None and bool(work.missing)
    return f"-{work.pages[0].name}" if alone else ""


def _write(files: dict[Path, bytes]) -> None:
    """Write each file whole or not at all; the first one that fails leaves all as they were."""
    new: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.new")
            beside.write_bytes(data)
            new[path] = beside
        for path, beside in new.items():
            os.replace(beside, path)
    except OSError as error:
        raise SubmissionError(
            f"{path.name} could not be written to {path.parent.absolute()} "
            f"({error.strerror or error}). Close it if it is open, make room, or give a folder "
            'that you may write to: submit(output="folder"), in a terminal -o folder.'
        ) from error
    finally:
        for beside in new.values():
            beside.unlink(missing_ok=True)

"""Runs the made-up class through every stage, in a course of its own under one folder."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.answers.bank import Answer, read_bank, references
from autograder.collecting import Collection, collect
from autograder.course import CONFIG, Course, CourseError, load_course
from autograder.demo.students import ASSIGNMENT, STUDENTS, Files, MadeUp
from autograder.feedback.pages import write_feedback
from autograder.grading.run import grade
from autograder.pdf.run import write_pdfs
from autograder.release import release
from autograder.submission import Graded

MARKER = ".chainrule-demo"
CELL_SECONDS = 6
"""The demo's deadline for a cell: its endless loop need not take the usual half minute."""

Report = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Mismatch:
    """A cell that got other points than the answer bank says."""

    student: str
    question: str
    points: float | None
    expected: float | None


@dataclass
class Demo:
    """A finished demo: where it is, what the class got, and the seconds each stage took."""

    folder: Path
    course: Course
    assignment: str = ASSIGNMENT
    collected: Collection | None = None
    graded: list[Graded] = field(default_factory=list)
    expected: dict[str, dict[str, float | None]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def mismatches(self) -> list[Mismatch]:
        """Cells whose points are not what the bank says, manual ones included."""
        return [
            Mismatch(row.student, cell.id, cell.points, self.expected[row.student][cell.id])
            for row in self.graded
            for notebook in row.notebooks
            for cell in notebook.cells
            if not _same(cell.points, self.expected[row.student][cell.id])
        ]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started


def run_demo(
    course: Course,
    folder: Path,
    workers: int | None = None,
    report: Report = lambda stage, done, total: None,
    students: tuple[MadeUp, ...] = STUDENTS,
) -> Demo:
    """Release, collect, grade, give feedback and print PDFs for `students`, all under `folder`.

    What an earlier demo left in `folder` is removed; a folder that holds
    anything else is a CourseError.
    """
    folder = folder.resolve()
    _start_clean(folder)
    demo = Demo(folder, _copy_course(course, folder / "course"))
    with demo.stage("release"):
        report("release", 0, 1)
        release(demo.course, ASSIGNMENT)
        report("release", 1, 1)
    with demo.stage("hand in"):
        inbox = _hand_in(demo, course, students)
    with demo.stage("collect"):
        report("collect", 0, 1)
        demo.collected = collect(demo.course, ASSIGNMENT, [inbox])
        report("collect", 1, 1)
    with demo.stage("grade"):
        demo.graded = grade(
            demo.course,
            ASSIGNMENT,
            workers=workers,
            on_progress=lambda step: report("grade", step.done, step.total),
        )
    with demo.stage("feedback"):
        for count, row in enumerate(demo.graded, 1):
            for written in write_feedback(demo.course, ASSIGNMENT, row.student):
                if written.problem:
                    demo.problems.append(f"feedback for {written.student}: {written.problem}")
            report("feedback", count, len(demo.graded))
    with demo.stage("pdf"):
        made = write_pdfs(
            demo.course,
            ASSIGNMENT,
            workers=workers,
            on_progress=lambda done, total: report("pdf", done, total),
        )
    demo.problems += [
        f"PDF of {m.student}/{m.notebook}: {m.problems[0]}" for m in made if not m.file
    ]
    return demo


def _start_clean(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).is_file():
            raise CourseError(
                f"{folder} holds something that no demo made. Name an empty folder: --out DIR."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text("made by autograder demo; the next demo removes all of this\n")


def _copy_course(course: Course, place: Path) -> Course:
    """The course's configuration and its first assignment, so that the real one stays as it is."""
    shutil.copytree(course.path("source", ASSIGNMENT), place / "source" / ASSIGNMENT)
    config = (course.root / CONFIG).read_text("utf-8")
    (place / CONFIG).write_text(
        f"{config}\n# For the demo: do not wait long for its endless loop.\n"
        f"c.Execute.timeout = {CELL_SECONDS}\n"
        "# These students are ours: a machine that cannot isolate them may run them all the same.\n"
        "c.Sandbox.allow_unisolated = True\n",
        "utf-8",
    )
    return load_course(place)


def _hand_in(demo: Demo, course: Course, students: tuple[MadeUp, ...]) -> Path:
    """Write the class's files, in the different forms in which classes hand in."""
    bank = read_bank(course.root / "answers" / ASSIGNMENT)
    sources = _notebooks(demo.course.path("source", ASSIGNMENT))
    released = _notebooks(demo.course.path("release", ASSIGNMENT))
    by_notebook = {name: references(notebook) for name, notebook in sources.items()}
    every = {q: answer for answers in by_notebook.values() for q, answer in answers.items()}
    inbox = demo.folder / "inbox"
    inbox.mkdir()
    for index, student in enumerate(students):
        chosen = student.chosen(bank, every)
        demo.expected[student.id] = {
            question: _expected(question, chosen, lost=name in student.lost)
            for name, answers in by_notebook.items()
            for question in answers
        }
        _write(inbox, student.id, student.files(released, chosen), form=index % 3)
    return inbox


def _notebooks(folder: Path) -> dict[str, NotebookNode]:
    return {p.stem: nbformat.read(p, as_version=4) for p in sorted(folder.glob("*.ipynb"))}


def _expected(question: str, chosen: Mapping[str, Answer], lost: bool) -> float | None:
    """What the bank says a question gets; None where a person has to mark it."""
    answer = chosen.get(question)
    if answer is None or lost:
        return 0.0
    return None if answer.by_hand else answer.points


def _write(inbox: Path, student: str, files: Files, form: int) -> None:
    if form == 0:
        for name, data in files.items():
            path = inbox / student / f"{name}.ipynb"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    elif form == 1:
        for name, data in files.items():
            (inbox / f"{student}_{name}.ipynb").write_bytes(data)
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(f"{name}.ipynb", data)
        (inbox / f"{student}.zip").write_bytes(packed.getvalue())


def _same(points: float | None, expected: float | None) -> bool:
    if points is None or expected is None:
        return points is expected
    return abs(points - expected) < 0.006

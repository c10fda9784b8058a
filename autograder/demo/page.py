"""The demo's front page: the class, what each student got and why, and everything that was made."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment

from autograder.demo.run import Demo
from autograder.demo.students import STUDENTS
from autograder.submission import GRADED, GradedCell, GradedNotebook


@dataclass(frozen=True)
class Mark:
    """One square of the class table: what it shows, how much of the points, what it says."""

    text: str
    share: float | None
    hint: str
    link: str | None


@dataclass(frozen=True)
class Row:
    """One student's line."""

    id: str
    name: str
    story: str
    marks: tuple[tuple[Mark, ...], ...]
    automatic: str
    pending: int
    trouble: tuple[str, ...]
    links: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def write_page(demo: Demo) -> Path:
    """Write `index.html` into the demo's folder, self-contained, and return its path."""
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        (files(__package__) / "page.html.j2").read_text("utf-8")
    )
    first = demo.graded[0]
    page = template.render(
        assignment=demo.assignment,
        rows=[_row(demo, index) for index in range(len(demo.graded))],
        notebooks=[(n.name, [(c.id, c.max_points) for c in n.cells]) for n in first.notebooks],
        means=[[_mean(demo, n, c) for c in range(len(nb.cells))]
               for n, nb in enumerate(first.notebooks)],
        max_automatic=f"{first.max_automatic_points:g}",
        seconds=demo.seconds,
        total_seconds=sum(demo.seconds.values()),
        mismatches=demo.mismatches,
        problems=demo.problems,
        collected=demo.collected,
        released=_files(demo, demo.course.path("release", demo.assignment), "*.ipynb"),
        csv=_link(demo, demo.course.root / "grades" / f"{demo.assignment}.csv"),
        inbox=_link(demo, demo.folder / "inbox"),
    )  # fmt: skip
    path = demo.folder / "index.html"
    path.write_text(page, "utf-8")
    return path


def _row(demo: Demo, index: int) -> Row:
    graded = demo.graded[index]
    student = next(s for s in STUDENTS if s.id == graded.student)
    feedback = demo.course.path("feedback", demo.assignment, student.id)
    pdfs = demo.course.root / "pdf" / demo.assignment
    submitted = demo.course.path("submitted", demo.assignment, student.id)
    return Row(
        student.id,
        student.name,
        student.story,
        tuple(
            tuple(
                _mark(cell, notebook, _link(demo, feedback / f"{notebook.name}.html"))
                for cell in notebook.cells
            )
            for notebook in graded.notebooks
        ),
        f"{graded.automatic_points:.4g}",
        graded.pending,
        graded.trouble,
        (
            ("handed in", _files(demo, submitted, "*.ipynb")),
            ("feedback", _files(demo, feedback, "*.html")),
            ("PDF", _files(demo, pdfs, f"{student.id}-*.pdf", skip=f"{student.id}-")),
        ),
    )


def _mark(cell: GradedCell, notebook: GradedNotebook, link: str | None) -> Mark:
    hint = f"{cell.id}: "
    if cell.points is None:
        return Mark("?", None, hint + "a person marks this", link)
    hint += f"{cell.points:g} of {cell.max_points:g}"
    if notebook.status != GRADED:
        return Mark("–", 0.0, f"{hint}; {notebook.reason}", link)
    share = cell.points / cell.max_points if cell.max_points else 0.0
    return Mark(f"{cell.points:g}", share, f"{hint}; {cell.reason}" if cell.reason else hint, link)


def _mean(demo: Demo, notebook: int, cell: int) -> float | None:
    """The class's mean share of a question's points, once all of them are marked."""
    cells = [row.notebooks[notebook].cells[cell] for row in demo.graded]
    if any(c.points is None or not c.max_points for c in cells):
        return None
    return sum(c.points / c.max_points for c in cells) / len(cells)


def _files(demo: Demo, folder: Path, pattern: str, skip: str = "") -> tuple[tuple[str, str], ...]:
    return tuple(
        (path.stem.removeprefix(skip), _link(demo, path)) for path in sorted(folder.glob(pattern))
    )


def _link(demo: Demo, path: Path) -> str:
    return path.relative_to(demo.folder).as_posix()

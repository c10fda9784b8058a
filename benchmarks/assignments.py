"""A class of each assignment: seconds a submission, and the same points under stock nbgrader.

    python -m benchmarks.assignments                       # every one, 24 students each
    python -m benchmarks.assignments 05 --students 8 --stock 8

The class is made up from the answer bank (`benchmarks.bank_class`), on the sample; everybody hands
in the weights that the reference solutions train, so that each network is measured again. The work
of a few, spread over the class, is graded by `nbgrader autograde` as well, with a bare
configuration: checks then run in the student's own kernel, which loads the weights too. Exit code 1
if somebody has other points there, but for cells that write to stderr: stock gives those nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rich.console import Console
from rich.table import Table

from autograder.collecting import collect
from autograder.course import Course, load_course
from autograder.gradebook.scores import read_scores
from autograder.grading.run import grade
from autograder.scripts import theirs
from benchmarks import bank_class
from benchmarks.graders import BARE
from benchmarks.metering import run
from chainrule.datasets import CHOICE
from chainrule.training.environment import GRADING

CLOSE = 1e-4

console = Console(highlight=False)


def main(words: list[str] | None = None) -> None:
    arguments = _arguments(words)
    os.environ[CHOICE] = "sample"
    table = Table("assignment", "students", "s", "s a submission", "stock: students", "s each")
    wrong: list[str] = []
    for assignment in load_course(bank_class.ROOT).assignments():
        if not any(assignment.startswith(name) for name in arguments.assignments or ("",)):
            continue
        with tempfile.TemporaryDirectory(prefix="class-") as folder:
            course = bank_class.course_of(assignment, Path(folder, "course"))
            inbox = Path(folder, "inbox")
            bank_class.hand_in(course, assignment, inbox, arguments.students, weights_for_all=True)
            collect(course, assignment, [inbox])
            # The first ones' answers are mostly right.
            some = [n * arguments.students // arguments.stock for n in range(arguments.stock)]
            stock = _copied(course, Path(folder, "stock"), assignment, some)
            started = time.perf_counter()
            grade(course, assignment)
            seconds = time.perf_counter() - started
            row = [assignment, str(arguments.students), f"{seconds:.1f}"]
            row.append(f"{seconds / arguments.students:.2f}")
            if arguments.stock:
                # Otherwise it would train anew, with what a student wrote since.
                os.environ[GRADING] = "1"
                took = run(["nbgrader", "autograde", assignment], stock.root).seconds
                del os.environ[GRADING]
                found, explained = _disagreements(course, stock, assignment)
                wrong += [f"{assignment}: {line}" for line in found]
                for line in explained:
                    console.print(f"{assignment}: {line}")
                row += [str(arguments.stock), f"{took / arguments.stock:.1f}"]
            table.add_row(*row)
            console.print(*row)
    console.print(table)
    for line in wrong:
        console.print(line)
    raise SystemExit(1 if wrong else 0)


def _copied(course: Course, place: Path, assignment: str, students: Sequence[int]) -> Course:
    """The course with these students, as stock nbgrader knows it."""
    shutil.copytree(course.root, place, ignore=shutil.ignore_patterns("submitted"))
    # Or nbgrader would lay the instructor's scripts over the students' and grade those.
    own = f"c.Autograde.exclude_overwriting = {theirs(place / 'source')!r}"
    (place / "nbgrader_config.py").write_text(f"{BARE}\n{own}\n", "utf-8")
    for number in students:
        who = "solved" if not number else f"student{number}"
        work = course.path("submitted", assignment, who)
        shutil.copytree(work, place / "submitted" / who / assignment)
    return load_course(place)


def _disagreements(ours: Course, stock: Course, assignment: str) -> tuple[list[str], list[str]]:
    """Cells with other points under stock nbgrader: unexplained, and those it cannot grade."""
    expected = read_scores(ours, assignment)
    found, explained = [], []
    for (student, notebook), cells in read_scores(stock, assignment).items():
        path = stock.path("autograded", assignment, student) / f"{notebook}.ipynb"
        noisy = _on_stderr(nbformat.read(path, as_version=4))
        for cell, score in cells.items():
            points, own = score.points, expected[student, notebook][cell].points
            if _same(points, own):
                continue
            line = f"{student}, {notebook}: {cell}: stock {points}, ours {own}"
            if points == 0 and cell in noisy:
                explained.append(f"{line}: it writes to stderr, for which stock gives nothing")
            else:
                found.append(line)
    return found, explained


def _on_stderr(notebook: NotebookNode) -> set[str]:
    """Test cells that wrote to stderr without an error: warnings, progress bars."""
    return {
        cell.metadata.nbgrader.grade_id
        for cell in notebook.cells
        if cell.cell_type == "code" and "nbgrader" in cell.metadata
        if any(output.get("name") == "stderr" for output in cell.outputs)
        if not any(output.output_type == "error" for output in cell.outputs)
    }


def _same(one: float | None, other: float | None) -> bool:
    return one is other if None in (one, other) else abs(one - other) < CLOSE


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.assignments")
    parser.add_argument("assignments", nargs="*", help="how their names begin; default: all")
    parser.add_argument("--students", type=int, default=24)
    parser.add_argument("--stock", type=int, default=3, help="students for stock nbgrader")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()

"""A class made up from the answer bank: what each student hands in differs, and is known.

The first has the reference solutions and the weights that they train on the sample. The others
answer each question with another answer of the bank.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from autograder.answers.bank import (
    Answer,
    fill,
    fill_scripts,
    read_bank,
    references,
    script_references,
)
from autograder.course import Course, load_course
from autograder.release import release
from chainrule.datasets import CHOICE

ROOT = Path(__file__).parents[1]


def course_of(assignment: str, place: Path, configuration: str = "") -> Course:
    """A course of one assignment in `place`, released; `configuration` is added to ours."""
    shutil.copytree(ROOT / "source" / assignment, place / "source" / assignment)
    config = (ROOT / "nbgrader_config.py").read_text("utf-8")
    (place / "nbgrader_config.py").write_text(f"{config}\n{configuration}", "utf-8")
    release(load_course(place), assignment)
    return load_course(place)


def hand_in(
    course: Course, assignment: str, inbox: Path, students: int, *, weights_for_all: bool = False
) -> None:
    """Write a folder a student into `inbox`; the first has weights, or all have the first's."""
    source = course.path("source", assignment)
    bank = read_bank(ROOT / "answers" / assignment)
    notebooks = {p.stem: nbformat.read(p, as_version=4) for p in sorted(source.glob("*.ipynb"))}
    every: dict[str, Answer] = {}
    for notebook in notebooks.values():
        every |= references(notebook) | script_references(notebook, source)
    for number in range(students):
        chosen = dict(every)
        for question, answers in bank.items() if number else ():
            picked = list(answers.values())[number % len(answers)]
            chosen[question] = picked
            chosen |= {other: bank[other][name] for other, name in picked.others}
        place = inbox / ("solved" if not number else f"student{number}")
        place.mkdir(parents=True)
        for name in notebooks:
            released = course.path("release", assignment) / f"{name}.ipynb"
            nbformat.write(
                fill(nbformat.read(released, as_version=4), chosen), place / f"{name}.ipynb"
            )
        for name, text in fill_scripts(source, chosen).items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, "utf-8")
        weights = inbox / "solved" / "artifacts"
        if not number:
            _train(notebooks, place)
        elif weights_for_all and weights.is_dir():
            shutil.copytree(weights, place / "artifacts")


def _train(notebooks: Mapping[str, nbformat.NotebookNode], place: Path) -> None:
    """Run the solutions on the sample, which leaves their weights beside the notebooks."""
    environment = {**os.environ, CHOICE: "sample"}
    for notebook in notebooks.values():
        if not any("train(" in cell.source for cell in notebook.cells):
            continue
        client = NotebookClient(
            notebook, timeout=None, allow_errors=True, resources={"metadata": {"path": str(place)}}
        )
        client.execute(env=environment)
    shutil.rmtree(place / "__pycache__", ignore_errors=True)

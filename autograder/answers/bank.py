"""Reading the answer bank, and writing its answers into a notebook as a student would."""

from __future__ import annotations

import copy
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder import scripts
from autograder.course import CourseError

CODE_STUB = "# WRITE YOUR CODE HERE"
REFERENCE = "reference"

_HEADER = re.compile(r"^(?:#|<!--)\s*(?P<text>.*?)\s*(?:-->)?$")


class BankError(CourseError):
    """An answer file that cannot be used; the message names the file and what to write."""


@dataclass(frozen=True)
class Answer:
    """One answer: the question it answers, what it writes, and the points it must get.

    `points` is what the check must give; for a written answer (`by_hand`)
    what the marking scheme gives. `others` names answers to earlier
    questions that it stands on, by question. `whole_cell` answers replace
    the answer cell, or the whole `script` that a question is answered in;
    others replace the stub. `trained` names another answer to the question,
    or the reference, that trains the same networks.
    """

    question: str
    name: str
    source: str
    points: float
    about: str
    by_hand: bool = False
    whole_cell: bool = False
    script: str = ""
    others: tuple[tuple[str, str], ...] = ()
    trained: str = ""

    @property
    def is_right(self) -> bool:
        return self.name.startswith("right")

    @property
    def title(self) -> str:
        return f"{self.question}/{self.name}"


Bank = Mapping[str, Mapping[str, Answer]]
"""Answers by question and name."""


def read_bank(folder: Path) -> dict[str, dict[str, Answer]]:
    """The answers of one assignment: `folder/<question>/<name>.py|md`. BankError for a bad file."""
    if not folder.is_dir():
        raise BankError(
            f"{folder}: there is no answer bank here. Write one, a folder a question with files "
            f"such as {folder.parent.name}/{folder.name}/<question>/right-1.py, whose first line "
            "says the points ('# points: 1'); or copy the folder of the course this assignment is "
            "from. answers/README.md there says more."
        )
    bank: dict[str, dict[str, Answer]] = {}
    for path in sorted(folder.glob("*/*")):
        if path.suffix in (".py", ".md"):
            bank.setdefault(path.parent.name, {})[path.stem] = _read(path)
    for answers in bank.values():
        for answer in answers.values():
            for question, name in answer.others:
                if name not in bank.get(question, {}):
                    raise BankError(f"{answer.title}: there is no answer {question}/{name}.")
            if answer.trained not in ("", REFERENCE, *answers):
                raise BankError(
                    f"{answer.title}: there is no answer {answer.question}/{answer.trained}."
                )
    return bank


def _read(path: Path) -> Answer:
    lines = path.read_text("utf-8").splitlines()
    header: list[str] = []
    while lines and (match := _HEADER.match(lines[0])) and not lines[0].startswith("###"):
        header.append(match["text"])
        lines.pop(0)
    if not header or not header[0].startswith("points:"):
        raise BankError(f"{path}: the first line must say the points, such as '# points: 1.5'.")
    try:
        points = float(header[0].removeprefix("points:"))
    except ValueError:
        raise BankError(f"{path}: '{header[0]}' does not name a number of points.") from None
    others, about, whole_cell, trained = [], [], False, ""
    for line in header[1:]:
        if line.startswith("with:"):
            question, _, name = (part.strip() for part in line[5:].partition("="))
            others.append((question, name))
        elif line.startswith("trained:"):
            trained = line.removeprefix("trained:").strip()
        elif line in ("cell", "script"):
            whole_cell = True
        else:
            about.append(line)
    by_hand = path.suffix == ".md"
    return Answer(
        question=path.parent.name,
        name=path.stem,
        source="\n".join(lines).strip("\n"),
        points=points,
        about=" ".join(about),
        by_hand=by_hand,
        whole_cell=whole_cell or by_hand,
        others=tuple(others),
        trained=trained,
    )


def references(source: NotebookNode) -> dict[str, Answer]:
    """The reference solutions of an instructor's notebook, as answers, by question."""
    found = {}
    for cell in source.cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if not nbgrader.get("solution"):
            continue
        question = nbgrader["grade_id"].removesuffix("-answer")
        if nbgrader.get("grade"):
            text, points = cell.source, nbgrader["points"]
        else:
            text, points = _solution(cell.source), _points(source, question)
        found[question] = Answer(
            question, REFERENCE, text, points, "the reference solution", bool(nbgrader["grade"]),
            whole_cell=bool(nbgrader["grade"]) or text == cell.source,
        )  # fmt: skip
    return found


def script_references(source: NotebookNode, folder: Path) -> dict[str, Answer]:
    """The reference solutions in the scripts beside an instructor's notebook, by question.

    Scripts may answer questions of several notebooks; only this one's are there.
    """
    asked = {
        nbgrader["grade_id"]
        for cell in source.cells
        if (nbgrader := cell.metadata.get("nbgrader", {})).get("grade")
    }
    return {
        region.question: Answer(
            region.question, REFERENCE, region.text, _points(source, region.question),
            "the reference solution", script=name,
        )
        for name in scripts.to_complete(folder)
        for region in scripts.regions(name, (folder / name).read_text("utf-8"))
        if region.question in asked
    }  # fmt: skip


def fill_scripts(folder: Path, answers: Mapping[str, Answer]) -> dict[str, str]:
    """The scripts of a folder of `source/` with `answers` (by question) in them, by name."""
    found = {}
    for name in scripts.scripts(folder):
        text = (folder / name).read_text("utf-8")
        chosen = [
            answers[region.question]
            for region in scripts.regions(name, text)
            if region.question in answers
        ]
        whole = next((answer for answer in chosen if answer.whole_cell), None)
        texts = {answer.question: answer.source for answer in chosen}
        found[name] = whole.source + "\n" if whole else scripts.filled(name, text, texts)
    return found


def _solution(cell: str) -> str:
    """What stands in for the stub; the whole cell if it has several."""
    if cell.count("### BEGIN SOLUTION") > 1:
        return cell
    region = re.search(r"^[^\n]*BEGIN SOLUTION\n(.*?)^[^\n]*END SOLUTION", cell, re.M | re.S)
    return textwrap.dedent(region[1]).rstrip("\n") if region else ""


def _points(notebook: NotebookNode, question: str) -> float:
    for cell in notebook.cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if nbgrader.get("grade_id") == question:
            return float(nbgrader.get("points", 0))
    raise BankError(f"{question}-answer: there is no test cell with the grade_id {question!r}.")


def write_answer(cell: NotebookNode, answer: Answer) -> NotebookNode:
    """A copy of a released answer cell with the answer in it, indented as its stub is."""
    cell = copy.deepcopy(cell)
    if answer.whole_cell:
        cell.source = answer.source
        return cell
    lines = []
    for line in cell.source.splitlines():
        if line.strip() == CODE_STUB:
            lines.append(textwrap.indent(answer.source, line[: len(line) - len(line.lstrip())]))
        else:
            lines.append(line)
    cell.source = "\n".join(lines)
    return cell


def fill(released: NotebookNode, answers: Mapping[str, Answer]) -> NotebookNode:
    """A copy of a released notebook with `answers` (by question) written into it."""
    notebook = copy.deepcopy(released)
    for index, cell in enumerate(notebook.cells):
        question = cell.metadata.get("nbgrader", {}).get("grade_id", "").removesuffix("-answer")
        if cell.metadata.get("nbgrader", {}).get("solution") and question in answers:
            notebook.cells[index] = write_answer(cell, answers[question])
    return notebook

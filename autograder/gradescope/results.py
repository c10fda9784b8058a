"""results.json: what Gradescope shows of a graded submission.

One test a question. Everything is of the format "text", which Gradescope
escapes, so nothing that a student has printed can be taken for a page of its own.
Format: gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.feedback.hide import hide_secrets
from autograder.gradescope.questions import Question
from autograder.gradescope.settings import VISIBLE, Gradescope
from autograder.sandbox.outcome import FAILED
from autograder.sandbox.transcript import verdict_text
from autograder.submission import GRADED, NOT_GRADED, GradedCell, GradedNotebook

MOST_CHARACTERS = 10_000
"""Of one test's output: a page of messages. A whole class's results stay small that way."""

_COLOURS = re.compile(r"\x1b\[[0-9;:?]*[ -/]*[@-~]")

BY_A_PERSON = (
    "A person marks this answer. Its points are not in the autograder's score; they come with the "
    "written part."
)
UNDECIDED = (
    "This could not be decided, for a reason that is not yours. Tell your instructor, who can run "
    "the autograder again."
)
TOO_LATE = (
    "Not graded: the time for this submission was over before its turn came. What was graded "
    "before counts."
)
OUT_OF_TIME = (
    "Your submission could not be graded in the time there is. It is kept, and this 0 is no mark "
    "of it. If your notebooks run quickly on your own machine, ask your instructor to run the "
    "autograder again; otherwise look for a loop without end, or for training in a cell that "
    "should only load, and submit again."
)


@dataclass(frozen=True)
class Outcome:
    """A submission as far as it was graded: notebooks, and those of them that were run, as run."""

    notebooks: Sequence[GradedNotebook]
    executed: Mapping[str, NotebookNode]
    notes: tuple[str, ...] = ()  # for the student, about all of it
    seconds: float = 0.0


def to_results(
    outcome: Outcome, questions: Sequence[Question], settings: Gradescope
) -> dict[str, Any]:
    """What goes into results.json. Questions that `outcome` lacks have run out of time."""
    pages = {name: _Page(notebook) for name, notebook in outcome.executed.items()}
    notebooks = {notebook.name: notebook for notebook in outcome.notebooks}
    tests = []
    score = 0.0
    for question in questions:
        notebook = notebooks.get(question.notebook)
        cells = {cell.id: cell for cell in notebook.cells} if notebook else {}
        cell = cells.get(question.id)
        test = _test(question, cell, pages.get(question.notebook))
        test["visibility"] = settings.question_visibility.get(question.id, settings.visibility)
        score += test.get("score", 0.0)
        tests.append(test)
    return {
        **_frame(_about(outcome, questions, notebooks), outcome.seconds),
        "score": round(score, 4),
        "visibility": settings.visibility,
        "tests": tests,
    }


def not_graded(reason: str, seconds: float = 0.0) -> dict[str, Any]:
    """The results of a submission that nobody could grade; `reason` says what to do next."""
    return {**_frame(reason, seconds), "score": 0.0, "visibility": VISIBLE, "tests": []}


def write_results(path: Path, results: dict[str, Any]) -> None:
    """Write results.json in one step: Gradescope never finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_text(json.dumps(results, indent=1, allow_nan=False), encoding="utf-8")
    os.replace(new, path)


def _frame(output: str, seconds: float) -> dict[str, Any]:
    return {
        "output": _plain(output),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        # What the autograder prints names flags and errors: that is for instructors.
        "stdout_visibility": "hidden",
        "execution_time": round(seconds, 1),
        "extra_data": {"chainrule": version("autograder")},
    }


def _about(
    outcome: Outcome, questions: Sequence[Question], notebooks: Mapping[str, GradedNotebook]
) -> str:
    """What is to be said about all of it. No points: these may not be shown yet."""
    lines = list(outcome.notes)
    for notebook in outcome.notebooks:
        if notebook.status not in (GRADED, NOT_GRADED):  # what failed of ours is for instructors
            lines.append(f"{notebook.name}: {notebook.status}: {notebook.reason}")
        lines += [f"{notebook.name}: {line}" for line in (*notebook.events, *notebook.repairs)]
    if any(notebook.to_run_again for notebook in outcome.notebooks):
        lines.append(UNDECIDED)
    late = [n for n in dict.fromkeys(q.notebook for q in questions) if n not in notebooks]
    if late:
        lines.append(
            f"Not graded, for the time was over: {', '.join(late)}. If your notebooks run quickly "
            "on your own machine, ask your instructor to run the autograder again; a loop without "
            "end, or training in a cell that should only load, takes all the time there is."
        )
    manual = [question for question in questions if question.manual and question.points]
    if manual:
        points = sum(question.points for question in manual)
        answers = f"{len(manual)} written answer{'s' * (len(manual) > 1)}"
        lines.append(
            f"{answers} of {points:g} point{'' if points == 1 else 's'} together "
            f"{'are' if len(manual) > 1 else 'is'} marked by a person and not part of this score."
        )
    return "\n".join(lines)


def _test(question: Question, cell: GradedCell | None, page: _Page | None) -> dict[str, Any]:
    # Without points of its own a test counts for nothing, also where a person has yet to mark it.
    test: dict[str, Any] = {
        "name": _plain(question.name),
        "name_format": "text",
        "number": question.number,
        "output_format": "text",
        "extra_data": {"notebook": question.notebook, "question": question.id},
    }
    if question.manual:
        points = f"{question.points:g} point{'' if question.points == 1 else 's'}"
        return {
            **test,
            "name": _plain(f"{question.name} (marked by a person, {points})"),
            "output": BY_A_PERSON,
            "tags": ["written"],
        }
    if cell is not None and (cell.points is None or cell.status == NOT_GRADED):
        return {**test, "max_score": question.points, "output": UNDECIDED, "status": "failed"}
    points = round(cell.points, 4) if cell is not None else 0.0
    said = _said(cell, page) if cell is not None else TOO_LATE
    return {
        **test,
        "score": points,
        "max_score": question.points,
        "status": "passed" if points >= question.points else "failed",
        "output": _plain(said),
    }


def _said(cell: GradedCell, page: _Page | None) -> str:
    lines = []
    if cell.status != GRADED:
        reason = cell.reason
        if cell.status == FAILED and page is not None:
            reason = page.error(cell.id) or reason
        lines.append(f"{cell.status}: {reason}" if reason else cell.status)
    if page is not None:
        lines.append(page.messages(cell.id))
    return "\n".join(filter(None, lines)) or "Nothing was said about it."


class _Page:
    """An executed notebook as its student may see it."""

    def __init__(self, notebook: NotebookNode) -> None:
        hide_secrets(notebook)
        self._cells = {
            cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells
        }

    def messages(self, question: str) -> str:
        """What the check said, or, where none did, what the test cell printed."""
        cell = self._cells.get(question)
        if cell is None or cell.cell_type != "code":
            return ""
        verdict = verdict_text(cell)
        if verdict is not None:
            return verdict
        return "".join(
            output.text
            for output in cell.outputs
            if output.output_type == "stream" and output.name == "stdout"
        )

    def error(self, question: str) -> str:
        """The error that ended the test cell."""
        cell = self._cells.get(question)
        for output in cell.outputs if cell is not None and cell.cell_type == "code" else ():
            if output.output_type == "error":
                return f"{output.ename}: {output.evalue}"[:500]
        return ""


def _plain(text: str) -> str:
    """Text without colours and control characters, and not too long."""
    text = _COLOURS.sub("", text)
    shown = "".join(c if c.isprintable() or c in "\n\t" else " " for c in text).strip("\n")
    if len(shown) <= MOST_CHARACTERS:
        return shown
    return f"{shown[:MOST_CHARACTERS]}\n… ({len(shown) - MOST_CHARACTERS} more characters)"

"""The classes that are graded: made-up students, as courses on disk.

light   the four worksheets of assignment 01, answered from the answer bank
heavy   one notebook that trains a network in torch for two seconds
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.answers.bank import fill, read_bank, references
from autograder.course import load_course
from autograder.release import release
from benchmarks.metering import with_meter

ROOT = Path(__file__).parents[1]
LIGHT = "01-backprop-worksheets"
HEAVY = "02-training"
TRAINING_SECONDS = 2.0


@dataclass(frozen=True)
class Class:
    """Submissions of one assignment, in the course that lies in `folder`."""

    name: str
    assignment: str
    folder: Path
    students: tuple[str, ...]

    @property
    def notebooks(self) -> list[Path]:
        """The source notebooks, with their hidden tests."""
        return sorted((self.folder / "source" / self.assignment).glob("*.ipynb"))

    def submission(self, student: str) -> list[Path]:
        """What a student handed in."""
        return sorted((self.folder / "submitted" / student / self.assignment).glob("*.ipynb"))

    def copy(self, folder: Path, count: int) -> Class:
        """The same course with its first `count` students only, not graded yet."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("submitted"))
        for student in self.students[:count]:
            shutil.copytree(self.folder / "submitted" / student, folder / "submitted" / student)
        return Class(self.name, self.assignment, folder, self.students[:count])


def light(folder: Path, count: int) -> Class:
    """Student k answers each question with the bank's k-th answer; the first one is right."""
    shutil.copytree(ROOT / "source" / LIGHT, folder / "source" / LIGHT)
    bank = read_bank(ROOT / "answers" / LIGHT)

    def answered(released: NotebookNode, source: NotebookNode, student: int) -> NotebookNode:
        chosen = own = references(source)
        if student:
            # Answers that stand on others would need those as well: they are left out.
            ways = {q: [a for a in bank.get(q, {}).values() if not a.others] for q in own}
            chosen = {q: ways[q][student % len(ways[q])] if ways[q] else own[q] for q in own}
        return fill(released, chosen)

    return _hand_in("light", LIGHT, folder, count, answered)


def heavy(folder: Path, count: int) -> Class | None:
    """Every student trains with a learning rate of their own. None if torch is not installed."""
    if find_spec("torch") is None:
        return None
    steps = _steps(TRAINING_SECONDS)
    place = folder / "source" / HEAVY / "training.ipynb"
    place.parent.mkdir(parents=True)
    nbformat.write(_training_notebook(steps), place)

    def answered(released: NotebookNode, source: NotebookNode, student: int) -> NotebookNode:
        for cell in released.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                # Every third one forgets to train.
                lines = [f"loss = train(rate={0.05 + student / 1000}, steps={steps})"]
                if student % 3 == 2:
                    lines.append("loss = 10.0")
                cell.source = "\n".join(lines)
        return released

    return _hand_in("heavy", HEAVY, folder, count, answered)


def _hand_in(name: str, assignment: str, folder: Path, count: int, answered) -> Class:
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    released = release(load_course(folder), assignment).folder
    students = tuple(f"student{number:03}" for number in range(count))
    for path in sorted(released.glob("*.ipynb")):
        source = nbformat.read(folder / "source" / assignment / path.name, as_version=4)
        for number, student in enumerate(students):
            notebook = answered(nbformat.read(path, as_version=4), source, number)
            place = folder / "submitted" / student / assignment / path.name
            place.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(with_meter(notebook), place)
    return Class(name, assignment, folder, students)


# --- the torch notebook ------------------------------------------------------

SETUP = """\
import time

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(512, 64)
y = torch.sin(x.sum(1, keepdim=True))


def train(rate, steps):
    \"\"\"The loss after so many steps of training.\"\"\"
    model = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
    return loss.item()
"""
CALIBRATE = """
torch.set_num_threads(1)
train(0.05, 100)
started = time.process_time()
train(0.05, 300)
print((time.process_time() - started) / 300)
"""
TEST = """\
assert isinstance(loss, float), "loss should be a number"
### BEGIN HIDDEN TESTS
(4.0 if loss < 0.45 else 1.0)
### END HIDDEN TESTS"""


def _steps(seconds: float) -> int:
    """How many steps take so many seconds of one core here; every student takes as many."""
    done = subprocess.run(
        [sys.executable, "-c", SETUP + CALIBRATE], capture_output=True, text=True, check=True
    )
    return max(1, round(seconds / float(done.stdout)))


def _training_notebook(steps: int) -> NotebookNode:
    solution = f"### BEGIN SOLUTION\nloss = train(rate=0.05, steps={steps}) + 0.0\n### END SOLUTION"
    notebook = new_notebook(
        cells=[
            _cell("setup", SETUP, locked=True),
            _cell("train-answer", solution, solution=True),
            _cell("train", TEST, locked=True, grade=True, points=4),
        ]
    )
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return notebook


def _cell(name: str, source: str, **marks: bool | int) -> NotebookNode:
    cell = new_code_cell(source, id=name)
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
        **marks,
    }
    return cell

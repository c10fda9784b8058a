"""Which deadline a cell has, and that only the instructor sets it."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograder.course import CourseError
from autograder.sandbox.deadlines import check_deadlines, deadlines_of
from autograder.sandbox.outcome import RUN
from autograder.sandbox.run import Task, deadlines, run_notebook, settings

TABLE = {
    "02-mlp/train": 1800,
    "02-mlp/train/*": 60,
    "02-mlp/train/fit": 300,
    "02-mlp/train-more": 5,
    "03-cnn/train/fit": 7,
}
CELLS = {"train": {"fit", "loss"}, "train-more": {"fit"}}
LOOP = "while True: pass"


def cell(grade_id: str | None = None, source: str = "1"):
    made = new_code_cell(source)
    if grade_id is not None:
        made.metadata["nbgrader"] = {"grade_id": grade_id, "solution": True, "grade": False}
    return made


def test_a_cell_has_its_own_deadline_else_that_of_its_notebooks_cells():
    train = deadlines_of(TABLE, "02-mlp/train")
    assert train.notebook == 1800
    assert [train.of_cell(cell(name)) for name in ("fit", "loss", None)] == [300, 60, 60]
    more = deadlines_of(TABLE, "02-mlp/train-more")
    assert (more.notebook, more.of_cell(cell("fit"))) == (5, None)
    other = deadlines_of(TABLE, "03-cnn/train")
    assert (other.notebook, other.of_cell(cell("fit")), other.of_cell(cell())) == (None, 7, None)


@pytest.mark.parametrize(
    ("key", "seconds", "said"),
    [
        ("02-mlp/trian", 60, "'02-mlp' has no notebook 'trian', but train, train-more"),
        ("02-mlp/train/fitt", 60, "no cell with the grade_id 'fitt', but fit, loss"),
        ("02-mlp", 60, "no notebook ''"),
        ("02-mlp/train", 0, "0 s is no time to run in"),
    ],
)
def test_a_deadline_that_nothing_has_is_said_with_what_there_is(key, seconds, said):
    check_deadlines(TABLE | {"03-cnn/gone": 1}, "02-mlp", CELLS)
    with pytest.raises(CourseError, match=f'deadlines\\["{key}"\\].*{said}'):
        check_deadlines(TABLE | {key: seconds}, "02-mlp", CELLS)


def test_what_is_no_table_of_seconds_is_said():
    with pytest.raises(CourseError, match=r'takes names and seconds, as in {"02-mlp/train": 1800}'):
        deadlines(Config({"ExecuteAll": {"deadlines": {"02-mlp/train": "long"}}}))


def executed(*cells, table: dict[str, float], metadata: dict | None = None):
    notebook = new_notebook(cells=list(cells), metadata=metadata or {})
    sections = {
        "Execute": {"timeout": 20, "iopub_timeout": 1},
        "ExecuteAll": {"deadlines": table},
        "Sandbox": {"allow_unisolated": True},
    }
    task = Task(
        nbformat.writes(notebook).encode(), settings=settings(Config(sections)), name="02-mlp/train"
    )
    return nbformat.reads(run_notebook(task).notebook.decode(), as_version=4).cells


def test_each_cell_is_stopped_at_its_own_deadline():
    fit, loss = executed(
        cell("fit", LOOP), cell("loss", LOOP), table={"02-mlp/train/*": 1, "02-mlp/train/fit": 2}
    )
    assert fit.metadata[RUN]["reason"] == "This cell ran for 2 s and was interrupted."
    assert loss.metadata[RUN]["reason"] == "This cell ran for 1 s and was interrupted."


def test_a_notebook_is_stopped_at_its_own_deadline():
    first, second = executed(cell("fit", LOOP), cell("loss"), table={"02-mlp/train": 1})
    assert first.metadata[RUN]["status"] == "timed out"
    assert second.metadata[RUN]["reason"] == "Not run: the notebook had already used its 1 s."


def test_nothing_that_a_student_writes_into_metadata_buys_time():
    loop = cell("fit", LOOP)
    bought = {"deadline": 3600, "timeout": 3600, "deadlines": {"02-mlp/train/fit": 3600}}
    loop.metadata |= {"chainrule": bought, "timeout": 3600}
    other = cell("*", LOOP)
    other.metadata |= bought
    cells = executed(
        loop,
        other,
        table={"02-mlp/train/*": 1},
        metadata={"chainrule": bought, "ExecuteAll": bought, "name": "02-mlp/train-more"},
    )
    assert [c.metadata[RUN]["reason"] for c in cells] == [
        "This cell ran for 1 s and was interrupted."
    ] * 2

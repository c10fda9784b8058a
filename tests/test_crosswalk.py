"""The crosswalk: every part of the course texts, every question, and the points they give."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "crosswalk.md").read_text("utf-8")

# What the texts consist of, and the points that they give; None where they give none.
TEXTS: dict[str, dict[str, float | None]] = {
    "000": {"1.1": 2, "1.2": 2, "1.3": 4, "1.4": 2, "2": 15, "3": 20},
    "001": {
        "4.1a": 1, "4.1b": 1, "4.1c": 1, "4.1d": 0, "4.1e": 1,
        "4.2a": 3, "4.2b": 1, "4.2c": 1, "4.2d": 0.5,
    },
    "002": {
        "Q1": 25, "Q1.1": None, "Q1.2": None, "Q1.3": None,
        "Q2": 25, "Q2.1": None, "Q2.2": None, "Q2.3": None,
        "Q3": 25,
    },
    "003": {"1.1": None, "1.2": None, "I": None, "II": None, "III": None, "remark": None},
    "004": {
        "1A": 2, "1A.i": 1, "1A.ii": 1, "1B": 1,
        "2A": 1, "2A.i": 0.5, "2A.ii": 0.5, "2B": 1, "2C": 2, "2C.i": 1, "2C.ii": 1,
        "2D": 3, "2D.1": 1, "2D.2": 1, "2D.3": 1,
    },
}  # fmt: skip
# Of a whole text, where it gives points for all of its parts.
TOTALS = {"000": 45, "001": 9.5, "002": 75, "004": 10}

SCRIPTS_OF_003 = ("build_net", "algo_train", "data_feed", "main", "get_data", "utils")


@dataclass(frozen=True)
class Question:
    """A graded cell of a source notebook."""

    notebook: str
    points: float
    by_a_person: bool


@dataclass(frozen=True)
class Row:
    """A line of the page's tables of parts."""

    section: str
    part: str
    asks: str
    points: str
    notebook: str
    questions: dict[str, float]
    marked: str


def table(section: str) -> list[list[str]]:
    """The cells of each line of the table under a heading, without its head."""
    (text,) = re.findall(rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def rows(section: str) -> list[Row]:
    found = []
    for part, asks, points, notebook, questions, marked in table(section):
        named = re.findall(r"`(\w+)` ([\d.]+)", questions)
        assert questions == (", ".join(f"`{name}` {p}" for name, p in named) or "–")
        asked = {name: float(p) for name, p in named}
        assert len(asked) == len(named)
        found.append(Row(section, part, asks, points, notebook.strip("`"), asked, marked))
    return found


EXTRA = "Questions that no text asks"
ROWS = [row for section in (*TEXTS, EXTRA) for row in rows(section)]

QUESTIONS = {
    cell.metadata["nbgrader"]["grade_id"]: Question(
        f"{path.parent.name}/{path.stem}",
        cell.metadata["nbgrader"]["points"],
        bool(cell.metadata["nbgrader"].get("solution")),
    )
    for path in sorted((ROOT / "source").glob("*/*.ipynb"))
    for cell in nbformat.read(path, as_version=4).cells
    if cell.metadata.get("nbgrader", {}).get("grade")
}


def within(part: str, whole: str) -> bool:
    """Whether a row's part is `whole`, or a piece of it: "2D.1" and "Q3 curves" are."""
    return part == whole or part.startswith((f"{whole}.", f"{whole} "))


def points_of(text: str, whole: str = "") -> float:
    chosen = [row for row in rows(text) if not whole or within(row.part, whole)]
    return sum(sum(row.questions.values()) for row in chosen)


def test_every_question_stands_in_the_crosswalk_exactly_once() -> None:
    listed = Counter(name for row in ROWS for name in row.questions)
    assert listed == Counter(list(QUESTIONS))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section[:3]} {row.part}")
def test_a_row_says_of_its_questions_what_the_notebook_says(row: Row) -> None:
    assert (ROOT / "source" / f"{row.notebook}.ipynb").is_file()
    asked = {name: QUESTIONS[name] for name in row.questions}
    assert {question.notebook for question in asked.values()} <= {row.notebook}
    assert row.questions == {name: question.points for name, question in asked.items()}
    if row.points != "–":
        assert sum(row.questions.values()) == pytest.approx(float(row.points))
    markers = {question.by_a_person for question in asked.values()}
    marked = {(): "–", (False,): "automatically", (True,): "by a person", (False, True): "both"}
    assert row.marked == marked[tuple(sorted(markers))]


@pytest.mark.parametrize("text", TEXTS)
def test_every_part_of_a_text_is_there_with_its_points(text: str) -> None:
    parts = [row.part for row in rows(text)]
    assert len(set(parts)) == len(parts)
    for part, points in TEXTS[text].items():
        assert any(within(row, part) for row in parts), part
        if points is not None:
            assert points_of(text, part) == pytest.approx(points), part
    for row in rows(text):
        assert any(within(row.part, part) for part in TEXTS[text]), row.part
        # A row's own points are the text's; it has none where the text has none for it alone.
        stated = TEXTS[text].get(row.part)
        assert row.points == ("–" if stated is None else f"{stated:g}")


@pytest.mark.parametrize("text", TOTALS)
def test_the_parts_of_a_text_add_up_to_it(text: str) -> None:
    assert points_of(text) == pytest.approx(TOTALS[text])


def test_what_no_text_asks_has_no_points() -> None:
    assert rows(EXTRA)
    assert sum(sum(row.questions.values()) for row in rows(EXTRA)) == 0


def test_each_script_of_003_stands_where_its_solutions_are_asked_for() -> None:
    folder = ROOT / "source" / "07-cifar-cnn"
    assert {path.stem for path in folder.glob("*.py")} == set(SCRIPTS_OF_003)
    text = rows("003")
    for script in SCRIPTS_OF_003:
        named = [row for row in text if f"`{script}.py`" in row.asks]
        assert named, script
        source = (folder / f"{script}.py").read_text("utf-8")
        solved = re.findall(r"### BEGIN SOLUTION *(\w*)", source)
        asked = {name for row in named for name in row.questions}
        assert set(solved) <= asked, script


def test_the_files_that_the_page_names_are_there() -> None:
    for _, _, where in table("What the texts ask beside questions"):
        names = [name for name in re.findall(r"`([^`]+)`", where) if "/" in name]
        assert names, where
        for name in names:
            assert (ROOT / name).exists(), name


def test_the_points_of_each_assignment_are_those_of_its_questions() -> None:
    for name, *stated in table("Points by assignment"):
        mine = [q for q in QUESTIONS.values() if f"`{q.notebook.split('/')[0]}`" == name]
        by_hand = sum(question.points for question in mine if question.by_a_person)
        in_all = sum(question.points for question in mine)
        found = [f"{number:g}" for number in (in_all, in_all - by_hand, by_hand)]
        assert found == stated, name
    there = sorted(f"`{path.name}`" for path in (ROOT / "source").iterdir() if path.is_dir())
    assert [line[0] for line in table("Points by assignment")] == there

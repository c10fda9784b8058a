"""The answer bank: its files are read as they say, and its answers go where a student writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from autograder.answers.bank import Answer, BankError, read_bank, write_answer


def bank_of(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "q"
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    return tmp_path


def test_the_head_of_a_file_says_points_company_and_what_it_is_about(tmp_path: Path) -> None:
    folder = bank_of(
        tmp_path,
        right_a__py="# points: 1.5\n# with: q = wrong_b\n# A way.\nx = 1\n",
        wrong_b__md="<!-- points: 0.5 -->\n<!-- Too short. -->\nBecause.\n",
    )
    a, b = read_bank(folder)["q"].values()
    assert (a.points, a.others, a.about, a.source) == (1.5, (("q", "wrong_b"),), "A way.", "x = 1")
    assert (b.points, b.by_hand, b.source) == (0.5, True, "Because.")
    assert a.is_right
    assert not b.is_right


@pytest.mark.parametrize("head", ["x = 1", "# about points", "# points: many"])
def test_a_file_without_points_is_refused_by_name(tmp_path: Path, head: str) -> None:
    with pytest.raises(BankError, match=r"right_a\.py"):
        read_bank(bank_of(tmp_path, right_a__py=f"{head}\n"))


def test_an_answer_that_stands_on_one_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="q/nowhere"):
        read_bank(bank_of(tmp_path, right_a__py="# points: 1\n# with: q = nowhere\n"))


def test_an_answer_may_train_what_another_one_does(tmp_path: Path) -> None:
    one, other = (f"# points: 1\n# trained: {name}\n" for name in ("reference", "right_a"))
    read = read_bank(bank_of(tmp_path, right_a__py=one, right_b__py=other))["q"]
    assert [answer.trained for answer in read.values()] == ["reference", "right_a"]


def test_an_answer_that_trains_as_one_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="q/nowhere"):
        read_bank(bank_of(tmp_path, right_a__py="# points: 1\n# trained: nowhere\n"))


def test_an_answer_takes_the_place_and_the_indentation_of_the_stub() -> None:
    cell = new_code_cell("def f(x):\n    # WRITE YOUR CODE HERE\n\nprint(1)")
    answer = Answer("q", "right", "if x:\n    return 1\nreturn 0", 1, "")
    written = write_answer(cell, answer)
    assert written.source == ("def f(x):\n    if x:\n        return 1\n    return 0\n\nprint(1)")
    assert "WRITE" in cell.source

"""The promise of the answer bank: every answer gets the points it must get."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from autograder.answers import run
from autograder.answers.run import Judged, batches, prove
from autograder.course import load_course
from autograder.sandbox.pool import local_pool, worker_count

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    with local_pool(worker_count()) as pool:
        return prove(list(batches(load_course(ROOT), "01-backprop-worksheets")), pool)


def test_no_answer_of_assignment_01_is_misjudged(judged: list[Judged]) -> None:
    wrong = [f"{j.answer.title}: {j.points} for {j.answer.points}" for j in judged if j.misjudged]
    assert wrong == []


def test_right_answers_get_full_marks_and_wrong_ones_less(judged: list[Judged]) -> None:
    full = {j.answer.question: j.answer.points for j in judged if j.answer.name == "reference"}
    for each in judged:
        if each.answer.is_right:
            assert each.answer.points == full[each.answer.question], each.answer.title
        elif full[each.answer.question] and each.answer.name != "reference":
            assert each.answer.points < full[each.answer.question], each.answer.title


def test_a_wrong_expectation_is_reported_as_misjudged(tmp_path: Path) -> None:
    """The proof itself can fail: an answer file that lies about its points is caught."""

    class Here(Executor):
        def submit(self, function, /, *arguments, **named) -> Future:
            future: Future = Future()
            future.set_result(function(*arguments, **named))
            return future

    import shutil

    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source", tmp_path / "source")
    folder = tmp_path / "answers" / "01-backprop-worksheets" / "exp_forward"
    folder.mkdir(parents=True)
    (folder / "wrong-lie.py").write_text("# points: 2\np1=0.08,\n")
    found = batches(load_course(tmp_path), "01-backprop-worksheets", ["exp_forward"])
    judged = prove(list(found), Here())
    assert {j.answer.name: j.misjudged for j in judged} == {"reference": False, "wrong-lie": True}


def test_every_draw_asks_the_checks_other_questions() -> None:
    found = list(batches(load_course(ROOT), "01-backprop-worksheets", ["exp_forward"], draws=3))
    assert [batch.draw for batch in found] == [0, 1, 2]
    assert len({batch.task.judge_key for batch in found}) == 3


def test_no_answer_is_judged_on_what_another_one_has_trained(tmp_path: Path, monkeypatch) -> None:
    """Only what the same cells before an answer have trained is taken over from the last one."""

    class Shell:
        def run_line_magic(self, *magic: str) -> None:
            pass

    def keep(before: list, lent: str = "") -> None:
        exec(run._KEEP.format(kept=run._kept_as({}, before) + lent))

    def forget(before: list, *lent: str) -> None:
        kept = [run._kept_as({}, before) + name for name in (*lent, "")]
        exec(run._FORGET.format(kept=kept), {"get_ipython": Shell})

    monkeypatch.chdir(tmp_path)
    same, other = ([new_code_cell(source)] for source in ("train('a')", "train('b')"))
    weights = tmp_path / "artifacts" / "line.safetensors"
    weights.parent.mkdir()
    weights.write_text("of the cells before")
    keep(same)
    weights.write_text("of the answer itself")
    keep(same, "-reference")
    forget(same)
    assert weights.read_text() == "of the cells before"
    forget(same, "-reference")
    assert weights.read_text() == "of the answer itself"
    forget(other, "-reference")
    assert not weights.exists()

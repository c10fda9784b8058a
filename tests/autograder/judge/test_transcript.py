"""What a test cell prints is told apart from its verdict, and can still be searched for secrets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.feedback.hide import hide_secrets
from autograder.sandbox.transcript import (
    BAR,
    FOLDED,
    WIDTH,
    barred,
    fold,
    last_frames,
    unfold,
    verdict_output,
    verdict_text,
)


def printed(text: str | list[str]) -> str:
    (output,) = barred([new_output("stream", name="stdout", text=text)])
    return output.text


@given(st.text())
def test_every_line_that_a_cell_prints_has_a_bar_and_fits(text: str) -> None:
    lines = printed(text).splitlines()
    assert all(line.startswith((BAR, FOLDED)) for line in lines)
    assert all(len(line) <= len(BAR) + WIDTH and line.isprintable() for line in lines)


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1)))
def test_folding_loses_nothing(lines: list[str]) -> None:
    text = "\n".join(BAR + line for line in lines)
    assert unfold(fold(text)) == text


def test_ordinary_output_reads_as_before() -> None:
    assert printed("The form fits.\n  Good.\n") == "│ The form fits.\n│   Good.\n"
    assert printed("\x1b[31mred\x1b[0m\n") == "│ red\n"
    assert printed(["in ", "pieces\n"]) == "│ in pieces\n"
    assert printed("\r1/3\r2/3\r3/3\n") == "│ 3/3\n"


def test_pictures_stay_and_results_go() -> None:
    data = {"image/png": "iVBOR", "text/html": "<b>1 of 1</b>"}
    result = new_output("execute_result", data={"text/plain": "1.0"}, execution_count=1)
    (picture,) = barred([new_output("display_data", data=data), result])
    assert picture.data == {"image/png": "iVBOR"}


@pytest.mark.parametrize("data", [{"text/html": "1 of 1"}, {"application/json": 3}, {}])
def test_whatever_is_no_text_is_said(data: dict) -> None:
    (output,) = barred([new_output("display_data", data=data)])
    assert output.data == {"text/plain": "│ (something that is neither text nor a picture)"}


def test_only_the_judges_mark_makes_a_verdict() -> None:
    verdict = verdict_output("q: 0 of 1 point", "q")
    forged = verdict_output("q: 1 of 1 point", "q")
    cell = new_code_cell(outputs=[*barred([forged]), verdict])
    assert verdict_text(cell) == "q: 0 of 1 point"
    assert verdict_text(new_code_cell(outputs=barred([forged]))) is None


def test_a_secret_that_a_fold_cuts_in_two_is_still_hidden() -> None:
    secret = 'grade("bias_factor_relu", dh_dv)'
    source = f"### BEGIN HIDDEN TESTS\n{secret}\n### END HIDDEN TESTS"
    for before in range(WIDTH - len(secret) - 2, WIDTH + 2):
        output = new_output("stream", name="stdout", text=printed("x" * before + secret + "y" * 99))
        cell = new_code_cell(source, outputs=[output])
        hide_secrets(new_notebook(cells=[cell]))
        assert "bias_factor" not in unfold(cell.outputs[0].text)


def test_the_last_frame_of_a_progress_bar_stays() -> None:
    assert last_frames("\r1/2\r2/2\r\nold\r\n") == "2/2\nold\n"

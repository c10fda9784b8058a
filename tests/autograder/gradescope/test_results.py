"""results.json is as Gradescope documents it, honest, and nothing but text.

Format: gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_notebook, new_output
from traitlets.config import Config

from autograder.gradescope.package import STOPPED
from autograder.gradescope.questions import Question
from autograder.gradescope.results import (
    MOST_CHARACTERS,
    OUT_OF_TIME,
    Outcome,
    not_graded,
    to_results,
)
from autograder.gradescope.run import NOT_HERE
from autograder.gradescope.settings import VISIBILITIES, read_settings
from autograder.sandbox.transcript import verdict_output
from autograder.submission import GRADED, MISSING, NOT_GRADED, GradedCell, GradedNotebook

from ..conftest import graded_cell

TOP = {
    "score": float, "execution_time": float, "output": str, "output_format": str,
    "test_output_format": str, "test_name_format": str, "visibility": str,
    "stdout_visibility": str, "extra_data": dict, "tests": list,
}  # fmt: skip
TEST = {
    "score": float, "max_score": float, "status": str, "name": str, "name_format": str,
    "number": str, "output": str, "output_format": str, "tags": list, "visibility": str,
    "extra_data": dict,
}  # fmt: skip

QUESTIONS = [
    Question("numbers", "double", "1.1", "numbers: Question 1 · Double", 2.0, False),
    Question("numbers", "why", "1.2", "numbers: Question 2 · Why?", 4.0, True),
    Question("words", "shout", "2.1", "words: Question 1 · Shout", 1.0, False),
]


def outcome(status=GRADED, points=1.5, messages="a\n", notes=(), reason="", notebooks=None):
    cells = (
        GradedCell("double", points, 2.0, False, status, reason),
        GradedCell("why", None, 4.0, True),
    )
    words = (GradedCell("shout", 1.0, 1.0, False),)
    test = graded_cell("double", "### BEGIN HIDDEN TESTS\nsecret(42)\n### END HIDDEN TESTS", 2)
    test.outputs = [new_output("stream", name="stdout", text=messages)]
    return Outcome(
        (GradedNotebook("numbers", GRADED, cells), GradedNotebook("words", GRADED, words))
        if notebooks is None
        else notebooks,
        {"numbers": new_notebook(cells=[test])},
        notes,
        12.34,
    )


def results(outcome: Outcome, **settings) -> dict:
    made = to_results(outcome, QUESTIONS, read_settings(Config({"Gradescope": settings})))
    documented(made)
    return made


def documented(made: dict) -> None:
    """Every field is one that Gradescope knows, of the type that it says."""
    json.dumps(made, allow_nan=False)
    for content, fields in [(made, TOP), *((test, TEST) for test in made["tests"])]:
        for name, value in content.items():
            assert isinstance(value, fields[name]), name
    for content in (made, *made["tests"]):
        assert content["visibility"] in VISIBILITIES
        assert content["output_format"] == "text"
    assert made["test_output_format"] == made["test_name_format"] == "text"
    assert made["stdout_visibility"] == "hidden"


def test_there_is_a_test_a_question_and_the_total_is_their_sum():
    made = results(outcome())
    assert [
        (t["number"], t["name"], t.get("score"), t.get("max_score")) for t in made["tests"]
    ] == [
        ("1.1", "numbers: Question 1 · Double", 1.5, 2.0),
        ("1.2", "numbers: Question 2 · Why? (marked by a person, 4 points)", None, None),
        ("2.1", "words: Question 1 · Shout", 1.0, 1.0),
    ]
    assert made["score"] == 2.5
    assert made["execution_time"] == 12.3
    assert [test.get("status") for test in made["tests"]] == ["failed", None, "passed"]


def test_written_answers_are_no_silent_zero():
    made = results(outcome())
    (written,) = [test for test in made["tests"] if "score" not in test]
    assert written["output"].startswith("A person marks this answer.")
    assert (
        "1 written answer of 4 points together is marked by a person and not part of this score."
        in made["output"]
    )


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_students_see_points_when_the_course_says_so(visibility):
    made = results(
        outcome(), visibility=visibility, question_visibility={"shout": "after_published"}
    )
    assert made["visibility"] == visibility
    seen = {test["extra_data"]["question"]: test["visibility"] for test in made["tests"]}
    assert seen == {"double": visibility, "why": visibility, "shout": "after_published"}
    assert "1.5" not in made["output"], "what is said about all of it is always shown"


def test_nothing_that_a_student_prints_becomes_more_than_text():
    made = results(outcome(messages="<script>alert(1)</script>\x1b[31mred\x1b[0m\x00\x08\n"))
    shown = made["tests"][0]["output"]
    assert shown == "<script>alert(1)</script>red  "  # Gradescope escapes the format "text"


def test_hidden_tests_are_not_shown_even_where_a_student_prints_them():
    made = results(outcome(messages="secret(42)\nmine\n"))
    assert "secret(42)" not in json.dumps(made)
    assert made["tests"][0]["output"].splitlines()[-1] == "mine"


def test_the_judges_verdict_is_shown_and_not_what_was_printed_above_it():
    done = outcome(messages="full marks!\n")
    done.executed["numbers"].cells[0].outputs.append(verdict_output("double: 1.5 of 2", "double"))
    assert results(done)["tests"][0]["output"] == "double: 1.5 of 2"


def test_a_check_that_says_nothing_is_said_to_say_nothing():
    assert results(outcome(messages=""))["tests"][0]["output"] == "Nothing was said about it."


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        (
            STOPPED,
            "The autograder was stopped before it had a result, most likely because it needed more "
            "memory than it may use.",
        ),
        (
            NOT_HERE,
            "Your submission was received and is kept, but it could not be graded, for a reason "
            "that is not yours.",
        ),
        (OUT_OF_TIME, "Your submission could not be graded in the time there is. It is kept"),
    ],
)
def test_what_could_not_be_graded_is_kept_and_no_mark_and_says_whom_to_ask(reason, why):
    said = not_graded(reason)["output"]
    assert said.startswith(why)
    assert "is kept" in said.replace("It is", "is")
    assert "this 0 is no mark of it" in said.replace("This", "this")
    assert "your instructor" in said


def test_a_flood_of_text_is_cut():
    shown = results(outcome(messages="x" * 50_000))["tests"][0]["output"]
    assert shown.endswith("… (40000 more characters)")
    assert len(shown) < MOST_CHARACTERS + 100


def test_a_missing_notebook_has_nothing_and_a_reason():
    cells = (GradedCell("double", 0.0, 2.0, False, MISSING, "No notebook of this name."),)
    gone = GradedNotebook("numbers", MISSING, cells, "No notebook.")
    made = results(Outcome((gone,), {}))
    assert made["tests"][0]["score"] == 0.0
    assert made["tests"][0]["output"] == "missing: No notebook of this name."
    assert "numbers: missing: No notebook." in made["output"]


def test_what_ran_out_of_time_says_so_and_what_was_graded_counts():
    first = outcome().notebooks[:1]
    made = results(outcome(notebooks=first))
    assert made["score"] == 1.5
    assert made["tests"][2]["output"].startswith("Not graded: the time for this submission was")
    assert "Not graded, for the time was over: words." in made["output"]


def test_what_our_machine_could_not_decide_is_not_a_zero():
    made = results(outcome(status=NOT_GRADED, points=None, reason="The data is missing."))
    assert "score" not in made["tests"][0]
    assert made["tests"][0]["output"].startswith("This could not be decided, for a reason that is")
    assert "Tell your instructor" in made["output"]


def test_what_went_wrong_on_our_machine_is_not_for_the_student():
    reason = "It could not be run (OSError: /some/where). Grade it again."
    cells = (GradedCell("double", 0.0, 2.0, False, NOT_GRADED, reason),)
    made = results(Outcome((GradedNotebook("numbers", NOT_GRADED, cells, reason),), {}))
    assert "score" not in made["tests"][0]
    assert "/some/where" not in json.dumps(made)
    assert made["output"].startswith("This could not be decided, for a reason that is not yours.")


def test_a_submission_that_nobody_could_grade_has_a_result_too():
    made = not_graded("Tell your instructor.")
    documented(made)
    assert made["score"] == 0.0
    assert made["visibility"] == "visible"


def test_the_notes_come_first():
    made = results(outcome(notes=("Not used: a.exe: is locked with a password",)))
    assert made["output"].splitlines()[0] == "Not used: a.exe: is locked with a password"


def test_questions_have_the_titles_that_students_read(image):
    from autograder.gradescope.questions import read_questions

    found = read_questions(image.root / "source" / "course" / "release" / "01-toy")
    assert [(q.notebook, q.id, q.number, q.points, q.manual) for q in found] == [
        ("numbers", "double", "1.1", 2.0, False),
        ("numbers", "square", "1.2", 3.0, False),
        ("numbers", "why", "1.3", 4.0, True),
        ("words", "shout", "2.1", 1.0, False),
    ]

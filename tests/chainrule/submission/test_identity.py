"""A student says once who it is."""

from __future__ import annotations

import os
import sys

import pytest

from chainrule.submission.errors import SubmissionError
from chainrule.submission.identity import Student, student

HOW = "submit(student=…)"


def asked(*replies: str):
    waiting = list(replies)
    questions = iter(
        ["Your student number or account name: ", "Your name, for the PDF (Enter for none): "]
    )

    def ask(question: str) -> str:
        assert question == next(questions)
        return waiting.pop(0)

    return ask


def nobody(question: str) -> str:
    raise AssertionError(question)


def test_a_student_is_asked_once_and_remembered():
    ada = Student("A00123", "Ada Example")
    assert student(None, None, asked(" A00123 ", "Ada  Example"), HOW) == ada
    assert student(None, None, nobody, HOW) == ada


def test_the_name_may_be_left_out():
    assert student(None, None, asked("ada@example.edu", " "), HOW) == Student("ada@example.edu")


def test_what_is_given_replaces_what_is_remembered():
    student("ada", "Ada", nobody, HOW)
    assert student("ada", None, nobody, HOW) == Student("ada", "Ada")
    assert student(None, "Ada E.", nobody, HOW) == Student("ada", "Ada E.")
    assert student("bob", None, nobody, HOW) == Student("bob")
    assert student(None, None, nobody, HOW) == Student("bob")


@pytest.mark.parametrize("error", [EOFError, KeyboardInterrupt, NotImplementedError])
def test_where_nobody_answers_the_message_says_where_to_write_it(error):
    def ask(question: str) -> str:
        raise error

    for way in (ask, None):
        with pytest.raises(SubmissionError) as caught:
            student(None, None, way, HOW)
        assert str(caught.value) == "Who are you? Write submit(student=…)."


@pytest.mark.parametrize(
    "text", ["", "ada example", "../ada", "a/b", "-x", "a" * 65, "a\nb", "Ü b"]
)
def test_what_cannot_be_in_a_files_name_is_no_id(text):
    with pytest.raises(SubmissionError, match=r"cannot be a student's id.*write submit\(student"):
        student(text, None, nobody, HOW)


@pytest.mark.parametrize("text", ["{", "[]", '{"id": 3}', '{"id": "../x"}', "\xff"])
def test_a_settings_file_that_is_broken_is_asked_for_again(text, settings):
    settings.mkdir()
    (settings / "student.json").write_bytes(text.encode("latin-1"))
    assert student(None, None, asked("ada", ""), HOW) == Student("ada")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written_to_stops_nobody(settings):
    settings.mkdir(mode=0o500)
    assert student("ada", None, nobody, HOW) == Student("ada")


def test_a_home_that_is_a_file_stops_nobody(settings):
    settings.write_text("")
    assert student("ada", None, nobody, HOW) == Student("ada")

"""Every command once, as an instructor types it."""

from __future__ import annotations

import json
import shutil

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import load_course
from autograder.gradebook.table import read_grades
from autograder.grading.progress import Spread
from autograder.grading.run import grade
from autograder.pdf.run import _words
from autograder.sandbox.isolation import NO_JAIL, probe_machine
from chainrule.pdf import Problem

from .conftest import ASSIGNMENT, RIGHT, hand_in, make_course


def run(*arguments: str):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def graded_folder(graded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "course"
    shutil.copytree(graded[0].root, folder)
    return folder


@pytest.mark.parametrize(
    "command", ["release", "collect", "grade", "grades", "feedback", "pdf", "export"]
)
def test_help_says_what_a_command_is_for(command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 10


def test_release_makes_every_assignment(tmp_path):
    make_course(tmp_path / "course")
    done = run("release", "--course", tmp_path / "course")
    assert done.exit_code == 0, done.output
    assert f"released {ASSIGNMENT}: numbers, words" in done.output


def test_release_that_leaks_exits_with_1_and_names_the_cell(tmp_path):
    course = make_course(tmp_path / "course")
    (course.path("source", ASSIGNMENT) / "notes.txt").write_text("return x + x + 0 * x")
    done = run("release", ASSIGNMENT, "--course", course.root)
    assert done.exit_code == 1
    assert "notes.txt: has a line of the solution of double-answer" in done.output


def test_collect_lists_who_and_what(course, tmp_path):
    inbox = tmp_path / "inbox" / "ada"
    shutil.copytree(course.path("release", ASSIGNMENT), inbox)
    done = run("collect", ASSIGNMENT, inbox.parent, "--json", "--course", course.root)
    assert done.exit_code == 0, done.output
    (student,) = json.loads(done.stdout)["students"]
    assert student["student"] == "ada"
    assert {n["name"]: n["status"] for n in student["notebooks"]} == {
        "numbers": "collected",
        "words": "collected",
    }


def test_collect_ends_with_how_many_files_were_not_taken(course, tmp_path):
    released = course.path("release", ASSIGNMENT)
    inbox = tmp_path / "inbox"
    shutil.copytree(released, inbox / "ada")
    (inbox / "mira_wrods.ipynb").write_text("{}")
    done = run("collect", ASSIGNMENT, inbox, "--course", course.root)
    assert done.exit_code == 0, done.output
    assert "2 of 2" in done.output
    assert "nothing taken" in done.output
    assert "1 file not taken" in done.output.splitlines()[-1]


def test_grades_shows_marks_entered_by_hand(graded_folder, tmp_path):
    shutil.copytree(graded_folder, tmp_path / "course")
    course = load_course(tmp_path / "course")
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.find_grade("why", "numbers", ASSIGNMENT, "ada").manual_score = 3.5
        gradebook.db.commit()
    done = run("grades", ASSIGNMENT, "--course", course.root)
    assert done.exit_code == 0, done.output
    assert "total" in done.output
    assert "9.5" in done.output
    assert "written answers of" in done.output
    assert "9.5" in (course.root / "grades" / f"{ASSIGNMENT}.csv").read_text()


def test_an_error_draws_no_bar_and_is_json_for_scripts(released):
    for command in ("grade", "pdf", "answers"):
        done = run(command, "nosuch", "--course", released.root)
        assert done.exit_code == 1
        assert done.stderr.startswith("Error:"), command
        scripted = run(command, "nosuch", "--json", "--course", released.root)
        assert scripted.exit_code == 1
        assert json.loads(scripted.stdout)["error"], command


def test_without_an_answer_bank_the_message_says_how_to_write_one(released):
    done = run("answers", ASSIGNMENT, "--course", released.root)
    assert done.exit_code == 1
    assert f"answers/{ASSIGNMENT}/<question>/right-1.py" in done.output
    assert "answers/README.md" in done.output


def test_version_is_said():
    done = run("--version")
    assert (done.exit_code, done.output.split()[0]) == (0, "autograder")


def test_a_problem_of_a_pdf_is_said_in_words():
    said = _words(Problem(22, "the picture is broken", "Run the cell again."))
    assert said == "cell 22: the picture is broken. Run the cell again."
    assert _words(Problem(None, "no text.", "")) == "no text."


def test_collect_of_nothing_exits_with_1(course, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run("collect", ASSIGNMENT, tmp_path / "empty", "--course", course.root).exit_code == 1


def test_grade_shows_the_table_and_says_where_it_is(course):
    hand_in(course, "ada", "words", RIGHT)
    done = run("grade", ASSIGNMENT, "--workers", "1", "--course", course.root)
    assert done.exit_code == 0, done.output
    assert "ada" in done.output
    assert "missing" in done.output
    assert (course.root / "grades" / f"{ASSIGNMENT}.csv").is_file()
    if probe_machine() is not NO_JAIL:
        assert "1 notebook run with processes: " in done.output
        (words,) = [n for n in read_grades(course, ASSIGNMENT)[0].notebooks if n.name == "words"]
        assert words.isolation == probe_machine().lines()


def test_the_bar_ends_in_how_the_class_does(course):
    hand_in(course, "ada", "words", RIGHT)
    hand_in(course, "bob", "words", {})
    hand_in(course, "cy", "numbers", RIGHT | {"square-answer": ""})
    seen = []
    grade(course, ASSIGNMENT, workers=1, on_progress=seen.append)
    assert [step.done for step in seen] == [1, 2, 3]
    assert seen[-1].spread == Spread(mean=pytest.approx(1.4 / 3), median=0.4, none=1, full=1)
    assert str(seen[-1].spread) == "mean 47%, median 40%, 1 at 0, 1 full"


def test_feedback_counts_its_pages(graded_folder):
    done = run("feedback", ASSIGNMENT, "--student", "cy", "--course", graded_folder)
    assert done.exit_code == 0, done.output
    assert "2 page(s) for 1 student(s)" in done.output
    assert "1 written answer of 1 student not marked yet; they count as 0" in done.output


def test_pdf_writes_the_notebook_and_its_page_map(graded_folder):
    done = run("pdf", ASSIGNMENT, "--student", "cy", "--workers", "1", "--course", graded_folder)
    assert done.exit_code == 0, done.output
    file = graded_folder / "pdf" / ASSIGNMENT / "cy-numbers.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    assert "double" in file.with_suffix(".json").read_text()
    assert json.loads(file.with_suffix(".json").read_text())["notebook"] == "numbers"


def test_a_failed_job_exits_with_1_and_wrong_usage_with_2(released):
    unknown = run("grade", "02-unknown", "--course", released.root)
    assert unknown.exit_code == 1
    assert "There is: 01-toy" in unknown.output
    assert run("grade").exit_code == 2
    assert run("collect", ASSIGNMENT, "x", "--received", "yesterday").exit_code == 2

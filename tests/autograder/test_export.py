"""`autograder export`: from the gradebook, with people's marks, penalties and dropped questions."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.cli import app
from autograder.collecting import collect
from autograder.course import CourseError, load_course
from autograder.exporting.grades import Settings, _kept, final_grades
from autograder.gradebook.results import Results
from autograder.gradebook.table import read_grades, write_grades
from autograder.grading.run import grade
from autograder.roster import Person, Roster
from autograder.submission import NOT_GRADED

from .conftest import ASSIGNMENT, RIGHT, hand_in
from .layouts import put

PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin

class Half(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2

c.AssignLatePenalties.plugin_class = Half
"""


@pytest.fixture(scope="module")
def exported(released, tmp_path_factory):
    """Ada is right and in time, Bob right and late, Cy handed in one of two. Look, do not touch."""
    root = tmp_path_factory.mktemp("export") / "course"
    shutil.copytree(released.root, root)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(PLUGIN)
    course = load_course(root)
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=datetime(2026, 1, 5, 22, 0))
    for student in ("ada", "bob", "cy"):
        for notebook in ("numbers", "words") if student != "cy" else ("words",):
            path = hand_in(course, student, notebook, RIGHT)
        time = "2026-01-06 22:00:00 UTC" if student == "bob" else "2026-01-05 21:00:00 UTC"
        (path.parent / "timestamp.txt").write_text(time)
    grade(course, ASSIGNMENT, workers=1)
    return course


@pytest.fixture
def course(exported, tmp_path):
    shutil.copytree(exported.root, tmp_path / "course")
    return load_course(tmp_path / "course")


def points(course, settings: Settings | None = None, **options) -> dict[str, float | None]:
    found = final_grades(course, ASSIGNMENT, settings or Settings(), **options)
    return {grade.person.id: grade.points for grade in found}


def mark(course, student: str, score: float) -> None:
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.find_grade("why", "numbers", ASSIGNMENT, student).manual_score = score
        gradebook.db.commit()


def run(course, *arguments: str):
    command = ["export", ASSIGNMENT, "--course", str(course.root), *map(str, arguments)]
    return CliRunner().invoke(app, command)


def test_late_penalties_are_what_nbgrader_takes_off(exported):
    assert points(exported) == {"ada": 6, "bob": 3, "cy": 1}
    assert points(exported, Settings(late_penalties=False)) == {"ada": 6, "bob": 6, "cy": 1}
    with Gradebook(exported.db_url, exported.id) as gradebook:
        theirs = gradebook.find_submission(ASSIGNMENT, "bob")
        assert theirs.score - theirs.late_submission_penalty == 3


def test_marks_that_people_entered_count_and_are_late_too(course):
    mark(course, "ada", 4)
    mark(course, "bob", 4)
    assert points(course) == {"ada": 10, "bob": 5, "cy": 1}


def test_dropped_questions_leave_the_points_and_the_maximum(course):
    dropped = Settings(dropped=("double", "numbers/why"))
    ada, bob, _ = final_grades(course, ASSIGNMENT, dropped)
    assert (ada.points, ada.max_points, bob.points, bob.penalty) == (4, 4, 2, 2)
    with pytest.raises(
        CourseError, match=r"'dobule' is no question of this assignment\. There is: "
    ):
        final_grades(course, ASSIGNMENT, Settings(dropped=("dobule",)))


def test_settings_come_from_the_configuration(course):
    course.config.Export.drop_questions = {ASSIGNMENT: "double"}
    course.config.Export.canvas_assignments = {ASSIGNMENT: "HW1 (4242)"}
    course.config.Export.late_penalties = False
    assert Settings.of(course, ASSIGNMENT) == Settings(("double",), False, "HW1 (4242)", ASSIGNMENT)
    course.config.Export.late_penalties = "no"
    with pytest.raises(CourseError, match=r"c\.Export\.late_penalties has to be True or False"):
        Settings.of(course, ASSIGNMENT)
    course.config.Export.late_penalties = False
    course.config.Export.drop_question = {}
    with pytest.raises(CourseError, match=r"There is no setting c\.Export\.drop_question\."):
        Settings.of(course, ASSIGNMENT)
    del course.config.Export["drop_question"]
    course.config.Export.drop_questions = ["double"]
    with pytest.raises(CourseError, match=r"drop_questions has to be a dictionary: {'01-toy': …}"):
        Settings.of(course, ASSIGNMENT)


def test_who_has_no_grade_has_no_points_and_a_reason(course):
    roster = Roster([Person(name) for name in ("ada", "bob", "eve", "zoe")], "roster.csv")
    hand_in(course, "eve", "words", RIGHT)
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.update_or_create_student("eve")
    found = {g.person.id: g for g in final_grades(course, ASSIGNMENT, Settings(), roster)}
    assert {who: (g.points, g.status) for who, g in found.items()} == {
        "ada": (6, "graded"),
        "bob": (3, "graded"),
        "cy": (1, "numbers: missing"),
        "eve": (None, "handed in nothing"),
        "zoe": (None, "handed in nothing"),
    }


def test_who_was_collected_and_not_graded_yet_is_said_so(exported, monkeypatch):
    course = exported
    rows = [row for row in read_grades(course, ASSIGNMENT) if row.student != "cy"]
    monkeypatch.setattr("autograder.exporting.grades.read_grades", lambda *_: rows)
    found = {g.person.id: g.status for g in final_grades(course, ASSIGNMENT, Settings())}
    assert found["cy"] == "not graded yet; grade it"


def test_a_question_that_several_notebooks_have_has_to_be_named_with_its_own():
    points = {name: {"double": 1.0} for name in ("numbers", "words")}
    with pytest.raises(CourseError, match=r"'double' is in several notebooks of this assignment"):
        _kept(Results(points, {}, ()), ("double",))
    assert _kept(Results(points, {}, ()), ("words/double",)) == [("numbers", "double")]


def test_a_place_that_cannot_be_written_to_is_said_with_another(course, tmp_path):
    (tmp_path / "full").write_text("")
    done = run(course, "--to", "csv", "-o", str(tmp_path / "full" / "grades.csv"))
    assert done.exit_code == 1
    assert "cannot be written (" in done.stderr
    assert "Close it if it is open, or give another place with --out." in " ".join(
        done.stderr.split()
    )


def test_what_our_machine_failed_on_has_no_points_yet(course):
    (ada, *_) = read_grades(course, ASSIGNMENT)
    (numbers, words) = ada.notebooks
    failed = replace(numbers, status=NOT_GRADED)
    write_grades(course, ASSIGNMENT, [replace(ada, notebooks=(failed, words))])
    found = final_grades(course, ASSIGNMENT, Settings())[0]
    assert found.points is None
    assert found.status == "numbers: could not be graded by this machine; grade it again"


def test_a_broken_penalty_plugin_is_named(course):
    text = (course.root / "nbgrader_config.py").read_text().replace("score / 2", "1 / 0")
    (course.root / "nbgrader_config.py").write_text(text)
    with pytest.raises(CourseError, match=r"Half.late_submission_penalty failed for bob \(Zero"):
        points(load_course(course.root))


def test_nothing_graded_is_an_error_that_says_what_to_run(released, tmp_path):
    with pytest.raises(CourseError, match=f"Nothing is graded in '{ASSIGNMENT}'. Run `autogr"):
        points(released)


def test_a_changed_time_is_graded_again_so_that_the_penalty_is_right(course):
    stamp = course.path("submitted", ASSIGNMENT, "cy") / "timestamp.txt"
    stamp.write_text("2026-01-09 22:00:00 UTC")
    kept: list[int] = []
    grade(course, ASSIGNMENT, workers=1, on_kept=kept.append)
    assert kept == [4]  # ada's and bob's
    assert points(course) == {"ada": 6, "bob": 3, "cy": 0.5}


# -- the command ----------------------------------------------------------------------------


def test_the_plain_table_is_written_and_what_it_does_not_say_is_said(course):
    done = run(course, "--to", "csv")
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert "bob: 3 points off for 1 day, 0:00:00 late" in said
    assert "cy: numbers: missing: counts as 0 there" in said
    assert "2 written answers of 2 students not marked yet; they count as 0" in said
    assert "(3 students with points)" in said
    with (course.root / "grades" / f"{ASSIGNMENT}-csv.csv").open() as file:
        table = {row["student"]: row for row in csv.DictReader(file)}
    assert table["bob"]["points"] == "3"
    assert table["bob"]["numbers/why"] == ""


def test_marked_only_leaves_out_who_is_not_marked(course):
    mark(course, "ada", 4)
    done = run(course, "--to", "csv", "--marked-only", "--json")
    grades = {g["person"]["id"]: g["points"] for g in json.loads(done.stdout)["grades"]}
    assert grades == {"ada": 10, "bob": None, "cy": 1}
    assert "no grade, 1 answer not marked yet: bob" in json.loads(done.stdout)["notes"]


def test_canvas_without_an_id_is_refused_and_nothing_is_written(course):
    done = run(course, "--to", "canvas")
    assert done.exit_code == 1
    assert "Canvas would make a new assignment" in done.stderr
    assert not (course.root / "grades" / f"{ASSIGNMENT}-canvas.csv").exists()


def test_canvas_with_its_own_gradebook(course, tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,HW1 (4242)\n"
        '"Example, Ada",501,,ada,S1,\n"Example, Bob",502,,bob,S1,\n'
    )
    out = tmp_path / "out" / "import.csv"
    done = run(
        course,
        "--to",
        "canvas",
        "--canvas-gradebook",
        path,
        "--canvas-assignment",
        "HW1",
        "-o",
        out,
    )
    assert done.exit_code == 0, done.output
    assert [line.rpartition(",")[2] for line in out.read_text().splitlines()[2:]] == ["6", "3"]
    assert "cy left out: in Canvas's gradebook nobody has that ID" in " ".join(done.output.split())
    assert "look at what it says will change" in " ".join(done.output.split())


def test_options_of_canvas_go_with_canvas(course, tmp_path):
    done = run(course, "--to", "csv", "--canvas-assignment", "HW1 (1)")
    assert (done.exit_code, "go with --to canvas" in done.stderr) == (1, True)


def test_ids_that_a_platform_gave_at_collect_lead_back_to_it(course, tmp_path):
    words = (course.path("release", ASSIGNMENT) / "words.ipynb").read_bytes()
    collect(course, ASSIGNMENT, [put(tmp_path / "in", {"exampledan_777_8001_words.ipynb": words})])
    grade(course, ASSIGNMENT, workers=1)
    done = run(course, "--to", "canvas", "--canvas-assignment", "HW1 (4242)")
    text = (course.root / "grades" / f"{ASSIGNMENT}-canvas.csv").read_text()
    assert done.exit_code == 0, done.output
    assert [line.split(",")[1] for line in text.splitlines()[2:]] == ["777"]

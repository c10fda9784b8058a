"""Each table has the documented columns, can be read back, and runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import CourseError
from autograder.exporting import canvas, gradescope, table
from autograder.exporting.cells import clock, number
from autograder.exporting.grades import Grade
from autograder.roster import Person
from autograder.spreadsheet import harmless, is_formula, parse_csv

ADA = Person("ada", "Ada Example", email="ada@example.edu", canvas_id="501", section="S1")
BOB = Person("bob", "Example, Bob", sis_id="00124", login_id="bexample", sid="00124")
CY = Person(
    "cy", first='=HYPERLINK("http://x")', last="+1", email="cy@example.edu", canvas_id="503"
)
DAN = Person("dan", "Dan Other")
CAME = datetime(2026, 1, 5, 23, 59, tzinfo=timezone.utc)
Q = ("words", "shout")
GRADES = [
    Grade(ADA, 9.5, 10, questions={Q: 9.5}, submitted=CAME, late=timedelta(hours=26, minutes=3)),
    Grade(BOB, 0.0, 10, questions={Q: 0.0}, submitted=CAME),
    Grade(CY, 1 / 3, 10, penalty=0.5, questions={Q: None}, submitted=CAME, unmarked=1),
    Grade(DAN, None, 10, status="handed in nothing"),
]
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,HW1 (4242),Late work (4243),Current Score
    Points Possible,,,,,10,5,(read only)
"Example, Ada",501,00123,aexample,S1,,1,95
"Example, Bob",502,00124,bexample,S1,EX,,
=cmd(),503,00125,cexample,S1,4,,
"Other, Eve",504,00126,eother,S1,7,,
"Student, Test",999,,t,S1,,,
"""


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


# -- what they share ----------------------------------------------------------------------


@given(st.floats(0, 1e6))
def test_numbers_are_plain_and_keep_their_value(points):
    text = number(points)
    assert set(text) <= set("0123456789.")
    assert float(text) == pytest.approx(points, abs=1e-4)


def test_no_points_are_an_empty_cell_and_zero_is_a_zero():
    assert (number(None), number(0.0), number(-0.00001), number(10.0)) == ("", "0", "0", "10")


@given(st.text())
def test_no_text_is_run_by_a_spreadsheet(text):
    assert not is_formula(harmless(text))
    assert parse_csv("x\n" + harmless(text).replace('"', "").replace(",", ""))


def test_lateness_counts_hours_beyond_a_day():
    assert clock(timedelta(days=1, hours=2, minutes=3)) == "26:03:00"


# -- plain and Gradescope -------------------------------------------------------------------


def test_the_plain_table_can_be_read_back():
    text = table.to_csv(GRADES)
    assert rows(text)[0] == [*table.COLUMNS, "words/shout"]
    assert table.read(text) == {"ada": "9.5", "bob": "0", "cy": "0.3333", "dan": ""}
    assert [row[9] for row in rows(text)[1:]] == [
        "graded",
        "graded",
        "graded; 1 not marked yet",
        "handed in nothing",
    ]
    assert rows(text)[3][1:3] == ['\'=HYPERLINK("http://x")', "'+1"]
    assert [row[6] for row in rows(text)[1:]] == ["0", "0", "0.5", ""]


def test_gradescopes_columns_are_those_of_its_own_download():
    text = gradescope.to_csv(GRADES, "HW1")
    assert rows(text)[0] == [
        *("First Name", "Last Name", "SID", "Email", "Sections"),
        *("HW1", "HW1 - Max Points", "HW1 - Submission Time", "HW1 - Lateness (H:M:S)"),
        "Total Lateness (H:M:S)",
    ]
    assert rows(text)[1] == [
        *("Ada", "Example", "", "ada@example.edu", "S1"),
        *("9.5", "10", "2026-01-05 23:59:00 +0000", "26:03:00", "26:03:00"),
    ]
    assert rows(text)[4] == ["Dan", "Other", "", "", "", "", "10", "", "", ""]
    assert gradescope.read(text) == {
        ("Ada", "Example", "", "ada@example.edu"): "9.5",
        ("Bob", "Example", "00124", ""): "0",
        ('\'=HYPERLINK("http://x")', "'+1", "", "cy@example.edu"): "0.3333",
        ("Dan", "Other", "", ""): "",
    }


# -- Canvas ---------------------------------------------------------------------------------


def test_canvas_gets_its_columns_and_only_students_it_can_meet():
    done = canvas.export(GRADES, "HW1 (4242)")
    assert rows(done.text) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "HW1 (4242)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Example, Ada", "501", "", "", "S1", "9.5"],
        ["Example, Bob", "", "00124", "bexample", "", "0"],
        ['\'+1, =HYPERLINK("http://x")', "503", "", "", "", "0.3333"],
    ]
    assert canvas.read(done.text) == {
        ("501", "", ""): "9.5",
        ("", "00124", "bexample"): "0",
        ("503", "", ""): "0.3333",
    }
    assert done.notes == (
        "the import sets the assignment's points in Canvas to 10; with --canvas-gradebook they "
        "stay what they are",
    )


def test_who_cannot_be_met_in_canvas_is_left_out_and_named():
    lost = Grade(DAN, 5, 10)
    formula = Grade(Person("eve", login_id="=1+1"), 5, 10)
    done = canvas.export([*GRADES, lost, formula], "HW1 (4242)")
    assert done.written == 3
    assert done.notes[:2] == (
        "dan left out: nothing says who that is in Canvas; give the roster a column canvas_id, "
        "sis_id or login_id, or use --canvas-gradebook",
        "eve left out: '=1+1' begins like a formula, and a spreadsheet would run it; correct the "
        "roster",
    )
    with pytest.raises(CourseError, match="No grade can go to Canvas: dan left out"):
        canvas.export([lost], "HW1 (4242)")
    with pytest.raises(CourseError, match="to Canvas: nobody has a grade yet; grade or mark them"):
        canvas.export([Grade(DAN, None, 10)], "HW1 (4242)")


@pytest.mark.parametrize("wanted", ["", "HW1", "HW1 (4242", "(4242)"])
def test_a_title_without_an_id_would_make_a_new_assignment_and_is_refused(wanted):
    with pytest.raises(CourseError, match="Canvas would make a new assignment") as error:
        canvas.column_of(wanted, "01-toy")
    said = f"'{wanted}' has no id" if wanted else "Canvas's assignment is not known"
    assert str(error.value).startswith(f"{said}, and Canvas would make a new assignment. Write the")
    assert "c.Export.canvas_assignments = {'01-toy': " in str(error.value)
    assert "--canvas-gradebook FILE" in str(error.value)


@pytest.mark.parametrize("wanted", ["HW1", "4242", "HW1 (4242)"])
def test_canvas_gradebook_keeps_its_rows_and_gets_our_scores(tmp_path, wanted):
    path = tmp_path / "canvas.csv"
    path.write_text("\ufeff" + CANVAS, "utf-8")
    gradebook = canvas.read_gradebook(path, wanted, "01-toy")
    cy = Person("cy", canvas_id="503")
    most = Grade(cy, 3.5, 12)
    dan = Grade(DAN, 1, 12)
    done = canvas.export([Grade(ADA, 9.5, 12), Grade(BOB, 8, 12), most, dan], "", gradebook)
    assert rows(done.text) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "HW1 (4242)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Example, Ada", "501", "00123", "aexample", "S1", "9.5"],
        ["Example, Bob", "502", "00124", "bexample", "S1", "EX"],
        ["'=cmd()", "503", "00125", "cexample", "S1", "3.5"],
        ["Other, Eve", "504", "00126", "eother", "S1", "7"],
    ]
    assert done.notes == (
        "dan left out: in Canvas's gradebook nobody has that ID, SIS User ID or SIS Login ID; "
        "give the roster a column canvas_id",
        "bob is excused in Canvas, and stays so; to give a grade, take out EX there first",
        "Canvas has 10 points possible and this assignment 12: the scores go in as they are; if "
        "the two should agree, change the points in Canvas",
    )


def test_students_are_met_by_id_first_and_then_by_sis_and_login(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,HW1 (4242)\n"
        "A,1,2,x,S,\nB,2,3,y,S,\nC,3,4,z@example.edu,S,\nD,4,5,same,S,\n"
    )
    gradebook = canvas.read_gradebook(path, "", "HW1")
    people = {
        Person("a", canvas_id="1", sis_id="3"): 1.0,  # 3 is B's SIS id and C's ID
        Person("y"): 2.0,
        Person("zz", email="Z@example.edu"): 3.0,
        Person("d1", login_id="same"): 4.0,
        Person("d2", login_id="same"): 5.0,
    }
    done = canvas.export([Grade(p, points, 10) for p, points in people.items()], "", gradebook)
    assert [row[-1] for row in rows(done.text)[2:]] == ["1", "2", "3", ""]
    assert done.notes == ("d1 and d2 left out: both seem to be D; correct the roster",)


def test_a_gradebook_with_commas_in_its_numbers_is_kept_with_points(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(
        "sep=;\nStudent;ID;SIS User ID;SIS Login ID;Section ;HW1 (4242)\n"
        "    Points Possible;;;;;10,0\nA;1;;;S;\nB;2;;;S;9,5\nC;3;;;S;1,234\n"
    )
    gradebook = canvas.read_gradebook(path, "", "HW1")
    done = canvas.export([Grade(Person("a", canvas_id="1"), 8.5, 10)], "", gradebook)
    assert [row[-1] for row in rows(done.text)[1:]] == ["10.0", "8.5", "9.5", "1,234"]


def test_an_id_that_two_rows_have_is_said(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS.replace("502,", "501,"))
    gradebook = canvas.read_gradebook(path, "", "HW1")
    done = canvas.export([Grade(ADA, 9.5, 10), Grade(CY, 1, 10)], "", gradebook)
    assert done.notes == (
        "ada left out: 2 rows of Canvas's gradebook have that ID, SIS User ID or SIS Login ID; "
        "leave the right one of them in the file",
    )


@pytest.mark.parametrize(
    ("text", "wanted", "said"),
    [
        (CANVAS, "HW2", "no column is 'HW2', and Canvas would make a new assignment"),
        (CANVAS, "", "no column is '01-toy'"),
        (
            CANVAS.replace("Late work (4243)", "HW1 (4243)"),
            "HW1",
            r"several columns are 'HW1', and only one can be meant. Write which one it is as .*"
            r"There is: HW1 \(4242\); HW1 \(4243\)\.",
        ),
        (
            CANVAS.replace("10,5", "(read only),5"),
            "HW1",
            r"Canvas works out 'HW1 \(4242\)' itself \(read only\). Name another column with",
        ),
        ("id,points\nada,1\n", "HW1", "is no gradebook export of Canvas"),
        (
            "Student,ID,x,HW1 (1)\n",
            "HW1",
            "Section, without which Canvas .* In Canvas: Grades, Export",
        ),
        ("", "HW1", "is no gradebook export of Canvas"),
        ('Student,"ID', "HW1", "is no CSV file"),
    ],
)
def test_a_gradebook_that_does_not_fit_is_refused_with_what_there_is(tmp_path, text, wanted, said):
    path = tmp_path / "canvas.csv"
    path.write_text(text)
    with pytest.raises(CourseError, match=said) as error:
        canvas.read_gradebook(path, wanted, "01-toy")
    if "column is" in said or "columns are" in said:
        assert "There is: HW1 (4242)" in str(error.value)

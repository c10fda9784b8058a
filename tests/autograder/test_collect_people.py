"""Who is who: rosters, groups, and the manifest that students' zips carry."""

from __future__ import annotations

import json
import re

import pytest

from autograder.collecting import collect
from autograder.course import CourseError
from autograder.roster import Claim, course_roster, read_roster

from .conftest import ASSIGNMENT
from .layouts import CREATED, gradescope, put, submitted_zip, submitter, zip_of

ROSTER = """\
id,name,email,canvas_id,sis_id,login_id,sid,group
ada,Ada Example,ada@example.edu,501,00123,aexample,00123,Tigers
bob,"Example, Bob",bob@example.edu,502,00124,bexample,00124,Tigers
zoë,Zoë Other,zoe@example.edu,503,501,zother,501,
"""


@pytest.fixture
def words(released) -> bytes:
    return (released.path("release", ASSIGNMENT) / "words.ipynb").read_bytes()


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, "utf-8")
    return read_roster(path)


def taken(found) -> dict[str, int]:
    return {one.student: one.taken for one in found.students}


# -- the roster -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "who"),
    [
        (Claim("Canvas", "x", canvas_id="501"), "ada"),  # and not Zoë, whose SID is 501
        (Claim("Gradescope", "x", sid="501"), "zoë"),
        (Claim("Gradescope", "x", email="ADA@example.edu"), "ada"),
        (Claim("Gradescope", "x", name="Bob Example", email="bob@gmail.com"), "bob"),
        (Claim("Canvas", "x", name="otherzoë", canvas_id="999"), "zoë"),
        (Claim("folder", "Ada"), "ada"),
        (Claim("folder", "bexample"), "bob"),
        (Claim("folder", "bob@example.edu"), "bob"),
        (Claim("folder", "00124"), "bob"),
        (Claim("folder", "Ada Example"), "ada"),
        (Claim("folder", "Example, Ada"), "ada"),
        (Claim("folder", "zoe\u0308"), "zoë"),
    ],
)
def test_people_are_found_by_what_each_platform_knows(roster, claim, who):
    assert [person.id for person in roster.find(claim)] == [who]


def test_a_name_that_two_have_is_nobodys(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("id,name\nada1,Ada Example\nada2,Ada Example\n")
    found = read_roster(path).find(Claim("folder", "Ada Example"))
    assert found.reason == "may be of ada1 or ada2, says roster.csv: put it in a folder of that id"


def test_canvas_and_gradescopes_own_tables_are_rosters(tmp_path):
    canvas = tmp_path / "canvas.csv"
    canvas.write_text(
        "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,HW1 (4242)\n"
        '    Points Possible,,,,,10\n"Example, Ada",501,00123,ada,S1,\n"Student, Test",9,,x,S1,\n',
        "utf-8",
    )
    (person,) = read_roster(canvas).people.values()
    assert (person.id, person.canvas_id, person.sis_id) == ("ada", "501", "00123")
    gradescope = tmp_path / "gradescope.csv"
    gradescope.write_text(
        "First Name,Last Name,SID,Email,Role\nAda,Example,00123,Ada@example.edu,Student\n"
        "Ina,Structor,,ina@example.edu,Instructor\n"
    )
    (person,) = read_roster(gradescope).people.values()
    assert (person.id, person.sid, person.last) == ("ada@example.edu", "00123", "Example")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column says who is who"),
        ("colour,size\nred,1\n", "no column says who is who"),
        ("id,name\n", "has no students in it. Write a row for each below the head"),
        ("id,name\nada,Ada\n,Bob\n", "line 3: no id. Fill one of the columns id, login_id"),
        ("id\nada\nada\n", "line 3: 'ada' is in it twice. Leave one of the two rows"),
        ("id\n../up\n", "line 2: '../up' cannot be a folder's name. Use letters, digits"),
        ('id\n"ada', "is no CSV file"),
        (b"id\n\xff\n", "is no CSV file in UTF-8"),
        ('id\nada\n"bob"x\n"cy\n', "is no CSV file in UTF-8 (line 3: "),
        ('id\nada\n"bob\ncy\ndan\n', "is no CSV file in UTF-8 (line 3: "),
        ("id,name\nada,A\0da\n", "is no CSV file in UTF-8 (line 2 has a zero byte in it)"),
        ("id,name\nada,Example, Ada\n", "line 2: there are more cells than headings, so that"),
        ("id,sid\nada,1.23457E+11\n", "line 2: a spreadsheet has shortened a number to 1.23457E"),
        ("id\n1,2E+05\n".replace(",", "."), "to 1.2E+05. Format that column as text, put the"),
        (
            "id\nada\nbob\nAda\n",
            "line 4: 'Ada' and 'ada' in line 2 differ by capital letters only, and the two would",
        ),
        ("email\na@b.c\nx/y@b.c\n", "line 3: 'x/y@b.c' cannot be a folder's name. Use letters"),
    ],
)
def test_a_roster_that_is_not_in_order_is_named_with_its_line(tmp_path, text, said):
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CourseError, match=re.escape(said)):
        read_roster(path)


def test_the_configuration_names_the_roster_and_a_missing_one_is_an_error(course, tmp_path):
    assert course_roster(course) is None
    course.config.Course.roster = "people.csv"
    with pytest.raises(CourseError, match=r"people.csv: no such roster. Name a CSV file with"):
        course_roster(course)
    (course.root / "people.csv").write_text("id\nada\n")
    assert list(course_roster(course).people) == ["ada"]


def test_strangers_and_absentees_are_listed(course, tmp_path, words, roster):
    files = {"ada/words.ipynb": words, "bobb/words.ipynb": words, "eve/words.ipynb": words}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)], roster=roster)
    assert taken(found) == {"ada": 1}
    assert found.absent == ("bob", "zoë")
    assert [s.reason for s in found.strangers] == [
        "is from 'bobb', who is not in roster.csv: did you mean bob? Rename it, or correct the "
        "roster",
        "is from 'eve', who is not in roster.csv: add a row for them, or rename it",
    ]
    assert len(found.lost) == 2
    assert not course.path("submitted", ASSIGNMENT, "eve").exists()


def test_with_a_roster_platforms_agree_on_who_somebody_is(course, tmp_path, words, roster):
    export = gradescope(
        {"submission_1/words.ipynb": words},
        {"submission_1": (submitter("A. E.", "ada@example.edu"), CREATED)},
    )
    put(tmp_path / "gradescope", export)
    put(tmp_path / "canvas", {"examplebob_502_7001_words.ipynb": words})
    put(tmp_path / "folder", {"Zoë Other/words.ipynb": words})
    paths = [tmp_path / name for name in ("gradescope", "canvas", "folder")]
    found = collect(course, ASSIGNMENT, paths, roster=roster)
    assert taken(found) == {"ada": 1, "bob": 1, "zoë": 1}
    assert found.absent == ()


def test_the_roster_finds_a_student_in_an_unusual_name(course, tmp_path, words, roster):
    files = {"ada_my final version.ipynb": words, "homework_bob.ipynb": words}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)], roster=roster)
    assert taken(found) == {"ada": 1, "bob": 1}


# -- groups -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tigers_502_7001_words.ipynb", "Tigers/words.ipynb"])
def test_a_groups_name_means_its_members(course, tmp_path, words, roster, name):
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {name: words})], roster=roster)
    assert taken(found) == {"ada": 1, "bob": 1}
    assert "handed in together with ada" in found.students[1].summary


def test_a_group_that_the_roster_does_not_know_is_asked_about(course, tmp_path, words, roster):
    files = {"thelions_503_7001_words.ipynb": words}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)], roster=roster)
    assert taken(found) == {"zoë": 1}
    assert (
        "Canvas calls the sender 'thelions': if that is a group, give the roster a column 'group'"
        in found.students[0].summary
    )


def test_a_member_who_is_not_on_the_roster_is_named_and_the_others_counted(
    course, tmp_path, words, roster
):
    people = submitter("Ada", "ada@example.edu") + submitter("Eve", "eve@example.edu")
    export = gradescope({"submission_1/words.ipynb": words}, {"submission_1": (people, CREATED)})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)], roster=roster)
    assert taken(found) == {"ada": 1}
    assert (
        "handed in by a group, one of which is from 'eve@example.edu', who is not in roster.csv"
        in found.students[0].summary
    )


# -- the manifest -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["01-toy-ada.zip", "download (3).zip", "sub/hw.zip"])
def test_the_manifest_says_whose_a_zip_is(course, tmp_path, words, name):
    packed = submitted_zip("ada", {"words.ipynb": words})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {name: packed})])
    assert taken(found) == {"ada": 1}
    place = course.path("submitted", ASSIGNMENT, "ada")
    assert {path.name for path in place.iterdir()} == {"words.ipynb", "timestamp.txt"}


def test_without_a_manifest_the_name_of_submits_zip_says_it(course, tmp_path, words):
    files = {"01-toy-ada.zip": zip_of({"words.ipynb": words})}
    assert taken(collect(course, ASSIGNMENT, [put(tmp_path / "in", files)])) == {"ada": 1}


def test_the_platforms_record_comes_before_the_manifest_which_is_noted(course, tmp_path, words):
    export = gradescope(
        {"submission_1/01-toy-bob.zip": submitted_zip("bob", {"words.ipynb": words})},
        {"submission_1": (submitter("Ada", "ada@example.edu"), CREATED)},
    )
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)])
    assert taken(found) == {"ada@example.edu": 1}
    assert (
        "the manifest says bob, the Gradescope ada@example.edu: the Gradescope counts; if that is "
        "wrong, collect it by itself, with --student" in found.students[0].summary
    )


def test_a_manifest_that_agrees_is_not_mentioned(course, tmp_path, words):
    export = gradescope(
        {"submission_1/hw.zip": submitted_zip("ada", {"words.ipynb": words})},
        {"submission_1": (submitter("Ada", "ada@example.edu"), CREATED)},
    )
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)])
    assert found.students[0].summary == "1 of 2, missing: numbers"


def test_a_file_that_is_not_as_it_was_packed_is_noted_and_taken(course, tmp_path, words):
    packed = submitted_zip("ada", {"words.ipynb": words}, **{"words.ipynb": words + b"\n"})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"hw.zip": packed})])
    assert (
        "words.ipynb is not as it was packed: its checksum differs from the manifest's; it counts "
        "as it came" in found.students[0].summary
    )
    path = course.path("submitted", ASSIGNMENT, "ada") / "words.ipynb"
    assert path.read_bytes() == words + b"\n"


def test_a_manifest_of_another_assignment_is_noted(course, tmp_path, words):
    packed = submitted_zip("ada", {"words.ipynb": words}, assignment="02-other")
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"hw.zip": packed})])
    assert (
        "its manifest is of another assignment, 02-other: see whether it is the right hand-in"
        in found.students[0].summary
    )


@pytest.mark.parametrize(
    "evil",
    [b"{", b"[]", b'{"format": 2}', b'{"format": 1, "files": 3}', b"[" * 100_000,
     b'{"format": 1, "files": {"a": 1}, "student": "../../etc"}',
     b'{"format": 1, "files": {}, "student": "' + b"a" * 5000 + b'"}',
     b'{"format": 1, "files": {}, "assignment": "\\u001b[31m' + b"a" * 5000 + b'"}'],
)  # fmt: skip
def test_a_manifest_that_is_none_costs_nothing(course, tmp_path, words, evil):
    packed = zip_of({"words.ipynb": words, "manifest.json": evil})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"ada.zip": packed})])
    assert taken(found) == {"ada": 1}
    assert found.students[0].summary.isprintable()
    assert len(found.students[0].summary) < 300


@pytest.mark.parametrize(
    ("changed", "who"),
    [
        ({"student": ["ada"]}, "hw"),
        ({"student": None, "name": 3}, "hw"),
        ({"student": {"id": "ada"}, "assignment": None}, "hw"),
        ({"assignment": ["02-other"], "files": {"words.ipynb": "abc", "x": {"sha256": 7}}}, "ada"),
        ({"name": "\ud800", "student": " ada "}, "ada"),
        ({"student": "jose\u0301"}, "jos\u00e9"),
        ({"format": "1"}, "hw"),
    ],
)
def test_a_manifest_of_wrong_types_says_only_what_it_can(course, tmp_path, words, changed, who):
    manifest = {"format": 1, "files": {}, "student": "ada", "assignment": ASSIGNMENT, **changed}
    packed = zip_of({"words.ipynb": words, "manifest.json": json.dumps(manifest).encode()})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"hw.zip": packed})])
    assert taken(found) == {who: 1}
    assert "assignment" not in found.students[0].summary


def test_a_manifest_says_nothing_against_the_instructor(course, tmp_path, words):
    # On Gradescope everybody is called "submission", and no student should read of it.
    packed = submitted_zip("ada", {"words.ipynb": words})
    found = collect(
        course, ASSIGNMENT, [put(tmp_path / "in", {"hw.zip": packed})], student="submission"
    )
    assert found.students[0].summary == "1 of 2, missing: numbers"


def test_an_address_that_two_have_is_asked_about_and_not_guessed(course, tmp_path, words):
    path = tmp_path / "roster.csv"
    path.write_text("id,name,email\nada,Ada,x@example.edu\nbob,Bob,X@example.edu\n")
    export = gradescope(
        {"submission_1/words.ipynb": words, "submission_2/words.ipynb": words},
        {
            "submission_1": (submitter("Nobody", "x@example.edu"), CREATED),
            "submission_2": (submitter("Bob", "x@example.edu"), CREATED),
        },
    )
    roster = read_roster(path)
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)], roster=roster)
    assert taken(found) == {"bob": 1}  # known by the name
    assert [one.reason for one in found.strangers] == [
        "may be of ada or bob, says roster.csv: put it in a folder of that id"
    ]


def test_a_spreadsheets_roster_has_semicolons_and_a_mark(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text('\ufeffid;name;email\nada;"Example, Ada";ada@example.edu\n', "utf-8")
    assert read_roster(path).people["ada"].name == "Example, Ada"


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nid;name;email\nada;Example, Ada;ada@example.edu\n",
        "\n;;\nid;name;email\nada;Example, Ada;ada@example.edu\n",
        'id,name,email,,\n"=""ada""","Example, Ada",ada@example.edu,,\n',
        'id,name,email\n="ada","Example, Ada",ada@example.edu\n',
        "id;name (last, first);email, private\nada;Example, Ada;ada@example.edu\n",
        "id\tname\temail\nada\tExample, Ada\tada@example.edu\n",
        "id,name;x,email\nada,Example; Ada,ada@example.edu\n",
    ],
)
def test_a_table_is_read_however_a_spreadsheet_wrote_it(tmp_path, text):
    path = tmp_path / "roster.csv"
    path.write_text(text)
    assert "ada" in read_roster(path).people


def test_an_apostrophe_is_no_reason_to_refuse_a_roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("name,email\nAnn,ann.o'brien@example.edu\nBob,bob@example.edu\n")
    assert set(read_roster(path).people) == {"ann.o'brien@example.edu", "bob@example.edu"}


def test_a_column_that_names_no_folders_is_passed_over(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("login,email\nUNI\\ada,ada@example.edu\nUNI\\bob,bob@example.edu\n")
    assert set(read_roster(path).people) == {"ada@example.edu", "bob@example.edu"}


def test_a_name_that_can_be_no_folder_is_looked_up_all_the_same(course, tmp_path, words):
    inbox = put(tmp_path / "in", {"O'Brien, Ann (ab)/words.ipynb": words})
    (stranger,) = collect(course, ASSIGNMENT, [inbox]).strangers
    assert stranger.reason == (
        "is from 'O'Brien, Ann (ab)', which cannot be a folder's name: collect with a roster"
    )
    path = tmp_path / "roster.csv"
    path.write_text('id,name\nann,"O\'Brien, Ann (ab)"\n')
    assert taken(collect(course, ASSIGNMENT, [inbox], roster=read_roster(path))) == {"ann": 1}


def test_what_a_file_is_called_is_shown_plainly(course, tmp_path, words):
    inbox = put(tmp_path / "in", {"ada/\u202efinal.ipynb": words, "\u202eevil/words.ipynb": words})
    found = collect(course, ASSIGNMENT, [inbox])
    assert found.students[0].summary.endswith("words: handed in as \\x202efinal.ipynb")
    assert all(one.reason.isprintable() for one in found.strangers)


def test_all_of_it_may_be_said_to_be_one_students(course, tmp_path, words):
    files = {"x/words.ipynb": words, "artifacts/w.safetensors": b"w"}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)], student="ada")
    assert taken(found) == {"ada": 1}
    assert (course.path("submitted", ASSIGNMENT, "ada") / "artifacts/w.safetensors").is_file()

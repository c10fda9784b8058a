"""What Gradescope, Canvas and nbgrader's exchange hand over, sorted by student."""

from __future__ import annotations

import json
import warnings
from datetime import datetime, timedelta, timezone

import pytest
from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from autograder.collecting import collect
from autograder.collecting.gradescope import MetadataError, read_metadata

from .conftest import ASSIGNMENT
from .layouts import CREATED, gradescope, metadata, put, submitter, zip_of

ADA = submitter("Ada Example", "Ada@example.edu", "00123")
BOB = submitter("Bob Example", "bob@example.edu")
DUE = datetime(2026, 1, 5, 22, 0)


@pytest.fixture
def words(released) -> bytes:
    return (released.path("release", ASSIGNMENT) / "words.ipynb").read_bytes()


def set_due(course, due=DUE) -> None:
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=due)


def stamp(course, student: str) -> str:
    return (course.path("submitted", ASSIGNMENT, student) / "timestamp.txt").read_text()


def taken(found) -> dict[str, int]:
    return {one.student: one.taken for one in found.students}


# -- Gradescope -----------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_gradescopes_metadata_says_who_and_when(course, tmp_path, words, packed):
    export = gradescope(
        {"submission_1/words.ipynb": words, "submission_2/deep/er/words.ipynb": words},
        {"submission_1": (ADA, CREATED), "submission_2": (BOB, "2026-01-05 17:00:00 -0600")},
    )
    path = tmp_path / "export.zip"
    path.write_bytes(zip_of(export)) if packed else put(path := tmp_path / "export", export)
    found = collect(course, ASSIGNMENT, [path])
    assert taken(found) == {"ada@example.edu": 1, "bob@example.edu": 1}
    assert found.strangers == ()
    assert stamp(course, "ada@example.edu") == "2026-01-05 23:59:00 UTC\n"
    assert stamp(course, "bob@example.edu") == "2026-01-05 23:00:00 UTC\n"


def test_a_groups_hand_in_counts_for_every_member_and_says_so(course, tmp_path, words):
    export = gradescope({"submission_1/words.ipynb": words}, {"submission_1": (ADA + BOB, CREATED)})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)])
    assert taken(found) == {"ada@example.edu": 1, "bob@example.edu": 1}
    assert "handed in together with bob@example.edu" in found.students[0].summary
    for student in taken(found):
        path = course.path("submitted", ASSIGNMENT, student) / "words.ipynb"
        assert path.read_bytes() == words


def test_what_the_metadata_and_the_folders_disagree_about_is_listed(course, tmp_path, words):
    export = gradescope(
        {"submission_9/words.ipynb": words, "submission_3/words.ipynb": words},
        {"submission_1": (ADA, CREATED), "submission_3": ("    []\n", CREATED)},
    )
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)])
    assert {one.reason for one in found.strangers} == {
        "belongs to no submission in submission_metadata.yml: collect it by itself, with --student",
        "has no submitter in submission_metadata.yml: collect it by itself, with --student",
        "is in submission_metadata.yml (of Ada Example), and none of its files is here: "
        "export again",
    }


def test_a_zip_handed_in_on_gradescope_is_looked_into(course, tmp_path, words):
    inner = zip_of({"my work/words.ipynb": words})
    export = gradescope({"submission_1/hw.zip": inner}, {"submission_1": (ADA, CREATED)})
    (tmp_path / "in.zip").write_bytes(zip_of(export))
    assert taken(collect(course, ASSIGNMENT, [tmp_path / "in.zip"])) == {"ada@example.edu": 1}


def test_metadata_that_cannot_be_used_says_why(tmp_path):
    for data, why in (
        (b"a: " + b"{a: " * 300, r"cannot be read \(more than 200 levels deep\)"),
        (b"- 1", r"submission_metadata.yml lists no submissions\. Export it again\."),
    ):
        with pytest.raises(MetadataError, match=why):
            read_metadata(data)


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_a_student_who_hands_in_metadata_gets_nobody_elses_work(course, tmp_path, words, packed):
    forged = metadata({"words": (submitter("Ada", "ada@example.edu"), CREATED)})
    hers = {"words.ipynb": words, "submission_metadata.yml": forged}
    if packed:
        files = {"ada.zip": zip_of(hers), "bob.zip": zip_of({"words.ipynb": words})}
    else:
        files = {f"ada/{name}": data for name, data in hers.items()} | {"bob/words.ipynb": words}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)])
    assert taken(found) == {"ada": 1, "bob": 1}
    (stranger,) = found.strangers
    assert stranger.origin.endswith("submission_metadata.yml")


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00",
        b"a: [",
        b"[" * 100_000,
        b"- 1",
        b"",
        b"submission_1: *nowhere",
        b"&a [*a, *a]",
        b"a: " + b"{a: " * 5_000,
    ],
    ids=["bytes", "open", "deep", "list", "empty", "alias", "itself", "deep maps"],
)
def test_damaged_metadata_costs_its_own_export_and_says_what_to_do(course, tmp_path, words, data):
    with pytest.raises(MetadataError, match="Export it again"):
        read_metadata(data)
    put(tmp_path / "bad", {"submission_metadata.yml": data, "submission_1/words.ipynb": words})
    put(tmp_path / "good", {"cy/words.ipynb": words})
    found = collect(course, ASSIGNMENT, [tmp_path / "bad", tmp_path / "good"])
    assert taken(found) == {"cy": 1}
    assert "nothing of this export was taken" in found.lost[0].reason


def test_what_a_submitter_is_called_cannot_harm_a_terminal_or_a_disk(course, tmp_path, words):
    people = '  - :name: "\\e[31mAda"\n    :email: "' + "a" * 5000 + '"\n'
    export = gradescope({"submission_1/words.ipynb": words}, {"submission_1": (people, CREATED)})
    (stranger,) = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)]).strangers
    assert stranger.reason.isprintable()
    assert stranger.reason.endswith("which cannot be a folder's name: collect with a roster")
    assert len(stranger.reason) < 300


def test_metadata_runs_no_code_and_multiplies_nothing():
    evil = (
        b"submission_1:\n  :submitters:\n  - :email: !!python/object/apply:os.system ['exit 3']\n"
    )
    assert read_metadata(evil)["submission_1"].submitters == ()
    bombs = b"a: &a [x,x]\n" + b"".join(
        b"%c: &%c [*%c,*%c,*%c]\n" % (98 + i, 98 + i, 97 + i, 97 + i, 97 + i) for i in range(20)
    )
    people = metadata({"submission_1": (submitter("A", "a@b.c", "007"), CREATED)})
    (claim,) = read_metadata(people + bombs)["submission_1"].submitters
    assert (claim.email, claim.sid) == ("a@b.c", "007")


@pytest.mark.parametrize("created", ["yesterday", "", "9999-99-99 99:99:99 Z", "[1, 2]"])
def test_a_time_that_is_none_is_not_made_up(course, tmp_path, words, created):
    export = gradescope({"submission_1/words.ipynb": words}, {"submission_1": (ADA, created)})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)])
    assert found.students[0].timestamp is None


# -- Canvas ---------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_canvas_names_say_who_and_late(course, tmp_path, words, packed):
    files = {
        "exampleada_501_7001_words.ipynb": words,
        "examplebob_LATE_502_7002_words-1.ipynb": words,
        "LATE_anon_x7Yz_7003_words.ipynb": words,
        "östcy_503_7004_hw.zip": zip_of({"hw/words.ipynb": words}),
        "exampledan_504_text.html": b"<p>my answer",
    }
    path = tmp_path / "submissions.zip"
    path.write_bytes(zip_of(files)) if packed else put(path := tmp_path / "in", files)
    found = collect(course, ASSIGNMENT, [path])
    assert taken(found) == {
        "anon_x7Yz": 1,
        "exampleada-501": 1,
        "examplebob-502": 1,
        "östcy-503": 1,
    }
    assert {s.student: s.late for s in found.students} == {
        "anon_x7Yz": True,
        "exampleada-501": False,
        "examplebob-502": True,
        "östcy-503": False,
    }
    assert [s.reason for s in found.strangers] == [
        "is text or a link that was typed into Canvas: ask for the notebook itself"
    ]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("हिन्दीराधा_501_7001_words.ipynb", "हिन्दीराधा-501"),  # with vowel signs
        ("สมชายใจดี_LATE_501_7001_words.ipynb", "สมชายใจดี-501"),
        ("\u0301_a_501_7001_words.ipynb", "\u0301_a-501"),
        ("_501_7001_words.ipynb", "501"),  # a name of signs only, which Canvas leaves out
        ("a_1_22_501_7001_words.ipynb", "a-1"),
    ],
)
def test_canvas_names_of_any_script_are_understood(course, tmp_path, words, name, who):
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {name: words})])
    assert taken(found) == {who: 1}
    assert found.strangers == ()


def test_the_time_of_canvas_download_is_no_hand_in_time(course, tmp_path, words):
    set_due(course)
    files = {
        "exampleada_501_7001_words.ipynb": words,
        "examplebob_LATE_502_7002_words.ipynb": words,
    }
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)])
    ada, bob = found.students
    assert (ada.timestamp, ada.late) == (None, False)
    assert not (course.path("submitted", ASSIGNMENT, "exampleada-501") / "timestamp.txt").exists()
    assert stamp(course, "examplebob-502") == "2026-01-05 22:00:01 UTC\n"
    assert "how late is not said, so it counts as one second: collect it with --received" in (
        bob.summary
    )


def test_of_two_attachments_on_canvas_the_later_upload_is_taken(course, tmp_path, words):
    files = {
        "exampleada_501_7009_words-1.ipynb": words + b"\n",
        "exampleada_501_7001_words.ipynb": words,
    }
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)])
    path = course.path("submitted", ASSIGNMENT, "exampleada-501") / "words.ipynb"
    assert path.read_bytes() == words + b"\n"
    assert len(found.earlier) == 1


def test_a_students_own_numbered_file_does_not_look_like_canvas(course, tmp_path, words):
    files = {
        "ada/words.ipynb": words,
        "ada/plot_3_200_epochs.png": b"png",
        "bob/words.ipynb": words,
    }
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)])
    assert taken(found) == {"ada": 1, "bob": 1}
    (tmp_path / "cy.zip").write_bytes(zip_of({"words.ipynb": words, "plot_3_200_x.png": b"png"}))
    assert taken(collect(course, ASSIGNMENT, [tmp_path / "cy.zip"])) == {"cy": 1}


# -- nbgrader -------------------------------------------------------------------------------


def test_the_exchange_says_who_and_when_and_the_newest_is_taken(course, tmp_path, words):
    first = f"ada+{ASSIGNMENT}+2026-01-05 20:00:00.123456 UTC+k3y"
    again = f"ada+{ASSIGNMENT}+2026-01-06 01:00:00.000000 +0300"
    files = {
        f"inbound/{first}/words.ipynb": words,
        f"inbound/{first}/timestamp.txt": b"2026-01-05 20:00:00 UTC",
        f"inbound/{again}/words.ipynb": words + b"\n",
        "inbound/bob+02-other+2026-01-05 20:00:00 UTC/words.ipynb": words,
    }
    found = collect(course, ASSIGNMENT, [put(tmp_path / "exchange", files)])
    assert taken(found) == {"ada": 1}
    assert stamp(course, "ada") == "2026-01-05 22:00:00 UTC\n"
    path = course.path("submitted", ASSIGNMENT, "ada") / "words.ipynb"
    assert path.read_bytes() == words + b"\n"
    assert [s.reason for s in found.strangers] == [
        "is of another assignment, 02-other: collect it for that one"
    ]
    assert found.lost == ()


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("around", ["", "inbound/"])
def test_a_student_may_not_hand_in_for_somebody_by_a_folders_name(
    course, tmp_path, words, packed, around
):
    forged = f"{around}bob+{ASSIGNMENT}+2030-01-01 00:00:00 UTC/words.ipynb"
    hers = {"words.ipynb": words, forged: words + b"\n"}
    if packed:
        files = {"ada.zip": zip_of(hers), "bob.zip": zip_of({"words.ipynb": words})}
    else:
        files = {f"ada/{name}": data for name, data in hers.items()} | {"bob/words.ipynb": words}
    collect(course, ASSIGNMENT, [put(tmp_path / "in", files)])
    assert (course.path("submitted", ASSIGNMENT, "bob") / "words.ipynb").read_bytes() == words


def test_an_inbox_that_was_zipped_without_a_folder_around_it_is_one(course, tmp_path, words):
    folder = f"ada+{ASSIGNMENT}+2026-01-05 20:00:00 UTC"
    (tmp_path / "inbound.zip").write_bytes(zip_of({f"{folder}/words.ipynb": words}))
    assert taken(collect(course, ASSIGNMENT, [tmp_path / "inbound.zip"])) == {"ada": 1}
    assert stamp(course, "ada") == "2026-01-05 20:00:00 UTC\n"


def test_a_time_zone_that_nobody_knows_is_noted(course, tmp_path, words):
    folder = f"ada+{ASSIGNMENT}+2026-01-05 20:00:00 XYZ"
    found = collect(
        course, ASSIGNMENT, [put(tmp_path / "in", {f"inbound/{folder}/words.ipynb": words})]
    )
    assert found.students[0].notes == (
        "its time zone 'XYZ' is unknown, so the time of the file counts: say with --received when "
        "it came",
    )


def test_timestamps_of_nbgraders_folders_are_kept_and_students_own_are_not(course, tmp_path, words):
    files = {
        f"ada/{ASSIGNMENT}/words.ipynb": words,
        f"ada/{ASSIGNMENT}/timestamp.txt": b"2026-01-05 20:00:00 UTC\n",
        "bob.zip": zip_of({"words.ipynb": words, "timestamp.txt": b"2020-01-01 00:00:00 UTC"}),
    }
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)])
    assert stamp(course, "ada") == "2026-01-05 20:00:00 UTC\n"
    assert not stamp(course, "bob").startswith("2020")
    assert ["is neither a notebook nor data" in s.reason for s in found.strangers] == [True]


def test_how_late_it_came_is_said_and_an_extension_counts(course, tmp_path, words):
    set_due(course)
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.update_or_create_student("bob")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # as nbgrader adds a submission
            extended = gradebook.add_submission(ASSIGNMENT, "bob")
        extended.extension = timedelta(days=2)
        gradebook.db.commit()
    came = DUE.replace(tzinfo=timezone.utc) + timedelta(hours=26, minutes=3)
    put(tmp_path / "in", {"ada/words.ipynb": words, "bob/words.ipynb": words}, came)
    ada, bob = collect(course, ASSIGNMENT, [tmp_path / "in"]).students
    assert "late by 1 day, 2:03:00" in ada.summary
    assert (ada.late, bob.late) == (True, False)


def test_on_gradescope_the_solved_notebook_counts_and_not_the_copy_beside_it(
    course, tmp_path, words
):
    notebook = json.loads(words)
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "my answer"})
    solved = json.dumps(notebook).encode()
    files = {"submission_1/words (1).ipynb": solved, "submission_1/words.ipynb": words}
    export = gradescope(files, {"submission_1": (submitter("Ada", "ada@example.edu"), CREATED)})
    (ada,) = collect(course, ASSIGNMENT, [put(tmp_path / "in", export)]).students
    lies = course.path("submitted", ASSIGNMENT, "ada@example.edu") / "words.ipynb"
    assert lies.read_bytes() == solved
    assert "has no answers in it, and" in ada.earlier[0].reason

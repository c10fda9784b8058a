"""The two files: what is in them, and that there are both or none."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

import chainrule
from chainrule.submission import hand_in as module
from chainrule.submission.assignment import gather
from chainrule.submission.bundle import bundle
from chainrule.submission.errors import SubmissionError
from chainrule.submission.hand_in import hand_in
from chainrule.submission.identity import Student
from chainrule.submission.report import lines, to_json
from tests.chainrule.pdf.notebooks import code, notebook

from .sheets import ASSIGNMENT, NAMES, put, sheet

ADA = Student("ada", "Ada Example")
THEN = datetime(2026, 1, 31, 22, 59, tzinfo=timezone.utc)


@pytest.fixture
def work(folder: Path):
    put(folder, NAMES[1], sheet(NAMES[1], "# WRITE YOUR CODE HERE"))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "net.json").write_bytes(b"{}")
    return gather(put(folder, NAMES[0]), folder)


def test_the_zip_says_what_is_in_it(work):
    done = hand_in(work, ADA)
    assert done.zip.name == "05-nets-ada.zip"
    with zipfile.ZipFile(done.zip) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        contents = {name: archive.read(name) for name in names[1:]}
    assert names == [
        "manifest.json",
        f"{NAMES[0]}.ipynb",
        f"{NAMES[1]}.ipynb",
        "artifacts/net.json",
    ]
    assert manifest.pop("files") == {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in contents.items()
    }
    assert datetime.fromisoformat(manifest.pop("created")).utcoffset().seconds == 0
    questions = manifest.pop("questions")
    assert manifest == {
        "format": 1,
        "assignment": ASSIGNMENT,
        "student": "ada",
        "name": "Ada Example",
        "chainrule": chainrule.__version__,
    }
    assert [(one["notebook"], one["id"], one["status"]) for one in questions] == [
        (NAMES[0], "double", "answered"),
        (NAMES[0], "why", "answered"),
        (NAMES[1], "double", "empty"),
        (NAMES[1], "why", "answered"),
    ]
    assert questions[0]["title"] == "Question 1 · Double it"


def test_the_same_work_at_the_same_time_gives_the_same_bytes(work, folder):
    first = bundle(work, ADA, (), THEN)
    assert bundle(gather(folder / f"{NAMES[1]}.ipynb", folder), ADA, (), THEN) == first
    later = bundle(work, ADA, (), THEN.replace(hour=23))
    old, new = (zipfile.ZipFile(BytesIO(data)) for data in (first, later))
    assert old.read(f"{NAMES[0]}.ipynb") == new.read(f"{NAMES[0]}.ipynb")


def test_a_clock_that_was_never_set_makes_a_zip_all_the_same(work):
    data = bundle(work, ADA, (), datetime(1970, 1, 1, tzinfo=timezone.utc))
    assert zipfile.ZipFile(BytesIO(data)).infolist()[0].date_time[0] == 1980


def test_the_pdf_has_all_notebooks_one_after_the_other(work):
    done = hand_in(work, ADA)
    document = pypdfium2.PdfDocument(done.pdf.read_bytes())
    assert len(document) == done.pdf_pages
    first, *_, last = (page.get_textpage().get_text_bounded() for page in document)
    assert "Ada Example · ada" in first
    assert NAMES[0] in first
    assert NAMES[1] in last or "Why" in last
    titles = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert titles[0] == (0, NAMES[0])
    assert (1, "Question 1 · Double it") in titles
    # The last cell is no part of what is marked.
    assert not any("submit()" in page.get_textpage().get_text_bounded() for page in document)


def test_an_unreadable_notebook_has_a_page_that_says_so(work, folder):
    (folder / f"{NAMES[1]}.ipynb").write_text("{")
    done = hand_in(gather(folder / f"{NAMES[0]}.ipynb", folder), ADA)
    assert (
        "could not be read"
        in pypdfium2.PdfDocument(done.pdf.read_bytes())[done.pdf_pages - 1]
        .get_textpage()
        .get_text_bounded()
    )
    assert any(line.startswith("PDF: 2-network: ") for line in lines(done))


def test_a_cell_of_the_last_kind_is_not_reported_as_not_run(folder):
    done = hand_in(gather(put(folder, NAMES[0]), folder), ADA)
    assert done.problems == ()


def test_what_the_student_reads(work):
    done = hand_in(work, ADA)
    said = lines(done)
    assert said[0] == "05-nets, handed in by Ada Example (ada)"
    assert said[2].startswith("1-convolution (saved at ")
    assert said[3:5] == ["  ✓ Question 1 · Double it", "  ✓ Question 2 · Why?"]
    assert said[7] == "  · Question 1 · Double it – empty"
    assert said[9:] == [
        "",
        "With it: artifacts/net.json",
        "",
        "3 of 4 questions answered, 1 empty. You can go on working, save, and submit again.",
        "",
        f"→ 05-nets-ada.pdf ({done.pdf_pages} pages)",
        "→ 05-nets-ada.zip (1 kB)",
        f"in {work.folder}",
        "Look at the PDF. Hand in both, where your course tells you to.",
    ]


def test_what_is_missing_comes_first(folder):
    said = lines(hand_in(gather(put(folder, NAMES[1]), folder), Student("ada")))
    assert said[0] == "05-nets, handed in by ada"
    assert said[2] == (
        "Not in it, because they do not lie beside the notebook: 1-convolution.ipynb. Put them "
        "there and submit again, if you have worked on them."
    )


def test_many_problems_of_a_pdf_are_cut_short(folder):
    cells = [code("") for _ in range(2)] + [
        {"cell_type": "markdown", "source": f"![x](gone{n}.png)", "metadata": {}} for n in range(12)
    ]
    done = hand_in(gather(put(folder, "n", notebook(*cells)), folder), ADA)
    said = [line for line in lines(done) if line.startswith("PDF: ")]
    assert len(said) == 9
    assert (
        said[-1]
        == f"PDF: and {len(done.problems) - 8} more of that kind: look for the boxes in it."
    )
    assert len(to_json(done)["problems"]) == len(done.problems)


def test_a_folder_that_cannot_be_written_to_leaves_nothing_behind(work, folder):
    (folder / "full").write_text("")
    with pytest.raises(SubmissionError) as caught:
        hand_in(work, ADA, output=folder / "full")
    assert "05-nets-ada.pdf could not be written to" in str(caught.value)
    assert 'submit(output="folder"), in a terminal -o folder.' in str(caught.value)
    assert not list(folder.glob("*ada*"))


def test_if_the_second_file_cannot_be_written_the_first_is_as_it_was(work, folder):
    (folder / "05-nets-ada.pdf").write_bytes(b"old")
    (folder / ".05-nets-ada.zip.new").mkdir()
    with pytest.raises(SubmissionError, match=r"05-nets-ada\.zip could not be written"):
        hand_in(work, ADA)
    assert (folder / "05-nets-ada.pdf").read_bytes() == b"old"


def test_a_fresh_run_that_ends_early_is_said_and_the_rest_goes_on(work, monkeypatch):
    def ends(data: bytes, folder: Path):
        raise SubmissionError("The fresh run ended early.")

    monkeypatch.setattr(module, "run_fresh", ends)
    done = hand_in(work, ADA, run=True)
    assert "1-convolution: The fresh run ended early. The list below is about the" in done.notes[0]
    assert done.zip.is_file()

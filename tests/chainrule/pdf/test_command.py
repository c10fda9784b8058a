"""The ways in: `chainrule pdf`, nbconvert, and files that are no notebooks."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys

import pypdfium2
import pytest
from typer.testing import CliRunner

from chainrule.cli import app
from chainrule.pdf import export_pdf
from tests.chainrule.pdf.notebooks import code, markdown, notebook, question, stream, text

SAMPLE = notebook(
    markdown("# Sheet\n\n$x^2$ and ![gone](gone.png)"),
    markdown("## Q1", **question("q1")),
    code("print(1)", stream("1\n")),
)


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "hw.ipynb"
    path.write_text(json.dumps(SAMPLE))
    return path


def run(*arguments: object):
    return CliRunner().invoke(app, ["pdf", *map(str, arguments)])


def said(result) -> str:
    return " ".join(result.output.replace("│", " ").split())


def test_the_command_writes_the_pdf_and_its_page_map_beside_the_notebook(sheet):
    result = run(sheet)
    assert result.exit_code == 0
    assert pypdfium2.PdfDocument(sheet.with_suffix(".pdf").read_bytes())
    pages = json.loads(sheet.with_suffix(".pages.json").read_text())
    assert pages["questions"][0]["id"] == "q1"
    assert pages["questions"][0]["pages"] == [2]


def test_the_command_lists_what_could_not_be_shown_with_cell_and_remedy(sheet):
    shown = " ".join(run(sheet).output.split())
    assert "gone.png" in shown
    assert "what to do" in shown


def test_the_command_answers_in_json(sheet, tmp_path):
    result = run(sheet, "-o", tmp_path / "out", "--json")
    (entry,) = json.loads(result.output)
    assert entry["pdf"] == str(tmp_path / "out" / "hw.pdf")
    assert entry["problems"][0]["cell"] == 1
    assert entry["failed"] is False


@pytest.mark.parametrize(
    "content",
    ["", "{", '{"cells": [', "[1, 2]", '{"metadata": {}}', '{"cells": 3}', "[" * 100_000, "\x00"],
)
def test_what_is_no_notebook_gives_a_page_that_says_so_and_exit_code_1(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content)
    assert run(path).exit_code == 1
    document = pypdfium2.PdfDocument(path.with_suffix(".pdf").read_bytes())
    assert len(document) == 1
    assert "could not be read" in document[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("hv1.ipynb", ["There is no file hv1.ipynb. Did you mean hw1.ipynb?"]),
        ("none.ipynb", ["There is no file none.ipynb. The notebooks there are: hw1.ipynb."]),
        ("gone/hw1.ipynb", ["There is no folder gone either: look where your notebook is."]),
        ("empty/hw1.ipynb", ["There are no notebooks in that folder; change to the one where"]),
        (".", [". is a folder. Name the notebooks in it: hw1.ipynb."]),
        ("empty", ["empty is a folder. It has no notebooks in it: name yours."]),
        ("hw1.pdf", ["is not a notebook; the name of one ends in .ipynb. Did you mean hw1.ipynb?"]),
        ("mistakes.py", ["mistakes.py is not a notebook; the name of one ends in .ipynb."]),
    ],
)
def test_what_is_no_notebook_file_is_wrong_usage_and_nothing_is_written(
    sheet, monkeypatch, wrong, words
):
    folder = sheet.parent
    monkeypatch.chdir(folder)
    sheet.rename("hw1.ipynb")
    (folder / "hw1.pdf").write_bytes(b"GOOD")
    (folder / "mistakes.py").write_text("")
    (folder / "empty").mkdir()
    before = sorted(folder.rglob("*"))
    result = run("hw1.ipynb", wrong)
    assert result.exit_code == 2
    for word in [*words, "Nothing was written"]:
        assert word in said(result)
    assert sorted(folder.rglob("*")) == before
    assert (folder / "hw1.pdf").read_bytes() == b"GOOD"


def test_the_notice_of_an_unreadable_notebook_never_replaces_an_earlier_pdf(sheet):
    assert run(sheet).exit_code == 0
    good, pages = sheet.with_suffix(".pdf"), sheet.with_suffix(".pages.json")
    before = good.read_bytes(), pages.read_bytes()
    sheet.write_text("{")
    for _ in range(2):
        result = run(sheet, "--json")
        assert result.exit_code == 1
        assert (good.read_bytes(), pages.read_bytes()) == before
        (entry,) = json.loads(result.output)
        assert entry["pdf"] == str(sheet.with_suffix(".unreadable.pdf"))
        assert "hw.pdf is there from before" in entry["problems"][-1]["what"]
        assert entry["problems"][-1]["remedy"] == (
            "It shows the notebook as it was then: look into it before you hand it in."
        )
        assert len(pypdfium2.PdfDocument(sheet.with_suffix(".unreadable.pdf").read_bytes())) == 1


def test_a_notice_may_replace_the_same_notice(sheet):
    sheet.write_text("{")
    assert run(sheet).exit_code == run(sheet).exit_code == 1
    assert not sheet.with_suffix(".unreadable.pdf").exists()


def test_wrong_usage_is_exit_code_2(sheet, tmp_path):
    assert run().exit_code == 2
    assert run(sheet, "--no-such-option").exit_code == 2
    into_a_file = run(sheet, "-o", sheet)
    assert into_a_file.exit_code == 2
    assert "is a file; give a folder." in said(into_a_file)
    assert run(sheet, tmp_path / "other" / "hw.ipynb", "-o", tmp_path).exit_code == 2


def test_two_notebooks_of_one_name_are_not_written_over_each_other(sheet, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "hw.ipynb").write_text(sheet.read_text())
    result = run(sheet, tmp_path / "other" / "hw.ipynb", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "Two notebooks would be written to" in said(result)
    assert "Convert one at a time." in said(result)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_said_with_a_way_out(sheet, tmp_path):
    (tmp_path / "full").write_text("")
    result = run(sheet, "-o", tmp_path / "full" / "pdf", "--json")
    assert result.exit_code == 1
    problem = json.loads(result.output)[0]["problems"][-1]
    assert "hw.pdf could not be written: " in problem["what"]
    assert problem["remedy"] == "Give another folder with -o."


def test_brackets_in_a_problem_are_not_taken_for_markup(tmp_path):
    path = tmp_path / "hw.ipynb"
    path.write_text(json.dumps(notebook(markdown(r"$\foo[red]x[/red]$"))))
    assert "[/red]" in run(path).output


def test_name_and_id_stand_on_each_page(sheet):
    run(sheet, "--student-name", "Ada Example", "--student-id", "A00123")
    document = pypdfium2.PdfDocument(sheet.with_suffix(".pdf").read_bytes())
    for page in document:
        assert "Ada Example · A00123" in page.get_textpage().get_text_bounded()


def test_name_and_id_may_stand_in_the_notebook():
    own = {"student": {"name": "Ada Example", "id": "A00123"}}
    assert "Ada Example · A00123" in text(export_pdf(notebook(markdown("x"), chainrule=own)))


def test_a_fixed_length_is_that_of_the_released_notebook(sheet, tmp_path):
    released = tmp_path / "released.ipynb"
    cells = [dict(cell) for cell in SAMPLE["cells"]]
    cells[1]["metadata"] = {"chainrule": {"question": "q1", "pages": 3}}
    released.write_text(json.dumps(notebook(*cells)))
    result = run(sheet, "--fixed-length", released, "--json")
    assert result.exit_code == 0
    (made,) = json.loads(result.output)
    assert made["pages"] == 4
    assert made["questions"][0]["pages"] == [2, 3, 4]


def test_a_fixed_length_after_what_is_no_notebook_is_wrong_usage(sheet, tmp_path):
    other = tmp_path / "other.ipynb"
    other.write_text("{")
    assert run(sheet, "--fixed-length", other).exit_code == 2
    assert run(sheet, "--fixed-length", tmp_path / "none.ipynb").exit_code == 2
    assert not sheet.with_suffix(".pdf").exists()


def test_only_the_written_questions_are_left_on_request(sheet):
    result = run(sheet, "--written-only", "--json")
    assert json.loads(result.output)[0]["questions"] == []


def test_nbconvert_knows_the_exporter(sheet):
    command = [sys.executable, "-m", "nbconvert", "--to", "gradescope_pdf", sheet.name]
    done = subprocess.run(command, cwd=sheet.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(pypdfium2.PdfDocument(sheet.with_suffix(".pdf").read_bytes())) == 2
    assert json.loads(sheet.with_suffix(".pages.json").read_text())["notebook"] == "hw"
    assert "gone.png" in done.stderr


def test_the_same_notebook_and_time_stamp_give_the_same_bytes(sheet):
    moment = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.timezone.utc)
    made = export_pdf(sheet, timestamp=moment)
    assert made.data == export_pdf(sheet, timestamp=int(moment.timestamp())).data
    assert "20260105" in pypdfium2.PdfDocument(made.data).get_metadata_value("CreationDate")
    assert export_pdf(sheet).data == export_pdf(sheet).data


def test_the_notebook_itself_may_say_whose_it_is():
    made = export_pdf(notebook(markdown("x"), chainrule={"student": "Ada", "course": "DL"}))
    assert "Ada" in text(made)
    assert "DL" in text(made)
    assert "Bob" in text(export_pdf(notebook(chainrule={"student": "Ada"}), student="Bob"))


def test_the_page_map_takes_the_name_it_is_given():
    assert export_pdf(SAMPLE, name="hw1").pages.to_json()["notebook"] == "hw1"


def test_cells_of_any_shape_are_read():
    odd = notebook(
        {"cell_type": "raw", "source": "RAW"},
        {"cell_type": "code"},
        "no cell",
        {"cell_type": "markdown", "source": ["LIST ", "OF LINES"], "metadata": None},
        {"cell_type": "code", "source": "1", "outputs": None, "metadata": {"tags": 3}},
    )
    found = text(export_pdf(odd))
    assert "RAW" in found
    assert "LIST OF LINES" in found


def test_an_old_notebook_is_converted(tmp_path):
    cells = [{"cell_type": "code", "input": "OLD = 1", "language": "python", "outputs": []}]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(old))
    assert "OLD = 1" in text(export_pdf(path))


def test_the_command_starts_without_the_heavy_libraries():
    program = (
        "import sys, chainrule.cli, chainrule.pdf\n"
        "print([m for m in ('matplotlib', 'nbconvert', 'nbformat', 'jsonschema') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr

"""The promise of the demo: ten students through every stage, each with what they earned."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pypdfium2
import pytest

from autograder.course import CourseError, load_course
from autograder.demo.page import write_page
from autograder.demo.run import Demo, run_demo
from autograder.demo.students import ASSIGNMENT, NETWORK, STUDENTS
from autograder.submission import GRADED, MISSING, UNREADABLE, Graded

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
}
BARE_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "chainrule"
c.ClearSolutions.code_stub = {"python": "# WRITE YOUR CODE HERE"}
c.ClearSolutions.text_stub = "*WRITE YOUR ANSWER HERE*"
c.ClearMarkScheme.enforce_metadata = False
c.Execute.timeout = 6
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    finished = run_demo(load_course(ROOT), tmp_path_factory.mktemp("demo"))
    write_page(finished)
    return finished


def of(demo: Demo, student: str) -> Graded:
    return next(row for row in demo.graded if row.student == student)


def test_everybody_gets_exactly_what_the_answer_bank_says(demo: Demo) -> None:
    assert demo.mismatches == []
    assert demo.problems == []
    assert len(demo.graded) == len(STUDENTS) == 10


def test_the_perfect_student_has_full_marks_on_everything_automatic(demo: Demo) -> None:
    ada = of(demo, "ada")
    assert ada.automatic_points == pytest.approx(ada.max_automatic_points)
    assert ada.pending > 0
    assert ada.trouble == ()


def test_the_blank_student_has_nothing(demo: Demo) -> None:
    blank = of(demo, "dan")
    assert blank.points == 0
    assert blank.pending == 0


def test_a_dead_kernel_and_an_endless_loop_cost_only_their_own_questions(demo: Demo) -> None:
    ada = of(demo, "ada")
    for student, lost in (("finn", 1), ("gia", 1)):
        cells = [c for n in of(demo, student).notebooks for c in n.cells]
        best = [c for n in ada.notebooks for c in n.cells]
        below = [c.id for c, full in zip(cells, best, strict=True) if c.points != full.points]
        assert len(below) == lost, below
        assert len(of(demo, student).trouble) >= 1


def test_warnings_cost_nothing(demo: Demo) -> None:
    assert of(demo, "hal").automatic_points == of(demo, "ada").automatic_points


def test_an_unreadable_notebook_costs_itself_and_says_so(demo: Demo) -> None:
    ivy = of(demo, "ivy")
    status = {notebook.name: notebook.status for notebook in ivy.notebooks}
    assert status.pop(NETWORK) == UNREADABLE
    assert set(status.values()) == {GRADED}
    assert any(NETWORK in line for line in ivy.trouble)


def test_a_missing_notebook_is_reported(demo: Demo) -> None:
    missing = {
        (row.student, notebook.name)
        for row in demo.graded
        for notebook in row.notebooks
        if notebook.status == MISSING
    }
    assert len(missing) == 1


def test_tampered_test_cells_earn_nothing(demo: Demo) -> None:
    jon = of(demo, "jon")
    assert jon.notebooks[0].points == 0
    assert jon.notebooks[0].max_points == of(demo, "ada").notebooks[0].max_points


def test_the_grade_table_has_a_row_a_student_and_a_column_a_question(demo: Demo) -> None:
    with (demo.course.root / "grades" / f"{ASSIGNMENT}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["student"] for row in rows) == sorted(s.id for s in STUDENTS)
    questions = {c.id for n in demo.graded[0].notebooks for c in n.cells}
    assert all(any(q in column for column in rows[0]) for q in questions)


def secrets() -> list[str]:
    """Lines that students must never see: hidden tests and marking schemes."""
    found = []
    for path in (ROOT / "source" / ASSIGNMENT).glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for region in re.findall(
                r"BEGIN (?:HIDDEN TESTS|MARK SCHEME)\n(.*?)\n### END", cell.source, re.S
            ):
                found += [line.strip() for line in region.splitlines() if len(line.strip()) > 12]
    assert len(found) > 20
    return found


def test_nothing_students_get_shows_a_hidden_test_or_a_marking_scheme(demo: Demo) -> None:
    lines = secrets()
    pages = list(demo.course.root.glob("feedback/*/*/*.html"))
    released = list(demo.course.root.glob("release/*/*.ipynb"))
    assert len(pages) == 40
    assert len(released) == 4
    for path in (*pages, *released):
        text = path.read_text("utf-8")
        for line in lines:
            assert line not in text, f"{path}: {line}"
            assert line.replace('"', "&quot;") not in text, f"{path}: {line}"


def test_feedback_shows_what_the_checks_said(demo: Demo) -> None:
    page = demo.course.path("feedback", ASSIGNMENT, "ben") / "1-exponential-neuron.html"
    assert "from your w1 = 0.2 and x1 = 0.4, multiply gives 0.08, you wrote 0.8" in page.read_text(
        "utf-8"
    )


def test_every_readable_notebook_has_a_pdf_with_a_page_for_each_question(demo: Demo) -> None:
    pdfs = sorted((demo.course.root / "pdf" / ASSIGNMENT).glob("*.pdf"))
    readable = sum(n.status == GRADED for row in demo.graded for n in row.notebooks)
    assert len(pdfs) == readable
    document = pypdfium2.PdfDocument(next(p for p in pdfs if p.name.startswith("ada-1")))
    firsts = [page.get_textpage().get_text_range().strip() for page in document]
    for question in ("Question 1", "Question 2", "Question 3", "Question 4"):
        starts = [text for text in firsts if re.search(rf"^{question}\b", text, re.M)]
        assert len(starts) >= 1, question


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.found += [value for name, value in attributes if name in ("href", "src") and value]


def test_every_link_of_the_front_page_leads_somewhere(demo: Demo) -> None:
    parser = Links()
    text = (demo.folder / "index.html").read_text("utf-8")
    parser.feed(text)
    assert len(parser.found) > 100
    for link in parser.found:
        assert not link.startswith("http")
        assert link.startswith("#") or (demo.folder / link).exists(), link
    for student in STUDENTS:
        assert student.name in text


def test_a_second_run_starts_clean_and_a_strangers_folder_is_left_alone(
    demo: Demo, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CourseError, match="no demo made"):
        run_demo(load_course(ROOT), tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def stock_scores(course: Path, students: list[str]) -> dict[tuple[str, str], float | None]:
    from nbgrader.api import Gradebook

    scores = {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for student in students:
            for notebook in gradebook.find_submission(ASSIGNMENT, student).notebooks:
                for grade in notebook.grades:
                    unmarked = grade.auto_score is None and grade.manual_score is None
                    scores[student, grade.name] = None if unmarked else grade.score
    return scores


def copy_for_stock(demo: Demo, place: Path, students: list[str]) -> None:
    """The demo's course as it was before grading, with these students only."""
    for name in ("source", "release"):
        shutil.copytree(demo.course.root / name, place / name)
    for student in students:
        shutil.copytree(
            demo.course.path("submitted", ASSIGNMENT, student),
            place / "submitted" / student / ASSIGNMENT,
        )


def nbgrader(place: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["nbgrader", *arguments], cwd=place, env=ENVIRONMENT, capture_output=True, text=True
    )


def test_stock_nbgrader_agrees_on_every_cell_it_can_grade(demo: Demo, tmp_path: Path) -> None:
    """Without a line of ours in the configuration. It cannot grade finn (his kernel dies), hal
    (he warns) and ivy (one of her files is unreadable)."""
    students = [s.id for s in STUDENTS if s.id not in ("finn", "hal", "ivy")]
    copy_for_stock(demo, tmp_path, students)
    (tmp_path / "nbgrader_config.py").write_text(BARE_CONFIG)
    assert nbgrader(tmp_path, "generate_assignment", ASSIGNMENT, "--force").returncode == 0
    done = nbgrader(tmp_path, "autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    stock = stock_scores(tmp_path, students)
    ours = {
        (row.student, cell.id): cell.points
        for row in demo.graded
        for notebook in row.notebooks
        for cell in notebook.cells
    }
    assert len(stock) == len(students) * sum(len(n.cells) for n in demo.graded[0].notebooks)
    for key, points in stock.items():
        assert points == pytest.approx(ours[key]), key


def test_stock_commands_on_this_course_give_the_same_points(demo: Demo, tmp_path: Path) -> None:
    """With our configuration they can also grade a dying kernel and a student who warns."""
    students = ["finn", "hal"]
    copy_for_stock(demo, tmp_path, students)
    shutil.copy(demo.course.root / "nbgrader_config.py", tmp_path)
    for arguments in (
        ("generate_assignment", ASSIGNMENT, "--force"),
        ("autograde", ASSIGNMENT),
        ("generate_feedback", ASSIGNMENT),
        ("export",),
        ("validate", f"source/{ASSIGNMENT}/1-exponential-neuron.ipynb"),
    ):
        done = nbgrader(tmp_path, *arguments)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
    assert "passes all the tests" in done.stdout
    ours = {
        (row.student, cell.id): cell.points
        for row in demo.graded
        for notebook in row.notebooks
        for cell in notebook.cells
    }
    for key, points in stock_scores(tmp_path, students).items():
        assert points == pytest.approx(ours[key]), key
    assert len(list(tmp_path.glob("feedback/hal/*/*.html"))) == 4
    assert (tmp_path / "grades.csv").is_file()


def test_the_students_only_combine_answers_that_belong_together() -> None:
    """An answer that stands on another must meet that other one in the same notebook."""
    from autograder.answers.bank import REFERENCE, read_bank

    bank = read_bank(ROOT / "answers" / ASSIGNMENT)
    for student in STUDENTS:
        for question, choice in student.answers.items():
            if isinstance(choice, str) and choice != REFERENCE:
                for other, name in bank[question][choice].others:
                    assert student.answers[other] == name, f"{student.id}: {question}"

"""Work that is not in the file is noticed; what is in it raises no alarm."""

from __future__ import annotations

from chainrule.pdf.notebook import read
from chainrule.submission.saved import not_saved, warning
from tests.chainrule.pdf.notebooks import code, notebook

SUBMIT = "from chainrule import submit\nsubmit()"


def cells(*numbered: tuple[str, int | None]):
    return read(
        notebook(*({**code(source), "execution_count": count} for source, count in numbered))
    ).cells


def unsaved(disk, *ran: str, saved: float = 20, started: float = 10) -> list[str]:
    return not_saved(disk, ["", *ran], saved=saved, started=started)


def test_a_notebook_saved_after_its_last_cell_ran_is_saved():
    disk = cells(("a = 1", 1), ("b = 2", 2), (SUBMIT, None))
    assert unsaved(disk, "a = 1", "b = 2", SUBMIT) == []


def test_handing_in_twice_needs_no_saving_in_between():
    disk = cells(("a = 1", 1), (SUBMIT, None))
    assert unsaved(disk, "a = 1", SUBMIT, SUBMIT) == []


def test_a_cell_that_ran_after_the_saving_is_not_saved_until_it_is():
    before = cells(("a = 1", 1), ("b = 2", None), (SUBMIT, None))
    assert unsaved(before, "a = 1", "b = 3", SUBMIT) == ["b = 3"]
    after = cells(("a = 1", 1), ("b = 3", 2), (SUBMIT, 3))
    assert unsaved(after, "a = 1", "b = 3", SUBMIT, SUBMIT) == []


def test_a_cell_that_was_tried_out_and_deleted_is_forgotten_with_the_next_saving():
    disk = cells(("a = 1", 1), (SUBMIT, 3))
    assert unsaved(disk, "a = 1", "a?", SUBMIT, SUBMIT) == []


def test_an_older_text_of_a_saved_cell_is_no_alarm():
    disk = cells(("def f(x):\n    return 2 * x", 2), (SUBMIT, None))
    assert unsaved(disk, "def f(x):\n    return x", "def f(x):\n    return 2 * x", SUBMIT) == []


def test_a_file_from_before_the_kernel_holds_nothing_that_it_ran():
    disk = cells(("a = 1", 1), ("b = 2", 2), (SUBMIT, 3))
    assert unsaved(disk, "a = 1", "b = 2", SUBMIT, saved=5) == ["a = 1", "b = 2"]


def test_an_edited_cell_is_found_although_the_others_have_the_numbers_of_an_earlier_run():
    disk = cells(("f = 1 + 2", 1), ("print(f)", 2), (SUBMIT, 3))
    assert unsaved(disk, "f = 1 + 20", "print(f)", SUBMIT) == ["f = 1 + 20"]


def test_only_handing_in_itself_needs_no_saving():
    disk = cells(("a = 1", 1))
    assert unsaved(disk, "a = 1", "pool.submit(f)", SUBMIT) == ["pool.submit(f)"]


def test_a_restarted_kernel_that_only_hands_in_has_nothing_to_save():
    disk = cells(("a = 1", 8), ("b = 2", 9), (SUBMIT, 10))
    assert unsaved(disk, SUBMIT, saved=5) == []


def test_the_warning_names_cells_and_says_what_to_do():
    said = warning(["# helper\ndef f(x):\n    return x", "b", "c", "d"], "saved at 14:02")
    assert said.startswith("Save first. 4 cells were run or changed after")
    assert "(saved at 14:02): “def f(x):”, “b”, “c”, …" in said
    assert "run this cell once more" in said
    assert "submit(anyway=True)" in said
    assert warning(["b"], "").startswith("Save first. A cell was run")

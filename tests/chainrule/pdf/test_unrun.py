"""Cells that were not run are named, and that is no failure."""

from __future__ import annotations

from chainrule.pdf import export_pdf
from tests.chainrule.pdf.notebooks import Cell, code, markdown, notebook, stream


def left(cell: Cell) -> Cell:
    return {**cell, "execution_count": None}


def notes(*cells: Cell) -> list[tuple[int | None, str]]:
    made = export_pdf(notebook(*cells))
    assert not made.failed
    return [(problem.cell, problem.what) for problem in made.problems]


def test_cells_that_were_not_run_are_counted_and_named():
    cells = [markdown("x"), code("a = 1"), left(code("b")), left(code("c")), left(code("d"))]
    assert notes(*cells) == [(None, "3 cells have not been run: 3, 4, 5.")]
    (problem,) = export_pdf(notebook(*cells)).problems
    assert "Run all cells and save" in problem.remedy
    assert "stops at the first error" in problem.remedy


def test_one_cell_is_named_as_any_other_problem():
    assert notes(code("a = 1"), left(code("b"))) == [(2, "This cell has not been run.")]


def test_a_notebook_that_was_never_run_is_said_to_be_so():
    assert notes(left(code("a")), left(code("b"))) == [
        (None, "No cell of the notebook has been run.")
    ]


def test_a_long_list_of_cells_is_cut():
    ((_, what),) = notes(code("a"), *[left(code("b"))] * 20)
    assert what == "20 cells have not been run: 2, 3, 4, 5, 6, 7, 8, 9, …"


def test_cells_with_nothing_to_run_or_with_an_output_are_not_named():
    assert notes(left(code(" \n")), left(code("1", stream("1"))), markdown("x")) == []
    assert notes(code("a = 1")) == []

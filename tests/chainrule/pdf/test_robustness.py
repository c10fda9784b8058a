"""Whatever a student writes, a PDF comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.pdf import export_pdf
from tests.chainrule.pdf.fragments import JSON, MATHS, OUTPUTS, TEXTS
from tests.chainrule.pdf.notebooks import Cell, code, markdown, notebook, text

# An example is a notebook of many fragments: typesetting it costs little more than one of them.
# `--hypothesis-profile=long` makes ten times as many, other ones each time.
MANY = 10
LOOSE = settings(max_examples=settings.default.max_examples // 5, deadline=None)


def shown(*cells: Cell) -> str:
    """The text of a notebook in which a word follows each of the cells."""
    marked = [
        cell for number, one in enumerate(cells) for cell in (one, code(f"MARK_{number} = 1"))
    ]
    made = export_pdf(notebook(*marked))
    found = text(made)
    assert [number for number in range(len(cells)) if f"MARK_{number} = 1" not in found] == []
    # That is for what nobody thought of. What is found here has to be thought of.
    assert [problem for problem in made.problems if "its source is shown" in problem.what] == []
    return found


@LOOSE
@given(st.lists(TEXTS, min_size=MANY, max_size=MANY))
def test_any_markdown_gives_a_pdf_and_spares_the_next_cell(sources):
    shown(*map(markdown, sources))


@LOOSE
@given(st.lists(MATHS, min_size=MANY, max_size=MANY), st.booleans())
def test_any_maths_gives_a_pdf_and_spares_the_next_cell(formulas, display):
    sign = "$$" if display else "$"
    shown(*[markdown(f"left {sign}{formula}{sign} right") for formula in formulas])


@LOOSE
@given(
    st.lists(OUTPUTS, min_size=MANY, max_size=MANY), st.lists(TEXTS, min_size=MANY, max_size=MANY)
)
def test_any_code_and_output_give_a_pdf_and_spare_the_next_cell(outputs, sources):
    shown(*[code(source, output) for source, output in zip(sources, outputs, strict=True)])


@LOOSE
@given(JSON, JSON, JSON, JSON)
def test_any_json_in_the_place_of_a_notebooks_parts_gives_a_pdf(source, metadata, output, top):
    made = export_pdf(
        {
            "cells": [
                {"cell_type": "code", "source": source, "metadata": metadata, "outputs": output},
                {"cell_type": "code", "source": "", "outputs": [output, {"data": output}]},
                {"cell_type": "markdown", "source": source, "attachments": metadata},
                {"cell_type": "markdown", "source": "x", "metadata": {"nbgrader": metadata}},
                {"cell_type": "markdown", "source": "x", "metadata": {"chainrule": metadata}},
                output,
                code("LAST = 1"),
            ],
            "metadata": top,
        }
    )
    assert "LAST = 1" in text(made)


@pytest.mark.parametrize(
    "source",
    [
        "\\begin{align}" * 4000,
        "$$ x " * 3001,
        "$$ x\n\n" * 3001,
        "$" + r"\text{" * 5000,
        "$" + r"\text{a}" * 5000,
        "<svg>" * 5000,
        "|a" * 5000 + "\n" + "|-" * 5000,
        "$ x " * 5001,
        "[" * 5000,
        "*a **b " * 3000,
        " ".join("`" * (length % 60 + 1) for length in range(3000)),
        " ".join(f"$\\foo{number}$" for number in range(300)),
    ],
    ids=[
        "begin",
        "display",
        "displays",
        "words",
        "texts",
        "svg",
        "bars",
        "inline",
        "bracket",
        "star",
        "tick",
        "invalid",
    ],
)
def test_openings_without_an_end_come_to_an_end(source):
    # A backtracking pattern would not be slow here: it would not end at all.
    made = export_pdf(notebook(markdown(source), code("LAST = 1")))
    assert "LAST = 1" in text(made)

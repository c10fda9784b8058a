"""Whatever a student writes, a PDF comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.pdf import export_pdf
from tests.chainrule.pdf.notebooks import code, data, markdown, notebook, stream, text

# Pieces of syntax make trouble more often than letters do.
SYNTAX = st.sampled_from(
    [
        *(
            "$",
            "$$",
            "\\",
            "\\\\",
            "`",
            "```",
            "~~~\n",
            "*",
            "_",
            "#",
            "- ",
            "1. ",
            "> ",
            "|",
            "\n",
        ),
        *("<b>", "</b>", "<div>", "<table><tr><td colspan=9>", "</table>", "<img src=x>", "<!--"),
        *("\\frac{", "}", "{", "\\left(", "\\begin{align}", "\\end{align}", "&", "^", "\\text{"),
        *(
            "![",
            "](",
            ")",
            "[",
            "http://x.y",
            "\x1b[31m",
            "\r",
            "\x00",
            "\ue000",
            '"',
            "#read(",
            "…",
        ),
    ]
)
TEXTS = st.lists(st.one_of(SYNTAX, st.text(max_size=6)), max_size=14).map("".join)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
LOOSE = settings(max_examples=40, deadline=10_000)


@LOOSE
@given(TEXTS, TEXTS)
def test_any_markdown_gives_a_pdf_and_spares_the_next_cell(first, second):
    made = export_pdf(notebook(markdown(first), markdown(second), code("LAST = 1")))
    assert "LAST = 1" in text(made)


@LOOSE
@given(TEXTS, TEXTS)
def test_any_code_and_output_give_a_pdf(source, output):
    kinds = ("text_html", "text_latex", "text_markdown", "image_svg+xml", "image_png")
    shown = [data(**{kind: output, "text_plain": output}) for kind in kinds]
    made = export_pdf(notebook(code(source, stream(output), *shown), code("LAST = 1")), timestamp=0)
    assert "LAST = 1" in text(made)


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
        "$ x " * 5001,
        "[" * 5000,
        "*a **b " * 3000,
        " ".join("`" * (length % 60 + 1) for length in range(3000)),
        " ".join(f"$\\foo{number}$" for number in range(300)),
    ],
    ids=["begin", "display", "inline", "bracket", "star", "tick", "invalid"],
)
def test_openings_without_an_end_come_to_an_end(source):
    # A backtracking pattern would not be slow here: it would not end at all.
    made = export_pdf(notebook(markdown(source), code("LAST = 1")))
    assert "LAST = 1" in text(made)

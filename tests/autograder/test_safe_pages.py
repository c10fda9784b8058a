"""Feedback pages: what a student wrote is shown there, and nothing of it runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.course import load_course
from chainrule import Worksheet

ROOT = Path(__file__).parents[2]


def page(*cells) -> str:
    exporter = HTMLExporter(config=load_course(ROOT).config, template_name="classic")
    return exporter.from_notebook_node(new_notebook(cells=list(cells)))[0]


ATTACK = '<script>alert("ran")</script><img src="x" onerror="alert(1)"><p>My answer.</p>'


@pytest.mark.parametrize(
    "cell",
    [
        new_markdown_cell(ATTACK),
        new_code_cell("x", outputs=[new_output("display_data", data={"text/html": ATTACK})]),
        new_code_cell("x", outputs=[new_output("display_data", data={"text/markdown": ATTACK})]),
        new_code_cell(
            "x",
            outputs=[
                new_output(
                    "display_data",
                    data={
                        "image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'>{ATTACK}</svg>"
                    },
                )
            ],
        ),
        new_code_cell(
            "x",
            outputs=[
                new_output(
                    "display_data",
                    data={"application/javascript": "alert('ran')", "text/plain": "p"},
                )
            ],
        ),
    ],
    ids=["markdown", "html", "markdown output", "svg", "javascript"],
)
def test_no_script_of_a_student_is_live_in_a_page(cell) -> None:
    clean = page(new_markdown_cell("nothing"))
    shown = page(cell)
    assert shown.count("<script") == clean.count("<script")
    assert re.search(r"<img[^>]*onerror", shown) is None


def test_a_worksheet_is_still_a_picture() -> None:
    graph = Worksheet("t")
    graph.exp(graph.input("x"), name="e")
    bundle = graph._repr_mimebundle_()
    shown = page(new_code_cell("x", outputs=[new_output("display_data", data=bundle)]))
    assert '<img alt="No description has been provided for this image"' in shown
    assert "data:image/svg+xml;base64," in shown

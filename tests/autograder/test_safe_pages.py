"""Feedback pages: what a student wrote is shown there, and nothing of it runs."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import nbgrader
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.course import load_course
from autograder.sandbox.output_nodes import output_from_message
from chainrule import Worksheet

ROOT = Path(__file__).parents[2]


FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
STYLES = FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css"
NBGRADER = {
    "nbgrader": {"notebook": "n", "score": 0, "max_score": 1, "late_penalty": 0},
    "notebook_id": "n",
    "base_url": "",
    "index": 0,
    "total": 1,
}


def page(*cells, template: str = "classic") -> str:
    """A page as nbconvert makes it, or as nbgrader does for students or for those who mark."""
    exporter = HTMLExporter(
        config=load_course(ROOT).config,
        template_name=template,
        extra_template_basedirs=[str(FORMGRADER / "templates")],
        extra_template_paths=[str(STYLES)],
    )
    return exporter.from_notebook_node(new_notebook(cells=list(cells)), copy.deepcopy(NBGRADER))[0]


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
@pytest.mark.parametrize("template", ["classic", "feedback", "formgrade"])
def test_no_script_of_a_student_is_live_in_a_page(cell, template: str) -> None:
    clean = page(new_markdown_cell("nothing"), template=template)
    shown = page(cell, template=template)
    assert shown.count("<script") == clean.count("<script")
    assert re.search(r"<img[^>]*onerror", shown) is None


def test_a_link_that_is_a_script_leads_nowhere() -> None:
    source = "[a](javascript:alert(1)) <a href='data:text/html,<script>1</script>'>b</a>"
    shown = page(new_markdown_cell(source), template="feedback")
    assert "javascript:alert" not in shown
    assert "data:text/html" not in shown


def test_what_markdown_is_for_is_still_there() -> None:
    source = "# A *title*\n\n| a | b |\n|--:|---|\n| $x < y$ | `c` |\n\n<details>more</details>\n"
    shown = page(new_markdown_cell(source), template="feedback")
    for part in ("<h1", "<em>title</em>", "text-align:right", "$x &lt; y$", "<code>c</code>"):
        assert part in shown
    assert "<details>" in shown


def test_a_pictures_width_is_a_number_or_nothing() -> None:
    sizes = {"width": "1 onload=alert(1) x=", "height": 20}
    content = {"data": {"image/png": "AAAA"}, "metadata": {"image/png": sizes, **sizes}}
    message = {"header": {"msg_type": "display_data"}, "content": content}
    output = output_from_message(message)
    assert output.metadata == {"image/png": {"height": 20}, "height": 20}


def test_a_worksheet_is_still_a_picture() -> None:
    graph = Worksheet("t")
    graph.exp(graph.input("x"), name="e")
    bundle = graph._repr_mimebundle_()
    shown = page(new_code_cell("x", outputs=[new_output("display_data", data=bundle)]))
    assert '<img alt="No description has been provided for this image"' in shown
    assert "data:image/svg+xml;base64," in shown

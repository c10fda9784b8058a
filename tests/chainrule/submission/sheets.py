"""Notebooks of a made-up assignment of two, as students have them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.utils import compute_checksum

from tests.chainrule.pdf.notebooks import code, graded, markdown, notebook, question, stream

ASSIGNMENT, NAMES = "05-nets", ["1-convolution", "2-network"]
STUB = "# WRITE YOUR CODE HERE"
SUBMIT = "from chainrule import submit\n\nsubmit()"
RIGHT = "def f(x):\n    return 2 * x"


def stamp(name: str, **other: Any) -> dict[str, Any]:
    said = {"assignment": ASSIGNMENT, "course": "Nets", "notebook": name, "notebooks": NAMES}
    return {**said, "scripts": {}, **other}


def last(name: str, **other: Any) -> dict[str, Any]:
    about = {"chainrule": {"submit": stamp(name, **other)}, "tags": ["remove-cell"]}
    return {**code(SUBMIT, **about), "execution_count": None}


def answer(name: str, source: str, released: str = STUB) -> dict[str, Any]:
    about = {"grade_id": f"{name}-answer", "grade": False, "solution": True, "locked": False}
    cell = code(released, nbgrader=about)
    about["checksum"] = compute_checksum(from_dict(cell))
    return {**cell, "source": source}


def words(name: str, source: str, released: str = "*WRITE YOUR ANSWER HERE*") -> dict[str, Any]:
    cell = markdown(released, **graded(name, 1.5, solution=True))
    cell["metadata"]["nbgrader"]["checksum"] = compute_checksum(from_dict(cell))
    return {**cell, "source": source}


def check(name: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return code("report(f)", *outputs, **graded(name, 2, solution=False))


FINE = stream("✓ the shape is right\n")


def sheet(name: str = NAMES[0], source: str = RIGHT, said: Any = FINE, **other: Any) -> dict:
    """A notebook with a question in code and one in words."""
    return notebook(
        markdown(f"# {name}"),
        markdown("## Question 1 · Double it", **question("double")),
        answer("double", source),
        check("double", said),
        markdown("## Question 2 · Why?", **question("why")),
        words("why", "Because."),
        last(name, **other),
    )


def put(folder: Path, name: str, content: dict[str, Any] | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(content if content is not None else sheet(name)), "utf-8")
    return path

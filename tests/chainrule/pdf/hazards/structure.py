"""Notebooks and cells that no validator would let pass."""

from __future__ import annotations

from typing import Any

from tests.chainrule.pdf.hazards import Hazard
from tests.chainrule.pdf.notebooks import code, markdown, notebook

HAZARDS = [
    Hazard("cell without source", {"cell_type": "code", "metadata": {}, "outputs": []}, ()),
    Hazard(
        "source as a list", {"cell_type": "markdown", "source": ["one ", "*two*"]}, ("one two",)
    ),
    Hazard(
        "source as a list of numbers", {"cell_type": "code", "source": [1, None, "x"]}, ("1Nonex",)
    ),
    Hazard("source as a mapping", {"cell_type": "markdown", "source": {"a": "b"}}, ("'a'",)),
    Hazard("source of null", {"cell_type": "markdown", "source": None}, ()),
    Hazard("unknown cell type", {"cell_type": "heading", "source": "KIND", "level": 2}, ("KIND",)),
    Hazard("cell type of wrong type", {"cell_type": ["code"], "source": "KIND"}, ("KIND",)),
    Hazard("no cell type", {"source": "KIND"}, ("KIND",)),
    Hazard(
        "raw cell", {"cell_type": "raw", "source": r"\LaTeX <b>raw</b>"}, (r"\LaTeX <b>raw</b>",)
    ),
    Hazard("metadata missing", {"cell_type": "code", "source": "x = 1"}, ("x = 1",)),
    Hazard(
        "metadata of wrong types",
        {
            **code("x = 1"),
            "metadata": {"tags": {"a": 1}, "nbgrader": [], "chainrule": 5, "jupyter": "no"},
        },
        ("x = 1",),
    ),
    Hazard(
        "nbgrader of wrong types",
        {
            **markdown("text"),
            "metadata": {
                "nbgrader": {"grade": [1], "points": "ten", "solution": "yes", "grade_id": {}}
            },
        },
        ("text",),
    ),
    Hazard(
        "question of wrong type",
        {**markdown("## Q"), "metadata": {"chainrule": {"question": {"id": [1]}}}},
        ("Q",),
    ),
    Hazard(
        "question id of markup",
        {**markdown("text"), "metadata": {"chainrule": {"question": '"] #panic("x'}}},
        ('"] #panic("x',),
    ),
    Hazard("outputs as a mapping", {**code("x = 1"), "outputs": {"text": "y"}}, ("x = 1",)),
    Hazard("outputs of strings", {**code("x = 1"), "outputs": ["y", None, 3]}, ("x = 1",)),
    Hazard(
        "execution count of wrong type", {**code("x = 1"), "execution_count": "<b>"}, ("x = 1",)
    ),
    Hazard(
        "execution count of 100 digits", {**code("x = 1"), "execution_count": 10**100}, ("x = 1",)
    ),
    Hazard(
        "attachments of wrong types",
        {**markdown("![a](attachment:x.png) end"), "attachments": {"x.png": "AAAA"}},
        ("end", "Image not shown"),
        "no attachment x.png",
    ),
    Hazard(
        "attachment without data",
        {**markdown("![a](attachment:x.png) end"), "attachments": {"x.png": {}}},
        ("end", "Image not shown"),
        "no attachment x.png",
    ),
    Hazard(
        "conflict markers",
        markdown("<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> other"),
        ("<<<<<<< HEAD", "mine", "theirs"),
    ),
]

WHOLE: dict[str, dict[str, Any]] = {
    "no cells": notebook(),
    "metadata missing": {"cells": [code("WHOLE = 1")]},
    "metadata of wrong types": {
        "cells": [code("WHOLE = 1")],
        "metadata": ["x"],
        "nbformat": "four",
    },
    "language of wrong type": notebook(
        code("WHOLE = 1"), language_info={"name": ["py"]}, kernelspec=3
    ),
    "duplicate ids": notebook(*[{**code("WHOLE = 1"), "id": "same"}] * 3),
    "cells that are no cells": notebook(None, 3, "x", [], code("WHOLE = 1")),  # type: ignore[arg-type]
    "widgets without state": notebook(
        code("WHOLE = 1"), widgets={"application/vnd.jupyter.widget-state+json": {}}
    ),
    "nbformat 3": {
        "nbformat": 3,
        "metadata": {},
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "code", "input": "WHOLE = 1", "language": "python", "outputs": []}
                ]
            }
        ],
    },
    "2,000 cells": notebook(*[code("WHOLE = 1")] * 2000),
}
"""Notebooks that are odd as a whole; each but the first holds ``WHOLE = 1``."""

NO_NOTEBOOK: dict[str, bytes] = {
    "empty file": b"",
    "white space": b" \n",
    "not JSON": b"# just a script\nprint(1)\n",
    "cut off": b'{"cells": [{"cell_type": "code", "sou',
    "a list": b"[1, 2]",
    "a number": b"3",
    "no cells at all": b'{"metadata": {}}',
    "cells of wrong type": b'{"cells": {"a": 1}}',
    "binary": bytes(range(256)),
    "a zip file": b"PK\x03\x04" + bytes(60),
    "UTF-16": '{"cells": []}'.encode("utf-16"),
    "nested too deeply": b"[" * 200_000,
    "conflict markers": b'{\n<<<<<<< HEAD\n"cells": []\n=======\n"cells": [1]\n>>>>>>> b\n}',
    "worksheets of wrong type": b'{"nbformat": 3, "worksheets": 7}',
    "an integer of 10,000 digits": b'{"cells": [{"execution_count": ' + b"9" * 10_000 + b"}]}",
}
"""Files that are no notebooks."""

"""Whatever is in a notebook, a PDF comes out, the hazard can be found in it, and is reported."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from chainrule.cli import app
from chainrule.pdf import export_pdf
from tests.chainrule.pdf.hazards import Hazard, images, latex, outputs, structure, unicode
from tests.chainrule.pdf.notebooks import notebook, pages, squeezed, text

ALL = [
    pytest.param(hazard, id=f"{module.__name__.rpartition('.')[2]}-{hazard.name}")
    for module in (latex, images, outputs, unicode, structure)
    for hazard in module.HAZARDS
]


@pytest.mark.parametrize("hazard", ALL)
def test_a_hazard_is_found_in_the_pdf_or_its_box_is_and_what_is_wrong_is_said(
    hazard: Hazard, tmp_path
):
    for name, content in hazard.files.items():
        (tmp_path / name).write_bytes(content)
    made = export_pdf(hazard.notebook, root=tmp_path)
    found = squeezed(text(made))
    for wanted in ("BEFORE it", *hazard.shows, "AFTER it"):
        assert squeezed(wanted) in found
    for unwanted in hazard.hides:
        assert squeezed(unwanted) not in found
    told = [problem for problem in made.problems if "No font of this machine" not in problem.what]
    told = [problem for problem in told if "not been run" not in problem.what]
    if not hazard.problem:
        assert told == []
        return
    (problem,) = told
    assert problem.cell == 2
    assert hazard.problem in problem.what
    assert problem.remedy


@pytest.mark.parametrize("name", structure.WHOLE)
def test_a_notebook_that_no_validator_would_pass_is_shown(name: str):
    made = export_pdf(structure.WHOLE[name])
    assert not made.failed
    assert "WHOLE = 1" in text(made) or name == "no cells"


def test_what_is_to_be_said_of_a_notebook_without_cells_is_shown():
    made = export_pdf(structure.WHOLE["no cells"], remarks={"": "All cells were deleted."})
    assert not made.failed
    assert "All cells were deleted." in text(made)


@pytest.mark.parametrize("name", structure.NO_NOTEBOOK)
def test_what_is_no_notebook_gives_one_page_that_says_so(name: str, tmp_path):
    path = tmp_path / "hw.ipynb"
    path.write_bytes(structure.NO_NOTEBOOK[name])
    made = export_pdf(path)
    (page,) = pages(made)
    assert "could not be read" in page
    assert made.failed
    (problem,) = made.problems
    assert "hw" in problem.what
    assert problem.remedy
    assert CliRunner().invoke(app, ["pdf", str(path)]).exit_code == 1


def test_the_same_hazards_give_the_same_bytes_in_every_process(tmp_path):
    cells = [
        hazard.cell
        for module in (latex, images, outputs, unicode, structure)
        for hazard in module.HAZARDS
        if hazard.name != "JSON nested beyond reason"  # which json does not write
    ]
    path = tmp_path / "all.ipynb"
    path.write_text(json.dumps(notebook(*cells)))
    here = export_pdf(path, timestamp=1_767_600_000).data
    assert here == export_pdf(path, timestamp=1_767_600_000).data
    program = (
        "import hashlib, sys; from chainrule.pdf import export_pdf;"
        "print(hashlib.sha256(export_pdf(sys.argv[1], timestamp=1767600000).data).hexdigest())"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().strip() == hashlib.sha256(here).hexdigest()

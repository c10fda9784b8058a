"""The same assignment for otter-grader: an autograder zip a notebook, and submissions to match.

Each test cell of a source notebook becomes an otter test file that runs the same lines: the
visible asserts, and the hidden `grade(...)`, which ends in the same check in the same process.
An otter test case passes or fails, so a check's partial points are written in binary: twelve
hidden cases a question, each worth twice the next. They agree with the check's points to 1/4095.
"""

from __future__ import annotations

import ast
import json
import zipfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode

BITS = 12
LEVELS = (1 << BITS) - 1

TEST_FILE = '''\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = None
POINTS = {points!r}
SETUP = compile({setup!r}, name, "exec")
LAST = compile({last!r}, name, "eval")
_earned = []


def level(env):
    """What the test cell earns in this notebook, of {levels}; run once."""
    if not _earned:
        _earned.append(0)  # should a line of the test cell raise
        here = dict(env)
        exec(SETUP, here)
        value = eval(LAST, here)
        points = POINTS if value is None else min(max(float(value), 0.0), POINTS)
        _earned[0] = round(points / POINTS * {levels})
    return _earned[0]


def bit(place):
    def test(env):
        assert level(env) >> place & 1
    return test


for _place in range({bits}):
    globals()[f"bit_{{_place}}"] = test_case(
        name=f"{{name}} {{_place}}", points=POINTS * (1 << _place) / {levels}, hidden=True
    )(bit(_place))
'''


def write_autograder(source: Path, path: Path) -> Path:
    """Write the zip that `otter run --autograder` takes for a source notebook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("otter_config.json", json.dumps({"lang": "python", "pdf": False}))
        for cell in _test_cells(nbformat.read(source, as_version=4)):
            name = cell.metadata.nbgrader.grade_id
            archive.writestr(f"tests/{name}.py", _test_file(name, cell))
    return path


def submission(handed_in: NotebookNode, source: NotebookNode) -> NotebookNode:
    """A submission as otter's students have it: in place of a test cell, otter's check."""
    tests = {cell.metadata.nbgrader.grade_id for cell in _test_cells(source)}
    for cell in handed_in.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in tests:
            cell.source = f"# {name}"
            cell.metadata["otter"] = {"tests": [name]}
    handed_in.metadata["otter"] = {"OK_FORMAT": False, "tests": {}}
    return handed_in


def read_score(results: Path) -> float:
    """The points of one notebook in otter's results.json."""
    tests = json.loads(results.read_text("utf-8"))["tests"]
    return sum(float(test.get("score") or 0.0) for test in tests)


def write_submission(handed_in: Path, source: Path, path: Path) -> Path:
    notebook = submission(
        nbformat.read(handed_in, as_version=4), nbformat.read(source, as_version=4)
    )
    nbformat.write(notebook, path)
    return path


def _test_cells(source: NotebookNode) -> list[NotebookNode]:
    cells = [c for c in source.cells if c.cell_type == "code" and "nbgrader" in c.metadata]
    return [c for c in cells if c.metadata.nbgrader.grade and not c.metadata.nbgrader.solution]


def _test_file(name: str, cell: NotebookNode) -> str:
    tree = ast.parse(cell.source)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        setup = "\n".join(map(ast.unparse, tree.body[:-1]))
        value = ast.unparse(last.value)
    else:  # asserts alone: everything or nothing
        setup, value = ast.unparse(tree), "None"
    return TEST_FILE.format(
        name=name,
        points=float(cell.metadata.nbgrader.points),
        setup=setup,
        last=value,
        levels=LEVELS,
        bits=BITS,
    )

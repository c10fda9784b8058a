"""The hostile submissions, and the class that they hand in together.

An attack is a file in `submissions/`. Its head says what it may earn and where
it stands:

    # points: 0                  what its honest values earn, in the whole notebook
    # cell: bias_factor_relu     the answer it stands in; without this line, the first
    # notebook                   it is a function `tamper(notebook)` instead of a cell
    # shows: kernel died         what the instructor reads about it
    # link: name -> place        a link that lies beside the notebook
    # What it tries, in words.

Every other answer of an attacker has the right form and is wrong, so that each
test cell reaches its check, and any point at all is one too many.
"""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Course, load_course
from autograder.release import release

PROJECT = Path(__file__).parents[2]
SUBMISSIONS = Path(__file__).parent / "submissions"
ASSIGNMENT = "01-backprop-worksheets"
NOTEBOOK = "4-bias-gradients"
FIRST = "bias_chain_b2"

LIMITS = """
c.Execute.timeout = 4
c.Execute.iopub_timeout = 2
c.ExecuteAll.notebook_timeout = 40
c.ExecuteAll.max_output = 300_000
c.Sandbox.memory_gb = 1.0
c.Sandbox.file_size_gb = 0.1
c.Sandbox.disk_gb = 0.2
c.Sandbox.processes = 64
c.Sandbox.open_files = 256
"""
"""Small, so that what passes them does so soon."""

_CHAIN = 'gradient_{0} = Derivation("L/{0}", known=["L", "yhat", "h", "v", "b1", "b2"])\n'
RIGHT = {
    "bias_chain_b2": _CHAIN.format("b2") + 'gradient_b2.write("yhat/b2.T", "L/yhat.T")',
    "bias_chain_b1": _CHAIN.format("b1")
    + 'gradient_b1.write("v/b1.T", "h/v.T", "yhat/h.T", "L/yhat.T")',
    "bias_factor_loss": "def dL_dyhat(t, yhat):\n    return -2 * (t - yhat)",
    "bias_factor_linear": "def dyhat_dh(W2, h, b2):\n    return W2",
    "bias_factor_relu": "def dh_dv(v):\n    return np.diag((v > 0).astype(float))",
    "bias_formula_b2": "def grad_b2(t, yhat):\n    return -2 * (t - yhat)",
    "bias_formula_b1": "def grad_b1(t, yhat, W2, v):\n"
    "    return (v > 0) * (W2.T @ (-2 * (t - yhat)))",
}
WRONG = {
    "bias_chain_b2": _CHAIN.format("b2") + 'gradient_b2.write("L/yhat", "yhat/b1")',
    "bias_chain_b1": _CHAIN.format("b1") + 'gradient_b1.write("yhat/b2.T", "L/yhat.T")',
    "bias_factor_loss": "def dL_dyhat(t, yhat):\n    return np.zeros(2)",
    "bias_factor_linear": "def dyhat_dh(W2, h, b2):\n    return np.zeros((2, 2))",
    "bias_factor_relu": "def dh_dv(v):\n    return np.zeros((2, 2))",
    "bias_formula_b2": "def grad_b2(t, yhat):\n    return np.zeros(2)",
    "bias_formula_b1": "def grad_b1(t, yhat, W2, v):\n    return np.zeros(2)",
}


@dataclass(frozen=True)
class Attack:
    """One hostile submission: where it stands, what it honestly earns, what it leaves to read."""

    name: str
    source: str
    points: float
    cell: str
    tampers: bool
    shows: str


def read_attacks() -> dict[str, Attack]:
    """Every attack of the folder, by name."""
    return {path.stem: _read(path) for path in sorted(SUBMISSIONS.glob("*.py"))}


def _read(path: Path) -> Attack:
    source = path.read_text("utf-8")

    def said(key: str, otherwise: str) -> str:
        found = re.search(rf"^# {key}: (.+)$", source, re.MULTILINE)
        return found[1] if found else otherwise

    return Attack(
        path.stem,
        source,
        float(said("points", "nan")),
        said("cell", FIRST),
        "\n# notebook\n" in source,
        said("shows", ""),
    )


def make_course(root: Path, solution_canary: str) -> Course:
    """A released course with the one notebook; `solution_canary` stands in each solution."""
    root.mkdir()
    config = (PROJECT / "nbgrader_config.py").read_text("utf-8")
    (root / "nbgrader_config.py").write_text(config + LIMITS, "utf-8")
    source = nbformat.read(PROJECT / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", as_version=4)
    # What only draws would take half of the time.
    source.cells = [
        cell for cell in source.cells if cell.cell_type == "markdown" or _marks_or_sets_up(cell)
    ]
    for cell in source.cells:
        cell.source = cell.source.replace(
            "### BEGIN SOLUTION\n", f"### BEGIN SOLUTION\n    # {solution_canary}\n"
        )
    folder = root / "source" / ASSIGNMENT
    folder.mkdir(parents=True)
    nbformat.write(source, folder / f"{NOTEBOOK}.ipynb")
    course = load_course(root)
    release(course, ASSIGNMENT)
    return course


def _marks_or_sets_up(cell: NotebookNode) -> bool:
    name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    return bool(name) and not name.endswith("-figure")


def hand_in(course: Course, student: str, answers: Mapping[str, str], tamper=None) -> Path:
    """Put a notebook with these answers into `submitted/`; returns its folder."""
    path = course.path("release", ASSIGNMENT) / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name.endswith("-answer"):
            cell.source = answers[name.removesuffix("-answer")]
    if tamper is not None:
        tamper(notebook)
    folder = course.path("submitted", ASSIGNMENT, student)
    folder.mkdir(parents=True)
    # As it is: an attacker asks nobody whether the file is valid.
    (folder / f"{NOTEBOOK}.ipynb").write_text(
        nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    )
    return folder


def hand_in_attack(course: Course, attack: Attack, known: Mapping[str, str]) -> None:
    """Hand an attack in. `known` is what its author has found out: paths, ports, numbers."""
    source = attack.source
    for name, value in known.items():
        source = source.replace(f"__{name}__", value)
    if attack.tampers:
        tamper = runpy.run_path(str(SUBMISSIONS / f"{attack.name}.py"))["tamper"]
        folder = hand_in(course, attack.name, WRONG, tamper)
    else:
        whole = f"{WRONG[attack.cell]}\n\n\n{source}"
        folder = hand_in(course, attack.name, {**WRONG, attack.cell: whole})
    for name, place in re.findall(r"^# link: (\S+) -> (\S+)$", source, re.MULTILINE):
        (folder / name).symlink_to(place)
    beside = SUBMISSIONS / "beside" / attack.name
    if beside.is_dir():
        shutil.copytree(beside, folder, dirs_exist_ok=True)

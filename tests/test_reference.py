"""The reference results: run as the notebooks stand, resumed, and shown without gaps hidden."""

from __future__ import annotations

import ast
import copy
import dataclasses
import inspect
import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks import reference, solutions
from benchmarks.baselines import BASELINES, linear_accuracy
from benchmarks.reference_kernel import MEASURES
from benchmarks.reference_notebook import How, run
from benchmarks.reference_page import MISSING, page
from benchmarks.solutions import SOLUTIONS, Solution

ROOT = Path(__file__).parents[1]
TRIAL = ("02", "--data", "sample", "--epochs", "1", "--threads", "1", "--seeds", "1")
NAMES = [solution.assignment for solution in SOLUTIONS]


@pytest.fixture(scope="module")
def trial(tmp_path_factory) -> Path:
    """The folder of a trial of assignment 02: one epoch on the sample."""
    folder = tmp_path_factory.mktemp("trial")
    reference.main([*TRIAL, "--out", str(folder)])
    return folder


def results_of(folder: Path) -> dict:
    return json.loads((folder / "reference.json").read_text("utf-8"))


def test_a_solution_is_run_and_measured_on_all_test_images(trial: Path) -> None:
    measured = results_of(trial)["results"]["02-numpy-mlp"]["0"]
    (network,) = measured["networks"].values()
    training = measured["trainings"]["two-layer"]
    assert network["images"] == 1000
    assert 0.2 < network["accuracy"] < 1
    hidden = training["config"]["hidden_dim"]
    assert network["parameters"] == (3072 + 1) * hidden + (hidden + 1) * 10
    assert training["done"] == 1
    assert training["data"]["is_sample"]
    assert measured["notebook_seconds"] > training["seconds"] > 0


def test_the_page_shows_what_was_measured_and_that_the_rest_was_not(trial: Path) -> None:
    text = (trial / "results.md").read_text("utf-8")
    results = results_of(trial)
    accuracy = results["results"]["02-numpy-mlp"]["0"]["networks"]["two-layer"]["accuracy"]
    rows = {line.split(" | ")[0].strip("| "): line for line in text.splitlines()[::-1]}
    (mine,) = [line for line in text.splitlines() if f"**{accuracy:.4f}**" in line]
    assert "1 of 3" in mine
    assert f"{results['baselines']['cifar10']:.4f}" in mine
    assert "trial" in text
    for name in NAMES[1:]:
        assert MISSING in rows[name]


def test_what_is_finished_is_not_run_again(trial: Path, monkeypatch) -> None:
    before = results_of(trial)
    monkeypatch.setattr(reference, "run", lambda *_: pytest.fail("it ran again"))
    reference.main([*TRIAL, "--out", str(trial)])
    assert results_of(trial) == before


def test_other_settings_cannot_stand_in_the_same_table(trial: Path) -> None:
    with pytest.raises(SystemExit, match="cannot stand"):
        reference.main(["02", "--data", "sample", "--out", str(trial)])


def test_a_trial_cannot_overwrite_the_real_results(capsys) -> None:
    with pytest.raises(SystemExit):
        reference.main(["02", "--epochs", "1"])
    assert "needs --out" in capsys.readouterr().err


# -- seeds, stops and failures, on a notebook that takes no time ---------------------------

TOY = """
import numpy as np
from chainrule import grade
from chainrule.datasets import Split, DataSet
from chainrule.training import seed_all, train

seed_all(0)
rng = np.random.default_rng(0)
split = Split(np.zeros((4, 2, 2, 3), np.uint8), np.arange(4))
data = DataSet("toy", split, split, tuple("abcd"), True, "toy")
class Model:
    params = {"w": rng.standard_normal(3)}
    def scores(self, x):
        return np.eye(4)[[0, 1, 2, 0]]
model = Model()
def scale(images):
    return images
def epoch(k):
    return {"global": float(np.random.random()), "own": float(rng.random())}
"""
TRAIN = """
run = train("two-layer", model.params, epoch, 4, data=data, generators=[rng])
grade("nothing", run)
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch) -> Solution:
    monkeypatch.setattr(solutions, "SOURCE", tmp_path / "source")
    write(SOLUTIONS[0], TOY, TRAIN)
    return SOLUTIONS[0]


def write(solution: Solution, *cells: str) -> None:
    solution.path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=list(map(new_code_cell, cells))), solution.path)


def silent(cell: str) -> None:
    """Nobody listens."""


HOW = How("sample", 2, 1)


def test_each_seed_moves_all_random_numbers_and_seed_0_none(toy: Solution, tmp_path: Path) -> None:
    last = {}
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        measured = run(toy, seed, HOW, tmp_path / name, silent)
        training = measured["trainings"]["two-layer"]
        last[name] = training["last"]
        assert training["done"] == HOW.epochs
        assert training["seed"] == 1000 * seed
        assert measured["networks"]["two-layer"] == {
            "accuracy": 0.75,
            "images": 4,
            "parameters": 3,
        }
    assert last["a"] == last["b"]
    for kind in ("global", "own"):
        assert last["a"][kind] != last["c"][kind]


def test_a_stopped_training_goes_on_and_its_whole_time_is_not_known(
    toy: Solution, tmp_path: Path
) -> None:
    stop = TRAIN.replace("epoch, 4", "stopping, 4")
    stopping = "def stopping(k):\n    if k == 1: raise KeyError('stop')\n    return epoch(k)"
    write(toy, TOY, stopping, stop)
    with pytest.raises(Exception, match="stop"):
        run(toy, 0, HOW, tmp_path / "work", silent)
    write(toy, TOY, TRAIN.replace("run = ", "epochs_run = []; counted = epoch\n"
          "def epoch(k):\n    epochs_run.append(k); return counted(k)\nrun = "),
          "assert epochs_run == [1]")  # fmt: skip
    measured = run(toy, 0, HOW, tmp_path / "work", silent)
    assert measured["trainings"]["two-layer"]["done"] == HOW.epochs
    assert measured["notebook_seconds"] is None


def test_a_solution_that_fails_is_said_and_leaves_a_gap(
    toy: Solution, tmp_path: Path, monkeypatch, capsys
) -> None:
    write(toy, TOY, "raise RuntimeError('as it stands')")
    monkeypatch.setattr(reference, "linear_accuracy", lambda name, **_: 0.5)
    with pytest.raises(SystemExit, match="02-numpy-mlp with seed 0"):
        reference.main([*TRIAL, "--out", str(tmp_path)])
    assert "as it stands" in capsys.readouterr().out
    assert results_of(tmp_path)["results"]["02-numpy-mlp"] == {}
    assert MISSING in (tmp_path / "results.md").read_text("utf-8")


def test_changed_code_is_measured_again_and_changed_prose_and_tests_are_not(toy: Solution) -> None:
    before = toy.checksum()
    notebook = nbformat.read(toy.path, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("prose"))
    test = nbformat.v4.new_code_cell("assert True")
    test.metadata["nbgrader"] = {"grade": True, "solution": False, "grade_id": "t", "points": 1}
    notebook.cells.append(test)
    nbformat.write(notebook, toy.path)
    assert toy.checksum() == before
    notebook.cells.append(nbformat.v4.new_code_cell("a = 1"))
    nbformat.write(notebook, toy.path)
    assert toy.checksum() != before
    before = toy.checksum()
    (toy.path.parent / "script.py").write_text("a = 1\n", "utf-8")
    assert toy.checksum() != before


# -- the page -----------------------------------------------------------------------------


def test_a_target_is_held_against_the_mean_of_the_seeds(trial: Path) -> None:
    results = copy.deepcopy(results_of(trial))
    seeds = results["results"]["02-numpy-mlp"]
    for seed, accuracy in (("0", 0.60), ("1", 0.55), ("2", 0.44)):
        seeds[seed] = copy.deepcopy(seeds["0"])
        seeds[seed]["networks"]["two-layer"]["accuracy"] = accuracy
    text = page(results)
    assert "accuracy ≥ 0.45 | course text | 3 of 3 | 0.5300 | yes |" in text
    assert "accuracy ≥ 0.54 | this project | 3 of 3 | 0.5300 | **no** |" in text
    assert "**0.5300** | 0.6000, 0.5500, 0.4400 |" in text


def test_times_of_a_busy_machine_are_marked(trial: Path) -> None:
    results = copy.deepcopy(results_of(trial))
    machine = results["results"]["02-numpy-mlp"]["0"]["machine"]
    for load, marked in ((0.1, False), (9.0, True)):
        machine["load_before"] = load
        assert ("too long" in page(results)) is marked


def test_the_committed_page_is_what_the_results_give() -> None:
    kept = json.loads((reference.RESULTS / "reference.json").read_text("utf-8"))
    assert reference.PAGE.read_text("utf-8") == page(kept), "run python -m benchmarks.reference"
    assert not kept["how"]["is_trial"]


# -- the notebooks have what is asked of them ---------------------------------------------


@pytest.mark.parametrize("solution", SOLUTIONS, ids=NAMES)
def test_a_notebook_has_the_variables_and_trainings_that_are_measured(solution: Solution) -> None:
    cells = nbformat.read(solution.path, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    made = {node.id for node in ast.walk(ast.parse(code)) if _is_stored(node)}
    made |= {n.name for n in ast.parse(code).body if isinstance(n, ast.FunctionDef)}
    parameters = inspect.signature(MEASURES[solution.assignment]).parameters.values()
    wanted = {p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD}
    assert wanted <= made
    scripts = [path.read_text("utf-8") for path in solution.path.parent.glob("*.py")]
    for network in solution.networks:
        assert any(f'"{network.name}"' in text for text in (code, *scripts)), network.name
        assert network.baseline in BASELINES


def _is_stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def test_names_choose_solutions_and_a_wrong_one_is_refused() -> None:
    assert [s.assignment for s in solutions.chosen(["06", "02"])] == [NAMES[0], NAMES[3]]
    assert solutions.chosen([]) == SOLUTIONS
    with pytest.raises(ValueError, match="There are: 02-numpy-mlp"):
        solutions.chosen(["99"])


def test_the_linear_baseline_learns_what_a_line_can_learn(monkeypatch) -> None:
    monkeypatch.setenv("CHAINRULE_DATASET", "sample")
    assert linear_accuracy("mnist", epochs=5) > 0.7
    assert linear_accuracy("cifar10-first", epochs=1) > 0.3
    with pytest.raises(ValueError, match="no baseline"):
        linear_accuracy("cifar")


def test_a_target_is_a_bound_from_its_own_side() -> None:
    accuracy, parameters, seconds = (
        solutions.Target(what, bound, "here")
        for what, bound in (("accuracy", 0.5), ("parameters", 10), ("epoch_seconds", 60))
    )
    assert (accuracy.met(0.5), accuracy.met(0.49)) == (True, False)
    assert (parameters.met(9), parameters.met(10)) == (True, False)
    assert (seconds.met(60), seconds.met(61)) == (True, False)
    assert dataclasses.replace(accuracy, bound=0.985).words == "accuracy ≥ 0.985"

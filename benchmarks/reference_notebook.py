"""One reference notebook, run as it stands with one seed, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from benchmarks.metering import cores
from benchmarks.solutions import Solution
from chainrule.datasets import CHOICE
from chainrule.training.environment import DEVICE, GRADING

ROOT = Path(__file__).parents[1]
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


@dataclass(frozen=True)
class How:
    """How notebooks are run: on "real" data or the "sample", with so many threads.

    `epochs` shortens every training to at most so many, to try things out.
    """

    data: str = "real"
    epochs: int | None = None
    threads: int = cores()

    @property
    def is_trial(self) -> bool:
        """Whether the numbers say nothing about the networks as students get them."""
        return self.data != "real" or self.epochs is not None


def run(
    solution: Solution, seed: int, how: How, work: Path, started: Callable[[str], None]
) -> dict[str, Any]:
    """Run a solution, and return what it measured; `started` hears of each cell that is run.

    `work` is this run's folder. Trainings that were stopped there go on where they were, and its
    whole time is then not known ("notebook_seconds" None). Raises nbclient's CellExecutionError.
    """
    resumed = (work / "artifacts").exists()
    work.mkdir(parents=True, exist_ok=True)
    for script in solution.path.parent.glob("*.py"):
        shutil.copy(script, work)
    result = work / "result.json"
    result.unlink(missing_ok=True)
    notebook = nbformat.read(solution.path, as_version=4)
    # Of the module itself, so that nothing here adds a name to the notebook's.
    module = "__import__('benchmarks.reference_kernel', fromlist=['x'])"
    before = f"{module}.begin({seed}, {how.epochs})"
    after = f"{module}.end(globals(), {solution.assignment!r}, {result.name!r})"
    notebook.cells = [new_code_cell(before), *notebook.cells, new_code_cell(after)]
    client = NotebookClient(
        notebook,
        timeout=None,
        resources={"metadata": {"path": str(work)}},
        on_cell_execute=lambda cell, cell_index: started(cell.id),
    )
    client.execute(env=_environment(how))
    measured = json.loads(result.read_text("utf-8"))
    if resumed:
        measured["notebook_seconds"] = measured["processor_seconds"] = None
    missing = {n.name for n in solution.networks} - measured["networks"].keys()
    missing |= {n.name for n in solution.networks} - measured["trainings"].keys()
    if missing:
        raise RuntimeError(f"{solution.path}: nothing was measured of {', '.join(missing)}")
    return measured


def _environment(how: How) -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    threads = dict.fromkeys(_THREADS, str(how.threads))
    ours = {"PYTHONPATH": path, CHOICE: how.data, DEVICE: "cpu"} | threads
    return {name: v for name, v in os.environ.items() if name != GRADING} | ours

"""The reference solutions that train something, and what their networks are held against."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

SOURCE = Path(__file__).parents[1] / "source"

TEXT = "course text"
OURS = "this project"


@dataclass(frozen=True)
class Target:
    """A bound on one measured number; accuracies are reached from above, the rest from below.

    `what` is "accuracy" (a share of the test images), "parameters", "epoch_seconds" or
    "training_seconds"; accuracies and seconds are means over the seeds.
    """

    what: str
    bound: float
    by: str

    @property
    def words(self) -> str:
        """The bound as the page writes it: "accuracy ≥ 0.45"."""
        if self.what == "accuracy":
            return f"accuracy ≥ {self.bound:g}"
        if self.what == "parameters":
            return f"fewer than {self.bound:,.0f} parameters"
        return f"{'an epoch' if self.what == 'epoch_seconds' else 'training'} ≤ {self.bound:g} s"

    def met(self, number: float) -> bool:
        """Whether `number` is within the bound."""
        if self.what == "accuracy":
            return number >= self.bound
        return number < self.bound if self.what == "parameters" else number <= self.bound


@dataclass(frozen=True)
class Network:
    """One network that is measured on test images: the name of its training, and what it is."""

    name: str
    what: str
    baseline: str
    """Of which images a linear classifier is its baseline: see `benchmarks.baselines`."""
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Solution:
    """A notebook with its solutions, and the networks that it leaves trained."""

    assignment: str
    notebook: str
    networks: tuple[Network, ...]

    @property
    def path(self) -> Path:
        return SOURCE / self.assignment / f"{self.notebook}.ipynb"

    def checksum(self) -> str:
        """Of all that a result comes from: the notebook's code, and the scripts beside it.

        Prose is free, and so are test cells, which look at what others have done.
        """
        cells = nbformat.read(self.path, as_version=4).cells
        code = [cell.source for cell in cells if cell.cell_type == "code" and not _is_test(cell)]
        code += [path.read_text("utf-8") for path in sorted(self.path.parent.glob("*.py"))]
        return hashlib.sha256("\0".join(code).encode()).hexdigest()[:12]


def _is_test(cell: NotebookNode) -> bool:
    return is_grade(cell) and not is_solution(cell)


SOLUTIONS = (
    Solution(
        "02-numpy-mlp",
        "two-layer-classifier",
        (
            Network(
                "two-layer",
                "two layers, from scratch in NumPy",
                "cifar10",
                (
                    Target("accuracy", 0.45, TEXT),
                    Target("accuracy", 0.54, OURS),
                    Target("training_seconds", 60, OURS),
                ),
            ),
        ),
    ),
    Solution(
        "04-grayscale-mlp",
        "dense-network",
        (Network("dense", "dense 256-128-64 on grey images", "cifar10-gray"),),
    ),
    Solution(
        "05-mnist-cnn",
        "2-small-cnn",
        (
            Network(
                "final",
                "two convolutions, two dense layers",
                "mnist",
                (Target("accuracy", 0.99, OURS),),
            ),
        ),
    ),
    Solution(
        "06-dropout-sweep",
        "dropout-sweep",
        (
            Network(
                "best",
                "deep CNN with the best dropout of the sweep",
                "mnist",
                (
                    Target("accuracy", 0.985, TEXT),
                    Target("parameters", 1_000_000, TEXT),
                    Target("epoch_seconds", 600, TEXT),
                    Target("accuracy", 0.995, OURS),
                    Target("epoch_seconds", 60, OURS),
                ),
            ),
        ),
    ),
    Solution(
        "07-cifar-cnn",
        "cifar-cnn",
        (
            Network(
                "cifar-cnn",
                "two convolutional and two dense blocks",
                "cifar10",
                (Target("accuracy", 0.75, OURS),),
            ),
        ),
    ),
    Solution(
        "08-transfer-learning",
        "transfer-learning",
        (
            Network("first-whole", "first five classes, from scratch", "cifar10-first"),
            Network("first-dense", "first five, dense layer on carried kernels", "cifar10-first"),
            Network("second-whole", "second five classes, from scratch", "cifar10-second"),
            Network(
                "second-dense", "second five, dense layer on carried kernels", "cifar10-second"
            ),
            Network(
                "second-random", "second five, dense layer on random kernels", "cifar10-second"
            ),
        ),
    ),
)


def chosen(names: Sequence[str]) -> tuple[Solution, ...]:
    """The solutions whose assignment starts with one of the names; all of them without names.

    ValueError for a name that is none.
    """
    for name in names:
        if not any(solution.assignment.startswith(name) for solution in SOLUTIONS):
            there = ", ".join(solution.assignment for solution in SOLUTIONS)
            raise ValueError(f"There is no reference solution {name!r}. There are: {there}.")
    wanted = tuple(names) or ("",)
    return tuple(s for s in SOLUTIONS if s.assignment.startswith(wanted))

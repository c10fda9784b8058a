"""Ten made-up students, put together from the answer bank, each with a story.

What each must get is what the bank says of the answers they gave: nothing
here names a score, except 0 for a cell that never came to an end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import nbformat
from nbformat import NotebookNode

from autograder.answers.bank import REFERENCE, Answer, Bank, fill

ASSIGNMENT = "01-backprop-worksheets"
NEURON, SIGMOID, NETWORK, BIASES = (
    "1-exponential-neuron",
    "2-sigmoid-neuron",
    "3-two-layer-network",
    "4-bias-gradients",
)

Files = dict[str, bytes]
"""What a student hands in: file contents by notebook name, without suffix."""


@dataclass(frozen=True)
class MadeUp:
    """One student: the answers they chose, and what happened to their files.

    `answers` names answers of the bank by question, or brings its own;
    questions not in it are answered by the reference solution, unless
    `leaves_blank`. `noisy` ones get a right answer that warns whenever it
    runs. `damage` changes the written files; `lost` names the
    notebooks that cannot be marked after it.
    """

    id: str
    name: str
    story: str
    answers: Mapping[str, str | Answer] = field(default_factory=dict)
    leaves_blank: bool = False
    noisy: frozenset[str] = frozenset()
    damage: Callable[[Files], Files] = lambda files: files
    lost: frozenset[str] = frozenset()

    def chosen(self, bank: Bank, references: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answer to every question this student answers."""
        chosen = {} if self.leaves_blank else dict(references)
        for question, answer in self.answers.items():
            if answer == REFERENCE:
                chosen[question] = references[question]
            else:
                chosen[question] = answer if isinstance(answer, Answer) else bank[question][answer]
        for question in self.noisy:
            quiet = chosen[question]
            chosen[question] = replace(quiet, source=NOISE + quiet.source)
        return chosen

    def files(self, released: Mapping[str, NotebookNode], chosen: Mapping[str, Answer]) -> Files:
        """The notebooks as this student hands them in."""
        written = {
            name: nbformat.writes(fill(notebook, chosen)).encode("utf-8")
            for name, notebook in released.items()
        }
        return self.damage(written)


def _own(question: str, source: str, about: str, points: float = 0.0) -> Answer:
    return Answer(question, f"own-{question}", source, points, about)


NOISE = """\
import logging, sys, warnings
warnings.simplefilter("always")
warnings.warn("this feature is deprecated", DeprecationWarning, stacklevel=2)
logging.getLogger("student").error("still working")
for done in range(0, 101, 20):
    print(f"\\r{done:3d} %", end="", file=sys.stderr)
print(file=sys.stderr)
"""
"""Statements that warn, log and draw a progress bar wherever they stand."""


def _truncated(files: Files) -> Files:
    return {**files, NETWORK: files[NETWORK][:200]}


def _without(name: str) -> Callable[[Files], Files]:
    return lambda files: {key: data for key, data in files.items() if key != name}


def _tampered(files: Files) -> Files:
    """Rewrites the test cells to give full points, and raises what they are worth."""
    notebook = nbformat.reads(files[NEURON].decode("utf-8"), as_version=4)
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade") and not about.get("solution"):
            about["points"] = 40
            cell.source = f"print('All tests passed!')\n{about['points']}.0"
    return {**files, NEURON: nbformat.writes(notebook).encode("utf-8")}


STUDENTS: tuple[MadeUp, ...] = (
    MadeUp("ada", "Ada Perfect", "Answers everything, and everything is right."),
    MadeUp(
        "ben",
        "Ben Slip",
        "Makes two slips in the forward pass of the first notebook and works on from them. Each "
        "slip costs once; his gradients follow from his own numbers and are right.",
        {"exp_forward": "wrong-two-slips", "exp_backward": "right-after-a-slip"},
    ),
    MadeUp(
        "chloe",
        "Chloe Half",
        "Ran out of time: the first notebook is done, with other ways than ours, the second is "
        "half done, the third untouched, and the fourth was never uploaded.",
        {
            "exp_graph": "right-two-sums",
            "exp_forward": "right-other-graph",
            "exp_backward": "right-other-graph",
            "exp_explain": "right-by-example",
            "sig_graph": REFERENCE,
            "sig_forward": "wrong-half-done",
        },
        leaves_blank=True,
        damage=_without(BIASES),
        lost=frozenset({BIASES}),
    ),
    MadeUp("dan", "Dan Blank", "Handed in what he was given.", leaves_blank=True),
    MadeUp(
        "eva",
        "Eva Syntax",
        "Left a bracket open in one cell of the fourth notebook. That question is lost, and none "
        "beside it.",
        {"bias_formula_b2": _own("bias_formula_b2", "return -2 * (t - yhat", "an open bracket")},
    ),
    MadeUp(
        "finn",
        "Finn Crash",
        "Ends Python in the middle of his gradients, so that the kernel dies. A fresh kernel runs "
        "the cells before it again and goes on after it; only that question is lost.",
        {"exp_backward": _own("exp_backward", "f=__import__('os')._exit(1),", "ends the kernel")},
    ),
    MadeUp(
        "gia",
        "Gia Loop",
        "Waits for ever in one cell of the fourth notebook. It is interrupted at the deadline; "
        "only that question is lost.",
        {"bias_factor_loss": _own("bias_factor_loss", "while True:\n    pass", "never ends")},
    ),
    MadeUp(
        "hal",
        "Hal Warnings",
        "Everything is right, and his functions warn, log and draw progress bars in the test "
        "cells. Stock nbgrader gives 0 for that; here it costs nothing.",
        noisy=frozenset({"exp_graph", "bias_factor_loss", "bias_formula_b2", "bias_formula_b1"}),
    ),
    MadeUp(
        "ivy",
        "Ivy Torn",
        "The upload of her third notebook broke off at once. It cannot be read and is listed with "
        "the reason; the other three are graded.",
        damage=_truncated,
        lost=frozenset({NETWORK}),
    ),
    MadeUp(
        "jon",
        "Jon Tampered",
        "Rewrote the test cells of the first notebook to give himself forty points each, and "
        "wrote nothing else. The released test cells are put back before anything runs.",
        leaves_blank=True,
        damage=_tampered,
    ),
)

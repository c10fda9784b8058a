"""The comparison: loss curves from scratch and carried over, each line as what it is."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.checks.training.curves import axes_named, drawn, labelled
from autograder.judge import offers
from autograder.judge.plots import Plot
from autograder.judge.registry import check
from autograder.judge.trial import Missed, Trial

SYNONYMS = {"scratch": ("whole", "anew"), "transfer": ("carried", "dense", "frozen")}


@check("loss_plots", points=2, takes=(offers.later(offers.axes),) * 2 + (offers.value,) * 2)
def loss_plots(*given: object) -> None:
    first, second, first_losses, second_losses, t = given
    for which, axes, losses in (
        ("first five", first, first_losses),
        ("second five", second, second_losses),
    ):
        _plot(which, axes, losses, t)


def _plot(which: str, axes: object, losses: object, t: Trial) -> None:
    if not isinstance(losses, Mapping) or set(losses) != {"scratch", "transfer"}:
        raise Missed("the test cell was changed: there are no losses to compare your plot with")
    lines = f"{which}: both test losses are drawn"
    try:
        plot = axes()
    except Missed as missed:
        plot, problem = NOTHING, str(missed)
    else:
        problem = ""
    found = drawn(t, plot, losses, 0.5, lines)
    if problem:
        t.say(problem)
    name = f"{which}: each line is labelled as what it is"
    labelled(t, plot, found, losses, 0.3, lines, name, SYNONYMS)
    axes_named(t, plot, 0.2, lines, f"{which}: labelled axes, the same for both")


NOTHING = Plot("", "", "", "", "", (), 0, ())

"""`c.Gradescope`: what students see there and when, how long a run may take, and the data sets."""

from __future__ import annotations

from traitlets import Dict, Enum, Float, Integer, List, TraitError, Unicode
from traitlets.config import Config, Configurable

from autograder.course import CourseError

VISIBLE = "visible"
VISIBILITIES = (VISIBLE, "after_due_date", "after_published", "hidden")
"""When students see a test: gradescope-autograders.readthedocs.io/en/latest/specs/"""

REAL, SAMPLE = "real", "sample"

SHORTEST, LONGEST = 120, 2400
"""Seconds. Gradescope lets a run take 40 minutes at most."""


class Gradescope(Configurable):
    """How an assignment is graded on Gradescope, from `nbgrader_config.py`."""

    visibility = Enum(VISIBILITIES, VISIBLE, help="When students see points and messages.").tag(
        config=True
    )
    question_visibility = Dict(
        key_trait=Unicode(),
        value_trait=Enum(VISIBILITIES),
        help="The same for single questions, by grade_id.",
    ).tag(config=True)
    timeout = Integer(
        600,
        help="Seconds that Gradescope gives a run: the timeout in the assignment's settings there. "
        "There is a result before it is over.",
    ).tag(config=True)
    slowdown = Float(
        2.0,
        min=1.0,
        help="How many times as long cells and notebooks may take there: the default container has "
        "half a processor, and an honest answer must not fail for that.",
    ).tag(config=True)
    data = Enum(
        (REAL, SAMPLE),
        REAL,
        help="'real': the image fetches the data sets that the assignment loads, when it is built; "
        "'sample': the offline sample takes their place, as with CHAINRULE_DATASET=sample.",
    ).tag(config=True)
    pip_arguments = List(
        Unicode(), help="More arguments for pip in setup.sh, such as another index for torch."
    ).tag(config=True)


def read_settings(config: Config) -> Gradescope:
    """The settings of a course. CourseError for one that cannot be, or that there is not."""
    # One that is misspelt would be passed over, and hidden points be shown.
    known = Gradescope.class_own_traits(config=True)
    for name in config.get("Gradescope", {}):
        if name not in known:
            raise CourseError(
                f"nbgrader_config.py: there is no setting c.Gradescope.{name}. There is: "
                f"{', '.join(known)}."
            )
    try:
        found = Gradescope(config=config)
    except TraitError as error:
        raise CourseError(f"nbgrader_config.py: c.Gradescope: {error}") from error
    if not SHORTEST <= found.timeout <= LONGEST:
        raise CourseError(
            f"nbgrader_config.py: c.Gradescope.timeout is {found.timeout} s. Gradescope's own is "
            f"600 s and can be set up to {LONGEST}; write a number from {SHORTEST} to {LONGEST}."
        )
    return found

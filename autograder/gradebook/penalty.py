"""Late penalties: the course's own `LateSubmissionPlugin`, asked as nbgrader asks it.

nbgrader works a penalty out when it grades a notebook, and does not know of marks that people enter
later. Here it is worked out on the points as they are now; where none was entered since, both say
the same.
"""

from __future__ import annotations

from collections.abc import Callable

from nbgrader.converters import Autograde
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.utils.importstring import import_item

from autograder.course import Course, CourseError

Penalty = Callable[[str, float, float], float]
"""Points to take off a student's notebook, by its points and how many seconds late it came."""


def late_penalty(course: Course) -> Penalty:
    """The course's penalty; none if its configuration takes that step out of grading."""
    steps = Autograde(config=course.config).autograde_preprocessors
    steps = [import_item(step) if isinstance(step, str) else step for step in steps]
    for step in steps:
        if isinstance(step, type) and issubclass(step, AssignLatePenalties):
            assigning = step(config=course.config)
            assigning.init_plugin()
            return _asking(assigning.plugin_inst)
    return no_penalty


def no_penalty(student: str, points: float, seconds: float) -> float:
    """For a course that takes nothing off."""
    return 0.0


def _asking(plugin: LateSubmissionPlugin) -> Penalty:
    def penalty(student: str, points: float, seconds: float) -> float:
        try:
            off = float(plugin.late_submission_penalty(student, points, seconds) or 0.0)
        except Exception as error:  # a course's own plugin may do anything
            raise CourseError(
                f"{type(plugin).__name__}.late_submission_penalty failed for {student} "
                f"({type(error).__name__}: {error}). Correct it, or export with "
                "--no-late-penalties."
            ) from error
        # As AssignLatePenalties does: never below 0, never more than there is.
        return min(max(off, 0.0), points)

    return penalty

"""The error that training raises, and how a notebook shows it."""

from __future__ import annotations

from chainrule.worksheets.errors import WorksheetError


class TrainingError(ValueError):
    """Something about a training run is not in order; the message says what to do."""

    # The student's own line, then the message; not our source around it.
    _render_traceback_ = WorksheetError._render_traceback_


class ArtifactError(TrainingError):
    """A file of a training run cannot be used; the message says which and why."""

"""When an assignment was due, for whom."""

from __future__ import annotations

from datetime import datetime, timezone

from nbgrader.api import Gradebook, MissingEntry

from autograder.course import Course


def due_dates(course: Course, assignment: str) -> tuple[datetime | None, dict[str, datetime]]:
    """The due date in the gradebook, and those of students who have an extension; in UTC.

    None and an empty mapping if there is no due date.
    """
    with Gradebook(course.db_url, course.id) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            return None, {}
        if found.duedate is None:
            return None, {}
        own = {
            submission.student_id: submission.duedate.replace(tzinfo=timezone.utc)
            for submission in found.submissions
            if submission.extension
        }
        return found.duedate.replace(tzinfo=timezone.utc), own

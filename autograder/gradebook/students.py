"""The students' names in the gradebook."""

from __future__ import annotations

from nbgrader.api import Gradebook

from autograder.course import Course


def student_names(course: Course) -> dict[str, str]:
    """First and last name by id; of a student who has none in the gradebook, the empty string."""
    with Gradebook(course.db_url, course.id) as gradebook:
        return {
            student.id: " ".join(part for part in (student.first_name, student.last_name) if part)
            for student in gradebook.students
        }

"""Finding a course, and saying what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import CourseError, find_course

from .conftest import ASSIGNMENT


def test_a_course_is_found_from_any_folder_inside_it(released):
    found = find_course(released.path("source", ASSIGNMENT))
    assert found.root == released.root
    assert found.name == "Deep Learning"
    assert found.assignments() == [ASSIGNMENT]


def test_outside_a_course_the_message_says_where_to_go(tmp_path):
    with pytest.raises(CourseError, match=r"Go into a course's folder, or name one: --course"):
        find_course(tmp_path)


def test_a_mistake_in_the_configuration_names_the_file(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.Course.name = missing\n")
    with pytest.raises(CourseError, match=r"nbgrader_config\.py: NameError"):
        find_course(tmp_path)


def test_an_unknown_assignment_is_answered_with_the_known_ones(released):
    with pytest.raises(CourseError, match=f"There is: {ASSIGNMENT}"):
        released.require_assignment("01-tyo")


def test_the_gradebook_lies_in_the_course_whatever_the_working_directory_is(
    released, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert Path(released.db_url.removeprefix("sqlite:///")).parent == released.root

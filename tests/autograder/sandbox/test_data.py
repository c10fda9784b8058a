"""Data sets in a kernel: read where the machine has them, and not to be changed."""

from __future__ import annotations

import pytest

from autograder.course import CourseError
from autograder.sandbox import data
from autograder.sandbox.outcome import RAN

from .conftest import run_jailed


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder of this test's own."""
    place = tmp_path / "data sets"
    place.mkdir()
    (place / "here.txt").write_text("images")
    monkeypatch.setenv("CHAINRULE_DATA", str(place))
    monkeypatch.delenv("CHAINRULE_DATASET", raising=False)
    return place


def test_a_kernel_reads_the_data_of_the_machine_that_grades(tmp_path, folder):
    work = tmp_path / "work"
    work.mkdir()
    ran = run_jailed(
        work,
        "from chainrule.datasets.folder import data_folder\n"
        "assert (data_folder() / 'here.txt').read_text() == 'images'",
        "(data_folder() / 'here.txt').write_text('mine')",
    )
    assert ran.status(0) == RAN, ran.said(0)
    assert ran.status(1) != RAN
    assert (folder / "here.txt").read_text() == "images"


def test_the_sample_is_for_the_one_who_grades_to_choose(tmp_path, monkeypatch, folder):
    monkeypatch.setenv("CHAINRULE_DATASET", "sample")
    ran = run_jailed(tmp_path, "from chainrule.datasets import mnist", "assert mnist().is_sample")
    assert ran.status(1) == RAN, ran.said(1)


def test_a_folder_that_is_not_there_is_named_but_not_opened(monkeypatch, tmp_path):
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path / "nowhere"))
    assert data.environment()["CHAINRULE_DATA"] == str(tmp_path / "nowhere")
    assert data.folders() == ()


def test_an_assignment_whose_data_is_not_here_is_not_graded(folder, tmp_path):
    released = tmp_path / "05-mnist-cnn"
    released.mkdir()
    data.require(released)
    (released / "data_feed.py").write_text("from chainrule.datasets import mnist\nd = mnist()\n")
    with pytest.raises(CourseError, match=r"05-mnist-cnn loads mnist, which is not in .*data sets"):
        data.require(released)


def test_with_the_sample_every_assignment_is_graded(folder, tmp_path, monkeypatch):
    (tmp_path / "feed.py").write_text("d = mnist()\n")
    monkeypatch.setenv("CHAINRULE_DATASET", "sample")
    data.require(tmp_path)

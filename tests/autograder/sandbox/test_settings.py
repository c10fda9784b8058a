"""A machine that cannot grade says so once, with what to do, and marks nobody."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.sandbox import cluster, settings
from autograder.sandbox.cluster import Cluster
from autograder.sandbox.isolation import NO_JAIL, Jail
from autograder.sandbox.settings import NotInstalled, NotIsolated, Sandbox

from ..conftest import ASSIGNMENT, RIGHT, hand_in


@pytest.fixture
def old_installation(monkeypatch):
    """The package as it was installed before it had kernels of its own."""
    monkeypatch.setattr(settings, "entry_points", lambda **asked: ())
    settings.require_provisioner.cache_clear()
    yield
    settings.require_provisioner.cache_clear()


def test_an_old_installation_is_told_to_install_again(old_installation):
    with pytest.raises(NotInstalled, match=r"Run `pip install -e ./chainrule -e \.`"):
        Sandbox().kernel_manager(max_output=1000, show_checks=False)


class Here(Executor):
    """Runs tasks at once, in this process."""

    def submit(self, function, /, *args, **kwargs):
        future: Future = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:  # as a worker's
            future.set_exception(error)
        return future


def test_the_grade_command_ends_with_that_and_not_with_a_class_of_zeros(
    old_installation, course, monkeypatch
):
    if Sandbox(allow_unisolated=True).jail() is NO_JAIL:
        pytest.skip("stock kernels need no entry point of ours")
    for student in ("ada", "bob"):
        hand_in(course, student, "words", RIGHT)
    here = Cluster(Here(), 1)
    monkeypatch.setattr(cluster, "dask_cluster", lambda address: nullcontext(here))
    where = ("--course", str(course.root))
    done = CliRunner().invoke(app, ["grade", ASSIGNMENT, "--scheduler", "here", *where])
    assert done.exit_code == 1
    assert done.stderr.count("pip install -e ./chainrule -e .") == 1
    assert "Traceback" not in done.stderr
    assert not (course.root / "grades" / f"{ASSIGNMENT}.csv").exists()


def test_a_machine_with_too_few_walls_says_which_are_missing(monkeypatch):
    open_machine = Jail(landlock=3, missing=("user namespaces: refused",))
    monkeypatch.setattr(
        settings,
        "zygote_of_this_worker",
        lambda: type("Zygote", (), {"jail": open_machine}),
    )
    monkeypatch.setattr(settings.sys, "platform", "linux")
    with pytest.raises(NotIsolated, match=r"network: NOT ISOLATED.*user namespaces: refused"):
        Sandbox().jail()
    assert Sandbox(allow_unisolated=True).jail() is open_machine

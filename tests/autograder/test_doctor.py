"""`autograder doctor`: what a machine has, what to do if it lacks something, and its exit code."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.doctor import findings as doctor
from autograder.sandbox import isolation
from autograder.sandbox.isolation import NO_JAIL, probe_machine

WALLS = ("processes", "files", "network")


def run(*arguments: str):
    return CliRunner().invoke(app, ["doctor", *arguments])


def test_the_exit_code_says_whether_untrusted_work_can_be_graded_here():
    isolated = probe_machine().isolated
    done = run("--json")
    assert done.exit_code == (0 if isolated else 1), done.output
    said = json.loads(done.stdout)
    assert said["can_grade_untrusted"] is isolated
    lines = {finding["subject"]: finding for finding in said["findings"]}
    assert {*WALLS, "kernel", "typst", "fonts", "pandoc", "torch", "cores", "memory"} <= set(lines)
    if isolated:
        assert "to start and end" in lines["kernel"]["found"]
        assert lines["judge"]["found"].startswith("walls around memory")


def test_the_judges_walls_are_named_and_one_that_lacks_stops_nobody(monkeypatch):
    (found,) = doctor._judge(HELD)
    assert found.well, found
    monkeypatch.setattr(isolation, "_CONFINED", "print('memory network')")
    (found,) = doctor._judge(HELD)
    assert found.found == "walls around memory, network, none around files"
    assert (found.well, found.blocks, found.advice != "") == (False, False, True)
    monkeypatch.setattr(isolation, "_CONFINED", "raise OSError('no memory for a judge')")
    (found,) = doctor._judge(HELD)
    assert (found.blocks, "no memory for a judge" in found.found) == (True, True)
    assert list(doctor._judge(NO_JAIL)) == []


def test_a_machine_without_walls_is_refused_and_every_gap_says_what_to_do(monkeypatch):
    monkeypatch.setattr(doctor, "probe_machine", lambda: NO_JAIL)
    monkeypatch.setattr(doctor, "run_notebook", lambda task: pytest.fail("started without a jail"))
    done = run("--json")
    assert done.exit_code == 1
    findings = json.loads(done.stdout)["findings"]
    assert {f["subject"] for f in findings if f["blocks"]} == set(WALLS)
    assert all(f["advice"] for f in findings if not f["well"])
    assert "cannot be graded" in run().output


def test_a_kernel_that_does_not_start_is_a_finding_and_not_a_traceback(monkeypatch):
    def broken(task):
        raise RuntimeError("no kernel today")

    monkeypatch.setattr(doctor, "run_notebook", broken)
    monkeypatch.setattr(doctor, "probe_machine", lambda: HELD)
    done = run()
    assert done.exit_code == 1
    assert "no kernel today" in " ".join(done.output.split())


HELD = doctor.Jail(namespaces=("user", "pid", "network"), landlock=6, seccomp=True)

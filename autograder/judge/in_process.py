"""`grade` where the checks run in the notebook's own process: nbgrader's stock commands."""

from __future__ import annotations

from autograder.judge.registry import judge


def grade(name: str, offered: object) -> float:
    """Run the check, print what it says, and return the points as nbgrader's partial credit."""
    verdict = judge(name, offered)
    print(verdict.text())
    return verdict.points

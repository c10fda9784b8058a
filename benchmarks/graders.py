"""The three graders, each as the whole command that an instructor types, and the scores they gave.

autograder grade      one command a class; its configuration is the course's own
nbgrader autograde    one command a class; stock, with a bare configuration
otter run             one command a notebook: it knows no class outside of containers
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks import otter_assignment
from benchmarks.classes import Class
from benchmarks.metering import Run, cells_cpu, run

BARE = """\
c = get_config()
c.CourseDirectory.course_id = "chainrule"
c.ClearSolutions.code_stub = {"python": "# WRITE YOUR CODE HERE"}
c.ClearSolutions.text_stub = "*WRITE YOUR ANSWER HERE*"
c.ClearMarkScheme.enforce_metadata = False
"""
"""What nbgrader needs to know its own course, and nothing of ours."""

TOLERANCE = 0.02
"""Points of a submission: otter's are whole 1/4095 of each question."""


@dataclass(frozen=True)
class Measured:
    """What grading so many submissions took: the median of the runs, and every run."""

    submissions: int
    runs: tuple[float, ...]
    scores: dict[str, float]
    cells_cpu: float = 0.0  # of the students' cells in one run
    metered: int = 0  # notebooks in which the cells' processor time was read
    memory_mb: dict[str, float] | None = None

    @property
    def seconds(self) -> float:
        return statistics.median(self.runs)

    @property
    def each(self) -> float:
        """Seconds a submission."""
        return self.seconds / self.submissions


def ours(graded: Class, count: int, place: Path, rounds: int = 1) -> Measured:
    """`autograder grade`, each round on a class that was never graded."""
    runs: list[Run] = []
    for number in range(rounds):
        copy = graded.copy(place / f"ours-{number}", count)
        runs.append(run(["autograder", "grade", copy.assignment], copy.folder))
    return _class_measured(copy, runs)


def nbgrader(graded: Class, count: int, place: Path, rounds: int = 1) -> Measured:
    """Stock `nbgrader autograde`."""
    runs = []
    for number in range(rounds):
        copy = graded.copy(place / f"nbgrader-{number}", count)
        (copy.folder / "nbgrader_config.py").write_text(BARE)
        runs.append(run(["nbgrader", "autograde", copy.assignment], copy.folder))
    return _class_measured(copy, runs)


def otter(graded: Class, count: int, place: Path) -> Measured | None:
    """`otter run` on every notebook of the first `count` submissions; None without otter-grader."""
    if find_spec("otter") is None:
        return None
    place.mkdir(parents=True)
    zips = {
        path.stem: otter_assignment.write_autograder(path, place / f"{path.stem}.zip")
        for path in graded.notebooks
    }
    seconds = 0.0
    scores: dict[str, float] = {}
    for student in graded.students[:count]:
        scores[student] = 0.0
        for path in graded.submission(student):
            folder = place / student / path.stem
            folder.mkdir(parents=True)
            source = graded.folder / "source" / graded.assignment / path.name
            otter_assignment.write_submission(path, source, folder / path.name)
            command = ["otter", "run", "--no-logo", "-a", str(zips[path.stem]), "-o", "."]
            seconds += run([*command, path.name], folder).seconds
            scores[student] += otter_assignment.read_score(folder / "results.json")
    return Measured(len(scores), (round(seconds, 2),), scores)


def disagreements(ours: Measured, peer: Measured) -> list[str]:
    """Submissions to which a peer gave other points, in words."""
    return [
        f"{student}: {points:.3f}, ours {ours.scores.get(student, 0.0):.3f}"
        for student, points in peer.scores.items()
        if abs(points - ours.scores.get(student, 0.0)) > TOLERANCE
    ]


def _class_measured(graded: Class, runs: Sequence[Run]) -> Measured:
    cells, metered = cells_cpu(graded.folder, graded.assignment)
    return Measured(
        len(graded.students),
        tuple(round(one.seconds, 2) for one in runs),
        _scores(graded),
        cells,
        metered,
        runs[-1].memory_mb,
    )


def _scores(graded: Class) -> dict[str, float]:
    """The score of each student, from nbgrader's own export of the gradebook."""
    run(["nbgrader", "export", "--to", "scores.csv"], graded.folder)
    with (graded.folder / "scores.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == graded.assignment]
    return {row["student_id"]: float(row["score"]) for row in rows if row["score"]}

"""`make bench`: one class graded by stock `nbgrader autograde` and by `autograder grade`.

Both are run as whole commands, on the same submissions, on the same machine, one after the other;
their scores are compared cell by cell. The class is assignment 01 with answers from the bank.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from rich.console import Console
from rich.table import Table

from autograder.answers.bank import fill, read_bank, references
from autograder.course import load_course
from autograder.release import release

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "01-backprop-worksheets"
RESULTS = ROOT / "benchmarks" / "results" / "grading.json"

STOCK_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "chainrule"
c.ClearSolutions.code_stub = {"python": "# WRITE YOUR CODE HERE"}
c.ClearSolutions.text_stub = "*WRITE YOUR ANSWER HERE*"
c.ClearMarkScheme.enforce_metadata = False
"""


def make_class(folder: Path, count: int) -> Path:
    """A course with `count` submissions: student k answers each question with its k-th answer."""
    shutil.copytree(ROOT / "source" / ASSIGNMENT, folder / "source" / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = load_course(folder)
    released = release(course, ASSIGNMENT)
    bank = read_bank(ROOT / "answers" / ASSIGNMENT)
    for path in sorted(released.folder.glob("*.ipynb")):
        own = references(nbformat.read(folder / "source" / ASSIGNMENT / path.name, as_version=4))
        notebook = nbformat.read(path, as_version=4)
        for student in range(count):
            chosen = dict(own)
            for question in own:
                # Answers that stand on others would need those as well: leave them out.
                ways = [a for a in bank.get(question, {}).values() if not a.others]
                if student and ways:
                    chosen[question] = ways[student % len(ways)]
            place = folder / "submitted" / f"student{student:03}" / ASSIGNMENT
            place.mkdir(parents=True, exist_ok=True)
            nbformat.write(fill(notebook, chosen), place / path.name)
    return folder


def timed(command: list[str], folder: Path) -> float:
    """Seconds of wall time a command takes; its output is shown if it fails."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return seconds


def scores(folder: Path) -> dict[tuple[str, str], float]:
    """The score of each student, from nbgrader's own export."""
    timed(["nbgrader", "export", "--to", "scores.csv"], folder)
    with (folder / "scores.csv").open(newline="") as file:
        return {(r["student_id"], r["assignment"]): float(r["score"]) for r in csv.DictReader(file)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=6, help="size of the class")
    count = parser.parse_args().submissions
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        ours = make_class(Path(folder, "ours"), count)
        stock = Path(folder, "stock")
        shutil.copytree(ours, stock)
        (stock / "nbgrader_config.py").write_text(STOCK_CONFIG)
        console.print(f"{count} submissions of four notebooks …")
        nbgrader_s = timed(["nbgrader", "autograde", ASSIGNMENT], stock)
        ours_s = timed(["autograder", "grade", ASSIGNMENT], ours)
        agree = scores(ours) == scores(stock)
    table = Table(title="Grading a class, whole command")
    for heading in ("", "seconds", "seconds a submission"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, seconds in (("nbgrader autograde", nbgrader_s), ("autograder grade", ours_s)):
        table.add_row(name, f"{seconds:.1f}", f"{seconds / count:.2f}")
    console.print(table)
    console.print(f"ratio {nbgrader_s / ours_s:.2f}; scores {'agree' if agree else 'DO NOT AGREE'}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps(
            {
                "class": "light",
                "submissions": count,
                "ours_s": round(ours_s, 2),
                "nbgrader_s": round(nbgrader_s, 2),
                "ratio_nbgrader": round(nbgrader_s / ours_s, 2),
                "scores_agree": agree,
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, "
                f"Python {platform.python_version()}",
            },
            indent=1,
        )
        + "\n"
    )
    raise SystemExit(0 if agree else 1)


if __name__ == "__main__":
    main()

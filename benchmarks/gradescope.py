"""Gradescope's autograder beside `autograder grade`: the same class both ways, and what it takes.

    python -m benchmarks.gradescope                        # every assignment, on the sample
    python -m benchmarks.gradescope 02 --students 2 --container
    python -m benchmarks.gradescope 02 --data real         # as CHAINRULE_DATA has it

For each assignment a class is made up from the answer bank (`benchmarks.bank_class`). With
`--container` each run has the processor and the memory of a container of Gradescope's: half a core
and 768 MB by default. That needs root and cgroups. Exit code 1 if anybody has other points one way
than the other.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.collecting import collect
from autograder.course import load_course
from autograder.gradescope.package import build
from autograder.grading.run import grade
from benchmarks import bank_class
from benchmarks.container import Container, Used
from chainrule.datasets import CHOICE
from chainrule.datasets.folder import DATA

CLOSE = 1e-4

console = Console(highlight=False)


@dataclass(frozen=True)
class Took:
    """What one submission got, and what its run took."""

    points: Mapping[str, float | None]
    seconds: float
    used: Used | None  # None where nobody counts


def main(words: list[str] | None = None) -> None:
    arguments = _arguments(words)
    table = Table("assignment", "student", "points", "same", "s", "CPU s", "MB")
    wrong = []
    for assignment in load_course(bank_class.ROOT).assignments():
        if not any(assignment.startswith(name) for name in arguments.assignments or ("",)):
            continue
        with tempfile.TemporaryDirectory(prefix="gradescope-") as folder:
            os.chmod(folder, 0o755)
            for student, ours, theirs in _compare(assignment, Path(folder), arguments):
                same = _same(ours.points, theirs)
                wrong += [] if same else [f"{assignment}, {student}"]
                cpu, memory = "", ""
                if ours.used is not None:
                    cpu = f"{ours.used.cpu_seconds:.1f}"
                    killed = f" ({ours.used.killed} killed)" if ours.used.killed else ""
                    memory = f"{ours.used.memory_mb:.0f}{killed}"
                table.add_row(
                    assignment,
                    student,
                    f"{sum(filter(None, ours.points.values())):g}",
                    "yes" if same else "NO",
                    f"{ours.seconds:.1f}",
                    cpu,
                    memory,
                )
                console.print(assignment, student, ours if not same else "the same", theirs
                              if not same else "")  # fmt: skip
    console.print(table)
    if wrong:
        raise SystemExit(f"Other points: {'; '.join(wrong)}")


def _compare(assignment: str, folder: Path, arguments: argparse.Namespace):
    """By student: what the zip gave, and what `autograder grade` gives."""
    own = f"c.Gradescope.data = {arguments.data!r}\nc.Sandbox.allow_unisolated = True\n"
    course = bank_class.course_of(assignment, folder / "course", own)
    inbox = folder / "inbox"
    bank_class.hand_in(course, assignment, inbox, arguments.students)
    collect(course, assignment, [inbox])
    graded = {row.student: row for row in grade(course, assignment, workers=1)}
    root = _unpacked(build(course, assignment, folder / "dist").file, folder / "autograder")
    for student, row in graded.items():
        theirs = {
            cell.id: None if cell.manual else cell.points
            for notebook in row.notebooks
            for cell in notebook.cells
        }
        shutil.rmtree(root / "submission", ignore_errors=True)
        shutil.copytree(inbox / student, root / "submission")
        limits = Container(arguments.cores, arguments.memory) if arguments.container else None
        yield student, _run(root, limits), theirs


def _unpacked(package: Path, root: Path) -> Path:
    """Gradescope's folder after setup.sh, with this interpreter."""
    source = root / "source"
    source.mkdir(parents=True)
    with zipfile.ZipFile(package) as archive:
        for entry in archive.infolist():
            Path(archive.extract(entry, source)).chmod(entry.external_attr >> 16 & 0o777)
    shutil.copy(source / "run_autograder", root)
    environment = _environment(root) | {"CHAINRULE_PYTHON": sys.executable}
    if named := os.environ.get(DATA):  # what is here already is not fetched once more
        _copied(Path(named), root / "opt" / "data")
    subprocess.run(["bash", source / "setup.sh"], env=environment, check=True)
    return root


def _copied(data: Path, place: Path) -> None:
    """The data as `chainrule data get` leaves them in the image: files of its own, to be written.

    Arrays made of them before are left out, for it is setup.sh that has to make them.
    """
    for path in data.rglob("*"):
        if path.is_file() and path.parent.name != "arrays":
            target = place / path.relative_to(data)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def _environment(root: Path) -> dict[str, str]:
    """What Gradescope's container has, with other folders; where our data are, it does not know."""
    ours = {"AUTOGRADER_ROOT": str(root), "CHAINRULE_HOME": str(root / "opt")}
    return {name: value for name, value in os.environ.items() if name != DATA} | ours


def _run(root: Path, container: Container | None) -> Took:
    started = time.perf_counter()
    command = [str(root / "run_autograder")]
    used = None
    if container is None:
        subprocess.run(command, env=_environment(root), check=True, stdout=subprocess.PIPE)
    else:
        used = container.run(command, _environment(root))
    seconds = time.perf_counter() - started
    results = json.loads((root / "results" / "results.json").read_text("utf-8"))
    if not results["tests"]:
        console.print(results["output"])
    points = {test["extra_data"]["question"]: test.get("score") for test in results["tests"]}
    return Took(points, seconds, used)


def _same(ours: Mapping[str, float | None], theirs: Mapping[str, float | None]) -> bool:
    if ours.keys() != theirs.keys():
        return False
    return all(
        ours[question] is theirs[question]
        if ours[question] is None or theirs[question] is None
        else abs(ours[question] - theirs[question]) < CLOSE
        for question in ours
    )


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gradescope")
    parser.add_argument("assignments", nargs="*", help="how their names begin; default: all")
    parser.add_argument("--students", type=int, default=3)
    parser.add_argument("--data", choices=("sample", "real"), default="sample")
    parser.add_argument("--container", action="store_true", help="within Gradescope's limits")
    parser.add_argument("--cores", type=float, default=0.5)
    parser.add_argument("--memory", type=int, default=768, help="MB")
    arguments = parser.parse_args(words)
    if arguments.data == "sample":
        os.environ[CHOICE] = "sample"
    return arguments


if __name__ == "__main__":
    main()

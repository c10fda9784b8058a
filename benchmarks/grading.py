"""`make bench`, the grading part: the same classes through nbgrader, through otter and through us.

Every grader runs as the whole command that an instructor types, one after the other, on the same
submissions, and their scores are compared. What a peer was given less than the whole class is said.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import graders
from benchmarks.classes import Class, heavy, light
from benchmarks.graders import Measured
from benchmarks.metering import cores, machine, versions

RESULTS = Path(__file__).parent / "results" / "grading.json"
TORCH_MISSING = "torch is not installed: heavy class not measured"
OTTER_MISSING = "otter-grader is not installed: not measured (pip install -e '.\\[bench]')"

console = Console(width=100, highlight=False)


def main() -> None:
    arguments = _arguments()
    found = versions("autograder", "nbgrader", "otter-grader", "torch")
    results: dict = {"machine": machine(), "versions": found, "classes": {}, "growth": []}
    agree = True
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        place = Path(temporary)
        sizes = [size for size in (25, 100, 400) if size <= arguments.largest]
        console.print("Making the classes …")
        small = light(place / "light", max(arguments.light, *sizes, 1))
        large = heavy(place / "heavy", arguments.heavy) if arguments.heavy else None
        if arguments.heavy and large is None:
            results["classes"]["heavy"] = {"not_measured": TORCH_MISSING}
            console.print(f"[yellow]{TORCH_MISSING}[/]")
        for graded, count in ((small, arguments.light), (large, arguments.heavy)):
            if graded is None or not count:
                continue
            row = _compare(graded, count, arguments, place / f"{graded.name}-runs")
            results["classes"][graded.name] = row
            agree &= not row["disagreements"]
        results["growth"] = [_grow(small, size, place / f"growth-{size}") for size in sizes]
    _show_growth(results["growth"])
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    console.print(f"Written: {os.path.relpath(RESULTS)}")
    raise SystemExit(0 if agree else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    add = parser.add_argument
    add("--light", type=int, default=24, help="submissions of the light class; 0: leave it out")
    add("--heavy", type=int, default=32, help="submissions of the heavy class; 0: leave it out")
    add("--rounds", type=int, default=3, help="runs of `autograder grade`; their median counts")
    add("--peer-rounds", type=int, default=1, help="runs of `nbgrader autograde`, likewise")
    add("--nbgrader", type=int, default=8, help="submissions that nbgrader grades of each class")
    add("--otter", type=int, default=3, help="submissions that otter grades of each class")
    add("--largest", type=int, default=100, help="largest class in which growth is measured")
    add("--full", action="store_true", help="peers grade whole classes; growth up to 400")
    arguments = parser.parse_args()
    if arguments.full:
        arguments.nbgrader = arguments.otter = max(arguments.light, arguments.heavy)
        arguments.largest = 400
    return arguments


def _compare(graded: Class, count: int, arguments: argparse.Namespace, place: Path) -> dict:
    """Grade a class by all three, print the table, and return its row of the results."""
    notebooks = len(graded.notebooks)
    console.print(f"\n{graded.name}: {count} submissions of {notebooks} notebook(s) …")
    us = graders.ours(graded, count, place, arguments.rounds)
    stock = graders.nbgrader(
        graded, min(count, max(1, arguments.nbgrader)), place, arguments.peer_rounds
    )
    otter = graders.otter(graded, min(count, max(1, arguments.otter)), place / "otter")
    if us.metered != count * notebooks:
        raise SystemExit(
            f"The meter's cells were read in {us.metered} of {count * notebooks} notebooks: "
            "see benchmarks/metering.py, METER."
        )
    differ = {"nbgrader": graders.disagreements(us, stock)}
    if otter is not None:
        differ["otter"] = graders.disagreements(us, otter)
    overhead = (us.seconds * cores() - us.cells_cpu) / count
    _show(graded.name, count, us, stock, otter)
    console.print(
        f"cells: {us.cells_cpu:.2f} s of processor time, {_share(us)} of what there was; beyond "
        f"them {overhead:.2f} s of a core a submission, {overhead / notebooks:.2f} a notebook; "
        f"by the clock {overhead / cores():.2f} s a submission; "
        f"wall is {us.seconds / (us.cells_cpu / cores()):.2f} × (cells ÷ {cores()})"
    )
    for peer, said in differ.items():
        console.print(f"{peer}: scores agree" if not said else f"[red]{peer} DISAGREES[/]: {said}")
    return {
        "submissions": count,
        "notebooks_each": notebooks,
        "ours_s": round(us.seconds, 2),
        "ours_runs_s": list(us.runs),
        "nbgrader_s": round(stock.seconds, 2),
        "nbgrader_runs_s": list(stock.runs),
        "nbgrader_submissions": stock.submissions,
        "otter_s": otter and round(otter.seconds, 2),
        "otter_submissions": otter and otter.submissions,
        # A peer that graded fewer is compared by its seconds a submission.
        "ratio_nbgrader": round(stock.each / us.each, 2),
        "ratio_otter": otter and round(otter.each / us.each, 2),
        "cells_cpu_s": round(us.cells_cpu, 2),
        "nbgrader_cells_cpu_s": round(stock.cells_cpu, 2),
        "overhead_s": round(overhead, 3),
        "overhead_notebook_s": round(overhead / notebooks, 3),
        # By the clock: what all cores together spend on it, they spend side by side.
        "overhead_wall_s": round(overhead / cores(), 3),
        "wall_over_cells": round(us.seconds / (us.cells_cpu / cores()), 3),
        "memory_mb": us.memory_mb,
        "disagreements": [f"{peer}: {line}" for peer, said in differ.items() for line in said],
    }


def _show(name: str, count: int, us: Measured, stock: Measured, otter: Measured | None) -> None:
    table = Table(title=f"{name}: whole commands, {cores()} cores", title_justify="left")
    table.add_column("", no_wrap=True)
    for heading in (
        "submissions",
        "runs",
        "seconds, median",
        "a submission",
        "ours is",
    ):
        table.add_column(heading, justify="right")
    for who, measured in (("nbgrader autograde", stock), ("otter run", otter)):
        if measured is None:
            table.add_row(who, "not measured")
            console.print(f"[yellow]{OTTER_MISSING}[/]")
            continue
        sample = "" if measured.submissions == count else f" of {count}"
        table.add_row(
            who,
            f"{measured.submissions}{sample}",
            str(len(measured.runs)),
            f"{measured.seconds:.1f}",
            f"{measured.each:.2f}",
            f"{measured.each / us.each:.1f} × faster",
        )
    row = (
        str(count),
        str(len(us.runs)),
        f"{us.seconds:.1f}",
        f"{us.each:.2f}",
    )
    table.add_row("autograder grade", *row)
    if max(stock.submissions, otter.submissions if otter else 0) < count:
        table.caption = "A peer that graded fewer is compared by its seconds a submission."
    console.print(table)


def _share(us: Measured) -> str:
    return f"{us.cells_cpu / (us.seconds * cores()):.0%}"


def _grow(graded: Class, size: int, place: Path) -> dict:
    console.print(f"growth: {size} submissions …")
    us = graders.ours(graded, size, place)
    return {
        "submissions": size,
        "ours_s": round(us.seconds, 2),
        "each_s": round(us.each, 3),
        "cells_cpu_s": round(us.cells_cpu, 2),
        "overhead_s": round((us.seconds * cores() - us.cells_cpu) / size, 3),
        "memory_mb": us.memory_mb,
    }


def _show_growth(rows: list[dict]) -> None:
    if not rows:
        return
    roles = list(dict.fromkeys(role for row in rows for role in row["memory_mb"]))
    table = Table(title="light: how cost grows; peak memory in MB", title_justify="left")
    for heading in ("submissions", "seconds", "a submission", "overhead", *roles):
        table.add_column(heading, justify="right")
    for row in rows:
        memory = (f"{row['memory_mb'].get(role, 0):.0f}" for role in roles)
        times = (f"{row['ours_s']:.1f}", f"{row['each_s']:.2f}", f"{row['overhead_s']:.2f}")
        table.add_row(str(row["submissions"]), *times, *memory)
    console.print(table)


if __name__ == "__main__":
    main()

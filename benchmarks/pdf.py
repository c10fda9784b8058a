"""`make bench`, the PDF part: the same notebooks through LaTeX, a browser, otter and us.

Whole commands, one after the other: a single notebook, then a batch in one command where a way has
one. Medians and ratios go to `benchmarks/results/pdf.json`; what is not installed is said to be.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
from pathlib import Path

import nbformat
from rich.console import Console
from rich.table import Table

from benchmarks.exporters import Way, convert, size_mb, ways
from benchmarks.metering import machine, versions
from benchmarks.notebooks import LENGTHS, executed, of_length, write_class

RESULTS = Path(__file__).parent / "results" / "pdf.json"
OURS = "chainrule"

console = Console(width=100, highlight=False)


def main() -> None:
    arguments = _arguments()
    found = ways()
    installed = versions("chainrule", "typst", "nbconvert", "otter-grader", "playwright")
    results: dict = {"machine": machine(), "versions": installed, "single": {}, "batch": {}}
    results["missing"] = {way.name: way.missing for way in found if way.missing}
    results["installed_mb"] = {way.name: size_mb(way) for way in found}
    for name, why in results["missing"].items():
        console.print(f"[yellow]{name}: not measured, {why}[/]")
    present = [way for way in found if not way.missing]
    console.print("Running the notebooks …")
    notebooks = executed()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        place = Path(temporary)
        for cells in LENGTHS:
            path = place / f"cells-{cells}.ipynb"
            nbformat.write(of_length(notebooks, cells), path)
            rows = _measure(present, lambda way, path=path: convert(way, [path]), arguments.rounds)
            results["single"][str(cells)] = rows
            _show(f"one notebook of {cells} cells, the whole command", rows)
        paths = write_class(of_length(notebooks, LENGTHS[-1]), arguments.batch, place / "class")
        batch = [way for way in present if way.many is not None]
        rows = _measure(batch, lambda way: _each(convert(way, paths), len(paths)), 1)
        results["batch"] = {"notebooks": len(paths), "seconds_each": rows}
        _show(
            f"{len(paths)} notebooks of {LENGTHS[-1]} cells in one command, one process: each", rows
        )
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    console.print(f"Written: {os.path.relpath(RESULTS)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    add = parser.add_argument
    add("--rounds", type=int, default=3, help="runs of each command; their median counts")
    add("--batch", type=int, default=24, help="notebooks in the batch")
    return parser.parse_args()


def _measure(found: list[Way], seconds_of, rounds: int) -> dict[str, dict]:
    """Median seconds by way, and how many times as long as ours; None where no PDF came out."""
    rows: dict[str, dict] = {}
    for way in found:
        runs = [seconds_of(way) for _ in range(rounds)]
        done = [seconds for seconds in runs if seconds is not None]
        rows[way.name] = {
            "seconds": round(statistics.median(done), 3) if done else None,
            "runs": [seconds and round(seconds, 3) for seconds in runs],
        }
    ours = rows[OURS]["seconds"]
    for row in rows.values():
        row["ratio"] = round(row["seconds"] / ours, 2) if ours and row["seconds"] else None
    return rows


def _each(seconds: float | None, count: int) -> float | None:
    return None if seconds is None else seconds / count


def _show(title: str, rows: dict[str, dict]) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    table.add_column("seconds, median", justify="right")
    table.add_column("ours is", justify="right")
    for name, row in rows.items():
        if row["seconds"] is None:
            table.add_row(name, "no PDF came out", "")
            continue
        ratio = "" if name == OURS or row["ratio"] is None else f"{row['ratio']:.1f} × faster"
        table.add_row(name, f"{row['seconds']:.2f}", ratio)
    console.print(table)


if __name__ == "__main__":
    main()

"""`make results`: every reference solution on the real data, and the page that shows it.

    python -m benchmarks.reference              # all of them, three seeds: hours
    python -m benchmarks.reference 06 --seeds 1
    python -m benchmarks.reference --data sample --epochs 1 --out /tmp/trial

Each notebook is run as it stands in `source/`. What is finished is kept in `results/reference.json`
and not run again while the code is the same; a run that was stopped goes on with its next epoch.
The page is `docs/results.md`. The real data are where `CHAINRULE_DATA` says.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError, DeadKernelError
from rich.console import Console

from benchmarks.baselines import linear_accuracy
from benchmarks.metering import machine, versions
from benchmarks.reference_notebook import ROOT, How, run
from benchmarks.reference_page import SEEDS, page
from benchmarks.solutions import Solution, chosen
from chainrule.datasets import CHOICE

RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "results.md"

console = Console(highlight=False)


def main(words: list[str] | None = None) -> None:
    arguments, how, solutions = _arguments(words)
    folder = arguments.out or RESULTS
    kept = folder / "reference.json"
    shown = folder / "results.md" if arguments.out else PAGE
    results = read(kept, how)
    if arguments.page:
        write(results, kept, shown)
        return
    failed = []
    for seed in range(arguments.seeds):
        for solution in solutions:
            if not _measure(solution, seed, how, folder, results):
                failed.append(f"{solution.assignment} with seed {seed}")
            write(results, kept, shown)
    _add_baselines(results, solutions, how)
    write(results, kept, shown)
    console.print(f"Written: {os.path.relpath(shown)} and {os.path.relpath(kept)}")
    if failed:
        raise SystemExit(f"Not measured: {', '.join(failed)}. What they said stands above.")


def _arguments(
    words: list[str] | None,
) -> tuple[argparse.Namespace, How, tuple[Solution, ...]]:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reference",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("names", nargs="*", metavar="NAME", help="assignments, as in 06; without any: all")
    add("--seeds", type=int, default=SEEDS, help="how many seeds: 0, 1, …")
    add("--data", choices=("real", "sample"), default="real")
    add("--epochs", type=int, help="at most so many epochs a training, to try things out")
    add("--threads", type=int, default=How.threads, help="that a notebook may use")
    add("--out", type=Path, metavar="FOLDER", help="for the results, in place of the project's")
    add("--page", action="store_true", help="run nothing; write the page anew")
    arguments = parser.parse_args(words)
    how = How(arguments.data, arguments.epochs, arguments.threads)
    if how.is_trial and arguments.out is None:
        parser.error("a trial (--data sample, --epochs) needs --out, for results are not trials")
    try:
        return arguments, how, chosen(arguments.names)
    except ValueError as error:
        parser.error(str(error))


def read(path: Path, how: How) -> dict[str, Any]:
    """The results kept so far, if they were made in the same way; else the frame for new ones."""
    told = {
        "data": how.data,
        "epochs": how.epochs,
        "threads": how.threads,
        "is_trial": how.is_trial,
    }
    if path.is_file():
        results = json.loads(path.read_text("utf-8"))
        if results["how"] == told:
            return results
        if results["results"]:
            raise SystemExit(
                f"{path} was made with {results['how']}, and you ask for {told}. They cannot stand "
                "in one table: give another --out, or remove that file."
            )
    return {"how": told, "baselines": {}, "results": {}}


def write(results: dict[str, Any], kept: Path, shown: Path) -> None:
    """Both files, each whole or not at all."""
    for path, text in ((kept, json.dumps(results, indent=1) + "\n"), (shown, page(results))):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        new.write_text(text, "utf-8")
        os.replace(new, path)


def _measure(
    solution: Solution, seed: int, how: How, folder: Path, results: dict[str, Any]
) -> bool:
    """Put one run into the results, unless it is there already; False if it failed."""
    name = f"{solution.assignment}, seed {seed}"
    by_seed = results["results"].setdefault(solution.assignment, {})
    checksum = solution.checksum()
    if by_seed.get(str(seed), {}).get("checksum") == checksum:
        console.print(f"{name}: kept from before")
        return True
    by_seed.pop(str(seed), None)  # of other code
    # What another version of the code has trained must not be loaded.
    place = folder / "artifacts" / f"{solution.assignment}-seed-{seed}"
    work = place / checksum
    if not work.exists():
        shutil.rmtree(place, ignore_errors=True)
    where = {"machine": machine(), "versions": versions("chainrule", "numpy", "torch")}

    def started(cell: str) -> None:
        console.print(f"{time.strftime('%H:%M:%S')} {name}: {cell}")

    try:
        measured = run(solution, seed, how, work, started)
    except (CellExecutionError, DeadKernelError, RuntimeError) as error:
        console.print(f"{name}: {error}", markup=False)
        return False
    by_seed[str(seed)] = {"checksum": checksum, **where, **measured}
    for network, found in measured["networks"].items():
        console.print(f"{name}: {network} {found['accuracy']:.4f}")
    return True


def _add_baselines(results: dict[str, Any], solutions: tuple[Solution, ...], how: How) -> None:
    before = os.environ.get(CHOICE)
    os.environ[CHOICE] = how.data
    try:
        for name in dict.fromkeys(n.baseline for s in solutions for n in s.networks):
            if name not in results["baselines"]:
                console.print(f"baseline {name} …")
                few = {} if how.epochs is None else {"epochs": how.epochs}
                results["baselines"][name] = linear_accuracy(name, **few)
    finally:
        os.environ.pop(CHOICE)
        if before is not None:
            os.environ[CHOICE] = before


if __name__ == "__main__":
    main()

"""The ways from a notebook to a PDF, each as the command that a person types.

A way that does not work here is said to be missing, with the reason; a notebook that a way fails on
is counted and not timed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

LIMIT = 300
"""Seconds that one command may take."""


@dataclass(frozen=True)
class Way:
    """A way to make PDFs. `many` is the command for several notebooks at once, if it has one."""

    name: str
    missing: str  # why it cannot be measured here; "" if it can
    command: Callable[[Path], list[str]]
    many: Callable[[list[Path]], list[str]] | None
    packages: tuple[str, ...]  # what it needs beside nbconvert
    programs: tuple[Path, ...] = ()  # folders of what pip does not install


def ways() -> list[Way]:
    """Ours first."""
    latex, chromium = _latex(), _chromium()
    no_latex = "" if latex else "xelatex is not on PATH"
    no_chromium = "" if chromium else "no Chromium of Playwright's (playwright install chromium)"
    no_otter = "" if find_spec("otter") else "otter-grader is not installed"
    return [
        Way("chainrule", "", _ours, lambda paths: _ours(*paths), ("typst", "pypandoc_binary")),
        Way(
            "gradescope_pdf",
            "",
            lambda path: _nbconvert("gradescope_pdf", path),
            lambda paths: _nbconvert("gradescope_pdf", *paths),
            ("typst", "pypandoc_binary"),
        ),
        Way(
            "xelatex",
            no_latex,
            lambda path: _nbconvert("pdf", path),
            lambda paths: _nbconvert("pdf", *paths),
            (),
            latex,
        ),
        Way(
            "webpdf",
            no_chromium,
            lambda path: _nbconvert("webpdf", path),
            lambda paths: _nbconvert("webpdf", *paths),
            ("playwright",),
            chromium,
        ),
        Way(
            "otter (latex)",
            no_otter or no_latex,
            lambda path: ["otter", "export", "-e", "latex", str(path)],
            None,
            ("otter-grader",),
            latex,
        ),
        Way(
            "otter (html)",
            no_otter or no_chromium,
            lambda path: ["otter", "export", "-e", "html", str(path)],
            None,
            ("otter-grader", "playwright"),
            chromium,
        ),
    ]


def convert(way: Way, paths: list[Path]) -> float | None:
    """Seconds of one whole command on these notebooks; None if a PDF is missing afterwards."""
    command = way.many(paths) if way.many and len(paths) > 1 else way.command(paths[0])
    for path in paths:
        path.with_suffix(".pdf").unlink(missing_ok=True)
    place = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    started = time.perf_counter()
    try:
        subprocess.run(
            command,
            cwd=paths[0].parent,
            env=os.environ | {"PATH": place},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired:
        return None
    seconds = time.perf_counter() - started
    return seconds if all(path.with_suffix(".pdf").is_file() for path in paths) else None


def size_mb(way: Way) -> float | None:
    """Megabytes installed for this way beside nbconvert, without what its packages need in turn."""
    if way.missing:
        return None
    sizes = [_package_size(name) for name in way.packages]
    sizes += [_folder_size(folder) for folder in way.programs]
    return round(sum(sizes) / 1e6, 1)


def _ours(*paths: Path) -> list[str]:
    return ["chainrule", "pdf", *map(str, paths)]


def _nbconvert(to: str, *paths: Path) -> list[str]:
    # Chromium's own sandbox refuses to run as root, which a benchmark in a container is.
    free = ["--disable-chromium-sandbox"] if to == "webpdf" else []
    return ["jupyter", "nbconvert", "--to", to, *free, *map(str, paths)]


def _latex() -> tuple[Path, ...]:
    """The folder of TeX's files, if xelatex is here."""
    if shutil.which("xelatex") is None or shutil.which("kpsewhich") is None:
        return ()
    done = subprocess.run(
        ["kpsewhich", "-var-value", "TEXMFDIST"], capture_output=True, text=True, check=True
    )
    return (Path(done.stdout.strip()),)


def _chromium() -> tuple[Path, ...]:
    """The folder of the browser that Playwright starts, if it is there."""
    if find_spec("playwright") is None:
        return ()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return (program.parent,) if program.is_file() else ()


def _package_size(name: str) -> int:
    try:
        files = distribution(name).files or ()
    except PackageNotFoundError:
        return 0
    paths = (Path(file.locate()) for file in files)
    return sum(path.stat().st_size for path in paths if path.is_file())


def _folder_size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())

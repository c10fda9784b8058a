"""Everything `autograder doctor` looks at, and how it is shown."""

from __future__ import annotations

import os
import platform
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import nbformat
from rich.markup import escape
from rich.table import Table

from autograder.sandbox.isolation import (
    JUDGE_WALLS,
    NO_JAIL,
    Jail,
    Limits,
    probe_judge,
    probe_machine,
)
from autograder.sandbox.pool import worker_count
from autograder.sandbox.run import Task, run_notebook
from chainrule.datasets import NAMES, sample_wanted
from chainrule.datasets.folder import data_folder
from chainrule.datasets.real import is_complete

GIGABYTE = 1 << 30

SLOW_KERNEL = 1.5
"""Seconds for a warm kernel above which something is wrong with the machine."""

_ASIAN = re.compile(r"CJK|Source Han|PingFang|Hiragino|YaHei|SimSun|Gothic|Mincho|Malgun|Nanum")


@dataclass(frozen=True)
class Finding:
    """One line: a subject, what was found, and, unless all is well, what to do next.

    `blocks`: with this, untrusted work cannot be graded.
    """

    subject: str
    found: str
    well: bool = True
    advice: str = ""
    blocks: bool = False


def examine() -> list[Finding]:
    """Look at everything; starts two kernels and changes nothing."""
    jail = probe_machine()
    return [
        *_isolation(jail),
        *_judge(jail),
        *_kernels(jail),
        *_pages(),
        *_data(),
        *_packages(),
        *_resources(),
    ]


def can_grade_untrusted(findings: list[Finding]) -> bool:
    """Whether work of people who may mean harm can be graded here."""
    return not any(finding.blocks for finding in findings)


def to_table(findings: list[Finding]) -> Table:
    """The findings for the terminal, each with its advice below it."""
    table = Table(show_header=False, box=None, padding=(0, 1))
    for finding in findings:
        mark = "[green]✓[/]" if finding.well else "[red]✗[/]" if finding.blocks else "[yellow]·[/]"
        advice = f"\n[dim]→ {escape(finding.advice)}[/]" if finding.advice else ""
        table.add_row(mark, escape(finding.subject), escape(finding.found) + advice)
    return table


# --- isolation ---------------------------------------------------------------


def _isolation(jail: Jail) -> Iterator[Finding]:
    advice = (
        "Grade on Linux 5.13 or newer (x86-64 or ARM64), in a container that allows user "
        "namespaces; or, if you trust every submission, set c.Sandbox.allow_unisolated = True."
    )
    for wall, means in (
        ("processes", jail.processes),
        ("files", jail.files),
        ("network", jail.network),
    ):
        yield Finding(
            wall, means or "NOT ISOLATED", bool(means), "" if means else advice, not means
        )
    yield Finding(
        "system calls",
        "seccomp filter" if jail.seccomp else "not filtered",
        jail.seccomp,
        "" if jail.seccomp else "Allow seccomp in this container; the other walls stand.",
    )
    if jail.other_user:
        yield Finding("user", "kernels run as one who owns nothing")
    elif hasattr(os, "geteuid") and os.geteuid() == 0:
        yield Finding(
            "user", "kernels run as root of nothing", False, "Grade as an ordinary user instead."
        )
    if jail is not NO_JAIL:
        for reason in jail.missing:
            yield Finding(
                "missing wall", reason, False, "Fine as long as no line says NOT ISOLATED."
            )


def _judge(jail: Jail) -> Iterator[Finding]:
    """The judge's own walls."""
    if jail is NO_JAIL:
        return  # then the checks run in the kernel
    try:
        walls = probe_judge()
    except RuntimeError as error:
        advice = "Report this with the lines above."
        yield Finding("judge", f"does not start ({error})", False, advice, blocks=True)
        return
    lacks = ", ".join(wall for wall in JUDGE_WALLS if wall not in walls)
    yield Finding(
        "judge",
        f"walls around {', '.join(walls)}" + (f", none around {lacks}" if lacks else ""),
        not lacks,
        "It runs no student's code, so this stops nobody. Linux 5.13 has all." if lacks else "",
    )


def _kernels(jail: Jail) -> Iterator[Finding]:
    """A kernel from cold, and one more from the zygote that is warm by then."""
    if not jail.isolated:
        yield Finding("kernel", "not started, because nothing would hold it", False, "See above.")
        return
    task = Task(nbformat.writes(nbformat.v4.new_notebook()).encode())
    seconds = []
    try:
        for _ in range(2):
            started = time.monotonic()
            run_notebook(task)
            seconds.append(time.monotonic() - started)
    except Exception as error:  # whatever keeps a kernel from starting is the finding
        yield Finding(
            "kernel",
            f"does not start ({type(error).__name__}: {error})",
            False,
            "Report this with the lines above; `pytest tests/autograder/sandbox` says more.",
            blocks=True,
        )
        return
    cold, warm = seconds
    quick = warm < SLOW_KERNEL
    yield Finding(
        "kernel",
        f"{warm:.2f} s to start and end; the first of a worker {cold:.1f} s",
        quick,
        "" if quick else "Is the machine busy, or Python on a network disk? Install it locally.",
    )


# --- pages and packages ------------------------------------------------------


def _pages() -> Iterator[Finding]:
    if find_spec("typst") is None:
        yield Finding("typst", "missing", False, "pip install ./chainrule: PDFs are set with it.")
    else:
        yield Finding("typst", _version("typst"))
        yield _fonts()
    try:
        import pypandoc

        yield Finding("pandoc", pypandoc.get_pandoc_version())
    except (ImportError, OSError):  # neither the package nor the program
        yield Finding(
            "pandoc",
            "missing",
            False,
            "pip install pypandoc_binary: it reads the formulas for PDFs.",
        )


def _fonts() -> Finding:
    import typst

    families = typst.Fonts(include_system_fonts=True).families()
    asian = sorted(name for name in families if _ASIAN.search(name))
    if asian:
        return Finding("fonts", f"{len(families)} families, {asian[0]} among them")
    return Finding(
        "fonts",
        f"{len(families)} families, none for Chinese, Japanese or Korean",
        False,
        "Install Noto Sans CJK if anybody writes these; all else comes with typst.",
    )


def _packages() -> Iterator[Finding]:
    if find_spec("torch") is None:
        yield Finding(
            "torch", "missing", False, "pip install torch torchvision, if notebooks train."
        )
    else:
        yield Finding("torch", f"{_version('torch')}, one thread a worker")
    yield Finding("Python", f"{platform.python_version()}, nbgrader {_version('nbgrader')}")
    alembic = shutil.which("alembic")
    if alembic is None:
        yield Finding(
            "alembic",
            "not on PATH",
            False,
            "nbgrader's own commands start it: put the environment's bin folder on PATH.",
        )


def _data() -> Iterator[Finding]:
    if sample_wanted():
        yield Finding("data sets", "the sample, as CHAINRULE_DATASET asks")
        return
    for name in NAMES:
        there = is_complete(name)
        yield Finding(
            f"data set {name}",
            f"{'in' if there else 'not in'} {data_folder()}",
            there,
            ""
            if there
            else f"`chainrule data get {name}` fetches it; CHAINRULE_DATA names another folder; "
            "CHAINRULE_DATASET=sample grades with the sample.",
        )


# --- the machine -------------------------------------------------------------


def _resources() -> Iterator[Finding]:
    workers = worker_count()
    yield Finding("cores", f"{workers}: so many notebooks run side by side")
    memory = _memory()
    if memory is None:
        return
    wanted = workers * Limits().memory
    enough = memory >= wanted
    yield Finding(
        "memory",
        f"{memory / GIGABYTE:.1f} GB; {workers} workers may use {wanted / GIGABYTE:.0f} GB",
        enough,
        "" if enough else "Lower c.Sandbox.memory_gb, or grade with fewer --workers.",
    )


def _memory() -> int | None:
    """Bytes that this machine, or this container, may use; None where nobody says."""
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return None
    limits = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for name in ("memory.max", "memory/memory.limit_in_bytes"):  # cgroups 2 and 1
        path = Path("/sys/fs/cgroup", name)
        text = path.read_text().strip() if path.is_file() else ""
        if text.isdigit():
            limits.append(int(text))
    return min(limits)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # of the same module under another package's name
        return "installed"

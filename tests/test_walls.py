"""The walls of the design: who may import, start and write what."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STARTS = {"subprocess", "multiprocessing", "nbclient", "jupyter_client", "pty"}
WRITES = {"Gradebook", "SaveAutoGrades", "Autograde"}


def modules(package: str) -> list[Path]:
    return [p for p in sorted((ROOT / package).rglob("*.py")) if "build" not in p.parts]


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules("chainrule"), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_student_package_never_imports_the_instructors(path: Path) -> None:
    assert not {name for name in imports(path) if name.split(".")[0] == "autograder"}


@pytest.mark.parametrize("path", modules("autograder"), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_sandbox_starts_processes(path: Path) -> None:
    if "sandbox" not in path.relative_to(ROOT).parts:
        assert not {name for name in imports(path) if name.split(".")[0] in STARTS}


@pytest.mark.parametrize("path", modules("autograder"), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_gradebook_package_writes_grades(path: Path) -> None:
    if "gradebook" not in path.relative_to(ROOT).parts:
        assert not {name for name in imports(path) if name.split(".")[-1] in WRITES}


def test_importing_the_student_package_loads_nothing_heavy_and_nothing_of_ours() -> None:
    code = (
        "import sys, chainrule; "
        "print(*sorted(m for m in ('matplotlib', 'nbconvert', 'torch', 'autograder', 'typst') "
        "if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_student_wheel_holds_the_whole_student_package_and_nothing_else(tmp_path: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "chainrule"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    copy = tmp_path / "src"
    for name in tracked:
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "-w",
            tmp_path,
            copy / "chainrule",
        ],
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == {name for name in tracked if not name.endswith("pyproject.toml")}

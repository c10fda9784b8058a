"""The toy assignment's autograder, built once and unpacked as Gradescope does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course, load_course
from autograder.gradescope.package import Package, build

from ..conftest import ASSIGNMENT, RIGHT


@dataclass(frozen=True)
class Image:
    """Gradescope's folder with an autograder in it, after its setup.sh."""

    root: Path
    environment: dict[str, str]
    log: str  # what setup.sh said

    def submit(self, *files: Path | tuple[str, bytes]) -> None:
        """Put files into submission/, in the place of what was there."""
        folder = self.root / "submission"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for file in files:
            name, data = (file.name, file.read_bytes()) if isinstance(file, Path) else file
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def run(self, *before: str) -> dict:
        """Start run_autograder as Gradescope does; returns results.json."""
        done = subprocess.run(
            [*before, self.root / "run_autograder"],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout
        results = json.loads((self.root / "results" / "results.json").read_text("utf-8"))
        return {**results, "stdout": done.stdout}


def unpack(package: Path, root: Path, python: Path | str = sys.executable) -> Image:
    """Lay a zip out as Gradescope does, and run its setup.sh with an interpreter that is there."""
    source = root / "source"
    source.mkdir(parents=True)
    with zipfile.ZipFile(package) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, source))
            path.chmod(entry.external_attr >> 16 & 0o777)  # extract() forgets it, unzip does not
    shutil.copy(source / "run_autograder", root)
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ},
        "AUTOGRADER_ROOT": str(root),
        "CHAINRULE_HOME": str(root / "opt"),
        "CHAINRULE_PYTHON": str(python),
    }
    done = subprocess.run(
        ["bash", source / "setup.sh"], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    del environment["CHAINRULE_PYTHON"]  # nothing of the build's environment is there at run time
    return Image(root, environment, done.stdout)


@pytest.fixture(scope="session")
def own_course(released: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The toy course, released, in a folder of these tests' own."""
    folder = tmp_path_factory.mktemp("gradescope") / "course"
    shutil.copytree(released.root, folder)
    return load_course(folder)


@pytest.fixture(scope="session")
def package(own_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Package:
    return build(own_course, ASSIGNMENT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def image(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Image:
    return unpack(package.file, tmp_path_factory.mktemp("image") / "autograder")


def filled(course: Course, notebook: str, answers: dict[str, str] = RIGHT) -> bytes:
    """A released notebook of the toy course with answers in it."""
    path = course.path("release", ASSIGNMENT) / f"{notebook}.ipynb"
    found = nbformat.read(path, as_version=4)
    for cell in found.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = answers[name]
    return nbformat.writes(found).encode()


def points(results: dict) -> dict[str, float | None]:
    """Points by question; None for one that a person marks."""
    return {test["extra_data"]["question"]: test.get("score") for test in results["tests"]}

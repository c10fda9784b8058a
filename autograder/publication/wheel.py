"""The student wheel: the package `chainrule`, as released notebooks install it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from build import BuildBackendException, ProjectBuilder
from pyproject_hooks import quiet_subprocess_runner

import chainrule
from autograder.course import CourseError

# What lies in a working copy and is no part of the package.
_NOT_TAKEN = ("__pycache__", "build", "dist", "*.egg-info", "*.pyc")


def build_wheel(folder: Path) -> Path:
    """Build the wheel into `folder`, without the network; returns its path.

    CourseError if chainrule is installed without its source, or cannot be built.
    """
    source = Path(chainrule.__path__[0])
    if not (source / "pyproject.toml").is_file():
        raise CourseError(
            f"The student wheel cannot be built: {source} has no pyproject.toml. Install the "
            "course's packages from its folder: pip install -e ./chainrule -e ."
        )
    with tempfile.TemporaryDirectory(prefix="chainrule-wheel-") as place:
        # A copy: building writes into the folder it builds, and takes in what an older
        # build has left there.
        copy = Path(place, "chainrule")
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns(*_NOT_TAKEN))
        builder = ProjectBuilder(copy, runner=_without_times)
        try:
            return Path(builder.build("wheel", folder))
        except BuildBackendException as error:
            raise CourseError(
                f"The student wheel cannot be built: {error}. Building needs setuptools 77 or "
                "newer: pip install -U setuptools."
            ) from error


def _without_times(
    command: Sequence[str], cwd: str | None = None, extra_environ: Mapping[str, str] | None = None
) -> None:
    # The same package gives the same bytes, so that nothing is pushed that has not changed
    # (https://reproducible-builds.org/specs/source-date-epoch/). A zip's time begins in 1980.
    environment = {**(extra_environ or {}), "SOURCE_DATE_EPOCH": "315532800"}
    quiet_subprocess_runner(command, cwd, environment)

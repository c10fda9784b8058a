"""What the image installs: the versions that this machine has, so that both grade alike."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

OURS = ("autograder", "chainrule")
"""Shipped in the zip itself."""

TORCH = ("torch", "torchvision")
"""A matching pair only if both come from one index: a CPU wheel of one does not fit the other."""

# Gradescope's images are Linux on x86-64, whatever the instructor's machine is.
_IMAGE = {
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_system": "Linux",
    "sys_platform": "linux",
}


def python_version() -> str:
    """The minor version of Python that the pins are for, such as 3.11."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def pinned(torch: bool) -> list[str]:
    """`name==version` of all that both packages need, as far as it is installed here.

    A file of constraints for pip: what only Linux needs and this machine lacks is
    left to pip. Local versions such as 2.9.0+cpu lose that part, for an index may
    have another build of them.
    """
    environment = {**default_environment(), **_IMAGE}
    waiting = [Requirement(name) for name in (*OURS, "pip", *(TORCH if torch else ()))]
    seen: set[tuple[str, str]] = set()
    found: dict[str, str] = {}
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        try:
            here = version(name)
        except PackageNotFoundError:
            continue
        if name not in OURS:
            found[name] = Version(here).public
        for extra in {"", *wanted.extras} - {extra for other, extra in seen if other == name}:
            seen.add((name, extra))
            for line in requires(name) or ():
                needed = Requirement(line)
                if needed.marker is None or needed.marker.evaluate({**environment, "extra": extra}):
                    waiting.append(needed)
    return [f"{name}=={number}{_only_on(name)}" for name, number in sorted(found.items())]


def _only_on(name: str) -> str:
    """A marker where a version needs more than the first release of this Python, such as 3.11.5.

    Ubuntu's may be older. There the pin falls away and pip takes the newest that fits.
    """
    needed = SpecifierSet(metadata(name).get("Requires-Python") or "")
    if f"{python_version()}.0" in needed:
        return ""
    clauses = (f'python_full_version {one.operator} "{one.version}"' for one in needed)
    return f" ; {' and '.join(sorted(clauses))}"


def made_on() -> str:
    """Where the pins come from, for a comment."""
    return f"Python {platform.python_version()} on {platform.system()}"

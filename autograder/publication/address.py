"""Where the course is published: two settings, and every address that follows from them.

c.Course.repository = "https://github.com/owner/name"   # what students clone or open
c.Course.branch = "main"
c.Course.student_package = ""   # the wheel's address, if it is not in that repository
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import quote

from traitlets.config import Config

from autograder.course import CourseError

BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
"""As in https://colab.research.google.com/github/googlecolab/colabtools/blob/main/notebooks/colab-github-demo.ipynb"""

_REPOSITORY = re.compile(r"(?:https://github\.com/)?([\w-]+/[\w.-]+?)(?:\.git)?/?")
_PACKAGE = re.compile(r"(https?|file)://\S+\.whl")


@dataclass(frozen=True)
class Address:
    """Where students find the course; what is not configured is ""."""

    repository: str = ""  # owner/name on GitHub
    branch: str = "main"
    package: str = ""  # address of the student wheel

    def colab(self, path: str) -> str:
        """Where Colab opens a notebook, by its path in the repository; "" without one."""
        if not self.repository:
            return ""
        place = f"{self.repository}/blob/{self.branch}/{path}"
        return f"https://colab.research.google.com/github/{quote(place)}"

    def badge(self, path: str) -> str:
        """The badge that opens a notebook in Colab, in Markdown; "" without a repository."""
        target = self.colab(path)
        return f"[![Open in Colab]({BADGE})]({target})" if target else ""


def address(config: Config) -> Address:
    """What `nbgrader_config.py` says. CourseError for what cannot be an address."""
    course = config.get("Course", {})
    given = str(course.get("repository") or "").strip()
    branch = str(course.get("branch") or "main").strip()
    package = str(course.get("student_package") or "").strip()
    found = _REPOSITORY.fullmatch(given)
    if given and not found:
        raise CourseError(
            f"c.Course.repository in nbgrader_config.py is {given!r}. Colab opens notebooks from "
            "GitHub: write https://github.com/owner/name, or leave it empty."
        )
    if package and not _PACKAGE.fullmatch(package):
        raise CourseError(
            f"c.Course.student_package in nbgrader_config.py is {package!r}. Write the address of "
            f"a wheel, https://…/{wheel_name()}, or leave it empty: then it is the one in "
            "c.Course.repository."
        )
    repository = found[1] if found else ""
    if repository and not package:
        place = quote(f"{repository}/{branch}/{wheel_name()}")
        package = f"https://raw.githubusercontent.com/{place}"
    return Address(repository, branch, package)


def wheel_name() -> str:
    """The file name of the student wheel."""
    return f"chainrule-{version('chainrule')}-py3-none-any.whl"

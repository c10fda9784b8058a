"""What a released notebook has and its source has not: a badge, the installation, its own name.

The source holds one stable form, a last cell with ``{"chainrule": {"submit": {}}}`` in its
metadata. The release writes there what `chainrule.submit` has to know (see
`chainrule.submission.assignment`), and, where the course has an address, puts
two cells in. None of them is graded, and the PDF leaves them out.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.publication.address import Address, address
from autograder.scripts import cleared, scripts, to_complete

_INSTALL = """\
# Run this cell first. Where the course's package is missing, it installs it: half a minute at most.
import os
import site
from importlib.metadata import PackageNotFoundError, version

try:
    installed = version("chainrule")
except PackageNotFoundError:
    installed = None
if installed != "{version}" and "CHAINRULE_GRADING" not in os.environ:
    %pip install --quiet "chainrule @ {package}"
    if site.ENABLE_USER_SITE:  # where pip puts it if it may not write elsewhere
        site.addsitedir(site.getusersitepackages())"""

_LEFT_OUT = {"tags": ["remove-cell"]}


class StudentCells(NbGraderPreprocessor):
    """Makes a source notebook the student's: the first step of `nbgrader generate_assignment`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        about = resources["nbgrader"]
        converter = self.parent.parent  # of the exporter that it belongs to
        source = Path(converter._format_source(about["assignment"], about["student"]))
        stamp = {
            "assignment": about["assignment"],
            "course": str(self.config.get("Course", {}).get("name") or "") or None,
            "notebook": about["notebook"],
            "notebooks": sorted(path.stem for path in source.glob("*.ipynb")),
            "scripts": self._scripts(source),
        }
        for cell in nb.cells:
            if "submit" in cell.metadata.get("chainrule", {}):
                cell.metadata["chainrule"]["submit"] = stamp
        place = f"{about['assignment']}/{about['notebook']}.ipynb"
        _put_in(nb, address(self.config), place)
        return nb, resources

    def _scripts(self, source: Path) -> dict[str, str | None]:
        """The assignment's scripts, with the digest of those that students complete."""
        found: dict[str, str | None] = dict.fromkeys(scripts(source))
        for name in to_complete(source):
            text = cleared(name, (source / name).read_text("utf-8"), self.config)
            found[name] = hashlib.sha256(text.encode()).hexdigest()
        return found


def _put_in(nb: NotebookNode, where: Address, place: str) -> None:
    if where.package:
        text = _INSTALL.format(version=version("chainrule"), package=where.package)
        cell = new_code_cell(text, id="install", metadata=_LEFT_OUT)
        code = (i for i, other in enumerate(nb.cells) if other.cell_type == "code")
        nb.cells.insert(next(code, len(nb.cells)), cell)
    badge = where.badge(place)
    if badge:
        nb.cells.insert(0, new_markdown_cell(badge, id="colab", metadata=_LEFT_OUT))

"""Reading a notebook: any file in, cells of known shape out.

nbformat is not imported for a notebook of format 4, the only one in use since
2015: its JSON schema machinery costs more time than the whole PDF. What a
validator would refuse (a source that is a list, outputs that are missing) is
read as leniently as a person would read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class UnreadableNotebookError(ValueError):
    """The file is not a notebook; the message says what was found instead."""


@dataclass(frozen=True)
class Cell:
    """One cell. `number` counts from 1 in the notebook as it is on disk."""

    number: int
    kind: str
    source: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    outputs: tuple[Mapping[str, Any], ...] = ()
    attachments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    execution_count: int | None = None

    @property
    def tags(self) -> frozenset[str]:
        """The cell's tags, with dashes written as underscores."""
        tags = self.metadata.get("tags")
        return frozenset(
            str(tag).replace("-", "_") for tag in (tags if isinstance(tags, list) else ())
        )

    @property
    def nbgrader(self) -> Mapping[str, Any]:
        """nbgrader's metadata of the cell, empty where there is none."""
        return _mapping(self.metadata.get("nbgrader"))

    @property
    def chainrule(self) -> Mapping[str, Any]:
        """Our own metadata of the cell, empty where there is none."""
        return _mapping(self.metadata.get("chainrule"))


@dataclass(frozen=True)
class Notebook:
    """The cells of a notebook, and what its metadata says about the course."""

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]
    name: str = "notebook"
    folder: Path | None = None

    @property
    def language(self) -> str:
        """The language of the code cells, for highlighting."""
        info = _mapping(self.metadata.get("language_info"))
        spec = _mapping(self.metadata.get("kernelspec"))
        return str(info.get("name") or spec.get("language") or "python")


def read(source: str | Path | Mapping[str, Any]) -> Notebook:
    """Read a notebook from a path, or take one that is already parsed.

    Raises `UnreadableNotebookError` with a sentence a student understands.
    """
    if isinstance(source, Mapping):
        return _notebook(source, "notebook", None)
    path = Path(source)
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise UnreadableNotebookError(f"There is no file {path.name}.") from None
    except OSError as error:
        raise UnreadableNotebookError(f"{path.name} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableNotebookError(
            f"{path.name} is not a text file, so not a notebook."
        ) from error
    except RecursionError as error:
        raise UnreadableNotebookError(
            f"{path.name} is nested too deeply to be a notebook."
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableNotebookError(
            f"{path.name} is not valid JSON (line {error.lineno}: {error.msg}). "
            "A notebook whose download or merge broke off looks like this."
        ) from error
    except ValueError as error:  # Python reads no number of more than 4,300 digits
        raise UnreadableNotebookError(f"{path.name} holds a number that is too long.") from error
    return _notebook(content, path.stem, path.parent)


def _notebook(content: Any, name: str, folder: Path | None) -> Notebook:
    if not isinstance(content, Mapping):
        raise UnreadableNotebookError(f"{name} holds JSON, but no notebook.")
    if "worksheets" in content and "cells" not in content:
        content = _upgraded(content, name)
    if not isinstance(content.get("cells"), list):
        raise UnreadableNotebookError(f"{name} has no list of cells, so it is not a notebook.")
    cells = tuple(_cell(cell, number) for number, cell in enumerate(content["cells"], start=1))
    return Notebook(cells, _mapping(content.get("metadata")), name, folder)


def _upgraded(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    import nbformat

    try:
        return nbformat.convert(nbformat.from_dict(content), 4)
    except Exception as error:  # whatever an old converter trips over, it is unreadable
        raise UnreadableNotebookError(
            f"{name} is of an old notebook format and could not be converted: {error}."
        ) from error


def _cell(cell: Any, number: int) -> Cell:
    cell = _mapping(cell)
    outputs = cell.get("outputs")
    count = cell.get("execution_count")
    return Cell(
        number=number,
        kind=cell.get("cell_type") if cell.get("cell_type") in ("code", "markdown") else "raw",
        source=joined(cell.get("source")),
        metadata=_mapping(cell.get("metadata")),
        outputs=tuple(_mapping(out) for out in outputs) if isinstance(outputs, list) else (),
        attachments={
            str(key): _mapping(value) for key, value in _mapping(cell.get("attachments")).items()
        },
        execution_count=count if isinstance(count, int) else None,
    )


def joined(value: Any) -> str:
    """A multi-line string of the notebook format: one string or a list of lines."""
    if isinstance(value, list):
        return "".join(str(line) for line in value)
    return "" if value is None else str(value)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}

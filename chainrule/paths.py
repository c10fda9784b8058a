"""The paths given to `chainrule pdf`: what is no notebook is refused before anything is written."""

from __future__ import annotations

import difflib
from pathlib import Path

import typer

_MOST_NAMED = 5


def check_paths(paths: list[Path]) -> None:
    """Refuse a call that names something other than notebook files, with the way out."""
    wrong = [message for path in paths if (message := _complaint(path))]
    if wrong:
        raise typer.BadParameter(" ".join([*wrong, "Nothing was written."]))


def _complaint(path: Path) -> str | None:
    if path.is_dir():
        found = _notebooks(path)
        hint = (
            f"Name the notebooks in it: {_listed(found)}."
            if found
            else "It has no notebooks in it: name yours."
        )
        return f"{path} is a folder. {hint}"
    if path.suffix.lower() != ".ipynb":
        notebook = path.with_suffix(".ipynb") if path.name else path
        hint = f" Did you mean {notebook}?" if notebook.is_file() else ""
        return f"{path} is not a notebook; the name of one ends in .ipynb.{hint}"
    if not path.exists():
        return f"There is no file {path}. {_instead(path)}"
    return None


def _instead(path: Path) -> str:
    if not path.parent.is_dir():
        return f"There is no folder {path.parent} either: look where your notebook is."
    found = _notebooks(path.parent)
    close = difflib.get_close_matches(path.stem, [other.stem for other in found], n=1)
    if close:
        return f"Did you mean {path.parent / close[0]}.ipynb?"
    if found:
        return f"The notebooks there are: {_listed(found)}."
    return "There are no notebooks in that folder; change to the one where yours is."


def _notebooks(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.glob("*.ipynb") if path.is_file())
    except OSError:  # a folder that may not be looked into
        return []


def _listed(paths: list[Path]) -> str:
    return ", ".join(map(str, paths[:_MOST_NAMED])) + ", …" * (len(paths) > _MOST_NAMED)

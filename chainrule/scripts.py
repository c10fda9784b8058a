"""Scripts beside a notebook: imported as they are on disk now, and shown in the notebook.

    build_net = load("build_net")
    show("build_net", "ConvBlock")

Python imports a module once and keeps it. Whoever edits a script and runs a
cell again would still get the old one; `load` reads it anew every time.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

MOST_LINES = 300
"""Of a script that is shown; the rest is left out, and a line says so."""


class ScriptError(ImportError):
    """A script cannot be imported; the message says which and what to do."""


def load(name: str) -> ModuleType:
    """Import `<name>.py` from the notebook's folder, as it is on disk now.

    The other scripts of the folder are forgotten as well, so those that this one
    imports are read anew. What was made with an older one stays as it is.
    ScriptError if there is no such file; whatever the script itself raises.
    """
    folder = Path.cwd()
    path = folder / f"{name}.py"
    if not path.is_file():
        raise ScriptError(
            f"{name}.py is not in the notebook's folder ({folder}). Put it beside the notebook, "
            "and hand it in with it."
        )
    for other in [name, *(script.stem for script in folder.glob("*.py"))]:
        if _is_here(sys.modules.get(other), folder) or other == name:
            sys.modules.pop(other, None)
    importlib.invalidate_caches()
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    # First on the path, so that `import utils` finds the one beside the notebook.
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = kept


def show(name: str, *definitions: str) -> None:
    """Show `<name>.py` in the notebook, or only its functions and classes of these names.

    A script that cannot be taken apart is shown whole. Nothing of it is run.
    """
    path = Path(f"{name}.py")
    if not path.is_file():
        print(f"{path} is not in the notebook's folder.")
        return
    text = path.read_text("utf-8", errors="replace")
    parts, remark = _parts(text, definitions)
    if remark:
        print(f"{path}: {remark}")
    lines = "\n\n\n".join(parts).rstrip().splitlines()
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"# … and {len(lines) - MOST_LINES} lines more"]
    _display("\n".join(lines))


def _is_here(module: ModuleType | None, folder: Path) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and Path(file).parent == folder


def _parts(text: str, definitions: tuple[str, ...]) -> tuple[list[str], str]:
    """The source of each definition, or the whole text and why it is not in parts."""
    if not definitions:
        return [text], ""
    try:
        nodes = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        where = f" in line {line}" if line else ""
        return [text], f"Python cannot read it ({getattr(error, 'msg', error)}{where})."
    lines, found = text.splitlines(), {}
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            found[node.name] = "\n".join(lines[first - 1 : _end(node, lines)]).rstrip()
    missing = [wanted for wanted in definitions if wanted not in found]
    if missing:
        return [text], f"there is no {', '.join(missing)} in it."
    return [found[wanted] for wanted in definitions], ""


def _end(node: ast.stmt, lines: list[str]) -> int:
    """The last line of a definition, with the indented comments that stand at its end."""
    end = node.end_lineno or node.lineno
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t"):
        end += 1
    return end


def _display(source: str) -> None:
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:  # a plain Python
        print(source)
        return
    from IPython.display import display

    shown = {"text/markdown": _markdown(source), "text/plain": source}
    # In the PDF it has the bar of an answer.
    display(shown, metadata={"chainrule": {"answer": True}}, raw=True)


def _markdown(source: str) -> str:
    # A fence longer than any in the script, which therefore cannot end it.
    fence = "~" * (3 + max(map(len, re.findall("~+", source)), default=0))
    return f"{fence}python\n{source}\n{fence}"

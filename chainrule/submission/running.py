"""Finds the notebook that a kernel belongs to; a kernel is not told.

Asked in turn: VS Code's variable in the user's namespace
(https://github.com/microsoft/vscode-jupyter/pull/8531), the running Jupyter servers
(``GET api/sessions`` of the Jupyter Server REST API, which knows about renamed
notebooks, https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html), and
``JPY_SESSION_NAME``, which servers set since 2022
(https://github.com/jupyter-server/jupyter_server/pull/679). Last comes the folder
that the kernel works in. Colab has no file at all; see `colab`.
"""

from __future__ import annotations

import json
import os
import re
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from chainrule.pdf.notebook import UnreadableNotebookError, read
from chainrule.submission.errors import SubmissionError

_SECONDS = 2.0
"""For a server on this machine to answer."""

_KERNEL = re.compile(r"kernel-(.+)\.json")
_HOW = 'Say which one it is: submit(notebook="my-notebook.ipynb").'


def running_notebook(namespace: Mapping[str, Any], history: Sequence[str]) -> Path:
    """The file of the notebook that runs in this process.

    `namespace` is the user's, `history` what the kernel was given. SubmissionError if it
    cannot be told.
    """
    ways = (_told_by_vscode(namespace), _told_by_servers(), _told_by_the_session(namespace))
    for way in ways:
        for path in way:
            if path.suffix == ".ipynb" and path.is_file():
                return path
    return _told_by_the_folder(Path.cwd(), history)


def _told_by_vscode(namespace: Mapping[str, Any]) -> Iterator[Path]:
    named = namespace.get("__vsc_ipynb_file__")
    if isinstance(named, str):
        yield Path(named)


def _told_by_servers() -> Iterator[Path]:
    try:
        from jupyter_core.paths import jupyter_runtime_dir

        kernel = _kernel_id()
    except ImportError:  # a kernel of another kind than ipykernel
        return
    if kernel is None:
        return
    for info in sorted(Path(jupyter_runtime_dir()).glob("jpserver-*.json")):
        try:
            server = json.loads(info.read_text("utf-8"))
            sessions = _sessions(server)
            root = Path(server["root_dir"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # left behind by a server that is gone, or somebody else's
        for session in sessions:
            if isinstance(session, dict) and (session.get("kernel") or {}).get("id") == kernel:
                # A shared document has its drive before the path: "RTC:folder/name.ipynb".
                path = str(session.get("path", "")).rpartition(":")[2]
                yield root.joinpath(*PurePosixPath(path).parts)


def _kernel_id() -> str | None:
    from ipykernel.connect import get_connection_file

    try:
        found = _KERNEL.fullmatch(Path(get_connection_file()).name)
    except RuntimeError:  # no kernel: IPython in a terminal
        return None
    return found[1] if found else None


def _sessions(server: Mapping[str, Any]) -> list[Any]:
    request = urllib.request.Request(f"{server['url'].rstrip('/')}/api/sessions")
    # A hub's servers have no token of their own and take the one that the hub gave them.
    token = server.get("token") or os.environ.get("JUPYTERHUB_API_TOKEN", "")
    if token:
        request.add_header("Authorization", f"token {token}")
    # The server is on this machine: no proxy is asked.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=_SECONDS) as answer:
        found = json.load(answer)
    return found if isinstance(found, list) else []


def _told_by_the_session(namespace: Mapping[str, Any]) -> Iterator[Path]:
    for named in (namespace.get("__session__"), os.environ.get("JPY_SESSION_NAME")):
        if not isinstance(named, str) or not named:
            continue
        yield Path(named)
        # Older servers give the path from their root, which may lie anywhere above.
        for folder in (Path.cwd(), *Path.cwd().parents):
            yield folder / named
        yield Path.cwd() / PurePosixPath(named).name


def _told_by_the_folder(folder: Path, history: Sequence[str]) -> Path:
    """The only notebook there, or the one that has most of what the kernel was given."""
    found = sorted(path for path in folder.glob("*.ipynb") if path.is_file())
    if not found:
        raise SubmissionError(
            f"The notebook's file was not found: there is none in {folder}. {_HOW}"
        )
    if len(found) == 1:
        return found[0]
    ran = {entry.strip() for entry in history[:-1]} - {""}
    score = {path: len(ran & _sources(path)) for path in found}
    best = max(score.values())
    likely = [path for path in found if score[path] == best]
    if best and len(likely) == 1:
        return likely[0]
    named = ", ".join(path.name for path in found)
    raise SubmissionError(f"Which of these notebooks is this one? {named}. {_HOW}")


def _sources(path: Path) -> set[str]:
    try:
        return {cell.source.strip() for cell in read(path).cells if cell.kind == "code"}
    except UnreadableNotebookError:
        return set()

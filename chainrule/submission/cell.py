"""`submit()` in a notebook: finds it, looks whether it is saved, and shows the result."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chainrule.pdf.notebook import UnreadableNotebookError, read
from chainrule.submission import colab
from chainrule.submission.assignment import gather
from chainrule.submission.errors import SubmissionError
from chainrule.submission.hand_in import HandedIn, hand_in
from chainrule.submission.identity import student as who
from chainrule.submission.report import lines, links, when
from chainrule.submission.running import running_notebook
from chainrule.submission.saved import not_saved, warning

_UNEXPECTED = (
    "Hand in the notebook itself and the folder artifacts, and send your course what stands here:"
)
_HOW = 'submit(student="your-number") in this cell, and run it once more'


def submit_here(*arguments: Any, **options: Any) -> None:
    """`chainrule.submit`, outside of marking; takes what that takes."""
    try:
        done = _submit(*arguments, **options)
    except SubmissionError as error:
        print(f"✗ {error}")
        print("Nothing was written.")
        return
    except Exception as error:  # ours, whatever it is: no student shall lose a deadline by it
        print(f"✗ This should not have happened: {type(error).__name__}: {error}")
        print(_UNEXPECTED)
        traceback.print_exc(file=sys.stdout)
        return
    print("\n".join(lines(done)))
    _offer(done)


@dataclass(frozen=True)
class _Kernel:
    """What IPython knows: the user's names, and every cell that was run, this one last."""

    namespace: Mapping[str, Any]
    history: Sequence[str]


def _submit(
    student: str | None,
    name: str | None,
    notebook: str | Path | None,
    *,
    run: bool,
    anyway: bool,
    output: str | Path | None,
) -> HandedIn:
    first: Path | bytes
    if notebook is None and colab.in_colab():
        first, folder = colab.page(), Path.cwd()
    else:
        kernel = _kernel()
        first = _named(notebook) if notebook else running_notebook(kernel.namespace, kernel.history)
        folder = first.parent
        if notebook is None and not anyway:
            _look_whether_saved(first, kernel.history)
    work = gather(first, folder)
    identity = who(student, name, input, _HOW)
    return hand_in(work, identity, output=Path(output) if output else None, run=run)


def _kernel() -> _Kernel:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return _Kernel({}, [""])
    return _Kernel(shell.user_ns, list(shell.history_manager.input_hist_raw))


def _named(notebook: str | Path) -> Path:
    path = Path(notebook).expanduser()
    if path.suffix != ".ipynb":
        path = path.with_name(f"{path.name}.ipynb")
    if not path.is_file():
        there = ", ".join(sorted(p.name for p in path.parent.glob("*.ipynb"))) or "no notebook"
        raise SubmissionError(
            f"There is no file {path}. In {path.parent.absolute()} there is: {there}. Give your "
            "notebook's name as it is there."
        )
    return path


def _look_whether_saved(path: Path, history: Sequence[str]) -> None:
    try:
        cells = read(path).cells
    except UnreadableNotebookError:
        return  # which `gather` says in its own words
    saved = path.stat().st_mtime
    unsaved = not_saved(cells, history, saved=saved, started=_started())
    if unsaved:
        raise SubmissionError(warning(unsaved, when(saved)))


def _started() -> float:
    """When this kernel started, in seconds since 1970."""
    try:
        import psutil
    except ImportError:  # every ipykernel has it; of another kernel it is not known
        return 0.0
    return psutil.Process().create_time()


def _offer(done: HandedIn) -> None:
    if colab.in_colab():
        for path in (done.pdf, done.zip):
            colab.download(path)
        return
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        return
    from IPython.display import display

    plain = f"{done.pdf.name}, {done.zip.name}"
    shown = links((done.pdf, done.zip), Path.cwd())
    display({"text/html": shown, "text/plain": plain}, raw=True)

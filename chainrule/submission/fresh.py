"""Runs a notebook in a fresh kernel, from top to bottom, as it is run when it is marked."""

from __future__ import annotations

import os
import subprocess
import warnings
from pathlib import Path

from chainrule.pdf.notebook import Notebook, read
from chainrule.submission.errors import SubmissionError

SECONDS = 600
"""For one cell; the autograder gives it less."""


def run_fresh(data: bytes, folder: Path, *, seconds: int = SECONDS) -> Notebook:
    """The notebook with the outputs of a fresh run in `folder`; nothing is trained.

    Cells that fail do not stop it. SubmissionError if it cannot be run to its end.
    """
    try:
        import nbformat
        from jupyter_client.kernelspec import NoSuchKernel
        from nbclient import NotebookClient
        from nbclient.exceptions import DeadKernelError
    except ImportError as error:
        raise SubmissionError(
            f"A fresh run needs {error.name}. Install it (pip install nbclient ipykernel), or "
            "restart the kernel and run all cells by hand."
        ) from error
    try:
        with warnings.catch_warnings():
            # Cells without ids get some; that is nothing a student could do something about.
            warnings.simplefilter("ignore")
            notebook = nbformat.reads(data.decode("utf-8-sig"), as_version=4)
    except (ValueError, nbformat.ValidationError) as error:
        raise SubmissionError(f"It cannot be run: {error} Save it again.") from error
    client = NotebookClient(
        notebook,
        timeout=seconds,
        interrupt_on_timeout=True,
        allow_errors=True,
        kernel_name="python3",  # of this Python, whatever the notebook was last run with
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        # What a kernel says in a terminal is for those who write kernels.
        environment = os.environ | {"CHAINRULE_GRADING": "1"}
        client.execute(env=environment, stderr=subprocess.DEVNULL)
    except NoSuchKernel as error:
        raise SubmissionError(
            "A fresh run needs ipykernel. Install it (pip install ipykernel), or restart the "
            "kernel and run all cells by hand."
        ) from error
    except DeadKernelError as error:
        raise SubmissionError(
            "The fresh run ended early, because the kernel died: a cell takes too much memory, or "
            "ends Python. Restart the kernel, and run the cells one by one to find it."
        ) from error
    return read(notebook)

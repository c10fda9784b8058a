"""Handing in: what the last cell of a notebook calls, and `chainrule submit` on the command line.

    running notebook ─► what belongs to the assignment ─► answered? ─► PDF · zip ─► download

While work is marked, the cell has nothing to do and loads none of this.
"""

from __future__ import annotations

import os
from pathlib import Path


def submit(
    student: str | None = None,
    *,
    name: str | None = None,
    notebook: str | Path | None = None,
    run: bool = False,
    anyway: bool = False,
    output: str | Path | None = None,
) -> None:
    """Write the PDF and the zip that you hand in, and say what is answered and what is not.

    Parameters
    ----------
    student
        Your student number, account name or e-mail address. Asked for once and
        remembered on this machine.
    name
        Your name, for the head of the PDF's pages. Likewise.
    notebook
        The notebook's file, if it cannot be found out.
    run
        Run the notebooks in a fresh kernel first, as they are run when they are marked,
        and list what their tests say then. Nothing is trained; your files stay as they are.
    anyway
        Hand in what is saved, even if some of your work is not.
    output
        The folder to write to; by default the notebook's.

    Whatever goes wrong is said in words and nothing is raised; without the words
    "Hand in both" nothing was written.
    """
    # The autograder's kernels have this variable, whatever its value.
    if "CHAINRULE_GRADING" in os.environ:
        print("submit() does nothing while your work is marked.")
        return
    from chainrule.submission.cell import submit_here

    submit_here(student, name, notebook, run=run, anyway=anyway, output=output)

"""`chainrule submit`: the same as the last cell of a notebook, in a terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from chainrule.options import AsJson
from chainrule.paths import check_paths


def submit(
    notebook: Annotated[
        Path | None,
        typer.Argument(
            metavar="[NOTEBOOK]",
            help="A notebook of the assignment; by default the one in this folder.",
            show_default=False,
        ),
    ] = None,
    student: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Your student number, account or e-mail address; asked for once and remembered.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="For the head of the PDF's pages.", show_default=False),
    ] = None,
    run: Annotated[
        bool,
        typer.Option("--run", help="Run the notebooks in a fresh kernel first; trains nothing."),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Folder to write to; by default the notebook's.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the PDF and the zip that you hand in, and say which questions are answered.

    Takes every notebook of the assignment that lies in the folder, its scripts and the
    folder **artifacts**, and writes **ASSIGNMENT-ID.pdf** and **ASSIGNMENT-ID.zip** beside
    them. It takes what is saved: save the notebooks first. Needs no network.

    Example: `chainrule submit 1-exponential-neuron.ipynb --student A00123`
    """
    from chainrule.submission.assignment import gather
    from chainrule.submission.errors import SubmissionError
    from chainrule.submission.hand_in import hand_in
    from chainrule.submission.identity import student as who
    from chainrule.submission.report import lines, to_json

    if notebook is not None:
        check_paths([notebook])
    try:
        path = notebook or _here()
        work = gather(path, path.parent)
        ask = input if sys.stdin.isatty() and not as_json else None
        identity = who(student, name, ask, "chainrule submit --student YOUR-NUMBER")
        done = hand_in(work, identity, output=output, run=run)
    except SubmissionError as error:
        if as_json:
            typer.echo(json.dumps({"error": str(error)}, ensure_ascii=False))
        typer.echo(f"✗ {error} Nothing was written.", err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(json.dumps(to_json(done), indent=2, ensure_ascii=False))
    else:
        typer.echo("\n".join(lines(done)))


def _here() -> Path:
    """The notebook of this folder; of several, the first, if they are of one assignment."""
    from chainrule.pdf.notebook import UnreadableNotebookError, read
    from chainrule.submission.assignment import stamp_of
    from chainrule.submission.errors import SubmissionError

    found = sorted(Path().glob("*.ipynb"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise SubmissionError(
            "There is no notebook in this folder. Go to the one where yours is, or name it."
        )
    stamps = {}
    for path in found:
        try:
            stamps[path] = stamp_of(read(path))
        except UnreadableNotebookError:
            continue
    known = {path: stamp for path, stamp in stamps.items() if stamp is not None}
    if len({stamp.assignment for stamp in known.values()}) == 1:
        return next(iter(known))
    named = ", ".join(map(str, found))
    raise SubmissionError(f"Which notebook? There are: {named}. Name one of the assignment.")

"""The options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Assignment = Annotated[
    str, typer.Argument(metavar="ASSIGNMENT", help="Folder name in source/, e.g. 01-worksheets.")
]
CourseFolder = Annotated[
    Path | None,
    typer.Option("--course", metavar="DIR", help="The course's folder, if you are not in it."),
]
Student = Annotated[str | None, typer.Option("--student", metavar="ID", help="This student only.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Notebooks side by side; default: cores."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for scripts.")]
RosterFile = Annotated[
    Path | None,
    typer.Option(
        "--roster", metavar="FILE", help="CSV of the students; default: c.Course.roster, if set."
    ),
]

"""The command `chainrule`: what a student does with a notebook outside of Jupyter."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chainrule.options import AsJson
from chainrule.submission.command import submit

if TYPE_CHECKING:
    from chainrule.pdf import Pdf, Shape

_STYLE: dict[str, Any] = {
    "no_args_is_help": True,
    "rich_markup_mode": "markdown",
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
app = typer.Typer(name="chainrule", **_STYLE)
data_app = typer.Typer(**_STYLE)
app.add_typer(data_app, name="data", help="The data sets: fetch them, and say where they are.")


def _print_version(wanted: bool) -> None:
    if wanted:
        import chainrule

        typer.echo(f"chainrule {chainrule.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Tools for the notebooks of a deep-learning course.

    Each command says what it writes, and where. Exit code 0: done; 1: something
    could not be done, and the message says what; 2: the command was not understood,
    and nothing was written.
    """


@app.command()
def pdf(
    notebooks: Annotated[
        list[Path],
        typer.Argument(metavar="NOTEBOOK", help="Notebooks to convert.", show_default=False),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Folder for the PDFs; by default each lies beside its notebook.",
            show_default=False,
        ),
    ] = None,
    student_name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="For the head of each page.", show_default=False),
    ] = None,
    student_id: Annotated[
        str | None, typer.Option(metavar="ID", help="Likewise.", show_default=False)
    ] = None,
    course: Annotated[str | None, typer.Option(help="Likewise.", show_default=False)] = None,
    assignment: Annotated[str | None, typer.Option(help="Likewise.", show_default=False)] = None,
    written_only: Annotated[
        bool, typer.Option("--written-only", help="Only the questions that a person marks.")
    ] = False,
    fixed_length: Annotated[
        Path | None,
        typer.Option(
            metavar="RELEASED",
            help="Give every question the pages that it has for this notebook, "
            "the assignment as it was released.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Turn notebooks into PDFs that Gradescope can take.

    For NAME.ipynb it writes **NAME.pdf**, in which every question starts a page,
    and **NAME.pages.json**, which says which pages hold which question.
    It runs nothing: the PDF shows the outputs that are saved in the notebook,
    so run all cells and save first.

    Whatever is in the notebook, a PDF comes out; of a file that cannot be read as a
    notebook it is one page that says so, **NAME.unreadable.pdf** if there is a
    NAME.pdf already. What could not be shown (a
    formula with a slip in it, an image that is not there) stands in a box in its
    place and is listed here with its cell and what to do about it, and so are cells
    that have not been run.

    What is not given for the head of the pages is taken from the notebook's metadata
    (`chainrule.student`, `.course`, `.assignment`), and left out if it is not there.

    Example: `chainrule pdf hw1.ipynb -o handin --student-name "Ada Example" --student-id A00123`
    """
    from chainrule.paths import check_paths
    from chainrule.pdf import export_pdf, student_line

    # One wrong path stops the whole call: half a hand-in looks like a whole one.
    check_paths(notebooks)
    targets = _targets(notebooks, output)
    fixed = _shape(fixed_length, written_only) if fixed_length else None
    results: list[dict[str, Any]] = []
    failed = False
    for notebook, target in zip(notebooks, targets, strict=True):
        made = export_pdf(
            notebook,
            student=student_line(student_name, student_id) or None,
            course=course,
            assignment=assignment,
            written_only=written_only,
            fixed=fixed,
        )
        result = _result(notebook, target, made)
        failed = failed or result["failed"]
        results.append(result)
        if not as_json:
            _report(result)
    if as_json:
        typer.echo(json.dumps(results, indent=2, ensure_ascii=False))
    raise typer.Exit(1 if failed else 0)


def _targets(notebooks: list[Path], output: Path | None) -> list[Path]:
    targets = [(output or path.parent) / f"{path.stem}.pdf" for path in notebooks]
    twice = {str(path) for path in targets if targets.count(path) > 1}
    if twice:
        raise typer.BadParameter(
            f"Two notebooks would be written to {', '.join(sorted(twice))}. Convert one at a time."
        )
    if output is not None and output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} is a file; give a folder.", param_hint="-o")
    return targets


def _shape(released: Path, written_only: bool) -> Shape:
    from chainrule.pdf import UnreadableNotebookError, shape_of

    try:
        return shape_of(released, written_only=written_only)
    except UnreadableNotebookError as error:
        raise typer.BadParameter(str(error), param_hint="--fixed-length") from None


def _write(made: Pdf, target: Path) -> str | None:
    """Write the PDF and its page map; a sentence comes back if that did not work."""
    pages = json.dumps(made.pages.to_json(), indent=2, ensure_ascii=False) + "\n"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.data)
        target.with_suffix(".pages.json").write_text(pages, encoding="utf-8")
    except OSError as error:
        return f"{target} could not be written: {error.strerror}."
    return None


def _result(notebook: Path, target: Path, made: Pdf) -> dict[str, Any]:
    """Write what was made, and say how that went."""
    notes = [(problem.cell, problem.what, problem.remedy) for problem in made.problems]
    if made.failed and target.is_file() and target.read_bytes() != made.data:
        # What is there may be the only good copy; only the same notice may be replaced.
        kept, target = target, target.with_suffix(".unreadable.pdf")
        remedy = "It shows the notebook as it was then: look into it before you hand it in."
        notes.append((None, f"{kept.name} is there from before and was left alone.", remedy))
    unwritten = _write(made, target)
    if unwritten:
        notes.append((None, unwritten, "Give another folder with -o."))
    return {
        "notebook": str(notebook),
        "pdf": None if unwritten else str(target),
        "failed": made.failed or unwritten is not None,
        "problems": [{"cell": cell, "what": what, "remedy": do} for cell, what, do in notes],
        **{key: value for key, value in made.pages.to_json().items() if key != "notebook"},
    }


def _report(result: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    pages, questions = result["pages"], len(result["questions"])
    count = f"{pages} page{'s' * (pages != 1)}, {questions} question{'s' * (questions != 1)}"
    sign, style = ("✗", "red") if result["failed"] else ("✓", "green")
    written = f" → {result['pdf']} ({count})" if result["pdf"] else ""
    console.print(Text.assemble((sign, style), f" {result['notebook']}{written}"), soft_wrap=True)
    if not result["problems"]:
        return
    # Rows are plain text, so that brackets in a student's formula are no markup.
    table = Table(box=None, padding=(0, 2), show_edge=False)
    for heading in ("cell", "what", "what to do"):
        table.add_column(heading, overflow="fold", header_style="dim", justify="left")
    for problem in result["problems"]:
        cell = "–" if problem["cell"] is None else str(problem["cell"])
        table.add_row(cell, Text(problem["what"]), Text(problem["remedy"]))
    console.print(table)


app.command("submit")(submit)


class DataName(str, Enum):
    """What `chainrule data get` can get."""

    mnist = "mnist"
    cifar10 = "cifar10"
    sample = "sample"


@data_app.command("get")
def data_get(
    names: Annotated[
        list[DataName],
        typer.Argument(metavar="mnist|cifar10|sample", help="What to get.", show_default=False),
    ],
) -> None:
    """Fetch data sets, check them, and say where they are.

    They go to the folder that `CHAINRULE_DATA` names, or else to your cache folder. What is
    there already is checked and not fetched again; a download that broke off goes on where it
    stopped. **sample** needs no network: it is made on this machine whenever it is asked for.

    Example: `chainrule data get mnist cifar10`
    """
    from chainrule.datasets import DataError, folder, real, sample

    failed = False
    for name in names:
        try:
            if name is DataName.sample:
                made = [sample.mnist(), sample.cifar10()]
                place = "set CHAINRULE_DATASET=sample to work with it"
            else:
                made = [real.mnist() if name is DataName.mnist else real.cifar10()]
                place = str(folder.data_folder())
        except DataError as error:
            failed = True
            typer.echo(f"✗ {name.value}: {error}", err=True)
            continue
        for one in made:
            typer.echo(f"✓ {one.name}: {len(one.train):,} + {len(one.test):,} images, {place}")
    raise typer.Exit(1 if failed else 0)


@data_app.command("where")
def data_where(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the answer as JSON, for scripts.")
    ] = False,
) -> None:
    """Say which folder the data sets are in, and which of them are there and good."""
    from chainrule.datasets import NAMES, DataError, folder, real, sample_wanted

    try:
        found = {name: real.is_complete(name) for name in NAMES}
        sample = sample_wanted()
    except DataError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if as_json:
        answer = {"folder": str(folder.data_folder()), "complete": found, "sample": sample}
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return
    typer.echo(folder.data_folder())
    for name, complete in found.items():
        typer.echo(f"✓ {name}" if complete else f"✗ {name}: chainrule data get {name}")
    if sample:
        typer.echo("CHAINRULE_DATASET=sample: notebooks use the sample, whatever is here.")

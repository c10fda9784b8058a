"""`repair`: a handed-in file and the released notebook in, a notebook to grade out."""

from __future__ import annotations

from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.repair.decoding import Unreadable
from autograder.repair.match import Template, match
from autograder.repair.restore import (
    complete,
    copied,
    finish,
    join_answers,
    put_in_order,
    say_unanswered,
)
from autograder.repair.salvage import read
from autograder.repair.settle import settle
from autograder.repair.slots import Log

_ROUNDS = 4
MOST_COPIES = 20
"""Of one cell. More than that nobody has made by hand."""


@dataclass(frozen=True)
class Repaired:
    """A notebook with the released cells, and what was repaired in it, a line each.

    No lines: nothing was wrong. Repaired once more it stays as it is.
    """

    notebook: NotebookNode
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unrepairable:
    """Why no notebook can be made of what was handed in, in words its student can act on."""

    reason: str


def repair(data: bytes, released: NotebookNode, name: str) -> Repaired | Unrepairable:
    """Bring a handed-in file back to the cells of `released`, the notebook called `name`."""
    try:
        found = read(data)
    except Unreadable as error:
        return Unrepairable(str(error))
    outcome = restored(found.notebook, released, name)
    if isinstance(outcome, Unrepairable):
        return outcome
    return Repaired(outcome.notebook, (*found.notes, *outcome.repairs))


def restored(notebook: NotebookNode, released: NotebookNode, name: str) -> Repaired | Unrepairable:
    """The same for a notebook that was read already, in nbformat 4. Neither notebook is changed."""
    template = Template(released.cells)
    outcome = _once(notebook, released, template, name)
    # What a repair has put beside a cell may be known for something itself when it is looked at
    # again. Nothing that was repaired is handed on before a further repair would change nothing.
    for _ in range(_ROUNDS):
        if isinstance(outcome, Unrepairable) or not outcome.repairs:
            break
        again = _once(outcome.notebook, released, template, name)
        if isinstance(again, Unrepairable) or again.notebook == outcome.notebook:
            break
        outcome = Repaired(again.notebook, (*outcome.repairs, *again.repairs))
    return outcome


def _once(
    notebook: NotebookNode, released: NotebookNode, template: Template, name: str
) -> Repaired | Unrepairable:
    claims = match(template, notebook.cells)
    if not claims.recognise(template):
        return Unrepairable(_strange(notebook, name))
    for i, places in claims.of.items():
        if template.marked(i) and len(places) > MOST_COPIES:
            return Unrepairable(
                f"Cell {template.names[i]} is there {len(places)} times. Leave the one that "
                "counts, and hand the notebook in again."
            )
    log = Log()
    slots = settle(template, notebook.cells, claims, log)
    slots = put_in_order(template, slots, log)
    slots = complete(template, slots, log)
    slots = join_answers(template, slots, log)
    say_unanswered(template, slots, log)
    _kernel(notebook, released, log)
    whole = NotebookNode(
        cells=finish(template, slots),
        metadata=copied(released.metadata),
        nbformat=4,
        nbformat_minor=5,
    )
    return Repaired(whole, log.all())


def _strange(notebook: NotebookNode, name: str) -> str:
    if not notebook.cells:
        return f"There is no cell in the notebook. Hand in {name}.ipynb with your answers in it."
    return (
        f"None of the questions of {name} is in this notebook; it seems to be another one. Hand "
        f"in {name}.ipynb as it was given out, with your answers in its cells."
    )


def _kernel(notebook: NotebookNode, released: NotebookNode, log: Log) -> None:
    """Say if it was written for another language; other names for the same one are no damage."""
    languages = [_language(n) for n in (notebook, released)]
    if all(languages) and languages[0] != languages[1]:
        log.lines.append(
            f"the notebook was set to run {languages[0]} and is set to {languages[1]} again"
        )


def _language(notebook: NotebookNode) -> str:
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        found = notebook.metadata.get(section)
        language = found.get(key) if isinstance(found, dict) else None
        if isinstance(language, str) and language:
            return "python" if language.lower().startswith(("python", "ipython")) else language[:30]
    return ""

"""What nbgrader does anew for every step on every notebook, done once for a whole run.

Each step opens the gradebook: with an engine of its own, for which SQLAlchemy compiles all
statements again, and a look whether every table and the course are there. Each cell is looked up
as it was released, which is the same for the whole class. Each cell's marks are held against a
schema, and the schema against the one for schemas. Together that was most of what the parent did.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from types import SimpleNamespace
from typing import Any

import nbgrader.api
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import common


@contextmanager
def one_engine() -> Iterator[None]:
    """While this lasts, gradebooks of one address share an engine. Not for several threads."""
    tables = nbgrader.api.Base.metadata
    create_once = cache(tables.create_all)

    def create_all(bind: Any) -> None:
        create_once(bind=bind)

    ours = (
        (nbgrader.api, "create_engine", cache(nbgrader.api.create_engine)),
        # A step commits cell by cell and reads all it has in hand again each time.
        (nbgrader.api, "sessionmaker", partial(nbgrader.api.sessionmaker, expire_on_commit=False)),
        (tables, "create_all", create_all),
        *((Gradebook, name, _once(getattr(Gradebook, name))) for name in _THE_SAME_FOR_ALL),
        (common, "jsonschema", SimpleNamespace(validate=_validate)),
    )
    theirs = [(owner, name, getattr(owner, name)) for owner, name, _ in ours]
    gc.freeze()  # what is imported by now stays, so collections need not look at it each time
    try:
        for owner, name, once in ours:
            setattr(owner, name, once)
        yield
    finally:
        gc.unfreeze()
        for owner, name, each_time in theirs:
            setattr(owner, name, each_time)


_THE_SAME_FOR_ALL = ("check_course", "find_graded_cell", "find_source_cell")
"""What is asked of a gradebook for every submission, and answered alike. Nobody writes to these."""


def _once(ask: Callable) -> Callable:
    """The method, which remembers its answers by gradebook and arguments, but no exceptions."""
    answers: dict[tuple, Any] = {}

    def remembered(gradebook: Gradebook, *arguments: str, **named: str) -> Any:
        key = (gradebook.engine, arguments, tuple(named.items()))
        if key not in answers:
            answers[key] = ask(gradebook, *arguments, **named)
        return answers[key]

    return remembered


def _validate(instance: object, schema: dict) -> None:
    """`jsonschema.validate` for a schema that is known to be one."""
    error = best_match(validator_for(schema)(schema).iter_errors(instance))
    if error is not None:
        raise error

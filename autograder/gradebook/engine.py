"""What nbgrader does anew for every step on every notebook, done once for a whole run.

Each step opens the gradebook: with an engine of its own, for which SQLAlchemy compiles all
statements again, and a look whether every table and the course are there. Each cell is looked up
as it was released, which is the same for the whole class, and its grade and comment by a query of
six tables each. Each cell's marks are held against a schema, and the schema against the one for
schemas. Together that was most of what the parent did.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

import nbgrader.api
import sqlalchemy
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from nbgrader.api import Comment, Grade, Gradebook
from nbgrader.nbgraderformat import common
from sqlalchemy import Engine
from sqlalchemy.orm import Session, joinedload


@contextmanager
def one_engine() -> Iterator[None]:
    """While this lasts, gradebooks of one address share an engine. Not for several threads."""
    tables = nbgrader.api.Base.metadata
    create_once = cache(tables.create_all)
    engines: list[Engine] = []

    def create_all(bind: Any) -> None:
        create_once(bind=bind)

    @cache
    def create_engine(*address: Any, **options: Any) -> Engine:
        engine = sqlalchemy.create_engine(*address, **options)
        engine.dispose = lambda close=True: None  # a gradebook that is closed does that
        engines.append(engine)
        return engine

    ours = (
        (nbgrader.api, "create_engine", create_engine),
        (nbgrader.api, "sessionmaker", _sessions),
        (tables, "create_all", create_all),
        *((Gradebook, name, _once(getattr(Gradebook, name))) for name in _THE_SAME_FOR_ALL),
        (Gradebook, "find_grade", _all_at_once(Grade, Gradebook.find_grade)),
        (Gradebook, "find_comment", _all_at_once(Comment, Gradebook.find_comment)),
        (common, "jsonschema", SimpleNamespace(validate=_validator())),
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
        for engine in engines:
            Engine.dispose(engine)


class _OneCommit(Session):
    """Commits when it is closed: a step does it cell by cell, and the gradebook needs to know of a
    notebook only once it is through."""

    def commit(self) -> None:
        self.flush()

    def close(self) -> None:
        try:
            if self.in_transaction() and self.is_active:
                super().commit()
        finally:
            super().close()


# What was read stays read: of the release it is kept from one gradebook to the next.
_sessions = partial(nbgrader.api.sessionmaker, class_=_OneCommit, expire_on_commit=False)

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


def _all_at_once(kind: type[Grade] | type[Comment], find_one: Callable) -> Callable:
    """`find_grade` or `find_comment` that reads all of a notebook at the first question for one.

    A gradebook is open for one step on one notebook, so what it has read stays true.
    """
    found: WeakKeyDictionary[Gradebook, dict[tuple[str, ...], dict[str, Any]]] = WeakKeyDictionary()

    def find(gradebook: Gradebook, cell: str, *notebook: str) -> Grade | Comment:
        read = found.setdefault(gradebook, {})
        if notebook not in read:
            submitted = gradebook.find_submission_notebook(*notebook)
            ours = gradebook.db.query(kind).filter(kind.notebook_id == submitted.id)
            read[notebook] = {one.cell.name: one for one in ours.options(joinedload(kind.cell))}
        one = read[notebook].get(cell)
        return find_one(gradebook, cell, *notebook) if one is None else one

    return find


def _validator() -> Callable[[object, dict], None]:
    """`jsonschema.validate` for schemas that are known to be some. Cells of a class are alike."""
    valid: set[str] = set()

    def validate(instance: object, schema: dict) -> None:
        key = json.dumps((instance, schema), sort_keys=True)
        if key not in valid:
            error = best_match(validator_for(schema)(schema).iter_errors(instance))
            if error is not None:
                raise error
            valid.add(key)

    return validate

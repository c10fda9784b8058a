"""One database engine for a whole run, in place of one for each of nbgrader's steps.

nbgrader opens the gradebook anew for every step on every notebook. SQLAlchemy
keeps the statements it has compiled with their engine, so each time it compiled
them all again: half of what the parent did for a notebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import nbgrader.api


@contextmanager
def one_engine() -> Iterator[None]:
    """While this lasts, gradebooks of one address share an engine. Not for several threads."""
    create = nbgrader.api.create_engine
    nbgrader.api.create_engine = cache(create)
    try:
        yield
    finally:
        nbgrader.api.create_engine = create

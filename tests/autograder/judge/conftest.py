"""A warm judge for all of these tests, and a kernel to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from autograder.sandbox.judging import Judge, Session
from tests.autograder.judge.asking import Socket, loopback
from tests.autograder.judge.kernel import Kernel

KEY = b"the key of a made-up submission!"


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    judge = Judge()
    yield judge
    judge.close()


@pytest.fixture
def session(judge: Judge) -> Iterator[Session]:
    with judge.session(KEY) as session:
        yield session


@pytest.fixture
def kernel(session: Session) -> Iterator[Kernel]:
    with Kernel(session) as kernel:
        yield kernel


@pytest.fixture(params=["socket", "loopback"])
def ask(request: pytest.FixtureRequest) -> Callable:
    """`ask(source, question)`: the question's answer about `answer`, as the source made it."""
    return Socket() if request.param == "socket" else loopback

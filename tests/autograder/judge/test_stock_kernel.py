"""The judge with a real ipykernel, which inherits the channel's descriptor."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from autograder.sandbox.judging import Session
from tests.autograder.judge.test_windows import CHECK, GRADE, RELU


@pytest.fixture
def client(session: Session) -> Iterator[BlockingKernelClient]:
    with session.kernel() as channel:
        manager, client = start_new_kernel(pass_fds=[channel.fileno()])
        connect = f"from autograder.sandbox import probe; probe.connect({channel.fileno()})"
    client.execute_interactive(connect, timeout=20)
    client.execute_interactive("import numpy as np; from chainrule import grade", timeout=20)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def outputs(client: BlockingKernelClient, source: str) -> list[dict]:
    """What a cell puts out, as messages."""
    found: list[dict] = []
    client.execute_interactive(source, timeout=20, output_hook=found.append)
    kept = ("stream", "execute_result", "error", "display_data")
    return [message["content"] for message in found if message["msg_type"] in kept]


def test_a_test_cell_is_judged_and_puts_nothing_out(
    session: Session, client: BlockingKernelClient
) -> None:
    outputs(client, RELU)
    session.open(CHECK, 10)
    assert outputs(client, GRADE) == []
    assert session.take().points == 1


def test_what_a_function_prints_while_it_is_asked_stays_in_the_cell(
    session: Session, client: BlockingKernelClient
) -> None:
    outputs(client, "def relu_slopes(v):\n    print('asked')\n    return v")
    session.open(CHECK, 10)
    assert {output["text"].split("\n")[0] for output in outputs(client, GRADE)} == {"asked"}
    assert session.take().points == 0


def test_the_history_of_the_kernel_holds_one_line_and_no_check(
    session: Session, client: BlockingKernelClient
) -> None:
    outputs(client, "answer = lambda v: v")
    session.open(CHECK, 10)
    outputs(client, 'grade("bias_factor_relu", answer)')
    session.take()
    (shown,) = outputs(client, "In[-2], [n for n in Out if n]")
    assert shown["data"]["text/plain"] == "('grade(\"bias_factor_relu\", answer)', [])"


def test_a_replaced_run_cell_and_a_transformer_that_empties_cells_gain_nothing(
    session: Session, client: BlockingKernelClient
) -> None:
    outputs(client, "import ast\nanswer = lambda v: v")
    outputs(
        client,
        "class Empty(ast.NodeTransformer):\n"
        "    def visit_Module(self, node):\n        node.body = []\n        return node\n"
        "get_ipython().ast_transformers.append(Empty())",
    )
    session.open(CHECK, 10)
    outputs(client, 'grade("bias_factor_relu", answer)')
    verdict = session.take()
    assert (verdict.points, verdict.max_points) == (0, 1)
    assert "before it offered" in verdict.text()


def test_an_interrupt_leaves_the_channel_in_order(
    session: Session, client: BlockingKernelClient
) -> None:
    outputs(client, "def relu_slopes(v):\n    import os, signal, time\n"
                    "    os.kill(os.getpid(), signal.SIGINT); time.sleep(5)")  # fmt: skip
    session.open(CHECK, 10)
    started = time.monotonic()
    (error,) = outputs(client, GRADE)
    assert error["ename"] == "KeyboardInterrupt"
    verdict = session.take()
    assert time.monotonic() - started < 4
    assert verdict.points == 0
    assert "the cell ended before your answer was there" in verdict.text()
    outputs(client, RELU)
    session.open(CHECK, 10)
    assert outputs(client, GRADE) == []
    assert session.take().points == 1

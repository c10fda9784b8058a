"""How much a notebook's cells may put out, counted where it arrives.

A jailed kernel has cut its own output already (`autograder.sandbox.kernel`).
This is for stock kernels, and for those that student code has made its own.
"""

from __future__ import annotations

import math

import zmq
from jupyter_client.client import KernelClient
from nbformat import NotebookNode

from autograder.sandbox.launch import CUT, FIGURES
from autograder.sandbox.output_nodes import output_node

_NOTEBOOK = 5
"""A whole notebook may hold as much as so many cells that put out all that they may."""

_WAITING_MESSAGES = 100
"""Messages that may wait to be read; a kernel that sends more has to wait itself."""


class Cap:
    """Characters of text that one cell may put out; figures may be `FIGURES` times as long."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._put_out: dict[tuple[int, bool], int] = {}  # by cell, and whether it is text
        self._received = 0
        self._kept = 0

    def limit(self, client: KernelClient) -> None:
        """Drop longer messages before they are in memory, and their sender with them."""
        client.context.setsockopt(zmq.MAXMSGSIZE, self._most * (FIGURES + 1))
        client.context.setsockopt(zmq.RCVHWM, _WAITING_MESSAGES)

    def start_cell(self) -> None:
        """A cell begins to run, maybe not for the first time."""
        self._received = 0

    def passed(self, message: dict) -> bool:
        """Count a message; whether the cell has sent more than any kernel of ours would."""
        self._received += len(str(message["content"]))
        self._received += sum(memoryview(part).nbytes for part in message.get("buffers", ()))
        return self._received > 2 * FIGURES * self._most

    def cut(self, message: dict, cell_index: int) -> dict | None:
        """The message as far as its cell may still put it out; None if not at all."""
        if message["msg_type"] in ("error", "execute_result"):
            return message
        content = message["content"]
        text = message["msg_type"] == "stream"
        size = len(content["text"]) if text else len(str(content.get("data")))
        most = self._most + len(CUT) if text else self._most * FIGURES
        before = self._put_out.get((cell_index, text), 0)
        self._put_out[cell_index, text] = before + size
        if before > most:
            return None
        if before + size <= most:
            return message
        said = content["text"][: most - before] + CUT if text else CUT
        name = content["name"] if text else "stdout"
        header = {**message["header"], "msg_type": "stream"}
        cut = {"header": header, "msg_type": "stream", "content": {"name": name, "text": said}}
        return message | cut

    def within(self, outputs: list[NotebookNode]) -> list[NotebookNode]:
        """The first of a finished cell's outputs, as many as the cell and the notebook may hold.

        An update writes into all displays of its name, so what arrived says not how much is kept.
        """
        most = min(self._most * (FIGURES + 1), self._most * FIGURES * _NOTEBOOK - self._kept)
        size = 0
        for place, output in enumerate(outputs):
            size += _size(output)
            if size > most and output.output_type != "error":
                self._kept += most
                errors = [later for later in outputs[place:] if later.output_type == "error"]
                return [*outputs[:place], output_node("stream", name="stdout", text=CUT), *errors]
        self._kept += size
        return outputs


def _size(output: NotebookNode) -> float:
    try:
        return len(str(output))
    except RecursionError:
        return math.inf


def joined(outputs: list[NotebookNode], message: dict) -> NotebookNode | None:
    """The last output with what was printed after it, if both are of one stream."""
    last = outputs[-1] if outputs else None
    if (
        last is None
        or message["msg_type"] != "stream"
        or last.output_type != "stream"
        or last.name != message["content"]["name"]
    ):
        return None
    last.text += message["content"]["text"]
    return last

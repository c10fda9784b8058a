"""A runner's contact with one kernel: from its start until nothing of it is left."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from queue import Empty
from subprocess import DEVNULL
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from autograder.sandbox.surroundings import GRADING, KERNEL_ENVIRONMENT

_FIRST_MESSAGE_SECONDS = 0.2
"""For a kernel's first message on the output channel, once it answers on the other."""

_CALL_AGAIN_MILLISECONDS = 5


def call_again_soon(client: AsyncKernelClient) -> None:
    """Let a client that comes before its kernel listens try again at once, not in 0.1 s."""
    client.context.setsockopt(zmq.RECONNECT_IVL, _CALL_AGAIN_MILLISECONDS)


def stock_kernel_options() -> dict[str, Any]:
    """Arguments of `start_new_kernel` for a kernel without a jail."""
    # What a kernel writes past its own capture is no business of the terminal.
    environment = os.environ | KERNEL_ENVIRONMENT | GRADING
    return {"env": environment, "stdout": DEVNULL, "stderr": DEVNULL}


async def wait_until_ready(
    manager: AsyncKernelManager, client: AsyncKernelClient, seconds: float
) -> dict:
    """Wait until both channels work; returns the kernel's language_info.

    RuntimeError if the kernel dies first, or needs more than `seconds`. The
    client's own `wait_for_ready` then waits 0.2 s more for old output, which
    is told apart by its parent anyway.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        client.kernel_info()
        try:
            reply = await client.shell_channel.get_msg(timeout=1)
            await client.iopub_channel.get_msg(timeout=_FIRST_MESSAGE_SECONDS)
        except Empty:
            if not await client.is_alive():
                said = getattr(manager.provisioner, "last_words", str)()
                raise RuntimeError(f"the kernel died before it was ready: {said}") from None
        else:
            return reply["content"]["language_info"]
    raise RuntimeError(f"the kernel was not ready within {seconds} s")


async def answers(client: AsyncKernelClient, seconds: float) -> bool:
    """Whether the kernel takes requests, after a cell that was interrupted."""
    asked = client.kernel_info()
    try:
        while True:
            reply = await client.shell_channel.get_msg(timeout=seconds)
            if reply["parent_header"].get("msg_id") == asked:
                return True
    except Empty:
        return False


def process_group(manager: AsyncKernelManager) -> int | None:
    """The group that a stock kernel leads; ask before the kernel is ended."""
    return getattr(manager.provisioner, "pgid", None)


def end_group(group: int | None) -> None:
    """End what a stock kernel has left: a jailed one leaves nothing."""
    if group and hasattr(os, "killpg") and group != os.getpgrp():
        with suppress(ProcessLookupError):  # nobody is left in it, which is what we want
            os.killpg(group, signal.SIGKILL)

"""Two ways to ask about an object that a source makes: behind the socket, and in this process."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from autograder.judge.channel import Channel
from autograder.judge.remote import Loopback, Offered, offered
from tests.autograder.judge.kernel import Kernel

SET_UP = "import torch\nfrom torch import nn\n"


class Socket:
    """Judges by hand: a kernel's process at one end, this process at the other."""

    def __init__(self, seconds: float = 20.0) -> None:
        self.seconds = seconds

    @contextmanager
    def kernel(self) -> Iterator[socket.socket]:
        with self.theirs:
            yield self.theirs

    def __call__(
        self, source: str, question: Callable[[Offered], object], set_up: str = SET_UP
    ) -> object:
        ours, self.theirs = socket.socketpair()
        control, _kept = os.pipe()
        cell = f"{set_up}{source}\ngrade('any', answer)"
        with ours, Kernel(self) as kernel, ThreadPoolExecutor(1) as thread:
            ended = thread.submit(kernel.run, cell, 60)
            channel = Channel(ours, control)
            channel.open(60, 60)
            (entry,) = offered(channel, channel.receive()["objects"])
            channel.open(60, self.seconds)
            try:
                return question(entry)
            finally:
                channel.dismiss()
                ours.shutdown(socket.SHUT_RDWR)
                assert ended.result() == ""
                os.close(control)
                os.close(_kept)


def loopback(source: str, question: Callable[[Offered], object], set_up: str = SET_UP) -> object:
    """Without a process of its own. What a source patches is put back."""
    space = {"__name__": "__main__"}
    from autograder.sandbox.torch_recipes import RECIPES

    kept = [(place, name, vars(place).get(name)) for place, name in _patched()]
    recipes = dict(RECIPES)
    try:
        exec(set_up + source, space)
        way = Loopback([space["answer"]])
        try:
            return question(way.offered()[0])
        finally:
            way.close()
    finally:
        RECIPES.update(recipes)
        for place, name, method in kept:
            if method is not None:
                setattr(place, name, method)
            elif name in vars(place):
                delattr(place, name)


def _patched() -> Iterator[tuple[type, str]]:
    """What attacks in these tests replace."""
    import torch

    names = {
        torch.Tensor: ("numpy", "detach", "cpu", "backward"),
        torch.optim.SGD: ("__init__", "step", "zero_grad"),
        torch.nn.Linear: ("__init__", "forward", "load_state_dict"),
    }
    for place, methods in names.items():
        for name in methods:
            yield place, name

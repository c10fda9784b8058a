"""What a check gets in place of a student's object: a proxy that asks for plain values.

A proxy reaches its object over a `Channel` (the socket to a kernel) or, under
stock nbgrader, over a `Loopback` in the same process. Both go through the same
frames, so that an answer earns the same points either way.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from autograder.judge import wire
from autograder.judge.trial import Missed
from autograder.sandbox import probe

MAX_OBJECTS = 8


class Asking(Protocol):
    """A way to objects: sends a request, gives the reply, keeps notes for the instructor."""

    def ask(self, request: dict) -> dict: ...

    def note(self, text: str) -> None: ...


@dataclass(frozen=True)
class Called:
    """What came of a call. `changed` is the kernel's own word: pay little for it."""

    value: object
    changed: tuple[bool, ...]


@dataclass(frozen=True)
class Offered:
    """A student's object, somewhere else. `type` and `name` are what it says of itself."""

    channel: Asking
    index: int
    type: str
    name: str
    callable: bool

    @property
    def kind(self) -> str:
        """What it is, as one says it in a sentence."""
        return "None" if self.type == "NoneType" else f"a {self.type.rpartition('.')[2]}"

    def call(self, *arguments: object, tensors: bool = False) -> Called:
        """Call it with plain values; with `tensors`, arrays arrive as torch's.

        What it raises is `Missed`, with its words.
        """
        request = {"do": "call", "args": list(arguments), "tensors": tensors}
        return self._called(request, len(arguments))

    def logits(self, images: np.ndarray, training: bool = False) -> Called:
        """What a torch module gives for `images`, without gradients, in train or eval mode."""
        return self._called({"do": "logits", "images": images, "training": training}, 1)

    def state(self) -> object:
        """What a torch module's `state_dict` returns."""
        return self._ask({"do": "state"}).get("value")

    def layers(self) -> object:
        """What a torch module says of its layers: see `autograder.sandbox.torch_probe.layers`."""
        return self._ask({"do": "layers"}).get("value")

    def read(self) -> object:
        """Its plain value; what has none comes as `wire.Opaque`."""
        return self._ask({"do": "read"}).get("value")

    def to_dict(self) -> object:
        """What its `to_dict` returns."""
        return self._ask({"do": "to_dict"}).get("value")

    def _called(self, request: dict, arguments: int) -> Called:
        reply = self._ask(request)
        changed = reply.get("changed")
        if not isinstance(changed, list) or len(changed) != arguments:
            raise Missed(f"{self.name} gave no answer that can be read")
        return Called(reply.get("value"), tuple(entry is True for entry in changed))

    def _ask(self, request: dict) -> dict:
        reply = self.channel.ask({"object": self.index, **request})
        error = reply.get("error")
        if error is not None:
            raise Raised(_word(error, "type"), _word(error, "text"))
        for opaque in _opaque(reply.get("value")):
            self.channel.note(f"{self.name} gave an opaque object: {words(opaque, 80)}")
        return reply


class Raised(Missed):
    """What the student's code raised: the type's name and the message, as one line each."""

    def __init__(self, type: str, text: str) -> None:
        self.type, self.text = type.rpartition(".")[2], text
        super().__init__(f"{self.type}: {text}" if text else self.type)


def words(text: object, length: int = 200) -> str:
    """Text from a kernel for a message: one line, printable, not too long."""
    if not isinstance(text, str):
        return ""
    line = " ".join(text[: 4 * length].split())
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)[
        :length
    ]


def offered(channel: Asking, descriptions: object) -> list[Offered]:
    """The proxies of what a kernel says it offers."""
    if not isinstance(descriptions, list) or len(descriptions) > MAX_OBJECTS:
        return []
    return [
        Offered(
            channel,
            index,
            _word(entry, "type") or "thing without a type",
            _word(entry, "name") or "your answer",
            isinstance(entry, dict) and entry.get("callable") is True,
        )
        for index, entry in enumerate(descriptions)
    ]


class Loopback:
    """The way to objects of this very process, for nbgrader's stock commands."""

    def __init__(self, objects: Sequence[object]) -> None:
        self.objects = objects
        self.notes: list[str] = []

    def offered(self) -> list[Offered]:
        return offered(self, [probe.describe(entry) for entry in self.objects])

    def note(self, text: str) -> None:
        self.notes.append(text)

    def ask(self, request: dict) -> dict:
        sent = wire.receive(io.BytesIO(wire.pack({"id": "", **request})).read)
        return wire.receive(io.BytesIO(probe.answer(self.objects, sent)).read)


def _word(entry: object, key: str) -> str:
    return words(entry.get(key)) if isinstance(entry, dict) else ""


def _opaque(value: object) -> list[str]:
    """The opaque objects in a value."""
    if isinstance(value, wire.Opaque):
        return [value.type]
    if isinstance(value, list | tuple):
        return [name for entry in value for name in _opaque(entry)][:5]
    if isinstance(value, dict):
        return [name for entry in value.values() for name in _opaque(entry)][:5]
    return []

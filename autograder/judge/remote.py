"""What a check gets in place of a student's object: a proxy that asks for plain values.

A proxy reaches its object over a `Channel` (the socket to a kernel) or, under
stock nbgrader, over a `Loopback` in the same process. Both go through the same
frames, so that an answer earns the same points either way.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from autograder.judge import wire
from autograder.judge.trial import Missed
from autograder.sandbox import probe
from autograder.sandbox.objects import Objects, describe

MAX_OBJECTS = 16


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

    def call(
        self,
        *arguments: object,
        named: Mapping[str, object] | None = None,
        tensors: bool = False,
        seed: int | None = None,
        keep: bool = False,
    ) -> Called:
        """Call it with plain values, or with what has a `reference` to something over there.

        With `tensors`, arrays arrive as torch's. Random numbers start from `seed`, else
        from how many calls there were. With `keep`, what is no plain value stays there and
        comes as `wire.Kept`, for `kept`. What it raises is `Missed`, with its words.
        """
        given = sent({"args": list(arguments), "named": dict(named or {})}, self.channel)
        request = {"do": "call", **given, "tensors": tensors, "seed": seed, "keep": keep}
        return self._called(request, len(arguments))

    def kept(self, value: wire.Kept) -> Offered:
        """The proxy of an object that a call left there."""
        return _proxy(self.channel, value.index, value.description)

    def reference(self, channel: Asking) -> wire.Kept:
        """What stands for it among the arguments of a call over the same channel."""
        if channel is not self.channel:
            raise RuntimeError("an object of one kernel cannot be given to another")
        return wire.Kept(self.index)

    def logits(self, images: np.ndarray, training: bool = False) -> Called:
        """What a torch module gives for `images`, without gradients, in train or eval mode."""
        return self._called({"do": "logits", "images": images, "training": training}, 1)

    def state(self) -> object:
        """What a torch module's `state_dict` returns."""
        return self._ask({"do": "state"}).get("value")

    def copy(self) -> Offered:
        """A deep copy of a torch module, which stays there."""
        value = self._ask({"do": "copy", "keep": True}).get("value")
        if not isinstance(value, wire.Kept):
            raise Missed(f"{self.name} gave no answer that can be read")
        return self.kept(value)

    def set_state(self, state: Mapping[str, np.ndarray]) -> None:
        """Load arrays into a torch module; offered ones are put back when `grade` ends."""
        self._ask({"do": "set_state", "state": dict(state)})

    def layers(self) -> object:
        """What a torch module says of its layers: see `autograder.sandbox.torch_probe.layers`."""
        return self._ask({"do": "layers"}).get("value")

    def read(self) -> object:
        """Its plain value; what has none comes as `wire.Opaque`."""
        return self._ask({"do": "read"}).get("value")

    def fields(self, *names: str) -> object:
        """Its attributes of these names, as far as it has them, as a dict."""
        return self._ask({"do": "fields", "names": list(names)}).get("value")

    def plots(self) -> object:
        """What matplotlib's Axes in it show: see `autograder.sandbox.figure_probe.plots`."""
        return self._ask({"do": "plots"}).get("value")

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
        reply = _asked(self.channel, {"object": self.index, **request})
        for opaque in _opaque(reply.get("value")):
            self.channel.note(f"{self.name} gave an opaque object: {words(opaque, 80)}")
        return reply


class Recipe:
    """Something of torch's that a kernel makes for the judge from plain data, on first use.

    See `autograder.sandbox.torch_recipes`. Make it in a check, for one trial.
    """

    def __init__(self, name: str, *arguments: object) -> None:
        self.name, self.arguments = name, arguments
        self._made: Offered | None = None

    @property
    def made(self) -> Offered:
        """Its proxy, once it was given to a student's function."""
        if self._made is None:
            raise RuntimeError(f"the recipe {self.name!r} was given to nobody yet")
        return self._made

    def reference(self, channel: Asking) -> wire.Kept:
        """What stands for it among the arguments of a call; it is made if it was not yet."""
        if self._made is None:
            request = {"do": "make", "recipe": self.name, "keep": True}
            request["args"] = [sent(argument, channel) for argument in self.arguments]
            try:
                value = _asked(channel, request).get("value")
            except Raised as raised:
                raise Missed(f"making {self.name} for your function raised {raised}") from None
            if not isinstance(value, wire.Kept):
                raise Missed(f"your notebook did not make {self.name} for the judge")
            self._made = _proxy(channel, value.index, value.description)
        return self._made.reference(channel)


def sent(argument: object, channel: Asking) -> object:
    """An argument of a call as it is sent: what has a `reference` by it, also inside of lists."""
    if hasattr(argument, "reference"):
        return argument.reference(channel)
    if isinstance(argument, np.generic):  # a size or a rate that was drawn
        return argument.item()
    if isinstance(argument, dict):
        return {key: sent(entry, channel) for key, entry in argument.items()}
    if isinstance(argument, list | tuple):
        return type(argument)(sent(entry, channel) for entry in argument)
    return argument


def _asked(channel: Asking, request: dict) -> dict:
    reply = channel.ask(request)
    error = reply.get("error")
    if error is not None:
        raise Raised(_word(error, "type"), _word(error, "text"))
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
    return [_proxy(channel, index, entry) for index, entry in enumerate(descriptions)]


def _proxy(channel: Asking, index: int, description: object) -> Offered:
    return Offered(
        channel,
        index,
        _word(description, "type") or "thing without a type",
        _word(description, "name") or "your answer",
        isinstance(description, dict) and description.get("callable") is True,
    )


class Loopback:
    """The way to objects of this very process, for nbgrader's stock commands."""

    def __init__(self, objects: Sequence[object]) -> None:
        self.descriptions = [describe(entry) for entry in objects]
        self.objects = Objects(objects)
        self.notes: list[str] = []

    def offered(self) -> list[Offered]:
        return offered(self, self.descriptions)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def ask(self, request: dict) -> dict:
        sent = wire.receive(io.BytesIO(wire.pack({"id": "", **request})).read)
        reply = probe.answer(self.objects, sent)
        try:
            return wire.receive(io.BytesIO(reply).read)
        except wire.WireError:
            raise Missed("what came from your notebook could not be read") from None

    def close(self) -> None:
        """Put back what the questions changed, as the end of `grade` does in a kernel."""
        self.objects.close()


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

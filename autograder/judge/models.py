"""Torch modules of a student, and what makes them: proxies that are asked for values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from autograder.judge import wire
from autograder.judge.remote import Asking, Offered, Raised, Recipe, words
from autograder.judge.trial import Missed
from autograder.judge.values import kind, numbers, raised_for


@dataclass(frozen=True)
class Layer:
    """A layer of a torch module, by its own word: pay little for it.

    `type` is `torch.nn.Linear` or the name of the student's class, `shapes` are those of its
    own parameters, `settings` its plain attributes, such as `kernel_size`, `stride` or `p`.
    """

    name: str
    type: str
    shapes: dict[str, tuple[int, ...]]
    settings: dict[str, object]
    training: bool


class Module:
    """A student's torch module.

    Logits and state are values: they can be compared, and the one recomputed
    from the other. `layers`, `parameters` and `training` are what the
    student's process says of the module, and it may lie: give such a part few
    points, behind a part that has seen right values. So it is with `changed`:
    whether the last call wrote into its images.
    """

    def __init__(self, offered: Offered | Recipe, name: str = "your module") -> None:
        self.changed = False
        self.name = name
        self._source = offered

    def reference(self, channel: Asking) -> wire.Kept:
        """What stands for it among the arguments of a call; made now, if it is a recipe's."""
        return self._source.reference(channel)

    def logits(
        self, images: np.ndarray, training: bool = False, batch: int | None = None
    ) -> np.ndarray:
        """What it gives for images of shape (N, ...): a float array of shape (N, ...).

        Without gradients, in train or eval mode; the module's own mode and its running
        averages come back afterwards. Floats arrive in the type of its weights. With `batch`
        the images come in so many at a time, each time with a call's whole deadline.
        """
        images = np.asarray(images)
        step = batch or max(len(images), 1)
        parts, changed = [], False
        for start in range(0, max(len(images), 1), step):
            parts.append(self._logits(images[start : start + step], training))
            changed |= self.changed
        self.changed = changed
        if len({part.shape[1:] for part in parts}) > 1:
            raise Missed(f"{self.name} gave different shapes for parts of the images")
        return np.concatenate(parts)

    def accuracy(self, images: np.ndarray, labels: np.ndarray, batch: int = 256) -> float:
        """The share of images whose largest logit is at their label, in eval mode.

        The images come in batches of `batch`, each with a call's whole deadline. A row
        that holds no largest number is wrong.
        """
        logits = self.logits(images, batch=batch)
        if logits.ndim != 2:
            raise Missed(
                f"{self.name} gave a result of shape {logits.shape} for images of shape "
                f"{np.shape(images)}; expected one row of logits per image"
            )
        if not logits.size:
            return 0.0
        right = logits.argmax(axis=1) == np.asarray(labels)
        return float(np.mean(right & ~np.isnan(logits).any(axis=1)))

    def state(self) -> dict[str, np.ndarray]:
        """Its `state_dict` as arrays by name; bfloat16 comes as float32."""
        return {
            words(key): self._weights(key, value)
            for key, value in self._dict(self._ask(lambda: self._offered.state())).items()
        }

    def copy(self) -> Module:
        """A deep copy, to be trained or changed without any effect on the student's own."""
        copied = self._ask(lambda: self._offered.copy())
        return Module(copied, self.name)

    def set_state(self, state: Mapping[str, np.ndarray]) -> None:
        """Load arrays by name, every one of its `state_dict`.

        A student's own module is as it was when the question is over, so later cells see
        nothing of it.
        """
        self._ask(lambda: self._offered.set_state(state))

    def layers(self) -> tuple[Layer, ...]:
        """Its layers in the order of their making; of containers only those with parameters."""
        told = self._dict(self._ask(lambda: self._offered.layers())).get("layers")
        return tuple(self._layer(entry) for entry in self._list(told))

    @property
    def parameters(self) -> int:
        """How many numbers it can learn; what two layers share counts once."""
        told = self._dict(self._ask(lambda: self._offered.layers())).get("parameters")
        return sum(math.prod(self._shape(entry)) for entry in self._list(told))

    @property
    def training(self) -> bool:
        """Whether it is in train mode now."""
        return self._dict(self._ask(lambda: self._offered.layers())).get("training") is True

    @property
    def _offered(self) -> Offered:
        return self._source.made if isinstance(self._source, Recipe) else self._source

    def _logits(self, images: np.ndarray, training: bool) -> np.ndarray:
        try:
            called = self._offered.logits(images, training)
        except Raised as raised:
            raise raised_for(self.name, raised, [images]) from None
        (self.changed,) = called.changed
        given = numbers(called.value, self.name)
        if given.shape[:1] != images.shape[:1]:
            raise Missed(
                f"{self.name} gave a result of shape {given.shape} for images of shape "
                f"{images.shape}; expected one row per image"
            )
        return given

    def _ask(self, question: Callable) -> object:
        try:
            return question()
        except Raised as raised:
            raise Missed(f"{self.name} raised {raised}") from None

    def _weights(self, key: object, value: object) -> np.ndarray:
        value = value.array if isinstance(value, wire.Bfloat16) else value
        if not isinstance(key, str) or not isinstance(value, np.ndarray):
            raise Missed(f"the entry {words(str(key))!r} of your state_dict is no tensor")
        return value

    def _layer(self, entry: object) -> Layer:
        told = self._dict(entry)
        return Layer(
            words(told.get("name")),
            words(told.get("type")),
            {words(key): self._shape(v) for key, v in self._dict(told.get("shapes")).items()},
            {words(key): v for key, v in self._dict(told.get("settings")).items()},
            told.get("training") is True,
        )

    def _shape(self, told: object) -> tuple[int, ...]:
        shape = tuple(self._list(told))
        if len(shape) > 16 or any(type(n) is not int or not 0 <= n < 1 << 40 for n in shape):
            self._unreadable()
        return shape

    def _dict(self, told: object) -> dict:
        return told if isinstance(told, dict) else self._unreadable()

    def _list(self, told: object) -> list:
        return told if isinstance(told, list) else self._unreadable()

    def _unreadable(self) -> NoReturn:
        raise Missed(f"{self.name} gave no answer that can be read")


class Maker:
    """A student's class or function that makes torch modules: each call makes one.

    Random numbers start from `seed`, if the check sets it, else anew with every call.
    """

    def __init__(self, offered: Offered) -> None:
        self.name = offered.name
        self.seed: int | None = None
        self._offered = offered

    def __call__(self, *arguments: object, **named: object) -> Module:
        """A module made with these plain arguments; it stays in the kernel until the end of
        the question. `Missed` if the call raises or returns no object."""
        try:
            value = self._offered.call(*arguments, named=named, seed=self.seed, keep=True).value
        except Raised as raised:
            given = ", ".join([*map(repr, arguments), *(f"{k}={v!r}" for k, v in named.items())])
            raise Missed(f"{self.name}({given[:200]}) raised {raised}") from None
        if not isinstance(value, wire.Kept):
            raise Missed(f"{self.name} returned {kind(value)}; expected a torch module")
        return Module(self._offered.kept(value), f"what {self.name} made")

"""`Launch`: all that the zygote is told about one kernel."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.sandbox.isolation import Limits
from autograder.sandbox.root import Tree

CUT = "\n… (output cut here)\n"
"""What stands where output was left out."""

FIGURES = 20
"""How many times more than text all of a cell's output may be: a figure is a long message."""

LOG = "start.log"
"""In a kernel's private folder: what went wrong before it could say so as a kernel."""


@dataclass(frozen=True)
class Launch:
    """What is asked of the zygote for one kernel.

    `folder` is the submission's, `private` the kernel's own: sockets, home and
    temporary files. `connection_file` says where the
    sockets are, and `arguments` are further ones of ipykernel. With `other_user`
    a kernel started by root is another user also where it has no file tree of its own.
    """

    connection_file: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    folder: str
    private: str
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    limits: Limits = field(default_factory=Limits)
    seed: int = 0
    max_output: int = 1_000_000
    other_user: bool = False

    @property
    def tree(self) -> Tree:
        return Tree(self.readable, (self.folder, self.private), self.hidden)

    @classmethod
    def from_dict(cls, data: dict) -> Launch:
        data = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**{**data, "limits": Limits(**data["limits"])})

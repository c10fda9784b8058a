"""A finished worksheet as plain data: what is saved, sent and marked.

The format is JSON: `{"format": "chainrule.worksheet", "version": 1, "title",
"nodes": [{"id", "op", "inputs", "value", "grad"}]}`, `constant` beside them
where the operation has one; `worksheet.schema.json` holds its schema.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files

import fastjsonschema

from chainrule.worksheets.errors import WorksheetError
from chainrule.worksheets.operations import OPERATIONS, Operation, Shape, describe
from chainrule.worksheets.values import Value, shape_of, to_plain, to_value

FORMAT = "chainrule.worksheet"
VERSION = 1
MAX_NODES = 200
LEAVES = ("input", "constant")


@dataclass(frozen=True)
class Node:
    """One node: its operation, the ids of its inputs, and what the student wrote for it.

    `value` is the forward value and `grad` the gradient of the graph's output
    with respect to this node; None is a blank. `constant` is the number in
    add_constant, multiply_constant, power and constant.
    """

    id: str
    op: str
    inputs: tuple[str, ...] = ()
    value: Value | None = None
    grad: Value | None = None
    constant: float | None = None

    @property
    def operation(self) -> Operation:
        return OPERATIONS[self.op]

    @property
    def is_leaf(self) -> bool:
        return self.op in LEAVES


@dataclass(frozen=True)
class Graph:
    """A computation graph: nodes in an order in which every input comes before its use.

    Raises WorksheetError, naming the node, for a repeated or unusable name,
    an unknown operation or input, a cycle, a wrong number of inputs, and
    shapes that do not fit.
    """

    title: str
    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        if len(self.nodes) > MAX_NODES:
            raise WorksheetError(f"A worksheet holds at most {MAX_NODES} nodes.")
        names: set[str] = set()
        for node in self.nodes:
            if node.id in names:
                raise WorksheetError(f"There are two nodes called {node.id!r}.")
            names.add(node.id)
            check_node(node)
        object.__setattr__(self, "nodes", _in_order(self.nodes))
        self.shapes()

    def __getitem__(self, name: str) -> Node:
        for node in self.nodes:
            if node.id == name:
                return node
        raise KeyError(name)

    def __contains__(self, name: str) -> bool:
        return any(node.id == name for node in self.nodes)

    @property
    def sinks(self) -> tuple[Node, ...]:
        """The nodes that feed no other; a finished graph has one, its output."""
        used = {name for node in self.nodes for name in node.inputs}
        return tuple(node for node in self.nodes if node.id not in used)

    def consumers(self, name: str) -> tuple[Node, ...]:
        """The nodes that take `name` as an input, each once."""
        return tuple(node for node in self.nodes if name in node.inputs)

    def shapes(self) -> dict[str, Shape | None]:
        """The shape of each node as far as the written values fix it; None where they do not.

        Raises WorksheetError where a written value or gradient has another
        shape than the node's inputs give it.
        """
        shapes: dict[str, Shape | None] = {}
        for node in self.nodes:
            shapes[node.id] = self._shape(node, [shapes[name] for name in node.inputs])
        return shapes

    def _shape(self, node: Node, inputs: list[Shape | None]) -> Shape | None:
        expected = None
        if node.op == "constant":
            expected = ()
        elif node.op != "input" and None not in inputs:
            try:
                expected = node.operation.shape(inputs)
            except WorksheetError as error:
                raise WorksheetError(f"Node {node.id!r} ({node.op}): {error}.") from None
        for kind, written in (("value", node.value), ("gradient", node.grad)):
            if written is None:
                continue
            shape = shape_of(written, f"The {kind} of {node.id!r}")
            if expected is None:
                expected = shape
            elif shape != expected:
                raise WorksheetError(
                    f"The {kind} of {node.id!r} should be {describe(expected)}, "
                    f"but you wrote {describe(shape)}."
                    + (
                        " A gradient has the shape of the value it belongs to."
                        if kind == "gradient"
                        else ""
                    )
                )
        return expected

    def to_dict(self) -> dict:
        """The plain format; `Graph.from_dict` reads it back."""
        nodes = []
        for node in self.nodes:
            entry = {
                "id": node.id,
                "op": node.op,
                "inputs": list(node.inputs),
                "value": to_plain(node.value),
                "grad": to_plain(node.grad),
            }
            if node.constant is not None:
                entry["constant"] = node.constant
            nodes.append(entry)
        return {"format": FORMAT, "version": VERSION, "title": self.title, "nodes": nodes}

    @classmethod
    def from_dict(cls, data: object) -> Graph:
        """Read the plain format. Raises WorksheetError with what is wrong and where."""
        _validate(data)
        nodes = []
        for entry in data["nodes"]:
            written = {}
            for kind, noun in (("value", "value"), ("grad", "gradient")):
                if entry[kind] is not None:
                    written[kind] = to_value(entry[kind], f"The {noun} of {entry['id']!r}")
            constant = entry.get("constant")
            nodes.append(
                Node(
                    id=entry["id"],
                    op=entry["op"],
                    inputs=tuple(entry["inputs"]),
                    constant=None if constant is None else float(constant),
                    **written,
                )
            )
        return cls(title=data["title"], nodes=tuple(nodes))


def check_node(node: Node) -> None:
    """Raise WorksheetError for a node that is wrong by itself, whatever is around it."""
    if not isinstance(node.id, str) or not node.id.isidentifier() or len(node.id) > 40:
        raise WorksheetError(
            f"{node.id!r} cannot name a node: use letters, digits and _, as for a Python variable."
        )
    if node.op not in OPERATIONS:
        raise WorksheetError(
            f"Node {node.id!r} uses the operation {node.op!r}, which does not exist. "
            f"There are: {', '.join(OPERATIONS)}."
        )
    operation = node.operation
    count = len(node.inputs)
    if count < operation.fewest or (operation.most is not None and count > operation.most):
        raise WorksheetError(
            f"Node {node.id!r}: {node.op} takes {operation.arity()}, but it was given {count}."
        )
    if operation.has_constant and node.constant is None:
        raise WorksheetError(f"Node {node.id!r}: {node.op} needs its constant, a number.")
    if node.constant is not None and not math.isfinite(node.constant):
        raise WorksheetError(f"Node {node.id!r}: its constant is {node.constant}, not a number.")
    if not operation.has_constant and node.constant is not None:
        raise WorksheetError(f"Node {node.id!r}: {node.op} has no constant.")


def _in_order(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Nodes with inputs before their use, otherwise in the order they were written."""
    known = {node.id: node for node in nodes}
    for node in nodes:
        for name in node.inputs:
            if name not in known:
                raise WorksheetError(
                    f"Node {node.id!r} takes {name!r} as an input, but there is no such node. "
                    f"There are: {', '.join(n for n in known if n != node.id) or 'none yet'}."
                )
    placed: set[str] = set()
    for node in nodes:
        if not placed.issuperset(node.inputs):
            break
        placed.add(node.id)
    else:
        return nodes
    sorter = TopologicalSorter({node.id: node.inputs for node in nodes})
    try:
        return tuple(known[name] for name in sorter.static_order())
    except CycleError as error:
        raise WorksheetError(
            f"The graph runs in a circle: {' → '.join(error.args[1])}. "
            f"A node may only use nodes that come before it."
        ) from None


@cache
def schema() -> dict:
    """The JSON schema of the plain format."""
    return json.loads((files(__package__) / "worksheet.schema.json").read_text("utf-8"))


@cache
def _validator() -> Callable[[object], object]:
    # Compiled, which is ten times as fast: a judge reads many worksheets.
    return fastjsonschema.compile(schema())


def _validate(data: object) -> None:
    try:
        _validator()(data)
    except fastjsonschema.JsonSchemaValueException as error:
        where = "/".join(map(str, error.path[1:])) or "its top level"
        what = error.message.removeprefix(error.name).strip()
        raise WorksheetError(f"This is not a worksheet: at {where}, it {what[:200]}.") from None

"""The worksheet a student writes: a graph built node by node, then its values and gradients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Real
from typing import NoReturn

from chainrule.worksheets.errors import UnknownNameError, WorksheetError
from chainrule.worksheets.expression import Expression
from chainrule.worksheets.graph import Graph, Node, check_node
from chainrule.worksheets.hints import PICTURE, meant
from chainrule.worksheets.steps import Steps, check_call
from chainrule.worksheets.values import Value, to_value


class Worksheet(Steps):
    """A computation graph to be worked out by hand.

    Build it with `inputs` and one call (or operator) a node; every call
    returns the new node. Then write what you worked out with `write_values`
    and `write_gradients`. Put the worksheet on the last line of a cell to see
    it drawn. It never computes an answer for you.

    >>> graph = Worksheet("f(x, y, z) = (x + y) z")
    >>> x, y, z = graph.inputs("x", "y", "z")
    >>> q = graph.add(x, y, name="q")
    >>> f = graph.multiply(q, z, name="f")
    >>> graph.write_values(x=-2, y=5, z=-4, q=3, f=-12)
    """

    def __init__(self, title: str = "") -> None:
        self.title = str(title)[:200]
        self._nodes: dict[str, Node] = {}

    # -- writing answers --------------------------------------------------------------------

    def write_values(self, *written: Mapping[str, object], **more: object) -> None:
        """Write forward values under the names of your nodes: `write_values(q=3, f=-12)`.

        Numbers, lists (vectors) and lists of rows (matrices) are welcome. None
        leaves a blank. Writing again replaces what was there. Names and numbers
        may also come as a dictionary.
        """
        self._write("value", "value", written, more)

    def write_gradients(self, *written: Mapping[str, object], **more: object) -> None:
        """Write gradients of the output with respect to your nodes: `write_gradients(f=1, q=-4)`.

        A gradient has the shape of the value it belongs to. None leaves a blank.
        """
        self._write("grad", "gradient", written, more)

    # -- checking the form ------------------------------------------------------------------

    def check_structure(self, *names: str) -> None:
        """Say whether the graph is whole: one output, and every input in `names` used.

        Prints what is still open. Raises WorksheetError only if no operation
        has been added yet. Whether the graph is the right one is not checked.
        """
        graph = self.graph()
        if all(node.is_leaf for node in graph.nodes):
            raise WorksheetError(
                "Your worksheet has no operation yet. Add the nodes of the graph in the cell above."
            )
        open_points = [f"the input {name!r} is missing" for name in names if name not in graph]
        idle = [node for node in graph.sinks if node.is_leaf]
        open_points += [f"{node.id!r} is not used by any node" for node in idle]
        outputs = [node.id for node in graph.sinks if not node.is_leaf]
        if len(outputs) > 1:
            open_points.append(
                f"{' and '.join(map(repr, outputs))} lead nowhere; a finished graph has one output"
            )
        steps = sum(not node.is_leaf for node in graph.nodes)
        _report(f"{steps} operations, output {outputs[0]!r}", open_points)

    def check_values(self) -> None:
        """Say which values are still blank. Raises WorksheetError if all of them are."""
        self._check_written("value", "value", [n.id for n in self._nodes.values()])

    def check_gradients(self, *names: str, without: Iterable[str] = ()) -> None:
        """Say which gradients are still blank, of all nodes but those in `without`.

        With `names`, only those of the named nodes count. Raises
        WorksheetError if no gradient was written at all.
        """
        wanted = [name for name in names or self._nodes if name not in set(without)]
        for name in wanted:
            self._known(name)
        self._check_written("grad", "gradient", wanted)

    def _check_written(self, field: str, noun: str, wanted: list[str]) -> None:
        wanted = [name for name in wanted if self._nodes[name].op != "constant"]
        # Values of inputs are given with the question; writing them is no answer yet.
        answers = [n for n in self._nodes.values() if not n.is_leaf or field == "grad"]
        if all(getattr(node, field) is None for node in answers):
            raise WorksheetError(
                f"No {noun} of yours is written in the worksheet yet. Write them in the cell above."
            )
        blank = [name for name in wanted if getattr(self._nodes[name], field) is None]
        _report(
            f"{len(wanted) - len(blank)} of {len(wanted)} {noun}s written",
            [f"{name!r} has no {noun}" for name in blank],
        )

    # -- plain data and pictures ------------------------------------------------------------

    def graph(self) -> Graph:
        """The worksheet as it stands, as frozen plain data."""
        return Graph(self.title, tuple(self._nodes.values()))

    def to_dict(self) -> dict:
        """The worksheet in the plain, versioned format (see `chainrule.worksheets.graph`)."""
        return self.graph().to_dict()

    @classmethod
    def from_dict(cls, data: object) -> Worksheet:
        """A worksheet from its plain format; WorksheetError says what is wrong with it."""
        graph = Graph.from_dict(data)
        worksheet = cls(graph.title)
        worksheet._nodes = {node.id: node for node in graph.nodes}
        return worksheet

    def svg(self) -> str:
        """The figure as an SVG document."""
        from chainrule.worksheets.drawing import to_svg

        return to_svg(self.graph())

    def png(self, dpi: int = 150) -> bytes:
        """The figure as a PNG image, `dpi` pixels an inch."""
        from chainrule.worksheets.drawing import to_png

        return to_png(self.graph(), dpi)

    def __repr__(self) -> str:
        return f"<worksheet {self.title!r} with {len(self._nodes)} nodes>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        from chainrule.worksheets.drawing import to_text

        if not self._nodes:
            return {"text/plain": f"{self!r}: nothing to draw yet"}
        # No PNG beside it: every notebook program shows SVG, and drawing one takes four times as
        # long as all else that a worksheet's cell does.
        return {"image/svg+xml": self.svg(), "text/plain": to_text(self.graph())}

    # -- inside -----------------------------------------------------------------------------

    def __getitem__(self, name: str) -> Expression:
        self._known(name)
        return Expression(self, name)

    def __getattr__(self, name: str) -> NoReturn:
        # Python and IPython ask for names with underscores, and want a plain no.
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._nodes:
            hint = f'The node of that name is graph["{name}"], with your worksheet for graph.'
        elif name.lower() in PICTURE:
            hint = "To see it, write its name alone on the last line of a cell."
        else:
            close = meant(name, self._offered())
            hint = f"Did you mean {close}?" if close else f"It has: {', '.join(self._offered())}."
        raise UnknownNameError(f"A worksheet has no {name!r}. {hint}")

    def _offered(self) -> list[str]:
        """What a student may call on a worksheet."""
        return [name for name in dir(type(self)) if not name.startswith("_")]

    def _known(self, name: str) -> Node:
        if name not in self._nodes:
            raise WorksheetError(
                f"There is no node {name!r}. "
                f"Your nodes are: {', '.join(self._nodes) or 'none yet'}."
            )
        return self._nodes[name]

    def _new(self, op: str, inputs: tuple, name: str | None, constant: object = None) -> Expression:
        check_call(op, inputs, name, constant, self._nodes)
        if name is None:
            name = self._free_name(op)
        if constant is not None:
            constant = to_value(constant, f"The constant of {name!r}")
            if isinstance(constant, tuple):
                raise WorksheetError(f"The constant of {name!r} must be one number.")
        node = Node(
            name, op, tuple(self._input_name(name, entry) for entry in inputs), constant=constant
        )
        check_node(node)
        if name in self._nodes:
            raise WorksheetError(
                f"There is already a node {name!r}. Choose another name, or start again "
                f"from the line that makes the Worksheet."
            )
        self._place(node)
        return Expression(self, name)

    def _place(self, node: Node) -> None:
        """Keep `node`, unless the graph would not be in order with it."""
        Graph(self.title, tuple({**self._nodes, node.id: node}.values()))
        self._nodes[node.id] = node

    def _free_name(self, op: str) -> str:
        number = 1
        while f"{op}{number}" in self._nodes:
            number += 1
        return f"{op}{number}"

    def _input_name(self, name: str, entry: object) -> str:
        if isinstance(entry, Expression):
            if entry._worksheet is not self:
                raise WorksheetError(
                    f"Node {name!r} takes {entry.name!r}, which belongs to another worksheet "
                    f"({entry._worksheet.title!r})."
                )
            return entry._name
        if isinstance(entry, str):
            return entry
        if entry is ...:
            raise WorksheetError(
                f"Node {name!r} still has a `...`, which is a place to fill in. "
                f"Put the node there that belongs there."
            )
        if hasattr(entry, "tolist"):
            raise WorksheetError(
                f"Node {name!r} takes nodes as inputs, not an array. Make a node with "
                f'graph.input("W") and write the array as its value.'
            )
        if isinstance(entry, Real):
            raise WorksheetError(
                f"Node {name!r} takes nodes as inputs, not the number {entry}. For a fixed number "
                f"use add_constant, multiply_constant or constant."
            )
        raise WorksheetError(
            f"Node {name!r} takes nodes as inputs, not {type(entry).__name__}. "
            f"Pass what an earlier call returned, or its name."
        )

    def _rename(self, old: str, new: str) -> None:
        check_node(Node(new, "input"))
        if new in self._nodes and new != old:
            raise WorksheetError(f"There is already a node {new!r}. Choose another name.")
        renamed = {}
        for node in self._nodes.values():
            name = new if node.id == old else node.id
            inputs = tuple(new if entry == old else entry for entry in node.inputs)
            renamed[name] = Node(name, node.op, inputs, node.value, node.grad, node.constant)
        self._nodes = renamed

    def _write(self, field: str, noun: str, written: tuple, more: Mapping[str, object]) -> None:
        """Write what can be written; then say what could not, so that a typo costs one entry."""
        if len(written) > 1 or not all(isinstance(entry, Mapping) for entry in written):
            raise WorksheetError(
                f"Write {noun}s under the names of nodes, such as q=3: a number alone does not "
                f"say where it belongs."
            )
        entries = {**(written[0] if written else {}), **more}
        problems = []
        for name, entry in entries.items():
            try:
                self._write_one(field, noun, name, entry)
            except WorksheetError as error:
                problems.append(str(error))
        if problems:
            kept = "" if len(problems) == len(entries) else " The others are written."
            raise WorksheetError("\n".join(problems) + kept)

    def _write_one(self, field: str, noun: str, name: str, entry: object) -> None:
        node = self._known(name)
        if field == "grad" and node.op == "constant":
            raise WorksheetError(f"{name!r} is a fixed number; it has no gradient.")
        value = None if entry is None else to_value(entry, f"The {noun} of {name!r}")
        self._place(_with(node, field, value))


def _with(node: Node, field: str, value: Value | None) -> Node:
    kept = {"value": node.value, "grad": node.grad, field: value}
    return Node(node.id, node.op, node.inputs, constant=node.constant, **kept)


def _report(done: str, open_points: list[str]) -> None:
    print(f"✓ {done}" if not open_points else f"· {done}")
    for point in open_points:
        print(f"  still open: {point}")

"""One node as it is drawn: a circle or a name, the line that leaves it, and its labels.

A glyph is one box for the layout. The value stands above the line that
leaves the node and the gradient below it, both inside the box, so labels of
different nodes cannot meet. Value and gradient differ in place, slant and
colour: a grey print still tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from chainrule.worksheets.graph import Node
from chainrule.worksheets.labels import (
    DOTS_DOWN,
    Label,
    Run,
    Written,
    array_labels,
    name_label,
    number_label,
    symbol_label,
)
from chainrule.worksheets.layout import PORT_STEP, Box
from chainrule.worksheets.marks import INK, Line, Mark, Words, pill, width_of
from chainrule.worksheets.values import Value

GREY = "#6b6b6b"
COLOURS = {"value": "#0b5394", "gradient": "#b5390e"}
NAME_SIZE, NUMBER_SIZE, SMALL_SIZE = 9.0, 8.0, 6.5

CIRCLE = 18.0
CLEAR = 2.5  # between a line and the label above or below it
ARROW = 5.0  # length of an arrow head
BLANK_WIDTH, BLANK_HEIGHT = 22.0, 8.0
SHORTEST_STUB = 6.0


@dataclass(frozen=True)
class Circle:
    """The outline around an operation: a circle, or a pill where the sign or the inputs need it.

    `left` is reckoned from the left end of the node's box; the line that
    leaves the node runs through the middle.
    """

    left: float
    width: float
    height: float

    def edge(self, offset: float) -> float:
        """Where a line at that distance above or below the middle meets the left side."""
        radius = min(self.width, self.height) / 2
        off = max(0.0, abs(offset) - (self.height / 2 - radius))
        return self.left + radius - (radius**2 - off**2) ** 0.5


@dataclass(frozen=True)
class Block:
    """A label ready to be placed: its marks reckoned from its upper left corner."""

    width: float = 0.0
    height: float = 0.0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Glyph:
    """A node's box and what is in it.

    `body` is reckoned from the left end of the node's line. The line starts
    at `stub`, the labels at `label_left`. A leaf has no circle.
    """

    box: Box
    body: tuple[Mark, ...]
    stub: float
    label_left: float
    value: Block
    grad: Block
    circle: Circle | None = None


def glyph(node: Node, there: Written) -> Glyph:
    """Draw a node with those of its labels that have a place in the figure."""
    value = _block(node.value, "value") if there.value else Block()
    grad = _block(node.grad, "gradient") if there.grad else Block()
    return _leaf(node, value, grad) if node.is_leaf else _operation(node, value, grad)


def _leaf(node: Node, value: Block, grad: Block) -> Glyph:
    label = symbol_label(node) if node.op == "constant" else name_label(node.id)
    name = width_of(label, NAME_SIZE)
    body = (Words(name, 0.32 * NAME_SIZE, label, NAME_SIZE, INK, "name", "end"),)
    box = Box(
        width=name + 9 + max(value.width, grad.width, SHORTEST_STUB),
        above=max(_reach(value), 0.75 * NAME_SIZE),
        below=max(_reach(grad), 6.0),
        leaf=True,
    )
    return Glyph(box, body, name + 3.5, name + 6, value, grad)


def _operation(node: Node, value: Block, grad: Block) -> Glyph:
    symbol = symbol_label(node)
    # Where arguments have an order there is room for a figure 1 or 2 at the arrow.
    circle = Circle(
        left=ARROW + (4.0 if node.operation.in_order else 1.0),
        width=max(CIRCLE, width_of(symbol, NAME_SIZE) + 9),
        height=max(CIRCLE, PORT_STEP * (len(node.inputs) - 1) + 11),
    )
    middle, right = circle.left + circle.width / 2, circle.left + circle.width
    label_left = right + 3

    # The node's own name stands under the circle: clear of a gradient of one line by
    # standing lower, of a tall one by moving the labels to the right.
    names = _name_lines(node.id)
    names_width = max(width_of(line, SMALL_SIZE) for line in names)
    names_left = max(circle.left, middle - names_width / 2)
    names_top = circle.height / 2 + 2
    if _reach(grad) > 2 * NUMBER_SIZE:
        label_left = max(label_left, names_left + names_width + 4)
    elif names_left + names_width > label_left - 2:
        names_top = max(names_top, _reach(grad) + 2)

    body: list[Mark] = [
        Line(
            pill(circle.left, -circle.height / 2, circle.width, circle.height),
            "node",
            fill="#ffffff",
            width=1.0,
        ),
        Words(middle, 0.33 * NAME_SIZE, symbol, NAME_SIZE, INK, "symbol", "middle"),
    ]
    for row, line in enumerate(names):
        baseline = names_top + (0.78 + 1.05 * row) * SMALL_SIZE
        left = names_left + (names_width - width_of(line, SMALL_SIZE)) / 2
        body.append(Words(left, baseline, line, SMALL_SIZE, GREY, "id"))
    names_bottom = names_top + 1.05 * len(names) * SMALL_SIZE
    box = Box(
        width=max(
            label_left + max(value.width, grad.width, SHORTEST_STUB) + 3,
            names_left + names_width + 2,
        ),
        above=max(_reach(value), circle.height / 2),
        below=max(_reach(grad), names_bottom),
    )
    return Glyph(box, tuple(body), right, label_left, value, grad, circle)


def _reach(block: Block) -> float:
    """How far a label reaches from the line it stands at."""
    return CLEAR + block.height if block.marks else 0.0


def _name_lines(name: str) -> list[Label]:
    """A node's own name; one as long as multiply_constant1 takes two lines."""
    breaks = [at for at, sign in enumerate(name[1:-1], 2) if sign == "_"]
    if len(name) > 11 and breaks:
        at = min(breaks, key=lambda at: abs(2 * at - len(name)))
        return [(Run(name[:at]),), (Run(name[at:]),)]
    return [name_label(name)]


def _block(value: Value | None, kind: str) -> Block:
    """A written value, or an empty box where there is none."""
    if value is None:
        return _blank(kind)
    if isinstance(value, tuple):
        return _array(value, kind)
    label = number_label(value, italic=kind == "gradient")
    raised = 0.25 * NUMBER_SIZE if len(label) > 1 else 0.0
    height = 0.82 * NUMBER_SIZE + raised
    words = Words(0, height - 0.06 * NUMBER_SIZE, label, NUMBER_SIZE, COLOURS[kind], kind)
    return Block(width_of(label, NUMBER_SIZE), height, (words,))


def _blank(kind: str) -> Block:
    left, top, right, bottom = 0.4, 0.4, BLANK_WIDTH, BLANK_HEIGHT
    path = (("M", left, top), ("L", right, top), ("L", right, bottom), ("L", left, bottom), ("Z",))
    box = Line(path, "blank", COLOURS[kind], width=0.7)
    return Block(BLANK_WIDTH + 1, BLANK_HEIGHT, (box,))


def _array(value: tuple, kind: str) -> Block:
    """A bracketed column or matrix, every column flush right."""
    rows = array_labels(value, italic=kind == "gradient")
    widths = [max(width_of(row[j], NUMBER_SIZE) for row in rows) for j in range(len(rows[0]))]
    top = 0.8 if kind == "gradient" else 0.0
    step, side, between, serif = 1.15 * NUMBER_SIZE, 4.0, 6.0, 2.5
    marks: list[Mark] = []
    for i, row in enumerate(rows):
        x, baseline = side, top + step * i + 0.9 * NUMBER_SIZE
        for label, width in zip(row, widths, strict=True):
            at, anchor = (x + width / 2, "middle") if label == DOTS_DOWN else (x + width, "end")
            marks.append(Words(at, baseline, label, NUMBER_SIZE, COLOURS[kind], kind, anchor))
            x += width + between
    right = side + sum(widths) + between * (len(widths) - 1) + side
    bottom = top + step * len(rows) + 1
    for edge, inner in ((0.8, 0.8 + serif), (right - 0.8, right - 0.8 - serif)):
        path = (("M", inner, top), ("L", edge, top), ("L", edge, bottom), ("L", inner, bottom))
        marks.append(Line(path, "bracket", COLOURS[kind]))
    return Block(right, bottom, tuple(marks))

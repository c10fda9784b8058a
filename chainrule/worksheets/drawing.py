"""A computation graph as a figure: operations in circles, values above, gradients below.

The figure is a list of marks, and two writers turn it into a matplotlib
figure (and so PNG and PDF) and into SVG. The SVG is written here and not by
matplotlib, whose own has a style rule and ids that leak into a notebook page
with other figures on it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from chainrule.worksheets.glyphs import ARROW, CLEAR, Glyph, glyph
from chainrule.worksheets.graph import Graph, Node
from chainrule.worksheets.labels import Run, formula, shown, value_text
from chainrule.worksheets.layout import Place, Wire, arrange
from chainrule.worksheets.marks import (
    INK,
    Line,
    Mark,
    Words,
    bend,
    font,
    moved,
    pill,
    run_rise,
    run_size,
    run_width,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ARROW_HALF = 2.2
LINE_KINDS = ("edge", "arrow", "node", "blank", "bracket", "fork")  # what is drawn first lies below
ORDER_SIZE = 6.0
# Line ends, and what XML 1.0 cannot hold.
UNPRINTABLE = "[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
FONTS = "'DejaVu Sans', Verdana, sans-serif"


def figure(graph: Graph) -> Figure:
    """The graph as a matplotlib figure in its natural size: names in 9-point text.

    It belongs to no pyplot window and heeds none of the student's rcParams.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height, marks = _scene(graph)
    with matplotlib.rc_context(_settings()):
        drawn = Figure(figsize=(width / 72, height / 72), facecolor="white")
        FigureCanvasAgg(drawn)
        axes = drawn.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        for kind in LINE_KINDS:
            _add_lines(axes, [m for m in marks if isinstance(m, Line) and m.kind == kind], kind)
        for mark in marks:
            if isinstance(mark, Words):
                _add_text(axes, mark)
    return drawn


def to_png(graph: Graph, dpi: int = 150) -> bytes:
    """The figure as a PNG image, `dpi` pixels an inch; the same bytes for the same graph."""
    import matplotlib

    file = io.BytesIO()
    with matplotlib.rc_context(_settings()):
        # matplotlib would write its own version as "Software".
        about = {"Software": None, "Title": _title(graph), "Description": to_text(graph)}
        figure(graph).savefig(file, format="png", dpi=dpi, metadata=about)
    return file.getvalue()


def to_svg(graph: Graph) -> str:
    """The figure as an SVG document; the same text for the same graph.

    Text stays text. A screen reader finds the title and the description of
    `to_text`, under ids made from the graph's content, so that two worksheets
    on one page do not share them.
    """
    width, height, marks = _scene(graph)
    content = json.dumps(graph.to_dict(), sort_keys=True).encode()
    name = "worksheet-" + hashlib.sha256(content).hexdigest()[:12]
    size = f'width="{_n(width)}pt" height="{_n(height)}pt" viewBox="0 0 {_n(width)} {_n(height)}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" '
            f'aria-labelledby="{name}-title {name}-desc" style="max-width:100%;height:auto" '
            f'font-family="{FONTS}">',
            f'<title id="{name}-title">{escape(_title(graph))}</title>',
            f'<desc id="{name}-desc">{escape(to_text(graph))}</desc>',
            f'<rect width="{_n(width)}" height="{_n(height)}" fill="#ffffff"/>',
            *(_svg_line(mark) if isinstance(mark, Line) else _svg_text(mark) for mark in marks),
            "</svg>\n",
        ]
    )


def to_text(graph: Graph) -> str:
    """The graph in words, a line a node: 'q = x + y: value 3, gradient blank'."""
    lines = [f"{_title(graph)}. {len(graph.nodes)} nodes, inputs before their use."]
    places = shown(graph)
    for node in graph.nodes:
        written = [
            f"{noun} {value_text(entry)}"
            for noun, entry, there in (
                ("value", node.value, places[node.id].value),
                ("gradient", node.grad, places[node.id].grad),
            )
            if there
        ]
        what = f"{node.id}, an input" if node.op == "input" else f"{node.id} = {formula(node)}"
        lines.append(what + (": " + ", ".join(written) if written else ""))
    return "\n".join(lines)


def _title(graph: Graph) -> str:
    """The graph's title on one line, without characters that no file format takes."""
    title = " ".join(re.sub(UNPRINTABLE, " ", graph.title).split())
    return f"Computation graph: {title}" if title else "Computation graph"


# -- from a graph to marks ------------------------------------------------------------------


def _scene(graph: Graph) -> tuple[float, float, list[Mark]]:
    """Width and height of the figure and everything in it, what lies below first."""
    places = shown(graph)
    glyphs = {node.id: glyph(node, places[node.id]) for node in graph.nodes}
    layout = arrange(
        {name: drawn.box for name, drawn in glyphs.items()},
        {node.id: node.inputs for node in graph.nodes},
    )
    marks: list[Mark] = []
    arrivals: dict[str, list[Wire]] = {}
    for wire in layout.wires:
        if wire.target is None:
            marks.append(Line(bend(wire.start, wire.end), "edge"))
        else:
            arrivals.setdefault(wire.target, []).append(wire)
    for name, wires in arrivals.items():
        marks += _arrivals(graph[name], wires, layout.places[name], glyphs[name])
    for name, place in layout.places.items():
        marks += _placed(glyphs[name], place)
    marks += [Line(pill(x - 1.5, y - 1.5, 3, 3), "fork", None, INK) for x, y in layout.forks]
    return layout.width, layout.height, marks


def _placed(drawn: Glyph, place: Place) -> list[Mark]:
    """A node's marks where the layout put it, with the line that leaves it."""
    stub = (("M", place.left + drawn.stub, place.y), ("L", place.right, place.y))
    labels = place.left + drawn.label_left
    above, below = place.y - CLEAR - drawn.value.height, place.y + CLEAR
    return [
        Line(stub, "edge"),
        *(moved(mark, place.left, place.y) for mark in drawn.body),
        *(moved(mark, labels, above) for mark in drawn.value.marks),
        *(moved(mark, labels, below) for mark in drawn.grad.marks),
    ]


def _arrivals(node: Node, wires: list[Wire], place: Place, drawn: Glyph) -> list[Mark]:
    """The lines into a node with their arrow heads, numbered where they arrive swapped."""
    wires = sorted(wires, key=lambda wire: wire.end[1])
    arguments = [wire.argument for wire in wires]
    swapped = node.operation.in_order and arguments != sorted(arguments)
    marks: list[Mark] = []
    for wire in wires:
        x, y = wire.end
        tip = place.left + drawn.circle.edge(y - place.y)
        base = tip - ARROW
        head = (("M", tip, y), ("L", base, y - ARROW_HALF), ("L", base, y + ARROW_HALF), ("Z",))
        marks.append(Line((*bend(wire.start, wire.end), ("L", base + 1, y)), "edge"))
        marks.append(Line(head, "arrow", None, INK))
        if swapped:
            baseline = y - 3 if y < place.y else y + 3 + 0.75 * ORDER_SIZE
            number = (Run(str(wire.argument + 1)),)
            marks.append(Words(x + 2.5, baseline, number, ORDER_SIZE, INK, "order", "middle"))
    return marks


# -- the matplotlib writer ------------------------------------------------------------------


def _settings() -> dict:
    """The rcParams that could change the figure behind our back, at their defaults.

    Hinting is off: it would set text wider than the layout measured it.
    """
    import matplotlib

    names = (
        "axes.axisbelow", "figure.autolayout", "figure.constrained_layout.use",
        "patch.antialiased", "path.effects", "path.simplify", "path.sketch", "savefig.bbox",
        "savefig.edgecolor", "savefig.facecolor", "savefig.transparent", "text.antialiased",
        "text.hinting_factor", "text.usetex",
    )  # fmt: skip
    defaults = matplotlib.rcParamsDefault
    settings = {name: defaults[name] for name in names if name in defaults}
    return settings | {"text.hinting": "none"}


def _add_lines(axes: Axes, marks: list[Line], kind: str) -> None:
    """All lines of one kind as one artist, which is twice as fast as one each."""
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    letters = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
    paths = []
    for mark in marks:
        points, codes = [], []
        for letter, *numbers in mark.path:
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True)) or [(0.0, 0.0)]
            points += pairs
            codes += [letters[letter]] * len(pairs)
        paths.append(Path(points, codes))
    lines = PathCollection(
        paths,
        facecolors=[mark.fill or "none" for mark in marks],
        edgecolors=[mark.stroke or "none" for mark in marks],
        linewidths=[mark.width if mark.stroke else 0 for mark in marks],
        capstyle="butt",
        joinstyle="miter",
        clip_on=False,
        gid=kind,
    )
    axes.add_collection(lines, autolim=False)


def _add_text(axes: Axes, mark: Words) -> None:
    x = mark.left
    for run in mark.label:
        axes.text(
            x,
            mark.y + run_rise(run, mark.size),
            run.text,
            fontproperties=font(run_size(run, mark.size), run.italic),
            color=mark.colour,
            ha="left",
            va="baseline",
            parse_math=False,
            gid=mark.kind,
        )
        x += run_width(run, mark.size)


# -- the SVG writer -------------------------------------------------------------------------


def _svg_line(mark: Line) -> str:
    path = "".join(step[0] + " ".join(_n(number) for number in step[1:]) for step in mark.path)
    stroke = f' stroke="{mark.stroke}" stroke-width="{_n(mark.width)}"' if mark.stroke else ""
    return f'<path d="{path}" fill="{mark.fill or "none"}"{stroke}/>'


def _svg_text(mark: Words) -> str:
    runs, rise = [], 0.0
    for run in mark.label:
        step = run_rise(run, mark.size) - rise
        rise += step
        style = f' dy="{_n(step)}"' if step else ""
        style += f' font-size="{_n(run_size(run, mark.size))}"' if run.shift else ""
        style += ' font-style="italic"' if run.italic else ""
        runs.append(f"<tspan{style}>{escape(run.text)}</tspan>" if style else escape(run.text))
    anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
    return (
        f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}" '
        f'fill="{mark.colour}"{anchor}>{"".join(runs)}</text>'
    )


def _n(number: float) -> str:
    """A length to a hundredth of a point, as short as it goes."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

"""How the pictures are drawn: `python -m chainrule.pictures.drawings` draws them all again.

One function a picture, named for it; its docstring is what a screen reader says.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import escape

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chainrule.pictures import FOLDER

BLUE, ORANGE = "#0b5394", "#b45f06"
CENTRED = {"ha": "center", "va": "center"}
STYLE = {
    "svg.fonttype": "path",  # a reader's machine may lack the fonts of formulas
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}

DRAWINGS: dict[str, Callable[[], Figure]] = {}


def drawing(draw: Callable[[], Figure]) -> Callable[[], Figure]:
    """Declare the drawing of the picture that the function is named for."""
    DRAWINGS[draw.__name__.replace("_", "-")] = draw
    return draw


def svg(name: str) -> str:
    """Draw a picture as SVG text; the same text for the same versions of matplotlib."""
    with matplotlib.rc_context(STYLE | {"svg.hashsalt": name}):
        file = io.StringIO()
        about = {"Date": None, "Creator": None, "Format": None, "Type": None}
        DRAWINGS[name]().savefig(file, format="svg", bbox_inches="tight", metadata=about)
    text = file.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    # matplotlib's style rule would hold for the whole notebook page, and its ids meet others there.
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r'(?<=\bid=")|(?<=href="#)|(?<=url\(#)', f"{name}-", text)
    words = " ".join(DRAWINGS[name].__doc__.split())
    head = (
        f'role="img" aria-labelledby="{name}-words" style="max-width:100%;height:auto" '
        'stroke-linejoin="round" stroke-linecap="butt"'
    )
    desc = f'<desc id="{name}-words">{escape(words, quote=False)}</desc>'
    text = re.sub(r"<svg([^>]*)>", rf"<svg\1 {head}>\n{desc}", text, count=1)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines() if line.strip())


# --- 01, the exponential neuron ----------------------------------------------


@drawing
def exponential() -> Figure:
    """The curve f(z) = exp(2z) - 1 for z from -1.5 to 0.75: close to -1 on the left, through 0 at
    z = 0, and rising ever faster to about 3.5 on the right."""
    z = np.linspace(-1.5, 0.75, 200)
    figure = Figure(figsize=(5, 3))
    axes = figure.add_subplot()
    axes.plot(z, np.exp(2 * z) - 1, color=BLUE)
    axes.axhline(0, color="grey", linewidth=0.8)
    axes.axvline(0, color="grey", linewidth=0.8)
    axes.set(xlabel="weighted sum $z$", ylabel="output $f(z) = e^{2z} - 1$")
    axes.set_title("The exponential activation")
    return figure


# --- 01, the sigmoid neuron --------------------------------------------------


@drawing
def sigmoid() -> Figure:
    """Left: the sigmoid curve, from 0 on the left over 1/2 at z = 0, where it is steepest with
    slope 1/4, to 1 on the right; our neuron at z = 27 lies where it is flat. Right: its slope on
    a logarithmic scale; to the right of about z = 3 it runs along exp(-z), a straight line, down
    to 2e-12 at z = 27."""
    z = np.linspace(-10, 30, 400)
    slope = np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2  # safe for large |z|
    arrow = {"arrowstyle": "->"}
    figure = Figure(figsize=(10, 3.1))
    left, right = figure.subplots(1, 2)
    figure.subplots_adjust(wspace=0.25)
    left.plot(z, 1 / (1 + np.exp(-z)), color=BLUE)
    left.plot(27, 1, "o", color=ORANGE)
    left.annotate("our neuron,\n$z = 27$", (27, 1), (18.5, 0.66), arrowprops=arrow)
    left.plot(0, 0.5, "s", color="grey")
    left.annotate("steepest at $z = 0$,\nslope 1/4", (0, 0.5), (3, 0.33), arrowprops=arrow)
    left.set(xlabel="weighted sum $z$", ylabel=r"output $\sigma(z)$", title=r"The sigmoid $\sigma$")
    right.semilogy(z, slope, color=BLUE, label=r"slope $\sigma'(z)$")
    tail = z[z > -1]
    right.semilogy(tail, np.exp(-tail), "--", color="black", linewidth=1, label="$e^{-z}$")
    right.plot(27, np.exp(-27), "o", color=ORANGE)
    right.annotate("our neuron", (27, np.exp(-27)), (15, 1e-12), arrowprops=arrow)
    right.set(xlabel="weighted sum $z$", ylabel=r"slope $\sigma'(z)$")
    right.set_title("Its slope (log scale)")
    right.legend()
    return figure


# --- 01, the two-layer network -----------------------------------------------

GIVEN = {
    "x": [2, -1, 0],
    "W_H": [[0.4, 0.3, -0.6], [-0.7, 0.2, 0.9], [0.8, -0.3, 0.1]],
    "b_H": [0.5, 0.3, 0.1],
    "W_O": [[0.2, 0.7, 0.5], [0.6, 0.2, 0.3]],
    "b_O": [0.8, -0.2],
    "y": [0, 1],
}
"""The numbers of the notebook; a test holds the two together."""


@drawing
def two_layer_network() -> Figure:
    """A network from left to right. Three inputs x1 = 2, x2 = -1, x3 = 0 lead by nine blue lines,
    the weights W_H, to three hidden units with ReLU and the biases 0.5, 0.3, 0.1. These lead by
    six orange lines, the weights W_O, to two output units with the biases 0.8 and -0.2. Softmax
    makes the prediction p of them, which the loss compares with the truth y = (0, 1). The row of
    W_H for hidden unit 1 is 0.4, 0.3, -0.6; for unit 2: -0.7, 0.2, 0.9; for unit 3: 0.8, -0.3,
    0.1. The row of W_O for output 1 is 0.2, 0.7, 0.5; for output 2: 0.6, 0.2, 0.3."""
    figure = Figure(figsize=(9, 4.6))
    axes = figure.add_subplot()
    heights = {"x": [2, 1, 0], "h": [2, 1, 0], "o": [1.5, 0.5]}
    across = {"x": 0, "h": 2.4, "o": 4.8}
    units = {layer: [(across[layer], y) for y in heights[layer]] for layer in across}
    for sources, targets, name, colour in (("x", "h", "W_H", BLUE), ("h", "o", "W_O", ORANGE)):
        for row, end in zip(GIVEN[name], units[targets], strict=True):
            for weight, start in zip(row, units[sources], strict=True):
                _weighted_line(axes, start, end, weight, colour)
        middle = (across[sources] + across[targets]) / 2
        axes.text(middle, -0.5, f"weights ${name}$", color=colour, fontsize=11, **CENTRED)
    for layer, name, word in (("x", "x", ""), ("h", "b_H", "bias "), ("o", "b_O", "bias ")):
        for i, (place, value) in enumerate(zip(units[layer], GIVEN[name], strict=True), 1):
            _unit(axes, place, f"${layer}_{i}$")
            axes.text(place[0], place[1] - 0.33, word + _minus(value), fontsize=9, **CENTRED)
    _unit(axes, (6.35, 1), r"$\mathbf{p}$")
    _unit(axes, (7.65, 1), r"$\ell$")
    for start, end in (
        ((5.25, 1), (6.05, 1)),
        ((6.65, 1), (7.35, 1)),
        ((7.65, 1.75), (7.65, 1.25)),
    ):
        axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": "0.3"})
    axes.text(5.65, 1.14, "softmax", **CENTRED)
    axes.text(7.65, 1.86, r"truth $\mathbf{y} = (0, 1)$", **CENTRED)
    titles = ("input", "hidden layer, ReLU", "output layer", "prediction", "loss")
    for at, title in zip((0, 2.4, 4.8, 6.35, 7.65), titles, strict=True):
        axes.text(at, 2.53, title, **CENTRED)
    axes.set(xlim=(-0.5, 8.5), ylim=(-0.65, 2.7))
    axes.axis("off")
    return figure


def _weighted_line(axes: Axes, start: tuple, end: tuple, weight: float, colour: str) -> None:
    (left, y_left), (right, y_right) = start, end
    axes.plot([left, right], [y_left, y_right], color=colour, linewidth=1, zorder=0)
    place = left + 0.26 * (right - left), y_left + 0.26 * (y_right - y_left)
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    axes.text(*place, _minus(weight), fontsize=9, bbox=paper, **CENTRED)


def _unit(axes: Axes, place: tuple, label: str, face: str = "white", shape: str = "o") -> None:
    axes.plot(*place, shape, ms=34 if shape == "o" else 30, mfc=face, mec="black", zorder=2)
    axes.text(*place, label, fontsize=12, **CENTRED)


def _minus(number: float) -> str:
    return str(number).replace("-", "−")


@drawing
def cross_entropy() -> Figure:
    """The loss of one example, minus the logarithm of the probability given to the right class:
    very large for a probability close to 0, ln 2 for 1/2, which is no idea of two classes, and 0
    for a probability of 1."""
    probability = np.linspace(0.01, 1, 200)
    figure = Figure(figsize=(5, 2.4))
    axes = figure.add_subplot()
    axes.plot(probability, -np.log(probability), color=BLUE)
    axes.plot([0.5], [np.log(2)], "o", color=ORANGE)
    line = {"arrowstyle": "-", "color": "0.5"}
    place = (0.5, np.log(2))
    axes.annotate(r"no idea, two classes: $\ln 2$", place, (0.42, 1.8), arrowprops=line)
    axes.set(xlabel="probability given to the right class", ylabel=r"cross-entropy loss $\ell$")
    axes.set_title("The loss of one example")
    return figure


# --- 01, the bias gradients --------------------------------------------------


@drawing
def bias_network() -> Figure:
    """A network from left to right: inputs x1 and x2; the weights W(1) lead to the sums v1 and
    v2, each with its bias b(1); ReLU makes h1 and h2 of them; the weights W(2) lead to the outputs
    y-hat 1 and y-hat 2, each with its bias b(2). The loss L compares these with the target t. The
    four biases are in blue."""
    figure = Figure(figsize=(9, 3.8))
    axes = figure.add_subplot()
    across = {"x": 0, "v": 2, "h": 3.6, r"\hat{y}": 5.6}
    loss, target = (7.4, 0.5), (7.4, 1.75)

    def arrow(start: tuple, end: tuple, colour: str = "0.35") -> None:
        look = {"arrowstyle": "-|>", "color": colour, "shrinkA": 17, "shrinkB": 17}
        axes.annotate("", end, start, arrowprops=look)

    for i, y, y_bias in ((1, 1, 1.75), (2, 0, -0.75)):
        for layer, before, after in ((1, "x", "v"), (2, "h", r"\hat{y}")):
            for y_before in (1, 0):
                arrow((across[before], y_before), (across[after], y))
            arrow((across[after], y_bias), (across[after], y), BLUE)
            _unit(axes, (across[after], y_bias), f"$b^{{({layer})}}_{i}$", "#cfe2f3", "s")
        arrow((across["v"], y), (across["h"], y))
        axes.text(2.8, y + 0.16, "ReLU", fontsize=12, **CENTRED)
        arrow((across[r"\hat{y}"], y), loss)
        for name, place in across.items():
            _unit(axes, (place, y), f"${name}_{i}$")
    axes.text(1, 1.18, "$W^{(1)}$", fontsize=12, **CENTRED)
    axes.text(4.6, 1.18, "$W^{(2)}$", fontsize=12, **CENTRED)
    arrow(target, loss)
    _unit(axes, target, r"$\mathbf{t}$", "0.9", "s")
    _unit(axes, loss, r"$\mathcal{L}$")
    axes.set(xlim=(-0.5, 8), ylim=(-1.15, 2.15), title="Two layers and a loss; the biases in blue")
    axes.axis("off")
    return figure


@drawing
def relu() -> Figure:
    """Left: ReLU, 0 for negative x and the line y = x for positive x. Right: its slope, 0 for x
    up to and including 0 and 1 for positive x."""
    x = np.linspace(-2, 2, 201)
    figure = Figure(figsize=(8, 2.8))
    left, right = figure.subplots(1, 2)
    figure.subplots_adjust(wspace=0.3)
    left.plot(x, np.maximum(0, x), color=BLUE)
    left.set(xlabel="$x$", ylabel="ReLU($x$)", title="The function")
    right.plot([-2, 0], [0, 0], color=BLUE)
    right.plot([0, 2], [1, 1], color=BLUE)
    right.plot(0, 0, "o", color=BLUE)
    right.plot(0, 1, "o", markerfacecolor="white", color=BLUE)
    right.set(xlabel="$x$", ylabel="slope of ReLU at $x$")
    right.set_title("Its slope; at $x = 0$ it counts as 0")
    return figure


if __name__ == "__main__":
    for name in DRAWINGS:
        (FOLDER / f"{name}.svg").write_text(svg(name), "utf-8")

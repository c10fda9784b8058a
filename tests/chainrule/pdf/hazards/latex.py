"""LaTeX that is broken, hostile, or fine and hard."""

from __future__ import annotations

from tests.chainrule.pdf.hazards import Hazard
from tests.chainrule.pdf.notebooks import markdown


def _boxed(name: str, source: str, reason: str, *, display: bool = False) -> Hazard:
    """A formula that cannot be set: its source stands in the box, in its place."""
    sign = "$$" if display else "$"
    cell = markdown(f"left {sign}{source}{sign} right")
    return Hazard(name, cell, ("left", source, "right"), reason)


def _set(name: str, source: str, *shows: str, hides: tuple[str, ...] = ()) -> Hazard:
    """A source that is odd, and can be shown."""
    return Hazard(name, markdown(f"left {source} right"), ("left", *shows, "right"), hides=hides)


HAZARDS = [
    _boxed("unclosed brace", r"\frac{1}{2", "not valid"),
    _boxed("brace too many", r"x^2}", "not valid"),
    _boxed("left without right", r"\left( \frac{a}{b}", r"\left occurs 1 times"),
    _boxed("right without left", r"x \right]", r"\right 1 times"),
    _boxed("unknown macro", r"\dropout(x)", "not valid"),
    _boxed("superscripts 100 deep", "x^{" * 100 + "1" + "}" * 100, "nested more than"),
    _boxed("begin without end", r"\begin{pmatrix} 1 & 2", "not valid", display=True),
    _boxed("end without begin", r"1 & 2 \end{pmatrix}", "not valid", display=True),
    _boxed("begin and end differ", r"\begin{align} a \end{matrix}", "not valid", display=True),
    _boxed("unknown environment", r"\begin{tikz} \draw \end{tikz}", "not valid", display=True),
    _boxed("stray hash", "a # b", "not valid"),
    _boxed("input", r"\input{/etc/passwd}", "not valid"),
    _boxed("write18", r"\write18{touch owned}", "not valid"),
    _boxed("verb", r"\verb|x|", "not valid"),
    _boxed("catcode", r"\catcode`\@=11 x", "not valid"),
    _boxed("def bomb", r"\def\a{xx}\def\b{\a\a\a}\def\a{\b\b\b}\a", "not valid"),
    _boxed("def of itself", r"\def\x{\x\x}\x", "not valid"),
    _boxed("newcommand of itself", r"\newcommand{\y}{\y + 1}\y", "not valid"),
    _boxed("subscript of nothing", "x_", "not valid"),
    Hazard(
        "longer than a page",
        markdown("$$" + "+".join(f"x_{{{n}}}" for n in range(1800)) + "$$"),
        ("𝑥0 + 𝑥1", "𝑥1799"),
    ),
    Hazard(
        "longer than can be set",
        markdown("$$" + "+".join(f"x_{{{n}}}" for n in range(2800)) + "$$"),
        ("x_{0}+x_{1}", "more characters"),
        "longer than 20,000",
    ),
    Hazard(
        "a matrix wider than can be read",
        markdown(rf"$$\begin{{pmatrix}} {'m_{12} & ' * 60} 1 \end{{pmatrix}}$$"),
        ("too wide", r"\begin{pmatrix} m_{12} & m_{12}", r"1 \end{pmatrix}"),
        "too wide for the page",
    ),
    _set("stray dollar", "costs 5$ each", "costs 5$ each"),
    _set("three dollars", "$$$", "$$$"),
    _set("empty display", "$$$$", hides=("could not",)),
    _set("empty display with space", "$$ $$", hides=("could not",)),
    _set("stray percent", "$a % the rest is a comment\n+ b$", "𝑎", hides=("comment",)),
    _set("dollar over a blank line", "$a\n\nb$", "$a", "b$"),
    _set("Unicode in maths", "$α ≤ β → 漢$", "𝛼", "≤"),
    _set("double superscript", "$x^2^3$", "𝑥"),
    _set("Cyrillic text in maths", r"$\text{функция потерь}$", "функция потерь"),
    _set("aligned without environment", r"$$a &= 1 \\ b &= 2$$", "= 1", "= 2"),
    _set("delimiters of other kinds", r"\\(x^2\\) and \\[y^3\\]", "𝑥", "𝑦"),
    _set(
        "a formula wider than the page",
        "$$" + " + ".join(f"w_{{{n}}}" for n in range(80)) + "$$",
        "79",
    ),
]

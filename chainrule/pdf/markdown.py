"""Markdown cells, parsed by mistune, the parser that nbconvert uses.

Maths is taken out before Markdown is parsed, as Jupyter does it, so that
``$a_1 | b_2$`` neither starts emphasis nor splits a table; a placeholder of two
private-use characters holds its place. Where the placeholder turns out to
stand in code or in an address, the source goes back in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import mistune

from chainrule.pdf import pipetables
from chainrule.pdf.maths import Tex
from chainrule.pdf.text import clean, unescape

Token = dict[str, Any]

PLACEHOLDER = re.compile(r"\ue000(\d+)\ue001|%EE%80%80(\d+)%EE%80%81")
"""What stands for a formula while Markdown is parsed; mistune may escape it in an address."""

LONGEST = 60_000
"""Characters of a cell that are shown, about 25 pages; Typst gets slow on more. Images are free."""

_EMBEDDED = re.compile(r"data:[\w/+.;=-]{1,100},[^\s)\"'<>]{200,}")
_ENVIRONMENTS = (
    "equation|align|alignat|aligned|gather|gathered|multline|eqnarray|flalign|split|cases|array"
    "|displaymath|math|[bpvBV]?matrix|smallmatrix"
)
_LONGEST_DISPLAY = 9_000
# Words within a formula, in which there may be formulas again.
_WORDS = r"\\(?:text(?:rm|bf|it|normal)?|mbox|hbox)\s*\{(?:[^{}\n]|\{[^{}\n]{0,200}\}){0,500}\}"
# Lengths are bounded, so that a thousand openings without an end take no quadratic time;
# longer displays are found by `_longer`.
_MATHS = re.compile(
    rf"""
    (?P<code>^[ \t>]*(?P<fence>`{{3,}}|~{{3,}})[^\n]*\n[\s\S]*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
      | (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S]){{0,5000}}?(?<!`)(?P=ticks)(?!`))
  | (?P<escaped>\\\$)
  | \$\$(?P<dollars>(?:(?!\$\$|\n[ \t]*\n)[\s\S])+?|[^$]+?)(?<!\\)\$\$
  | \\\\\[(?P<brackets>[\s\S]{{1,{_LONGEST_DISPLAY}}}?)\\\\\]
  | (?P<environment>
      \\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}[\s\S]{{0,{_LONGEST_DISPLAY}}}?\\end\{{(?P=name)\}})
  | (?<!\$)\$(?!\$)(?P<inline>
      (?:[^$\\\n]|{_WORDS}|(?!{_WORDS})\\[\s\S]|\n(?![ \t]*\n))+?)\$(?![\d$])
  | \\\\\((?P<parens>(?:(?!\n[ \t]*\n)[\s\S])+?)\\\\\)
    """,
    re.VERBOSE | re.MULTILINE,
)
_PRICE = re.compile(r"\d[^\\%]* [A-Za-z]{2,} [A-Za-z]{4,} [A-Za-z]{2,}[^\\%]*")
# Where a display begins that `_MATHS` has left where it was.
_OPENING = re.compile(rf"\\begin\{{((?:{_ENVIRONMENTS})\*?)\}}|\\\\\[")


@dataclass(frozen=True)
class Parsed:
    """A parsed cell: mistune's tokens, and what the placeholders in them stand for.

    That is maths, and images that are written out in the cell (without a `Tex`).
    `omitted` counts the characters at its end that are left out because it is too long.
    """

    tokens: tuple[Token, ...]
    kept: tuple[tuple[Tex | None, str], ...] = ()
    omitted: int = 0

    def restored(self, raw: str) -> str:
        """Text with the notebook's own source in the place of placeholders."""
        return PLACEHOLDER.sub(lambda found: (self.formula(found) or (None, ""))[1], raw)

    def formula(self, found: re.Match[str]) -> tuple[Tex | None, str] | None:
        """The formula of a placeholder, and its source; None for one that a student made up."""
        index = int(found[1] or found[2])
        return self.kept[index] if index < len(self.kept) else None


def parse(source: str) -> Parsed:
    """Parse a Markdown source, or what there is room for of a very long one."""
    shown = _length_shown(source)
    found: list[tuple[Tex | None, str]] = []

    def keep(tex: Tex | None, raw: str) -> str:
        found.append((tex, raw))
        return f"\ue000{len(found) - 1}\ue001"

    def take(match: re.Match[str]) -> str:
        tex = _tex(match)
        return match[0] if tex is None else keep(tex, match[0])

    # mistune reads an address letter by letter, which for an image takes seconds.
    short = _EMBEDDED.sub(lambda image: keep(None, image[0]), clean(source[:shown]))
    tokens = _parser()(_longer(_MATHS.sub(take, short), keep))
    return Parsed(tuple(tokens), tuple(found), len(source) - shown)


def _longer(text: str, keep: Callable[[Tex, str], str]) -> str:
    """Text with the displays taken out that are longer than `_MATHS` takes them."""
    parts, position = [], 0
    for opening in _OPENING.finditer(text):
        closing = rf"\end{{{opening[1]}}}" if opening[1] else r"\\]"
        end = text.find(closing, opening.end())
        if opening.start() < position or end < opening.end() + _LONGEST_DISPLAY:
            continue
        whole = text[opening.start() : end + len(closing)]
        tex = whole if opening[1] else text[opening.end() : end]
        parts += [text[position : opening.start()], keep(Tex(tex, display=True), whole)]
        position = opening.start() + len(whole)
    return "".join([*parts, text[position:]])


def _length_shown(source: str) -> int:
    left, end = LONGEST, 0
    for image in _EMBEDDED.finditer(source) if len(source) > LONGEST else ():
        if image.start() - end > left:
            break
        left, end = left - (image.start() - end), image.end()
    return min(len(source), end + left)


def headline(parsed: Parsed) -> str | None:
    """The text of the first heading, with formulas as in the source; None without one."""
    for token in parsed.tokens:
        if token["type"] == "heading":
            return " ".join(plain(token.get("children", ()), parsed).split()) or None
    return None


def with_title(parsed: Parsed, kind: str) -> Parsed:
    """The same cell with its first heading set by the function `kind` of document.typ."""
    tokens = list(parsed.tokens)
    for index, token in enumerate(tokens):
        if token["type"] == "heading":
            tokens[index] = {**token, "type": kind}
            break
    return replace(parsed, tokens=tuple(tokens))


def split_title(parsed: Parsed) -> tuple[Parsed | None, Parsed]:
    """A cell's opening heading of level 1 by itself, and the rest."""
    for index, token in enumerate(parsed.tokens):
        if token["type"] == "heading" and token["attrs"]["level"] == 1:
            title = replace(parsed, tokens=tuple(token.get("children", ())), omitted=0)
            return title, replace(parsed, tokens=parsed.tokens[index + 1 :])
        if token["type"] != "blank_line":
            break
    return None, parsed


@lru_cache(maxsize=1)
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(
        renderer=None, plugins=[pipetables.plugin, "strikethrough", "url", "task_lists"]
    )


def _tex(match: re.Match[str]) -> Tex | None:
    if match["code"] is not None or match["escaped"] is not None:
        return None
    inline = match["inline"]
    if inline is not None:
        # "5$ and 6$" is money: a formula has a space at both ends or at neither.
        if inline[0].isspace() != inline[-1].isspace():
            return None
        # So is "$5. The price is in US$".
        return None if _PRICE.fullmatch(inline) else Tex(inline)
    if match["parens"] is not None:
        return Tex(match["parens"])
    display = match["dollars"] or match["brackets"] or match["environment"]
    # In a quotation, the lines of a display begin with the quotation's marks.
    return Tex(re.sub(r"\n[ \t]*(?:>[ \t]?)+", "\n", display), display=True)


def plain(tokens: Sequence[Token], parsed: Parsed) -> str:
    """The text of tokens without any markup."""
    parts = []
    for token in tokens:
        if "children" in token:
            parts.append(plain(token["children"], parsed))
        elif token["type"] in ("softbreak", "linebreak"):
            parts.append(" ")
        elif token["type"] != "inline_html":
            text = parsed.restored(token.get("raw", ""))  # an empty line has none
            parts.append(text if token["type"] == "codespan" else unescape(text))
    return "".join(parts)

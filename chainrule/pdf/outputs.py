"""The outputs of code cells: streams, errors, figures, tables, formulas."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chainrule.pdf import markdown, markup, prose, terminal
from chainrule.pdf.hidden import Hidden
from chainrule.pdf.images import Image, ImageError, from_output
from chainrule.pdf.notebook import joined
from chainrule.pdf.pieces import Alternative, Problem, missing_image
from chainrule.pdf.prose import Surroundings
from chainrule.pdf.text import literal

# Best first. A worksheet's figure comes as SVG and as PNG: the one is sharp, the
# other is there if the SVG cannot be drawn.
_IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
# More columns than this are unreadably narrow; pandas' own text form folds them.
_WIDEST_TABLE = 12
_LONGEST_TABLE = 120


def render(
    outputs: Sequence[Mapping[str, Any]], around: Surroundings, hidden: Hidden
) -> Iterator[str]:
    """One Typst expression for each output of a cell, in order."""
    # A progress bar arrives as hundreds of pieces of one stream; only together
    # do they show which frame was the last.
    for stream, group in itertools.groupby(outputs, _stream):
        if stream is None:
            for output in group:
                yield from _output(output, around, hidden)
            continue
        text = "".join(joined(output.get("text")) for output in group)
        shown = terminal.last_frames(hidden.mask(text))
        if shown.strip():
            yield f"stream({literal(stream)}, ..{terminal.typeset_stream(shown)})"


def _stream(output: Mapping[str, Any]) -> str | None:
    if output.get("output_type") != "stream":
        return None
    return "stderr" if output.get("name") == "stderr" else "stdout"


def _output(output: Mapping[str, Any], around: Surroundings, hidden: Hidden) -> Iterator[str]:
    kind = output.get("output_type")
    if kind == "error":
        yield _error(output, hidden)
        return
    data = output.get("data")
    if not isinstance(data, Mapping) or not data:
        return
    image = _image(data, output.get("metadata"), around)
    if image:
        yield image
        return
    plain = joined(data.get("text/plain"))
    if "text/markdown" in data or "text/latex" in data:
        source = joined(data.get("text/markdown") or data.get("text/latex"))
        if hidden.mask(source) == source:
            yield prose.render(markdown.parse(source), around)
            return
    table = _table(joined(data.get("text/html")), around)
    if table:
        fallback = Alternative(_text(plain, hidden))
        yield around.pieces.add(Alternative(f"{{import doc: *;{table}}}"), fallback)
    elif plain.strip():
        yield _text(plain, hidden)
    elif "text/html" in data:
        inlines = markup.Inlines(lambda text: [literal(text)], lambda _: "[]")
        yield markup.render(joined(data["text/html"]), inlines)
    else:
        kinds = ", ".join(sorted(map(str, data)))
        yield around.pieces.add(_unprintable(kinds, around.cell))


def _error(output: Mapping[str, Any], hidden: Hidden) -> str:
    trace = output.get("traceback")
    name = joined(output.get("ename")) or "Error"
    text = "\n".join(map(str, trace)) if isinstance(trace, list) else ""
    text = text or f"{name}: {joined(output.get('evalue'))}"
    return f'stream("error", ..{terminal.typeset_stream(hidden.mask_traceback(text, name))})'


def _text(text: str, hidden: Hidden) -> str:
    return f'doc.stream("result", ..{terminal.typeset_stream(hidden.mask(text))})'


def _image(data: Mapping[str, Any], metadata: Any, around: Surroundings) -> str | None:
    images: list[Image] = []
    error: ImageError | None = None
    for mime in _IMAGES:
        if mime in data:
            try:
                images.append(from_output(data[mime], mime))
            except ImageError as damage:
                error = damage
    if images:
        return around.pieces.add_image(images, around.cell, _width(metadata))
    if error:
        return around.pieces.add(missing_image(str(error), "", around.cell, error.remedy))
    return None


def _width(metadata: Any) -> float | None:
    """The width in points that the notebook asks for; high-resolution figures give it."""
    for mime in _IMAGES:
        sizes = metadata.get(mime) if isinstance(metadata, Mapping) else None
        width = sizes.get("width") if isinstance(sizes, Mapping) else None
        if isinstance(width, (int, float)) and 0 < width < 100_000:
            return width * 0.75
    return None


def _table(source: str, around: Surroundings) -> str | None:
    if "<table" not in source:
        return None
    tables = markup.tables(source)
    if len(tables) != 1:
        return None
    rows = markup.rows(tables[0])
    if len(rows) > _LONGEST_TABLE or max(map(len, rows), default=0) > _WIDEST_TABLE:
        return None
    inlines = markup.Inlines(lambda text: [literal(text)], lambda _: "[]")
    return markup.table(tables[0], inlines)


def _unprintable(kinds: str, cell: int) -> Alternative:
    return Alternative(
        f"doc.failed({literal('Output that only a browser can show')}, {literal(kinds)})",
        Problem(
            cell,
            f"An output of kind {kinds} cannot be printed.",
            "Show it as a figure or as text as well.",
        ),
    )

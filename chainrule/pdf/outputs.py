"""The outputs of code cells: streams, errors, figures, tables, formulas."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chainrule.pdf import code, markdown, markup, prose, terminal
from chainrule.pdf.hidden import Hidden
from chainrule.pdf.images import Image, ImageError, from_output
from chainrule.pdf.monospace import typeset
from chainrule.pdf.notebook import joined
from chainrule.pdf.pieces import Alternative, missing_image, unprintable
from chainrule.pdf.prose import Surroundings
from chainrule.pdf.text import literal

# Best first. A worksheet's figure comes as SVG and as PNG: the one is sharp, the
# other is there if the SVG cannot be drawn.
_IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
# Of a larger table pandas' own text form is shown, which leaves out the middle.
_MOST_COLUMNS = 100
_LONGEST_TABLE = 120
# HTML of more tags than this is a page of the web, or a table that takes seconds to set.
_MOST_TAGS = 20_000
# What Python prints of an object that only shows itself as HTML.
# pandas' line below a data frame.
_SIZE = re.compile(r"<p>\d+ rows × \d+ columns</p>")
_NAMELESS = re.compile(r"<[\w.]+(?: object|(?: object)? at 0x[0-9a-f]+)>")


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
    if _is_answer(output.get("metadata")):
        lines = typeset(code.highlight(hidden.mask(plain), "python"))
        yield f'code-cell("", {lines}, answer: true)'
        return
    if "text/markdown" in data or "text/latex" in data:
        source = joined(data.get("text/markdown") or data.get("text/latex"))
        parsed = markdown.parse(source)
        if "text/markdown" not in data and not parsed.kept:
            plain = plain or source  # LaTeX of another kind, such as a table
        elif hidden.mask(source) == source:
            yield prose.render(parsed, around)
            return
    source = joined(data.get("text/html"))
    useless = not plain.strip() or _NAMELESS.fullmatch(plain.strip()) is not None
    if _is_table(source) and hidden.mask(source) == source:
        fallback = unprintable("text/html", around.cell)
        if not useless:
            fallback = Alternative(_text(plain, hidden))
        yield _table(source, fallback, around)
    elif useless and _is_shown(source) and hidden.mask(source) == source:
        yield prose.render_html(source, around)
    elif plain.strip():
        yield _text(plain, hidden)
    elif "application/json" in data:
        yield _text(_json(data["application/json"]), hidden)
    else:
        kinds = ", ".join(sorted(map(str, data)))
        yield around.pieces.add(unprintable(kinds, around.cell))


def _is_answer(metadata: Any) -> bool:
    """Whether an output is a student's own script, which `chainrule.scripts.show` has shown."""
    own = metadata.get("chainrule") if isinstance(metadata, Mapping) else None
    return isinstance(own, Mapping) and own.get("answer") is True


def _error(output: Mapping[str, Any], hidden: Hidden) -> str:
    trace = output.get("traceback")
    name = joined(output.get("ename")) or "Error"
    text = "\n".join(map(str, trace)) if isinstance(trace, list) else joined(trace)
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
        return f"align(center, {around.pieces.add_image(images, around.cell, _width(metadata))})"
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


def _is_table(source: str) -> bool:
    """Whether there is one table in an output, and it can be shown as such."""
    tables = markup.tables(source) if "<table" in source else []
    if len(tables) != 1 or not markup.slices(tables[0]):
        return False
    rows = markup.rows(tables[0])
    return len(rows) <= _LONGEST_TABLE and max(map(len, rows), default=0) <= _MOST_COLUMNS


def _table(source: str, fallback: Alternative, around: Surroundings) -> str:
    """A table with what is above and below it, or what to show should it not be set."""
    shown = prose.render_html(_SIZE.sub("", source), around)
    if markup.has_pictures(source):
        return shown  # which are pieces themselves
    return around.pieces.add(Alternative(f"{{import doc: *;{shown}}}"), fallback)


def _is_shown(html: str) -> bool:
    return html.count("<") <= _MOST_TAGS and markup.shows(html)


def _json(value: Any) -> str:
    try:
        return json.dumps(value, indent=1, ensure_ascii=False, default=str)
    except RecursionError:
        return "JSON that is nested too deeply to be shown"

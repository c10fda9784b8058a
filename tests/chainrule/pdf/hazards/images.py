"""Images that are missing, damaged, hostile or of an odd kind."""

from __future__ import annotations

import base64
import io
import struct
import zlib

from PIL import Image

from tests.chainrule.pdf.hazards import Hazard
from tests.chainrule.pdf.notebooks import code, data, encoded, markdown, png


def _drawn(kind: str, mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (40, 20)).save(file, kind, **options)
    return file.getvalue()


def _bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is huge."""
    small = png(2, 2)
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]


def _linked(name: str, link: str, problem: str, **files: bytes) -> Hazard:
    named = {key.replace("_", "."): value for key, value in files.items()}
    shows = ("left", "Image not shown", "a plot", "right") if problem else ("left", "right")
    return Hazard(name, markdown(f"left ![a plot]({link}) right"), shows, problem, files=named)


def _output(name: str, problem: str = "", *shows: str, **kinds: object) -> Hazard:
    boxed = ("Image not shown",) if problem else ()
    return Hazard(name, code("plot()", data(**kinds)), (*boxed, *shows), problem)


def _svg(body: str, attributes: str = "width='90' height='30'") -> str:
    return f"<svg xmlns='http://www.w3.org/2000/svg' {attributes}>{body}</svg>"


_LAUGHS = "".join(f"<g id='a{n}'>" + f"<use href='#a{n - 1}'/>" * 10 + "</g>" for n in range(1, 12))

OVERFLOWING = _svg("<g>" * 200_000 + "</g>" * 200_000)
"""A figure whose nesting overflows the compiler's stack."""

ENDLESS = _svg(
    "<filter id='f'>"
    + "<feTurbulence baseFrequency='0.9' numOctaves='500'/>" * 200
    + "</filter>"
    + "<rect width='90' height='30' filter='url(#f)'/>" * 200
)
"""A figure whose filters take hours."""

HAZARDS = [
    _linked("missing file", "figures/loss.png", "no file figures/loss.png"),
    _linked("remote URL", "https://example.org/x.png", "not fetched"),
    _linked("outside of the folder", "../../etc/passwd", "outside"),
    _linked("empty file", "empty.png", "no PNG", empty_png=b""),
    _linked("text called PNG", "text.png", "no PNG", text_png=b"<html>404</html>"),
    _linked("attachment missing", "attachment:gone.png", "no attachment gone.png"),
    _linked("data URI with bad base64", "data:image/png;base64,@@@@", "no PNG"),
    _linked("truncated PNG", "cut.png", "damaged", cut_png=png(200, 200)[:60]),
    _linked("PNG bomb", "bomb.png", "pixels", bomb_png=_bomb(60_000, 60_000)),
    _linked("larger than allowed", "huge.png", "20 MB", huge_png=png(2, 2) + b"\0" * 20_000_001),
    _linked("GIF", "moving.gif", "", moving_gif=_drawn("GIF")),
    _linked("BMP", "old.bmp", "no PNG", old_bmp=_drawn("BMP")),
    _linked("WebP", "new.webp", "", new_webp=_drawn("WEBP")),
    _linked("JPEG in CMYK", "print.jpg", "", print_jpg=_drawn("JPEG", "CMYK")),
    _linked("PNG with 16 bits", "deep.png", "", deep_png=_drawn("PNG", "I;16")),
    _linked("JPEG called PNG", "wrong.png", "", wrong_png=_drawn("JPEG")),
    _linked("truncated JPEG", "cut.jpg", "damaged", cut_jpg=_drawn("JPEG")[:200]),
    _linked("one pixel", "dot.png", "", dot_png=png(1, 1)),
    _linked("wide and flat", "line.png", "", line_png=png(20_000, 1)),
    _output("wrong MIME type", image_png=encoded(_drawn("JPEG"))),
    _output("an image that is no string", "damaged", image_png={"a": 1}),
    _output("base64 cut off", "damaged", image_png=encoded(png(90, 90))[:70]),
    _output(
        "SVG with a script",
        "",
        "curve",
        **{"image_svg+xml": _svg("<script>alert(1)</script><text y='20'>curve</text>")},
    ),
    _output(
        "SVG with a file inside",
        "damaged",
        **{"image_svg+xml": _svg("<image href='file:///etc/passwd' width='9' height='9'/>")},
    ),
    _output(
        "SVG that multiplies",
        "damaged",
        **{"image_svg+xml": _svg(f"<g id='a0'><rect width='1' height='1'/></g>{_LAUGHS}")},
    ),
    _output("SVG that overflows the stack", "damaged", **{"image_svg+xml": OVERFLOWING}),
    _output("SVG whose filters take hours", "filters", **{"image_svg+xml": ENDLESS}),
    _output(
        "SVG of no size",
        "damaged",
        **{"image_svg+xml": _svg("<text>x</text>", "viewBox='0 0 1e-30 1e30'")},
    ),
    _output(
        "SVG in base64",
        "",
        "curve",
        **{"image_svg+xml": base64.b64encode(_svg("<text y='20'>curve</text>").encode()).decode()},
    ),
]

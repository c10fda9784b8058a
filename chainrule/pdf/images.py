"""Images: what kind they are, how large they want to be, and where they may come from."""

from __future__ import annotations

import base64
import binascii
import html
import math
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

LARGEST = 20_000_000
"""Bytes of an image that are still taken into a PDF."""

MOST_PIXELS = 60_000_000
"""Pixels of an image that are still unpacked; a small file can say that it holds a billion."""

MOST_FILTERS = 20
"""Filter steps of an SVG that are still worked out, pixel by pixel."""

_POINTS_PER_PIXEL = 72 / 96  # a CSS pixel, which is what a browser would show
_SVG_UNITS = {"": 0.75, "px": 0.75, "pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12}


class ImageError(ValueError):
    """An image that cannot be shown; the message says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True)
class Image:
    """The bytes of an image, with its kind and its natural size in points (None if unknown)."""

    data: bytes
    kind: str
    width: float | None = None
    height: float | None = None
    alt: str = ""


def decode(data: bytes, alt: str = "") -> Image:
    """Recognise an image by its content, whatever it is called.

    Raises `ImageError` for a kind that cannot be printed.
    """
    if len(data) > LARGEST:
        raise ImageError(
            f"the image is larger than {LARGEST // 1_000_000} MB", "Save it smaller and try again."
        )
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return _sized(data, "png", struct.unpack(">II", data[16:24]), alt)
    if data.startswith(b"\xff\xd8"):
        return _sized(data, "jpg", _jpeg_size(data), alt)
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return _sized(data, "gif", struct.unpack("<HH", data[6:10]), alt)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _sized(data, "webp", _webp_size(data), alt)
    if re.search(rb"<svg[\s>:]", data[:4000]):
        return _svg(data, alt)
    raise ImageError(
        "it is no PNG, JPEG, GIF, WebP or SVG image", "Save the image as PNG and put that in."
    )


def from_output(value: Any, mime: str) -> Image:
    """An image in a cell's output or attachment: base64, but SVG as text.

    Raises `ImageError` when it cannot be decoded.
    """
    text = "".join(map(str, value)) if isinstance(value, list) else str(value)
    if mime == "image/svg+xml" and "<" in text:
        return decode(text.encode("utf-8", "replace"))
    try:
        return decode(base64.b64decode(text, validate=False))
    except (binascii.Error, ValueError) as error:
        if isinstance(error, ImageError):
            raise
        raise ImageError(
            "its data are damaged", "Run the cell again and save the notebook."
        ) from error


def from_link(
    url: str, folder: Path | None, attachments: Mapping[str, Mapping[str, Any]], alt: str = ""
) -> Image:
    """The image a Markdown cell links to: an attachment, a data URI, or a file below `folder`.

    Nothing is ever fetched from the web, and nothing read from outside `folder`.
    Raises `ImageError` saying why there is none.
    """
    if url.startswith("attachment:"):
        name = unquote(url.removeprefix("attachment:"))
        bundle = attachments.get(name) or attachments.get(url.removeprefix("attachment:")) or {}
        for mime, value in bundle.items():
            return _named(from_output(value, str(mime)), alt)
        raise ImageError(
            f"the cell has no attachment {name}", "Paste the image into the cell again."
        )
    if url.startswith("data:"):
        return _named(_from_data_uri(url), alt)
    if re.match(r"(?:[a-z][a-z0-9+.-]+:|//)", url, re.IGNORECASE):
        raise ImageError(
            "images on the web are not fetched",
            "Download the image and paste it into the cell.",
        )
    return decode(_file(unquote(url.split("#")[0].split("?")[0]), folder), alt)


def _from_data_uri(url: str) -> Image:
    header, _, payload = url.partition(",")
    if "base64" in header:
        return from_output(unquote(payload), "image/data-uri")
    return decode(unquote_to_bytes(payload))


def _file(name: str, folder: Path | None) -> bytes:
    if folder is None:
        raise ImageError(
            f"{name} is a file beside the notebook, which is not at hand",
            "Paste the image into the cell, so that it travels with the notebook.",
        )
    inside = folder.resolve()
    try:
        path = (inside / name).resolve()
        # Symbolic links are resolved first: one to a file elsewhere leads outside too.
        if not path.is_relative_to(inside):
            raise ImageError(
                f"{name} lies outside of the notebook's folder",
                "Copy the image into the notebook's folder, or paste it into the cell.",
            )
        if not path.is_file():
            raise FileNotFoundError(name)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, ImageError):
            raise
        raise ImageError(
            f"there is no file {name} beside the notebook",
            "Paste the image into the cell, so that it travels with the notebook.",
        ) from error


def _named(image: Image, alt: str) -> Image:
    return Image(image.data, image.kind, image.width, image.height, alt or image.alt)


def _sized(data: bytes, kind: str, pixels: tuple[int, ...] | None, alt: str) -> Image:
    if not pixels:
        return Image(data, kind, alt=alt)
    if math.prod(pixels) > MOST_PIXELS:
        raise ImageError(
            f"it has {pixels[0]:,} × {pixels[1]:,} pixels, more than can be printed",
            "Save the image in a lower resolution.",
        )
    return Image(data, kind, *(max(1, size) * _POINTS_PER_PIXEL for size in pixels), alt=alt)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, from the first start-of-frame segment (ITU T.81, B.2.2)."""
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        if marker == 0xFF:
            position += 1
        else:
            position += 2 + struct.unpack(">H", data[position + 2 : position + 4])[0]
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, from the first chunk (WebP container specification)."""
    kind, body = data[12:16], data[20:30]
    if len(body) < 10:
        return None
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1


def _svg(data: bytes, alt: str) -> Image:
    text = data.decode("utf-8", "replace")
    if len(re.findall(r"<(?:\w+:)?fe[A-Z]", text)) > MOST_FILTERS:
        raise ImageError(
            f"it has more than {MOST_FILTERS} filters",
            "Save the figure as PNG, or without filters.",
        )
    # Text that browsers lay out as HTML is left out by SVG renderers without a word.
    if "<foreignObject" in text:
        raise ImageError("it needs a browser to be drawn", "Save the figure as PNG as well.")
    opening = re.search(r"<svg\b[^>]*>", text)
    attributes = dict(
        re.findall(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']", opening[0] if opening else "")
    )
    width, height = (_length(attributes.get(name, "")) for name in ("width", "height"))
    box = re.findall(r"[-+.\deE]+", attributes.get("viewBox", ""))
    if (width is None or height is None) and len(box) == 4:
        width, height = (_length(value) for value in box[2:])
    if not alt:
        # matplotlib's <dc:title> holds nothing, so only SVG's own elements count.
        parts = re.findall(r"<(?:title|desc)\b[^>]*>([^<]+)<", text[:20_000])
        alt = " ".join(html.unescape(part).strip() for part in parts[:2])
    return Image(data, "svg", width, height, alt)


def _length(value: str) -> float | None:
    """An SVG length in points."""
    found = re.fullmatch(r"\s*([0-9.]+(?:e[-+]?\d+)?)\s*([a-z]*)\s*", value)
    if not found or found[2] not in _SVG_UNITS:
        return None
    try:
        return float(found[1]) * _SVG_UNITS[found[2]] or None
    except ValueError:
        return None

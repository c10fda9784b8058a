"""Small notebooks for the tests, and a reader for the PDFs made of them."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from typing import Any

import pypdfium2

from chainrule.pdf import Pdf

Cell = dict[str, Any]


def notebook(*cells: Cell, **metadata: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def markdown(source: str, **metadata: Any) -> Cell:
    return {"cell_type": "markdown", "source": source, "metadata": metadata}


def code(source: str, *outputs: dict[str, Any], **metadata: Any) -> Cell:
    return {
        "cell_type": "code",
        "source": source,
        "outputs": list(outputs),
        "metadata": metadata,
        "execution_count": 7,
    }


def question(name: str | None) -> dict[str, Any]:
    return {"chainrule": {"question": name}}


def graded(name: str, points: float, *, solution: bool) -> dict[str, Any]:
    return {"nbgrader": {"grade_id": name, "grade": True, "points": points, "solution": solution}}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def data(**kinds: Any) -> dict[str, Any]:
    """An output; `image_png` stands for image/png."""
    named = {kind.replace("_", "/", 1): value for kind, value in kinds.items()}
    return {"output_type": "display_data", "data": named, "metadata": {}}


def png(width: int, height: int) -> bytes:
    """A grey PNG image."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def pages(pdf: Pdf) -> list[str]:
    """The text of each page, with every run of white space as one space."""
    document = pypdfium2.PdfDocument(pdf.data)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def text(pdf: Pdf) -> str:
    return " ".join(pages(pdf))


def image_sizes(pdf: Pdf) -> list[tuple[int, int]]:
    """Width and height in points of each bitmap, rounded."""
    found = []
    for page in pypdfium2.PdfDocument(pdf.data):
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = item.get_bounds()
            found.append((round(right - left), round(top - bottom)))
    return found


def attached(pdf: Pdf) -> Any:
    """The page map that is attached to the PDF."""
    document = pypdfium2.PdfDocument(pdf.data)
    (file,) = (document.get_attachment(index) for index in range(document.count_attachments()))
    assert file.get_name() == "pages.json"
    return json.loads(bytes(file.get_data()))


def squeezed(found: str) -> str:
    """Text without what the page puts into it: line ends, hyphens, marks of broken lines."""
    return re.sub("[\\s↪\u200b\u00ad\ufeff\x02-]", "", found)

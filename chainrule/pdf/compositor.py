"""The process in which Typst runs: orders come in as lines of JSON, pages go out.

Started by `press`, with nothing of this package at hand. It imports typst and
the standard library, so that it is ready while the notebook is still being read.
It takes no more than `MOST_MEMORY`, where the system can hold it to that.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from functools import lru_cache
from typing import Any, BinaryIO

import typst

MOST_MEMORY = 4 * 2**30
"""Bytes of data; a notebook of three hundred pages takes half a gigabyte."""

_MISSING = re.compile(r'the text `("(?:[^"\\]|\\.)*")` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_SUPPORT = "◌"


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Answer orders until there are no more.

    An answer is a line of JSON; the PDF follows it, `size` bytes of it.
    """
    for line in orders:
        data = b""
        try:
            answer, data = _obey(json.loads(line))
        except BaseException as error:  # a panic in Rust is none of Python's `Exception`s
            answer = {"error": str(error) or type(error).__name__}
        answers.write(json.dumps({**answer, "size": len(data)}).encode() + b"\n" + data)
        answers.flush()


def bound(most: int = MOST_MEMORY) -> None:
    """Let this process have so many bytes of data; what asks for more ends it.

    Not of address space, of which each thread reserves some without using it. Linux counts
    all data since 4.7 (getrlimit(2)). macOS counts few of them and Windows has no such
    limit: there the time limit alone holds.
    """
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _obey(order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    fonts = _fonts(tuple(order["fonts"]), order["system"])
    if "characters" in order:
        return {"missing": _missing(order["characters"], fonts)}, b""
    root = order["root"]
    compiler = typst.Compiler(
        f"{root}/main.typ", root=root, font_paths=fonts, ignore_system_fonts=True
    )
    dated = {}
    if order["timestamp"] is not None:
        dated = {"sys_inputs": {"dated": "yes"}, "timestamp": order["timestamp"]}
    data = compiler.compile(format="pdf", **dated)
    asked = {
        selector: json.loads(compiler.query(selector, field="value"))
        for selector in order["queries"]
    }
    return {"metadata": asked}, data


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...], system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, font_paths=list(folders))


def _missing(characters: str, fonts: typst.Fonts) -> str:
    """Those of the characters that no font has.

    Typst has no question for that, but refuses to write accessible PDF (PDF/UA)
    with text that cannot be seen, and then names all of it.
    """
    # A combining mark by itself is set on a dotted circle, which has to be there too.
    lines = (f'#par("{_SUPPORT}{char}")' for char in characters)
    source = '#set document(title: "x")\n#set text(lang: "en")\n' + "\n".join(lines)
    try:
        typst.compile(
            source.encode(),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        found = "".join(_MISSING.findall(error.diagnostic))
        named = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
        return "".join(char for char in characters if char in named)
    return ""


if __name__ == "__main__":
    bound()
    serve(sys.stdin.buffer, sys.stdout.buffer)

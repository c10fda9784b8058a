"""The text of a handed-in file, whatever encoding it was saved in."""

from __future__ import annotations

import codecs
import json


class Unreadable(Exception):  # noqa: N818 — it says what the file is
    """A file that no notebook can be made of; the message is for its student."""


_AGAIN = "Save the notebook as .ipynb (in Jupyter: File → Download) and hand that in."
DOWNLOAD = (
    "Download the notebook itself (in Jupyter and Colab: File → Download .ipynb; on GitHub: "
    "Download raw file), and hand that in."
)

# How files begin that are something else: https://en.wikipedia.org/wiki/List_of_file_signatures
_SIGNATURES = (
    (b"PK\x03\x04", "a zip (or an Office document)", "Unpack it and hand in the notebook itself."),
    (b"\x1f\x8b", "a compressed file (gzip)", "Unpack it and hand in the notebook itself."),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)", "Unpack it and hand in the notebook itself."),
    (b"Rar!", "a compressed file (rar)", "Unpack it and hand in the notebook itself."),
    (b"%PDF", "a PDF", "The PDF goes with the notebook, not in its place. " + _AGAIN),
    (b"\x89PNG", "a picture", _AGAIN),
    (b"\xff\xd8\xff", "a picture", _AGAIN),
    (b"\xd0\xcf\x11\xe0", "an Office document", _AGAIN),
    (b"{\\rtf", "a text document (RTF)", _AGAIN),
    (b"bplist00", "a link of macOS, or a stand-in for what lies in iCloud", DOWNLOAD),
    (b"\x00\x05\x16\x07", "what macOS keeps beside a file", DOWNLOAD),
    (
        b"version https://git-lfs",
        "a pointer of Git LFS",
        "Run `git lfs pull` where your notebook lies, and hand in what is there then.",
    ),
)

_ZEROS = 8  # at the beginning; no encoding has so many there
_MOST_MIXED = 100_000
"""Characters that are looked at one by one; where more are wrong, the whole file is the other."""
_NAMES = {"utf-16": "UTF-16", "utf-32": "UTF-32"}


def decode(data: bytes, notes: list[str]) -> str:
    """The file's text; what had to be guessed is added to `notes`.

    Raises Unreadable for what is no text at all, and says what it is.
    """
    if not data.strip(b"\x00 \t\r\n"):
        what = "holds nothing but zeros" if b"\x00" in data else "is empty"
        raise Unreadable(
            f"The file {what}: saving or uploading it probably broke off. Hand it in again."
        )
    for beginning, what, advice in _SIGNATURES:
        if data.startswith(beginning):
            raise Unreadable(f"The file is {what}, not a notebook. {advice}")
    if data.startswith(bytes(_ZEROS)):
        raise Unreadable(
            "The file begins with zeros: a part of it is lost, as when a copy breaks off. "
            + DOWNLOAD
        )
    encoding = json.detect_encoding(data)
    if encoding.startswith(("utf-16", "utf-32")):
        notes.append(f"the file was saved as {_NAMES[encoding[:6]]} and was read as that")
        return data.decode(encoding, "replace").removeprefix("\ufeff")
    if encoding == "utf-8-sig":
        notes.append("the file began with a byte-order mark, which was left out")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        notes.append(
            "some characters of the file were not in UTF-8 and were read as Windows-1252; look "
            "whether your letters and symbols are right"
        )
        wrong = data.decode(encoding, "replace").count("\ufffd")
        if wrong > _MOST_MIXED:
            return data.decode("cp1252", "replace")
        return data.decode(encoding, _MIXED)


def _western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 as Windows-1252, or as Latin-1 where that has no character."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    try:
        return wrong.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return wrong.decode("latin-1"), error.end


_MIXED = "chainrule-western"
codecs.register_error(_MIXED, _western)

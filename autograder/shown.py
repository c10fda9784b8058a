"""What others wrote, as it may stand in a message, in JSON and on a terminal."""

from __future__ import annotations

_MOST_LETTERS = 100


def shown(name: str) -> str:
    """A file's name as a terminal or JSON can show it."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def said(text: str) -> str:
    """What somebody wrote in a file, short and plain enough for a message."""
    text = shown(text)
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"

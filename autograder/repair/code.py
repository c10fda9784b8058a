"""What can be told of a student's code without running or parsing it."""

from __future__ import annotations

import io
import re
import tokenize

# IPython's own syntax, which Python's tokenizer does not know.
_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)
_SILENT = (tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)
_CODE = re.compile(r"^\s*(?:import|from|def|class|for|while|if|with)\b.*|^[\w.]+\s*(?:=|\()", re.M)


def is_whole(source: str) -> bool:
    """Whether code can stand in a cell of its own: nothing left open, and no indented beginning.

    Python's own parser is not asked, for it may be brought down by what it reads.
    """
    last = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(_MAGIC.sub(r"\1pass", source)).readline):
            if token.type == tokenize.INDENT and not last:
                return False
            if token.type == tokenize.ERRORTOKEN and token.string.strip():
                return False
            if token.type not in _SILENT and token.string.strip():
                last = token.string
    except (tokenize.TokenError, SyntaxError, ValueError):
        return False
    return last != ":"


def looks_like_code(text: str) -> bool:
    """Whether a text has a line that only a program has."""
    return bool(_CODE.search(text))

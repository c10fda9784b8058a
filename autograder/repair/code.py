"""What can be told, and mended, of a student's code without running or parsing it."""

from __future__ import annotations

import io
import re
import tokenize

# IPython's own syntax, which Python's tokenizer does not know.
_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)
_SILENT = (tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)
_BLANK = " \t\f\r\n"  # other spaces are none to Python
_LONGEST = 100_000  # characters that are worth a second look; no answer is that long
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*")
# What word processors, web pages and chats write in place of what was typed.
_SEEN = str.maketrans("“”„‟″‘’‚‛′–−", '"' * 5 + "'" * 5 + "--")
_UNSEEN = str.maketrans(
    "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " " * 7, "\u00ad\u200b\u200c\u200d\u2060\ufeff"
)
_ODD = "".join(map(chr, _SEEN))
# Comments and strings (to the end of the line, if they are not closed), or else an odd character.
_KEPT_OR_ODD = re.compile(
    r"#.*|(\"{3}|'{3})[\s\S]*?(?:\1|\Z)"
    r'|"(?:\\.|[^"\\\n])*"?'
    r"|'(?:\\.|[^'\\\n])*'?"
    rf"|[{_ODD}]"
)
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
            if token.type == tokenize.ERRORTOKEN and token.string.strip(_BLANK):
                return False
            if token.type not in _SILENT and token.string.strip():
                last = token.string
    except (tokenize.TokenError, SyntaxError, ValueError):
        return False
    return last != ":"


def unfenced(source: str) -> str:
    """Without the one fence that stands round all of it, if there is one."""
    first, *inside = source.strip().split("\n")
    fence = _FENCE.fullmatch(first)
    if not fence or not inside or inside.pop().strip() != fence[1]:
        return source
    return source if any(line.strip() == fence[1] for line in inside) else "\n".join(inside)


def typed_plainly(source: str) -> str:
    """Code that cannot be read for its quotes, spaces or dashes, with those that keyboards have.

    What can be read stays as it is, and so do quotes and dashes in strings and comments if that
    is enough.
    """
    plain = source.translate(_UNSEEN)
    everywhere = plain.translate(_SEEN)
    if everywhere == source or len(source) > _LONGEST or is_whole(source):
        return source
    outside = _KEPT_OR_ODD.sub(lambda m: m[0].translate(_SEEN) if m[0] in _ODD else m[0], plain)
    for tried in (outside, everywhere):
        if is_whole(tried):
            return tried
    return source


def looks_like_code(text: str) -> bool:
    """Whether a text has a line that only a program has."""
    return bool(_CODE.search(text))

"""Source code with its syntax in colour, by Pygments."""

from __future__ import annotations

from pygments.lexer import Lexer
from pygments.token import Token

from chainrule.pdf.monospace import Line, Run, cap, lines, shorten

FIRST, LAST = 3_000, 300
"""Lines shown of a very long source, from its start and its end."""

# In grey print colours merge, so weight and slant tell the kinds apart as well.
# The first of these that contains the token decides; see document.typ.
_STYLES = (
    (Token.Comment, "tok-comment"),
    (Token.Literal.String.Doc, "tok-comment"),
    (Token.Keyword.Constant, "tok-number"),
    (Token.Keyword, "tok-keyword"),
    (Token.Operator.Word, "tok-keyword"),
    (Token.Name.Function, "tok-name"),
    (Token.Name.Class, "tok-name"),
    (Token.Name.Decorator, "tok-name"),
    (Token.Name.Builtin, "tok-builtin"),
    (Token.Name.Exception, "tok-builtin"),
    (Token.Literal.String, "tok-string"),
    (Token.Literal.Number, "tok-number"),
)


def highlight(source: str, language: str) -> list[Line]:
    """The lines of a source in the styles of document.typ; plain for an unknown language."""
    source, _ = capped(source)
    lexer = _lexer(language)
    if lexer is None:
        return lines([Run(source)])
    runs: list[Run] = []
    for token, text in lexer.get_tokens(source):
        style = _style(token)
        if runs and runs[-1].style == style:
            runs[-1] = Run(runs[-1].text + text, style)
        else:
            runs.append(Run(text, style))
    # Pygments ends every source with a newline of its own.
    return lines(runs)[:-1]


def capped(source: str) -> tuple[str, int]:
    """What is shown of a source, and how many lines in the middle of it are not."""
    shown, omitted, tail = cap(source.expandtabs(4).split("\n"), FIRST, LAST)
    if omitted:
        shown = [*shown, f"… {omitted} lines left out …", *tail]
    return "\n".join(map(shorten, shown)), omitted


def _lexer(language: str) -> Lexer | None:
    options = {"stripnl": False, "ensurenl": True}
    if language.lower() in ("python", "python3", "py", "ipython", "ipython3"):
        # Named directly: the search through all lexers would cost 20 ms.
        from pygments.lexers.python import PythonLexer

        return PythonLexer(**options)
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, **options)
    except ClassNotFound:
        return None


def _style(token: object) -> str:
    return next((style for kind, style in _STYLES if token in kind), "")

"""Markdown on feedback pages and in formgrader: what it says, and nothing that runs.

nbconvert cleans a cell's outputs if it is told to, but not the Markdown of its cells, which may
hold any HTML: a script in a written answer would run in the browser of whoever marks it.
"""

from __future__ import annotations

from functools import lru_cache

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

_TAGS = {
    *("a", "abbr", "b", "br", "center", "code", "del", "em", "i", "img", "ins", "kbd", "mark"),
    *("s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var"),
    *("blockquote", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("li", "ol", "p", "pre", "summary", "ul"),
    *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
}
_ANYWHERE = {"align", "class", "colspan", "height", "id", "rowspan", "style", "title", "width"}
_PICTURES = ("data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;")
_LAYOUT = CSSSanitizer(allowed_css_properties=["text-align", "width", "vertical-align"])


@pass_context
def clean_markdown(context: Context, source: str) -> str:
    """The HTML of a cell's Markdown, as nbconvert's own filter makes it, without what runs."""
    attachments = context.get("cell", {}).get("attachments") or {}
    if attachments:
        return _clean(source, attachments)
    return _shown(source)


@lru_cache(maxsize=2000)
def _shown(source: str) -> str:
    # A class has one text of the instructor's in each student's notebook.
    return _clean(source, {})


def _clean(source: str, attachments: dict) -> str:
    renderer = IPythonRenderer(escape=False, attachments=attachments)
    return bleach.clean(
        MarkdownWithMath(renderer=renderer).render(source),
        tags=_TAGS,
        attributes=_allowed,
        protocols=("http", "https", "mailto", "data"),
        css_sanitizer=_LAYOUT,
        strip_comments=True,
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    address = value.strip().lower()
    if tag == "a" and name == "href":
        return not address.startswith("data:")
    if tag == "img" and name == "src":
        return not address.startswith("data:") or address.startswith(_PICTURES)
    return name in _ANYWHERE or (tag, name) in (("img", "alt"), ("ol", "start"))

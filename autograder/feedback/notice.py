"""The notice at the top of a feedback page: what did not go as it should, and what is to come."""

from __future__ import annotations

import html

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.submission import GradedNotebook


def add_notice(page: NotebookNode, graded: GradedNotebook) -> None:
    """Put a notice at the top of a graded notebook, in place, if there is anything to say."""
    lines = [*graded.events, *graded.repairs]
    waiting = [cell.id for cell in graded.cells if cell.points is None and cell.max_points > 0]
    if waiting:
        lines.append(f"not marked yet, and counted as 0 on this page: {', '.join(waiting)}")
    if not lines:
        return
    # On one line and in <code>, so that neither Markdown nor MathJax reads what a student wrote.
    items = "".join(f"<li>{_item(line)}</li>" for line in lines)
    source = f"<blockquote><p><strong>Please read</strong></p><ul>{items}</ul></blockquote>"
    page.cells.insert(0, new_markdown_cell(source))


def _item(line: str) -> str:
    said, colon, quoted = " ".join(line.split()).partition("; what stood there: ")
    text = html.escape(said)
    return f"{text}{colon}<code>{html.escape(quoted)}</code>" if colon else text

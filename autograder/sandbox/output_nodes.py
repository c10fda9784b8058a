"""Outputs of a notebook, made without asking a schema about each.

nbformat holds every output it makes against its schema, which takes a millisecond, and a notebook
has dozens. What is plainly in order is made here; all else is left to nbformat, which says what is
wrong with it.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import output_from_msg


def output_node(kind: str, **fields: Any) -> NotebookNode:
    """An output of our own making, in order by that: as `nbformat.v4.new_output`, unasked."""
    node = NotebookNode(output_type=kind)
    node.update({"metadata": {}, **fields} if "data" in fields else fields)
    return node


def output_from_message(message: dict[str, Any]) -> NotebookNode:
    """`nbformat.v4.output_from_msg`: what a kernel's message adds to its cell.

    ValueError if that is nothing, ValidationError if a kernel of somebody's own making sent it.
    """
    kind, content = message["header"]["msg_type"], message["content"]
    if isinstance(content.get("metadata"), dict):
        content = {**content, "metadata": _with_plain_sizes(content["metadata"])}
        message = {**message, "content": content}
    if kind == "stream" and content.keys() == {"name", "text"}:
        if content["name"] in ("stdout", "stderr") and isinstance(content["text"], str):
            return output_node(kind, **content)
    elif kind == "display_data" and _is_plain(content["data"], content["metadata"]):
        return output_node(kind, data=content["data"], metadata=content["metadata"])
    return output_from_msg(message)


def _with_plain_sizes(metadata: dict[str, Any]) -> dict[str, Any]:
    """Metadata in which a picture's width and height are numbers: pages write them into tags."""
    return {
        key: _with_plain_sizes(about) if isinstance(about, dict) else about
        for key, about in metadata.items()
        if key not in ("width", "height") or type(about) in (int, float)
    }


def _is_plain(data: Any, metadata: Any) -> bool:
    return (
        isinstance(metadata, dict)
        and isinstance(data, dict)
        and all(isinstance(shown, str) for shown in data.values())
    )

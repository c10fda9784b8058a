"""The errors a worksheet raises, and how a notebook shows them."""

from __future__ import annotations

import linecache
import traceback
from types import FrameType


class WorksheetError(ValueError):
    """Something in a worksheet is not in order; the message names the node and the way out."""

    def _render_traceback_(self) -> list[str]:
        """The error as IPython shows it: the student's own line, then the message.

        IPython would print our source around it, page after page, and the one
        line that helps stands below all of that.
        """
        message = f"{type(self).__name__}: {self}"
        # One entry, with its line numbered as IPython does it: what cleans the
        # outputs of hidden tests looks for that.
        return ["\n".join([*_own_line(self), message])]


class UnknownNameError(WorksheetError, AttributeError):
    """Something was asked of a worksheet or a node that is called otherwise, or is not there.

    It is an AttributeError as well, so that `hasattr` and copying work as everywhere.
    """


def _own_line(error: BaseException) -> list[str]:
    """The last line the student wrote on the way to an error, with its number."""
    own = [
        (frame, number)
        for frame, number in traceback.walk_tb(error.__traceback__)
        if _is_own(frame)
    ]
    if not own:
        return []
    frame, number = own[-1]
    line = linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()
    return [f"----> {number} {line}", ""] if line else []


def _is_own(frame: FrameType) -> bool:
    # A notebook's cells run as the module __main__, and nothing of IPython's does
    # after them.
    return frame.f_globals.get("__name__") == "__main__"

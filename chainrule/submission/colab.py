"""Google Colab: the notebook lives in the page, not on the machine, so the page is asked for it.

Source: google/colab/_message.py and google/colab/files.py in
https://github.com/googlecolab/colabtools. `blocking_request` returns None when the
page does not answer in time, and raises MessageError for what went wrong there.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from chainrule.submission.errors import SubmissionError

_SECONDS = 120
_OTHERWISE = (
    "Reload the page, run the set-up cell and this cell once more. If that does not help, choose "
    "File → Download → Download .ipynb and hand that file in."
)


def in_colab() -> bool:
    """Whether this kernel is Colab's, which imports its own package before anything else."""
    return "google.colab" in sys.modules


def page() -> bytes:
    """The notebook as it stands in the page now, outputs included; SubmissionError if it is not
    handed over."""
    from google.colab import _message

    try:
        answer = _message.blocking_request("get_ipynb", request="", timeout_sec=_SECONDS)
    except _message.MessageError as error:
        raise SubmissionError(
            f"Colab did not hand over the notebook ({error}). {_OTHERWISE}"
        ) from error
    content = answer.get("ipynb") if isinstance(answer, dict) else None
    if not isinstance(content, dict):
        raise SubmissionError(
            f"Colab did not hand over the notebook within {_SECONDS} seconds. {_OTHERWISE}"
        )
    _without_persons(content)
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def download(path: Path) -> None:
    """Have the browser download a file."""
    from google.colab import files

    files.download(str(path))


def _without_persons(content: dict[str, Any]) -> None:
    # Colab notes at each cell who ran it: a name, an account and a time zone.
    cells = content.get("cells")
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict) and isinstance(cell.get("metadata"), dict):
            cell["metadata"].pop("executionInfo", None)

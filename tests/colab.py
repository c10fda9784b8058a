"""What Google Colab and VS Code do to a notebook when they save it.

Colab keeps what it does not know, and adds its own; what it adds can be seen in the notebooks
that it has saved in https://github.com/googlecolab/colabtools/tree/main/notebooks. Cell ids are
kept in a notebook of format 4.5 and are not written in one that was begun in Colab, which is of
format 4.0: https://github.com/googlecolab/colabtools/issues/5402. `executionInfo` is described in
https://github.com/googlecolab/colabtools/issues/658, `provenance` in
https://github.com/jupyter/nbformat/issues/148.

VS Code sorts all keys and keeps to its own indentation, see
https://github.com/microsoft/vscode/tree/main/extensions/ipynb/src; a cell's language is in its
metadata, see https://github.com/microsoft/vscode-jupyter/issues/4757.
"""

from __future__ import annotations

import copy
import hashlib
import json
from typing import Any

Json = dict[str, Any]

_BADGE = (
    '<a href="https://colab.research.google.com/github/a-student/a-course/blob/main/work.ipynb" '
    'target="_parent"><img src="https://colab.research.google.com/assets/colab-badge.svg" '
    'alt="Open In Colab"/></a>'
)


def saved_by_colab(
    notebook: Json, *, begun_there: bool = False, from_github: bool = False, run: bool = True
) -> bytes:
    """The notebook as Colab saves it.

    With `begun_there` its cells were taken over into a notebook of Colab's own: format 4.0 without
    cell ids. With `from_github` it has the badge on top. With `run` its cells have been run.
    """
    cells = [_colab_cell(cell, n, begun_there, run) for n, cell in enumerate(notebook["cells"])]
    if from_github:
        metadata = {"id": "view-in-github", "colab_type": "text"}
        cells.insert(0, {"cell_type": "markdown", "metadata": metadata, "source": [_BADGE]})
    colab = {
        "provenance": [{"file_id": "1Rgt3Q7hVgp4Dj8Q7ARp7G8lRC-0k8TgF", "timestamp": 17000000}],
        "collapsed_sections": ["abc"],
        "toc_visible": True,
        "gpuType": "T4",
        "authorship_tag": "ABX9TyN",
        "include_colab_link": from_github,
    }
    saved = {
        "nbformat": 4,
        "nbformat_minor": 0 if begun_there else notebook["nbformat_minor"],
        "metadata": {
            **notebook["metadata"],
            "colab": colab,
            # Without a language, and under a name of its own.
            "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"},
            "language_info": {"name": "python"},
            "accelerator": "GPU",
            "widgets": {"application/vnd.jupyter.widget-state+json": {"a1": {"model_name": "X"}}},
        },
        "cells": cells,
    }
    return json.dumps(saved, indent=2, ensure_ascii=False).encode()


def _colab_cell(cell: Json, number: int, begun_there: bool, run: bool) -> Json:
    cell = copy.deepcopy(cell)
    cell.pop("attachments", None)  # pasted pictures become data in the text
    if begun_there:
        cell.pop("id", None)
    metadata = cell["metadata"]
    metadata["id"] = hashlib.sha256(f"{number}".encode()).hexdigest()[:12]
    if cell["cell_type"] == "code" and run:
        metadata["colab"] = {"base_uri": "https://localhost:8080/", "height": 35}
        metadata["outputId"] = "fb014603-40e1-4b99-e89c-d5eefafd7d0d"
        metadata["executionInfo"] = {
            "status": "ok",
            "timestamp": 1700000000000 + number,
            "user_tz": 480,
            "elapsed": 12,
            "user": {"displayName": "A Student", "userId": "00000000000000000000"},
        }
        if number % 3 == 0:
            metadata["cellView"] = "form"
        cell["execution_count"] = number
        cell["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": ["it ran\n"]},
            {
                "output_type": "display_data",
                "data": {"text/plain": ["<Figure>"], "application/vnd.x+json": {"type": "string"}},
                "metadata": {},
            },
        ]
    cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    return cell


def saved_by_vscode(notebook: Json) -> bytes:
    """The notebook as VS Code saves it: sorted keys, languages of cells, a kernel of its own."""
    saved = copy.deepcopy(notebook)
    saved["metadata"]["kernelspec"] = {
        "display_name": ".venv (3.12.3)",
        "language": "python",
        "name": "python3",
    }
    saved["metadata"]["language_info"] = {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.12.3",
    }
    saved["metadata"]["vscode"] = {"interpreter": {"hash": "31f2aee4e71d21fbe5cf8b01ff0e069b"}}
    for cell in saved["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\r\n", "\n").splitlines(keepends=True)
        language = "python" if cell["cell_type"] == "code" else "markdown"
        cell["metadata"]["vscode"] = {"languageId": language}
    return (json.dumps(saved, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()

"""Damages by other formats, editors and platforms."""

from __future__ import annotations

import json

from ..colab import saved_by_colab, saved_by_vscode
from .undamaged import Json, at, case, cell, text


@case()
def saved_in_colab(notebook: Json) -> bytes:
    return saved_by_colab(notebook)


@case()
def begun_in_colab_from_github(notebook: Json) -> bytes:
    return saved_by_colab(notebook, begun_there=True, from_github=True)


@case()
def saved_in_vs_code(notebook: Json) -> bytes:
    return saved_by_vscode(notebook)


@case("the notebook was in format 3 and was read as format 4")
def nbformat_3(notebook: Json) -> Json:
    cells = []
    for found in notebook["cells"]:
        old = {"cell_type": found["cell_type"], "metadata": found["metadata"]}
        if found["cell_type"] == "code":
            old |= {"input": found["source"], "language": "python", "collapsed": False}
            old |= {"outputs": [{"output_type": "pyout", "prompt_number": 1, "text": "1"}]}
        elif text(found).startswith("# "):
            old |= {"cell_type": "heading", "level": 1, "source": text(found)[2:].split("\n")[0]}
        else:
            old |= {"source": found["source"]}
        cells.append(old)
    return {
        "metadata": {"name": "neuron", "signature": "sha256:0"},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells[:9]}, {"cells": cells[9:], "metadata": {}}],
    }


@case("in format 2")
def nbformat_2_which_has_no_metadata(notebook: Json) -> Json:
    cells = [
        {"cell_type": "code", "input": found["source"], "language": "python", "outputs": []}
        if found["cell_type"] == "code"
        else {"cell_type": "markdown", "source": found["source"]}
        for found in notebook["cells"]
    ]
    return {"metadata": {}, "nbformat": 2, "worksheets": [{"cells": cells}]}


@case()
def nbformat_4_0_without_ids(notebook: Json) -> None:
    notebook["nbformat_minor"] = 0
    for found in notebook["cells"]:
        del found["id"]


@case()
def a_newer_minor_version(notebook: Json) -> None:
    notebook["nbformat_minor"] = 9
    notebook["something_new"] = {"a": 1}
    for found in notebook["cells"]:
        found["something_new"] = [1]


@case("in format 5")
def a_newer_major_version(notebook: Json) -> None:
    notebook["nbformat"] = 5


@case()
def no_version_at_all(notebook: Json) -> None:
    del notebook["nbformat"], notebook["nbformat_minor"]


@case()
def sources_as_single_strings(notebook: Json) -> None:
    for found in notebook["cells"]:
        found["source"] = text(found)


@case()
def sources_as_lists_in_lists(notebook: Json) -> None:
    for found in notebook["cells"]:
        found["source"] = [text(found).splitlines(keepends=True)]


@case()
def ids_that_are_none(notebook: Json) -> None:
    for found in notebook["cells"]:
        found["id"] = "not an id: " + "x" * 80


@case()
def one_id_for_all(notebook: Json) -> None:
    for found in notebook["cells"]:
        found["id"] = "cell"


@case()
def metadata_of_kaggle_pycharm_and_deepnote(notebook: Json) -> None:
    notebook["metadata"] |= {"kaggle": {"accelerator": "none"}, "deepnote": {}, "toc": {}}
    for found in notebook["cells"]:
        found["metadata"] |= {
            "execution": {"iopub.status.busy": "2026-01-01T00:00:00Z"},
            "trusted": True,
            "pycharm": {"name": "#%%\n"},
            "cell_id": "00000-0",
            "deepnote_cell_type": "code",
            "tags": ["hide-input"],
            "scrolled": False,
        }


@case()
def no_metadata_of_the_notebook(notebook: Json) -> None:
    notebook["metadata"] = None


@case()
def widgets_without_a_state(notebook: Json) -> None:
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}


@case("cells had lost their names")
def metadata_of_the_cells_null(notebook: Json) -> None:
    for found in notebook["cells"]:
        found["metadata"] = None


@case()
def keys_of_cells_missing(notebook: Json) -> None:
    for found in notebook["cells"]:
        for key in ("outputs", "execution_count"):
            found.pop(key, None)


@case()
def outputs_that_are_none(notebook: Json) -> None:
    cell(notebook, "exp_graph")["outputs"] = [
        {"output_type": "stream"},
        {"output_type": "telepathy", "data": {}},
        {"output_type": "display_data", "data": {"text/plain": {"no": "text"}}},
        "nothing",
    ]
    cell(notebook, "exp_forward")["outputs"] = {"not": "a list"}
    cell(notebook, "exp_backward")["execution_count"] = "many"


@case("the output of cell 10 of the file (2.0 MB) was left out")
def an_output_of_megabytes(notebook: Json) -> None:
    cell(notebook, "exp_graph")["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "x" * 2**21}
    ]


@case("was set to run R and is set to python again")
def the_kernel_of_another_language(notebook: Json) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}


@case()
def the_kernel_of_a_conda_environment(notebook: Json) -> None:
    notebook["metadata"]["kernelspec"] = {
        "name": "conda-env-dl-py",
        "display_name": "Python [conda env:dl]",
        "language": "python",
    }


@case()
def cells_of_unknown_types(notebook: Json) -> None:
    place = at(notebook, "exp_graph")
    notebook["cells"][place:place] = [
        {"cell_type": "sql", "source": "-- nothing", "metadata": {}},
        {"source": "a thought"},
        None,
        json.loads("{}"),
    ]

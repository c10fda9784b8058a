"""What no notebook can be made of, and the reason that its student reads."""

from __future__ import annotations

import io
import json
import zipfile

from .undamaged import Json, case, cell, dumps, solved


@case(refused="The file is empty: saving or uploading it probably broke off")
def an_empty_file(notebook: Json) -> bytes:
    return b""


@case(refused="The file holds nothing but zeros: saving or uploading it probably broke off")
def a_file_of_zeros(notebook: Json) -> bytes:
    return b"\x00" * 4096


@case(refused="The file is a PDF, not a notebook. The PDF goes with the notebook, not in")
def a_pdf(notebook: Json) -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


@case(refused="The file is a zip (or an Office document), not a notebook. Unpack it and hand in")
def a_zip(notebook: Json) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("1-exponential-neuron.ipynb", dumps(notebook))
    return packed.getvalue()


@case(refused="a picture, not a notebook. Save the notebook as .ipynb (in Jupyter: File →")
def a_screenshot(notebook: Json) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@case(
    refused="is a pointer of Git LFS, not a notebook. Run `git lfs pull` where your notebook lies"
)
def a_pointer(notebook: Json) -> str:
    return "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


@case(refused="a web page, not a notebook: perhaps the page that shows it was saved")
def a_web_page(notebook: Json) -> str:
    return "<!DOCTYPE html>\n<html><body><div class='cell'>neuron.add(x)</div></body></html>"


LINK = "The file is a link to a notebook, not the notebook. Download the notebook itself (in Jup"


@case(refused=LINK)
def a_link_to_colab(notebook: Json) -> str:
    return "My notebook: https://colab.research.google.com/drive/1a2b3c?usp=sharing\n"


@case(refused=LINK)
def a_shortcut_of_windows(notebook: Json) -> str:
    return "[InternetShortcut]\r\nURL=https://colab.research.google.com/drive/1a2b3c\r\n"


@case(refused=LINK)
def a_shortcut_of_macos(notebook: Json) -> str:
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN"'
        ' "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict/></plist>'
    )


@case(refused="a link of macOS, or a stand-in for what lies in iCloud, not a notebook. Download")
def a_stand_in_of_icloud(notebook: Json) -> bytes:
    return b"bplist00\xd3\x01\x02\x03NSURLNameKey"


@case(refused="what macOS keeps beside a file, not a notebook. Download the notebook itself")
def an_apple_double(notebook: Json) -> bytes:
    return b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "


@case(refused="The file begins with zeros: a part of it is lost, as when a copy breaks off.")
def zeros_at_the_beginning(notebook: Json) -> bytes:
    return b"\x00" * 4096 + dumps(notebook).encode()[4096:]


@case(refused="a Python script, not a notebook: perhaps an export. Open your notebook, save")
def a_script(notebook: Json) -> str:
    return "#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n\nimport numpy as np\n"


@case(refused="not a Jupyter notebook")
def a_letter(notebook: Json) -> str:
    return "Dear professor, my notebook is on my other computer."


@case(refused="there are no cells in it")
def json_of_something_else(notebook: Json) -> Json:
    return {"editor.fontSize": 14}


@case(refused="There is no cell in the notebook")
def a_notebook_without_cells(notebook: Json) -> None:
    notebook["cells"] = []


@case(refused="None of the questions of 1-exponential-neuron is in this notebook")
def another_notebook_of_the_assignment(notebook: Json) -> Json:
    return solved("01-backprop-worksheets/2-sigmoid-neuron")


@case(refused="None of the questions of 1-exponential-neuron is in this notebook")
def a_notebook_of_another_assignment_without_names(notebook: Json) -> Json:
    other = solved("02-numpy-mlp/two-layer-classifier")
    for found in other["cells"]:
        found["metadata"] = {}
        del found["id"]
    return other


@case(refused="no cell of it is whole. It was probably cut off when it was saved")
def cut_off_at_the_beginning(notebook: Json) -> str:
    return dumps(notebook)[:90]


@case(refused="The file is nested deeper than any notebook is. Open your notebook, save it")
def brackets_without_end(notebook: Json) -> str:
    return '{"cells": ' + "[" * 100_000


@case(refused="6000 cells; at most 5000 are read. Remove those that are not yours")
def cells_without_end(notebook: Json) -> str:
    return json.dumps({**notebook, "cells": notebook["cells"][:1] * 6_000})


@case(refused="Cell exp_graph is there 101 times. Leave the one that counts, and hand the")
def copies_without_end(notebook: Json) -> None:
    notebook["cells"] += [cell(notebook, "exp_graph")] * 100


@case(refused="not a Jupyter notebook")
def noise(notebook: Json) -> bytes:
    return bytes(n * 37 % 251 for n in range(1, 5000))

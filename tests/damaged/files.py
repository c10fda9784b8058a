"""Damages of the file: bytes, encodings, and JSON that is none."""

from __future__ import annotations

import html
import json
import quopri
import re

from .undamaged import Json, blank, case, cell, dumps, text

CONFLICT = "conflict markers of git"


@case("the file began with a byte-order mark, which was left out")
def byte_order_mark(notebook: Json) -> bytes:
    return b"\xef\xbb\xbf" + dumps(notebook).encode()


@case("UTF-16")
def utf_16(notebook: Json) -> bytes:
    return dumps(notebook).encode("utf-16")


@case("UTF-16")
def utf_16_without_a_mark(notebook: Json) -> bytes:
    return dumps(notebook).encode("utf-16-be")


@case("the file was saved as UTF-32 and was read as that")
def utf_32(notebook: Json) -> bytes:
    return dumps(notebook).encode("utf-32")


@case("not in UTF-8 and were read as Windows-1252; look whether your letters and symbols")
def windows_1252(notebook: Json) -> bytes:
    return dumps(notebook).encode("cp1252", "xmlcharrefreplace")


@case("Windows-1252")
def one_byte_that_is_no_utf_8(notebook: Json) -> bytes:
    notebook["cells"][0]["source"] = "J\u00f6rg \u00b7 \u03c3"
    return dumps(notebook).encode().replace("\u00f6".encode(), b"\xf6")


@case()
def windows_line_ends(notebook: Json) -> bytes:
    for found in notebook["cells"]:
        found["source"] = text(found).replace("\n", "\r\n")
    return dumps(notebook).replace("\n", "\r\n").encode()


@case("the notebook stood 12 characters, left out; what stood there: xit status 0")
def other_text_at_the_end(notebook: Json) -> str:
    return dumps(notebook) + "exit status 0"[1:]


@case("after the end of the notebook stood")
def the_end_of_an_older_longer_file(notebook: Json) -> str:
    whole = dumps(notebook)
    return whole.rstrip() + whole[-60:]


@case("zero bytes")
def zeros_at_the_end(notebook: Json) -> bytes:
    return dumps(notebook).encode() + b"\x00" * 4096


@case("before the beginning of the notebook stood")
def headers_of_a_download_at_the_beginning(notebook: Json) -> str:
    return "HTTP/1.1 200 OK\nContent-Type: application/json\n\n" + dumps(notebook)


@case("the file held the notebook twice, one after the other; both were read")
def the_file_twice(notebook: Json) -> str:
    return dumps(notebook) * 2


@case("the notebook twice")
def the_released_file_behind_it(notebook: Json) -> str:
    return dumps(notebook) + dumps(blank())


@case(
    "breaks off at cell 20; what came after that is lost. Open your notebook", lost=("exp_explain",)
)
def cut_off_in_the_last_answer(notebook: Json) -> str:
    whole = dumps(notebook)
    return whole[: whole.index("went through the graph")]


@case("breaks off", lost=("exp_explain",))
def cut_off_behind_the_last_test(notebook: Json) -> str:
    whole = dumps(notebook)
    return whole[: whole.index("Describe in your own words")]


@case("breaks off", lost=("exp_backward-answer", "exp_explain"))
def cut_off_in_the_middle(notebook: Json) -> str:
    whole = dumps(notebook)
    return whole[: whole.index("Use backpropagation")]


@case("its cells were all there")
def only_the_end_cut_off(notebook: Json) -> str:
    whole = dumps(notebook)
    return whole[: whole.rindex('"nbformat"')]


@case(
    "cell 12: a part of it is lost. Look at the notebook, and hand it in again",
    lost=("exp_forward-answer",),
)
def a_hole_in_an_answer(notebook: Json) -> str:
    whole = dumps(notebook)
    start, end = whole.index("p2=0.15"), whole.index('"grade_id": "exp_forward-figure"')
    return whole[:start] + whole[end:]


@case("cell 8 of the file had commas or brackets amiss")
def a_comma_missing_in_a_cell(notebook: Json) -> str:
    cell(notebook, "exp_graph-answer")["source"] = text(
        cell(notebook, "exp_graph-answer")
    ).splitlines(keepends=True)
    whole = dumps(notebook)
    return whole.replace('name=\\"p1\\")\\n",', 'name=\\"p1\\")\\n"')


@case("its cells were all there")
def a_comma_missing_between_cells(notebook: Json) -> str:
    return dumps(notebook).replace("\n  },\n  {", "\n  }\n  {", 3)


@case("cells of the file had commas or brackets amiss")
def commas_too_many(notebook: Json) -> str:
    return re.sub(r"\n(\s*)([}\]])", r",\n\1\2", dumps(notebook))


@case("line breaks")
def line_breaks_in_strings(notebook: Json) -> str:
    return dumps(notebook).replace("\\n", "\n")


@case("NaN is no value in JSON")
def not_a_number(notebook: Json) -> str:
    notebook["metadata"]["score"] = float("nan")
    return dumps(notebook)


@case("line breaks or numbers")
def a_number_without_end(notebook: Json) -> str:
    notebook["metadata"]["views"] = 7
    return dumps(notebook).replace('"views": 7', '"views": ' + "7" * 5000)


@case("a key was there twice")
def a_key_twice(notebook: Json) -> str:
    notebook["metadata"]["views"] = 7
    return dumps(notebook).replace('"views": 7', '"views": 7, "views": 8')


@case("a cell had two texts")
def an_answer_under_two_keys(notebook: Json) -> str:
    answer = cell(notebook, "exp_graph-answer")
    lines = text(answer).split("\n")
    answer["source"] = "HERE"
    two = [json.dumps("\n".join(part)) for part in (lines[:5], lines[5:])]
    return dumps(notebook).replace('"source": "HERE"', '"source": {}, "source": {}'.format(*two))


@case("one text inside of another")
def as_one_string(notebook: Json) -> str:
    return json.dumps(dumps(notebook))


@case("inside of another document, under 'ipynb'")
def as_colab_answers_a_request(notebook: Json) -> Json:
    return {"ipynb": notebook}


@case("inside of another document, under 'content'")
def as_a_server_answers_a_request(notebook: Json) -> Json:
    return {"name": "x.ipynb", "type": "notebook", "format": "json", "content": notebook}


@case("cells without a notebook")
def only_the_cells(notebook: Json) -> str:
    return json.dumps(notebook["cells"])


@case("the notebook was saved as a web page and was taken out of it")
def as_a_browser_saves_it(notebook: Json) -> str:
    page = html.escape(dumps(notebook), quote=False)
    return f"<html><head></head><body><pre>{page}</pre></body></html>"


@case("web page")
def with_its_quotes_escaped(notebook: Json) -> str:
    return html.escape(dumps(notebook))


@case("halves of characters in cell 1 of the file were replaced by")
def half_a_character(notebook: Json) -> str:
    notebook["cells"][0]["source"] += " \ud83d"
    return json.dumps(notebook)


@case("zero bytes in cell 1")
def zeros_in_a_cell(notebook: Json) -> str:
    notebook["cells"][0]["source"] = "\x00\x00" + text(notebook["cells"][0])
    return json.dumps(notebook)


def _conflict(notebook: Json, ours: Json, theirs: Json, base: bool = False) -> str:
    """What git leaves of two versions of a notebook."""
    lines = [dumps(side).splitlines(keepends=True) for side in (ours, theirs)]
    first = next(i for i, pair in enumerate(zip(*lines, strict=False)) if pair[0] != pair[1])
    last = next(
        i
        for i, pair in enumerate(zip(*(side[::-1] for side in lines), strict=False))
        if pair[0] != pair[1]
    )
    one, other = ("".join(side[first : len(side) - last]) for side in lines)
    middle = f"||||||| parent\n{other}" if base else ""
    return (
        "".join(lines[0][:first])
        + f"<<<<<<< HEAD\n{one}{middle}=======\n{other}>>>>>>> main\n"
        + "".join(lines[0][len(lines[0]) - last :])
    )


@case(CONFLICT)
def a_conflict_over_outputs(notebook: Json) -> str:
    theirs = json.loads(dumps(notebook))
    cell(theirs, "exp_graph")["execution_count"] = 7
    return _conflict(notebook, notebook, theirs)


@case(CONFLICT)
def a_conflict_with_an_empty_answer(notebook: Json) -> str:
    theirs = json.loads(dumps(notebook))
    theirs["cells"] = [
        cell(blank(), "exp_graph-answer") if found.get("id") == "exp_graph-answer" else found
        for found in theirs["cells"]
    ]
    return _conflict(notebook, notebook, theirs)


@case(CONFLICT)
def a_conflict_whose_other_side_has_the_answer(notebook: Json) -> str:
    ours = json.loads(dumps(notebook))
    cell(ours, "exp_explain")["source"] = cell(blank(), "exp_explain")["source"]
    return _conflict(notebook, ours, notebook)


@case(CONFLICT)
def a_conflict_of_three_sides_with_another_answer(notebook: Json) -> str:
    theirs = json.loads(dumps(notebook))
    cell(theirs, "exp_forward-answer")["source"] = "neuron.write_values(p1=3)"
    return _conflict(notebook, notebook, theirs, base=True)


@case("the notebook was the text of a mail (quoted-printable) and was decoded")
def the_text_of_a_mail(notebook: Json) -> bytes:
    return quopri.encodestring(dumps(notebook).encode())


@case("the notebook lay inside of another document")
def a_list_with_one_notebook(notebook: Json) -> str:
    return json.dumps([notebook])


@case("the notebook lay inside of another document, under 'files'")
def a_gist(notebook: Json) -> str:
    file = {"filename": "1.ipynb", "type": "text/plain", "content": dumps(notebook)}
    return json.dumps({"id": "4242", "url": "https://api.github.com", "files": {"1.ipynb": file}})


@case("the notebook lay inside of another document, under 'blob'")
def as_kaggle_gives_it_out(notebook: Json) -> str:
    return json.dumps({"metadata": {"id": 7}, "blob": {"slug": "x", "source": dumps(notebook)}})

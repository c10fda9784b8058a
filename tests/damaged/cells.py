"""Damages of cells: names, types, copies, pieces, order, and what was typed where it must not."""

from __future__ import annotations

import copy
import random

from .undamaged import Json, at, blank, case, cell, code, stub, text, words

ANSWERS = ("exp_graph-answer", "exp_forward-answer", "exp_backward-answer", "exp_explain")


def _insert(notebook: Json, behind: str, *cells: Json) -> None:
    place = at(notebook, behind) + 1
    notebook["cells"][place:place] = cells


def _turn(found: Json, kind: str) -> None:
    found["cell_type"] = kind
    for key in ("outputs", "execution_count"):
        found.pop(key, None)
    if kind == "code":
        found |= {"outputs": [], "execution_count": None}


# -- deleted -------------------------------------------------------------------------------


@case("locked cell exp_graph had been deleted and was put back")
def a_test_deleted(notebook: Json) -> None:
    del notebook["cells"][at(notebook, "exp_graph")]


@case("locked cell exp_forward-question had been deleted")
def a_question_deleted(notebook: Json) -> None:
    del notebook["cells"][at(notebook, "exp_forward-question")]


@case("locked cell setup had been deleted")
def the_set_up_deleted(notebook: Json) -> None:
    del notebook["cells"][at(notebook, "setup")]


@case("11 locked cells had been deleted")
def every_locked_cell_deleted(notebook: Json) -> None:
    notebook["cells"] = [
        found
        for found in notebook["cells"]
        if not found["metadata"].get("nbgrader", {}).get("locked")
    ]


@case()
def everything_unmarked_deleted(notebook: Json) -> None:
    notebook["cells"] = [found for found in notebook["cells"] if "nbgrader" in found["metadata"]]


@case("cell exp_backward-answer had lost its name")
def an_answer_deleted_and_typed_again(notebook: Json) -> None:
    place = at(notebook, "exp_backward-answer")
    notebook["cells"][place] = code(text(notebook["cells"][place]), id="typed-again")


@case("cell exp_explain had lost its name")
def a_written_answer_deleted_and_typed_again(notebook: Json) -> None:
    place = at(notebook, "exp_explain")
    notebook["cells"][place] = words(text(notebook["cells"][place]))


# -- changed -------------------------------------------------------------------------------


@case("locked cell exp_graph had been changed and was put back; what stood there: assert True")
def a_test_rewritten(notebook: Json) -> None:
    cell(notebook, "exp_graph")["source"] = "assert True"


@case("locked cell exp_graph had been changed and was put back")
def a_test_turned_into_text(notebook: Json) -> None:
    _turn(cell(notebook, "exp_graph"), "markdown")


@case("locked cell exp_graph-question had been changed")
def a_question_turned_into_code(notebook: Json) -> None:
    _turn(cell(notebook, "exp_graph-question"), "code")


@case("answer cell exp_graph-answer had been turned into text and is code again")
def an_answer_turned_into_text(notebook: Json) -> None:
    _turn(cell(notebook, "exp_graph-answer"), "markdown")


@case("answer cell exp_graph-answer had been turned into raw text")
def an_answer_turned_into_raw_text(notebook: Json) -> None:
    _turn(cell(notebook, "exp_graph-answer"), "raw")


@case("answer cell exp_explain had been turned into code and is text again")
def a_written_answer_turned_into_code(notebook: Json) -> None:
    _turn(cell(notebook, "exp_explain"), "code")


@case("claimed 40 points instead of 2")
def points_raised(notebook: Json) -> None:
    cell(notebook, "exp_graph")["metadata"]["nbgrader"]["points"] = 40


@case("the marks of cell exp_graph had been changed")
def a_test_marked_as_an_answer(notebook: Json) -> None:
    cell(notebook, "exp_graph")["metadata"]["nbgrader"] |= {"solution": True, "locked": False}


@case()
def marks_of_an_old_nbgrader(notebook: Json) -> None:
    for found in notebook["cells"]:
        marks = found["metadata"].get("nbgrader")
        if marks:
            marks["schema_version"] = 1
            del marks["task"], marks["cell_type"]


@case()
def marks_of_an_nbgrader_to_come(notebook: Json) -> None:
    for found in notebook["cells"]:
        if "nbgrader" in found["metadata"]:
            found["metadata"]["nbgrader"]["schema_version"] = 9


@case("cell exp_graph-question was of an earlier release")
def a_question_of_an_earlier_release(notebook: Json) -> None:
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum

    found = cell(notebook, "exp_graph-question")
    found["source"] = "## Question 1\n\nDraw it."
    found["metadata"]["nbgrader"]["checksum"] = compute_checksum(from_dict(found))


# -- names ---------------------------------------------------------------------------------


def _nameless(found: Json, keep_id: bool = False) -> None:
    found["metadata"] = {}
    if not keep_id:
        found.pop("id", None)


@case("cell exp_forward-answer had lost its name")
def one_name_lost(notebook: Json) -> None:
    _nameless(cell(notebook, "exp_forward-answer"))


@case("15 cells had lost their names")
def names_lost_but_not_ids(notebook: Json) -> None:
    for found in notebook["cells"]:
        _nameless(found, keep_id=True)


@case("15 cells had lost their names")
def names_and_ids_lost(notebook: Json) -> None:
    for found in notebook["cells"]:
        _nameless(found)


@case("cells had lost their names")
def names_and_ids_lost_and_cells_added(notebook: Json) -> None:
    _insert(notebook, "exp_graph-question", words("First I drew it on paper."))
    _insert(notebook, "exp_forward-question", code("0.4 * 0.2"))
    _insert(notebook, "exp_backward", code("print('done')"))
    for found in notebook["cells"]:
        _nameless(found)


@case("cell exp_graph-answer had lost its name")
def a_name_typed_over(notebook: Json) -> None:
    cell(notebook, "exp_graph-answer")["metadata"]["nbgrader"]["grade_id"] = "my answer"


@case("cell exp_graph-answer had lost its name")
def the_name_of_another_answer(notebook: Json) -> None:
    cell(notebook, "exp_graph-answer")["metadata"]["nbgrader"]["grade_id"] = "exp_forward-answer"


# -- copies --------------------------------------------------------------------------------


@case("answer cell exp_graph-answer was there more than once; the one with your answer counts")
def an_answer_copied(notebook: Json) -> None:
    twin = copy.deepcopy(cell(notebook, "exp_graph-answer"))
    notebook["cells"].insert(at(notebook, "exp_graph-answer") + 1, twin | {"id": "twin"})


@case("the others stay there. If another one should count, hand the notebook in again without")
def an_older_version_above(notebook: Json) -> None:
    old = copy.deepcopy(cell(notebook, "exp_forward-answer")) | {"id": "old"}
    old["source"] = text(old).replace("0.08", "0.8")
    notebook["cells"].insert(at(notebook, "exp_forward-answer"), old)


@case("the last version before its test counts")
def an_experiment_at_the_end(notebook: Json) -> None:
    late = copy.deepcopy(cell(notebook, "exp_forward-answer")) | {"id": "late"}
    late["source"] = text(late).replace("0.08", "0.8")
    notebook["cells"].append(late)


@case("the one with your answer counts")
def the_empty_cell_copied_below(notebook: Json) -> None:
    empty = cell(blank(), "exp_backward-answer") | {"id": "empty"}
    notebook["cells"].insert(at(notebook, "exp_backward-answer") + 1, empty)


@case("locked cell exp_graph was there more than once; one was kept")
def a_test_copied(notebook: Json) -> None:
    twin = copy.deepcopy(cell(notebook, "exp_graph")) | {"id": "twin"}
    notebook["cells"].insert(at(notebook, "exp_graph"), twin)


@case("locked cell exp_graph was there more than once")
def a_test_copied_and_changed(notebook: Json) -> None:
    twin = copy.deepcopy(cell(notebook, "exp_graph")) | {"id": "twin", "source": "2.0"}
    twin["metadata"]["nbgrader"] |= {"grade": False, "solution": True, "locked": False}
    notebook["cells"].insert(at(notebook, "exp_graph"), twin)


@case("11 locked cells were there more than once; one of each was kept")
def the_notebook_behind_itself(notebook: Json) -> None:
    notebook["cells"] += copy.deepcopy(notebook["cells"])


@case("4 answer cells were there more than once; those with your answers count")
def the_released_cells_behind_it(notebook: Json) -> None:
    notebook["cells"] += blank()["cells"]


@case("4 answer cells were there more than once; those with your answers count")
def the_released_cells_before_it(notebook: Json) -> None:
    notebook["cells"][:0] = blank()["cells"]


# -- pieces --------------------------------------------------------------------------------


def _split(notebook: Json, name: str, line: int, *, named: bool) -> None:
    place = at(notebook, name)
    whole = notebook["cells"][place]
    lines = text(whole).split("\n")
    second = copy.deepcopy(whole) if named else code("")
    second |= {"source": "\n".join(lines[line:]), "id": "second-half"}
    whole["source"] = "\n".join(lines[:line])
    notebook["cells"].insert(place + 1, second)


@case("2 of them hold parts of the answer and were joined")
def an_answer_split(notebook: Json) -> None:
    _split(notebook, "exp_graph-answer", 5, named=True)


@case("were joined")
def an_answer_split_within_a_call(notebook: Json) -> None:
    _split(notebook, "exp_backward-answer", 3, named=True)


@case("had been split; its parts were joined")
def an_answer_split_without_a_name_for_the_second_part(notebook: Json) -> None:
    _split(notebook, "exp_forward-answer", 4, named=False)


@case("had been split; its parts were joined")
def an_answer_split_between_lines_that_were_given(notebook: Json) -> None:
    _split(notebook, "exp_forward-answer", 1, named=False)


@case("locked cell exp_graph was there more than once; one was kept")
def a_test_split(notebook: Json) -> None:
    _split(notebook, "exp_graph", 1, named=True)


@case("the answer to exp_explain went on in an added cell and was put together")
def a_written_answer_continued_below(notebook: Json) -> None:
    answer = cell(notebook, "exp_explain")
    first, second = text(answer).split(" For example", 1)
    answer["source"] = first
    _insert(notebook, "exp_explain", words("For example" + second))


@case("2 of them hold parts of the answer")
def a_written_answer_split(notebook: Json) -> None:
    answer = cell(notebook, "exp_explain")
    first, second = text(answer).split(" For example", 1)
    twin = copy.deepcopy(answer) | {"source": "For example" + second, "id": "second-half"}
    answer["source"] = first
    _insert(notebook, "exp_explain")
    notebook["cells"].append(twin)


# -- typed in other places -----------------------------------------------------------------


def _emptied(notebook: Json, name: str) -> str:
    """Take an answer out of its cell."""
    found = cell(notebook, name)
    source, found["source"] = text(found), stub(name)
    return source


@case("the answer to exp_explain stood in an added cell")
def a_written_answer_in_a_cell_of_its_own(notebook: Json) -> None:
    answer = _emptied(notebook, "exp_explain")
    _insert(notebook, "exp_explain-question", words(answer))


@case("the answer to exp_explain stood in an added cell")
def a_written_answer_in_the_question(notebook: Json) -> None:
    answer = _emptied(notebook, "exp_explain")
    question = cell(notebook, "exp_explain-question")
    question["source"] = text(question) + "\n\n" + answer


@case("stood in a cell of code")
def a_written_answer_in_an_added_cell_of_code(notebook: Json) -> None:
    _insert(notebook, "exp_explain", code(_emptied(notebook, "exp_explain")))


@case(beside=True)
def an_answer_in_a_cell_of_its_own(notebook: Json) -> None:
    answer = _emptied(notebook, "exp_backward-answer")
    _insert(notebook, "exp_backward-answer", code(answer))


@case("locked cell exp_backward had been changed and was put back", beside=True)
def an_answer_above_the_test_in_its_cell(notebook: Json) -> None:
    answer = _emptied(notebook, "exp_backward-answer")
    test = cell(notebook, "exp_backward")
    test["source"] = answer + "\n\n" + text(test)


@case("locked cell setup had been changed and was put back")
def an_import_added_to_the_set_up(notebook: Json) -> None:
    setup = cell(notebook, "setup")
    setup["source"] = text(setup) + "\nimport math\n"
    answer = cell(notebook, "exp_forward-answer")
    answer["source"] = text(answer).replace("f=0.935", "f=math.exp(0.66) - 1")
    # What counts as undamaged is the same notebook with the import where it may stand.


@case("locked cell exp_backward had been changed and was put back")
def prints_added_to_a_test(notebook: Json) -> None:
    test = cell(notebook, "exp_backward")
    test["source"] = text(test) + "\nprint('so far so good')"


# -- order ---------------------------------------------------------------------------------


@case("cell exp_forward-answer stood in another place")
def an_answer_moved_below_its_test(notebook: Json) -> None:
    answer = notebook["cells"].pop(at(notebook, "exp_forward-answer"))
    _insert(notebook, "exp_forward", answer)


@case("moved back")
def a_question_moved_to_the_top(notebook: Json) -> None:
    place = at(notebook, "exp_backward-question")
    question = notebook["cells"][place : place + 4]
    del notebook["cells"][place : place + 4]
    notebook["cells"][:0] = question


@case("cells stood in another order")
def all_cells_shuffled(notebook: Json) -> None:
    random.Random(1).shuffle(notebook["cells"])


@case("cells stood in another order")
def all_cells_backwards_and_nameless_questions(notebook: Json) -> None:
    for found in notebook["cells"]:
        if str(found.get("id", "")).endswith("-question"):
            _nameless(found)
    notebook["cells"].reverse()


@case()
def cells_added_everywhere(notebook: Json) -> None:
    """No damage at all: students may add cells, and these must be left as they are."""
    *others, last = notebook["cells"]  # what stands below a written answer belongs to it
    notebook["cells"] = [one for found in others for one in (found, code("1 + 1"))]
    notebook["cells"].append(last)


# -- from another program ------------------------------------------------------------------


@case("answer cell exp_graph-answer stood in a Markdown fence (```), which was taken off")
def an_answer_turned_into_text_with_a_fence(notebook: Json) -> None:
    found = cell(notebook, "exp_graph-answer")
    found["source"] = f"```python\n{text(found)}\n```"
    _turn(found, "markdown")


@case("answer cell exp_graph-answer stood in a Markdown fence (```), which was taken off")
def a_fence_in_a_cell_of_code(notebook: Json) -> None:
    found = cell(notebook, "exp_graph-answer")
    found["source"] = f"```\n{text(found)}\n```\n"


@case("answer cell exp_backward-answer had quotes, spaces or dashes that Python cannot read")
def indented_by_a_web_page(notebook: Json) -> None:
    for name in ANSWERS[:3]:
        found = cell(notebook, name)
        found["source"] = "\ufeff" + text(found).replace(" ", "\u00a0").replace("\n", "\u200b\n")


@case("answer cell exp_graph-answer had quotes, spaces or dashes that Python cannot read")
def typed_in_a_word_processor(notebook: Json) -> None:
    found = cell(notebook, "exp_graph-answer")
    found["source"] = text(found).replace('("', "(“").replace('")', "”)").replace(", -1", ", –1")


@case("lines of cells had no line breaks at their ends, which were put back")
def lists_of_lines_without_ends(notebook: Json) -> None:
    for found in notebook["cells"]:
        found["source"] = text(found).split("\n")


# -- merged --------------------------------------------------------------------------------


def _merge(notebook: Json, name: str, count: int) -> None:
    """Several cells that follow one another in the last one of them."""
    first = at(notebook, name)
    merged = notebook["cells"][first : first + count]
    source = "\n\n".join(map(text, merged))
    notebook["cells"][first : first + len(merged)] = [{**merged[-1], "source": source}]


@case("the answer to exp_explain stood in the cell below it and was taken out")
def a_written_answer_merged_into_the_cell_below(notebook: Json) -> None:
    _merge(notebook, "exp_explain", 2)


@case("the answer to exp_explain stood in the cell below it and was taken out")
def a_question_and_its_answer_merged_into_the_cell_below(notebook: Json) -> None:
    _merge(notebook, "exp_explain-question", 3)


@case("the answer to exp_explain stood in an added cell and was put together")
def a_written_answer_merged_into_its_question(notebook: Json) -> None:
    place = at(notebook, "exp_explain")
    question, answer = notebook["cells"][place - 1 : place + 1]
    question["source"] = f"{text(question)}\n\n{text(answer)}"
    del notebook["cells"][place]


@case(
    "answer cell exp_graph-answer was not there and was put back; the code that stood beside it is "
    "run there. If that is not your answer, hand in the whole notebook again",
    beside=True,
)
def an_answer_merged_into_the_figure_below(notebook: Json) -> None:
    _merge(notebook, "exp_graph-answer", 2)

"""What a kernel puts out past its own limits is cut where it arrives."""

from __future__ import annotations

from nbformat.v4 import new_output

from autograder.sandbox.cap import Cap, joined
from autograder.sandbox.launch import CUT, FIGURES

MOST = 100
TEXT = MOST + len(CUT)  # a kernel that cuts its text adds the word for it


def printed(text: str, name: str = "stdout") -> dict:
    return _message("stream", {"name": name, "text": text})


def _message(kind: str, content: dict) -> dict:
    return {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {}, "content": content}


def test_text_is_cut_once_and_then_dropped_and_the_next_cell_starts_anew():
    cap = Cap(MOST)
    assert cap.cut(printed("a" * TEXT), 0)["content"]["text"] == "a" * TEXT
    assert cap.cut(printed("bb"), 0)["content"]["text"] == CUT
    assert cap.cut(printed("c"), 0) is None
    assert cap.cut(printed("d"), 1)["content"]["text"] == "d"


def test_a_figure_that_is_too_long_leaves_a_word_and_text_is_counted_by_itself():
    cap = Cap(MOST)
    data = {"image/png": "x" * MOST * FIGURES}
    cut = cap.cut(_message("display_data", {"data": data}), 0)
    assert (cut["msg_type"], cut["header"]["msg_type"]) == ("stream", "stream")
    assert cut["content"] == {"name": "stdout", "text": CUT}
    assert cap.cut(_message("display_data", {"data": data}), 0) is None
    assert cap.cut(printed("a"), 0)["content"]["text"] == "a"


def test_errors_and_results_always_arrive():
    cap = Cap(MOST)
    for kind in ("error", "execute_result"):
        message = _message(kind, {"data": {"text/plain": "x" * MOST * FIGURES * 2}})
        assert cap.cut(message, 0) is message


def test_a_cell_that_sends_more_than_any_kernel_of_ours_is_noticed():
    cap = Cap(MOST)
    message = printed("x" * MOST * FIGURES)
    assert [cap.passed(message) for _ in range(3)] == [False, True, True]
    cap.start_cell()
    assert not cap.passed(message)


def test_what_is_printed_in_pieces_is_one_output():
    outputs = [new_output("stream", name="stdout", text="a")]
    assert joined(outputs, printed("b")) is outputs[0]
    assert outputs[0].text == "ab"
    assert joined(outputs, printed("c", "stderr")) is None
    assert joined(outputs, _message("display_data", {"data": {}})) is None
    assert joined([], printed("d")) is None

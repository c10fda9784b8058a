"""Code as other programs leave it: mended if that is all that is wrong, and else left alone."""

from __future__ import annotations

import pytest

from autograder.repair.code import is_whole, typed_plainly, unfenced


@pytest.mark.parametrize(
    ("came", "mended"),
    [
        ("print(“it’s”)", 'print("it\'s")'),
        ('print("hello”)', 'print("hello")'),
        ("x = ‘a’  # it’s “so”", "x = 'a'  # it’s “so”"),
        ("if x:\n\u00a0\u00a0y = 1", "if x:\n  y = 1"),
        ("\ufeffx\u200b = 3 – 2", "x = 3 - 2"),
        ("s = '“a”'\nt = “# of”", 's = \'"a"\'\nt = "# of"'),
        ("%time print(“a”)\n!echo “b”\nx = “a”", '%time print("a")\n!echo "b"\nx = "a"'),
    ],
)
def test_what_a_word_processor_wrote_is_typed_plainly(came, mended) -> None:
    assert not is_whole(came)
    assert typed_plainly(came) == mended


@pytest.mark.parametrize(
    "source",
    [
        "s = '“a”'  # it’s\n!echo “b”",
        '"""it’s\u00a0– so"""',
        "“ is no code, (",
        "(" * 99_000 + "“",
        "'" * 29_999 + "\\'" * 30_000 + "“",
        "\"\"\"'''" * 15_000 + "”",
    ],
)
def test_what_can_be_read_or_is_no_better_for_it_stays(source) -> None:
    assert typed_plainly(source) == source


def test_one_fence_round_all_of_it_is_taken_off_and_nothing_else() -> None:
    assert unfenced("\n```python\nx = 1\n\ny = 2\n```\n") == "x = 1\n\ny = 2"
    assert unfenced("~~~~ {.python}\nx = '```'\n~~~~") == "x = '```'"
    for source in ("```\nx\n```\nand\n```\ny\n```", "so:\n```\nx\n```", "x = '```'", "```\nx"):
        assert unfenced(source) == source

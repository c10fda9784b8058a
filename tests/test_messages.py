"""Every message that a student or an instructor can meet is written down by a test.

A message is a text of at least three words in the code of what comes in and goes out; it is written
down if some test has four words in a row of it (three of a short one) that no other message has.
Whether it says what to do next, its reader has to judge: this test sees to it that there is one.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLACES = (
    *("autograder/archive.py", "autograder/collecting", "autograder/exporting"),
    *("autograder/gradescope", "autograder/publication", "autograder/release.py"),
    *("autograder/repair", "autograder/roster.py", "chainrule/cli.py", "chainrule/paths.py"),
    "chainrule/submission",
)
# What Typer shows in --help is a page of its own, and no message.
HELP = ("help", "metavar", "param_hint", "prog")


def modules(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module with their lines, {} for what is filled in; no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(node.value)
        elif isinstance(node, ast.keyword) and node.arg in HELP:
            passed |= set(ast.walk(node.value))
        elif isinstance(node, ast.JoinedStr):
            passed |= set(node.values)
    for node in ast.walk(tree):
        if node in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def phrases(text: str) -> set[tuple[str, ...]]:
    """Every four words in a row of a text, or three if it has no longer row."""
    return rows(text, 4) or rows(text, 3)


def rows(text: str, length: int) -> set[tuple[str, ...]]:
    """Every so many words in a row; a hole and what is no word end a row."""
    found = set()
    row: list[str] = []
    # Without the backslashes of patterns, and Rich's colours.
    for token in re.sub(r"\\|\[/?[a-z]*\]", "", text).split():
        word = token.strip(".,:;!?'\"`()[]…")
        row = [*row[1 - length :], word] if is_word(word) else []
        if len(row) == length:
            found.add(tuple(row))
    return found


def is_word(text: str) -> bool:
    return any(map(str.isalpha, text)) and not set(text) & set('|*"<>{}=%')


@cache
def messages() -> dict[str, dict[str, list[int]]]:
    """The lines of each message, by module and text."""
    found: dict[str, dict[str, list[int]]] = {}
    for place in PLACES:
        for path in modules(ROOT / place):
            of_module = found.setdefault(path.relative_to(ROOT).as_posix(), {})
            for line, text in texts(path):
                if phrases(text):
                    of_module.setdefault(text, []).append(line)
    return {name: of_module for name, of_module in found.items() if of_module}


@cache
def written_down() -> frozenset[tuple[str, ...]]:
    paths = [path for path in modules(ROOT / "tests") if path != Path(__file__)]
    said = (text for path in paths for _, text in texts(path))
    return frozenset().union(*(rows(text, length) for text in said for length in (3, 4)))


@cache
def shared() -> frozenset[tuple[str, ...]]:
    """Phrases that tell no message from another."""
    every = {text for of_module in messages().values() for text in of_module}
    count = Counter(phrase for text in every for phrase in phrases(text))
    return frozenset(phrase for phrase in count if count[phrase] > 1)


@pytest.mark.parametrize("module", messages())
def test_every_message_is_written_down_by_a_test(module: str) -> None:
    lost = []
    for text, lines in messages()[module].items():
        telling = phrases(text) - shared() or phrases(text)
        if telling.isdisjoint(written_down()):
            lost.append(f"{module}:{lines[0]}: {text}")
    assert not lost, "no test writes down:\n" + "\n".join(lost)


def test_what_is_a_message_and_what_is_none(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""A docstring of some words."""\n'
        'raise E(f"{path} has no rows in it: "\n        f"write {most} at least.")\n'
        'option(help="What it is for.")\n'
        'KEYS = ("two words", "one_word_with_underlines", r"^(?:a|b) c* <d>")\n'
    )
    found = {line: phrases(text) for line, text in texts(module) if phrases(text)}
    assert found == {
        2: {("has", "no", "rows", "in"), ("no", "rows", "in", "it"), ("rows", "in", "it", "write")}
    }
    assert phrases("{} is a link") == {("is", "a", "link")}

"""Scripts are read anew each time, and shown as they are."""

from __future__ import annotations

import os
import sys

import pytest

from chainrule import scripts
from chainrule.scripts import ScriptError, load, show


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    for name in ("one_script", "two_script"):
        sys.modules.pop(name, None)


def test_a_script_is_imported_as_it_is_now_with_those_that_it_imports(folder) -> None:
    (folder / "one_script.py").write_text("import two_script\nx = two_script.x + 1\n")
    (folder / "two_script.py").write_text("x = 1\n")
    status = os.stat(folder / "two_script.py")
    assert load("one_script").x == 2
    (folder / "two_script.py").write_text("x = 5\n")
    # The same size at the same time: a compiled file would be taken for it.
    os.utime(folder / "two_script.py", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert load("one_script").x == 6
    assert not (folder / "__pycache__").exists()
    assert str(folder) not in sys.path


def test_modules_of_other_places_are_left_alone(folder) -> None:
    import json

    (folder / "json.py").write_text("mine = True\n")
    (folder / "one_script.py").write_text("x = 1\n")
    load("one_script")
    assert sys.modules["json"] is json


def test_a_script_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(ScriptError, match="hand it in with it"):
        load("nowhere_script")


def test_a_syntax_error_is_the_scripts_own(folder) -> None:
    (folder / "one_script.py").write_text("def f(:\n")
    with pytest.raises(SyntaxError):
        load("one_script")


TEXT = """\
import os

@staticmethod
def first(x):
    \"\"\"Says.\"\"\"
    # WRITE YOUR CODE HERE


class Second:
    pass
"""


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        (TEXT, ("Second",), "class Second:\n    pass\n"),
        (
            TEXT,
            ("first",),
            '@staticmethod\ndef first(x):\n    """Says."""\n    # WRITE YOUR CODE HERE\n',
        ),
        (TEXT, (), TEXT),
        (TEXT, ("third",), "one_script.py: there is no third in it.\n" + TEXT),
        ("def f(:\n", ("f",), "one_script.py: Python cannot read it"),
    ],
)
def test_a_definition_is_shown_with_its_comments_or_else_the_whole_script(
    folder, capsys, text, names, shown
) -> None:
    (folder / "one_script.py").write_text(text)
    show("one_script", *names)
    assert capsys.readouterr().out.startswith(shown)


def test_a_very_long_script_is_cut_and_says_so(folder, capsys) -> None:
    (folder / "one_script.py").write_text("x = 1\n" * (scripts.MOST_LINES + 7))
    show("one_script")
    assert capsys.readouterr().out.endswith("# … and 7 lines more\n")


def test_no_fence_in_a_script_ends_the_code_that_is_shown() -> None:
    found = scripts._markdown('"""\n~~~~ a\n# Not a title\n"""')
    assert found.splitlines()[0] == "~~~~~~~python"
    assert found.splitlines()[-1] == "~~~~~~~"

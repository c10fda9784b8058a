"""`HideSecrets`: a graded notebook as its student may see it.

Hidden tests and marking schemes are taken out of every source, of tracebacks
(IPython prints the lines around an error, with colours and numbers) and of
whatever else was printed.
"""

from __future__ import annotations

import re
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.regions import HIDDEN_TEST, MARK_SCHEME, lines, telling
from autograder.sandbox.transcript import BAR, fold, unfold

HIDDEN = "(hidden)"
UNMET = "a test that is not shown did not pass"
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# "----> 9 grade(...)" or "      7 assert ..." in a traceback
_NUMBERED = re.compile(r"^\s*(?:-+>)?\s*\d+\s(.*)$")
_ARROW = re.compile(r"^\s*-+>\s*\d+\s")
# "File /somewhere/autograder/judge/in_process.py:33, in grade(name)"
_OURS = re.compile(r"^\s*File \S*[/\\](?:autograder[/\\]\S+|chainrule[/\\]grading)\.py[:\s]")


class HideSecrets(NbGraderPreprocessor):
    """For feedback and PDFs: takes out what students must not see, in place."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        hide_secrets(nb)
        return nb, resources


def hide_secrets(notebook: NotebookNode) -> None:
    """Take hidden tests and marking schemes out of a graded notebook, in place."""
    secrets: set[str] = set()
    for cell in notebook.cells:
        secrets |= {
            line.text.strip()
            for line in lines(cell.source)
            if line.kind in (HIDDEN_TEST, MARK_SCHEME) and line.text.strip()
        }
    for cell in notebook.cells:
        cell.source = _open_source(cell.source)
        for output in cell.get("outputs", []):
            _hide_in_output(output, secrets)


def _open_source(source: str) -> str:
    kept: list[str] = []
    for line in lines(source):
        if line.kind not in (HIDDEN_TEST, MARK_SCHEME):
            kept.append(line.text)
        elif line.kind == HIDDEN_TEST and line.marker and "BEGIN" in line.text:
            kept.append("# … here stand tests that are not shown …")
    return "\n".join(kept)


def _hide_in_output(output: NotebookNode, secrets: set[str]) -> None:
    if output.output_type == "stream":
        output.text = _hide(output.text, secrets)
    elif output.output_type == "error":
        frames = [frame for frame in output.traceback if not _is_ours(frame)]
        if output.ename == "AssertionError" and _raised_by_secret(frames, secrets):
            # Its message may well be the value that was expected.
            output.evalue = UNMET
            frames[-1] = f"AssertionError: {UNMET}"
        output.evalue = _hide(output.evalue, secrets)
        output.traceback = [_hide(frame, secrets) for frame in frames]
    else:
        for kind, content in output.get("data", {}).items():
            if isinstance(content, str) and kind.startswith("text/"):
                output.data[kind] = _hide(content, secrets)


def _raised_by_secret(frames: list[str], secrets: set[str]) -> bool:
    arrows = [line for line in _ANSI.sub("", "\n".join(frames)).split("\n") if _ARROW.match(line)]
    return bool(arrows) and _ARROW.sub("", arrows[-1]).strip() in secrets


def _is_ours(frame: str) -> bool:
    # A frame of a check's own code shows the lines of the check.
    return bool(_OURS.match(_ANSI.sub("", frame).lstrip("\n")))


def _hide(text: str, secrets: set[str]) -> str:
    if not secrets:
        return text
    return fold("\n".join(_hide_line(line, secrets) for line in unfold(text).split("\n")))


def _hide_line(line: str, secrets: set[str]) -> str:
    plain = _ANSI.sub("", line)
    numbered = _NUMBERED.match(plain)
    code = (numbered.group(1) if numbered else plain.removeprefix(BAR)).strip()
    if code in secrets:
        # Keep the arrow and the number, so that the frame still reads as one.
        return plain[: len(plain) - len(plain.lstrip())] + (
            plain.strip()[: -len(code)].rstrip() + " " + HIDDEN if numbered else HIDDEN
        )
    if any(telling(secret) and secret in plain for secret in secrets):
        return HIDDEN
    return line

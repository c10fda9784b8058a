r"""LaTeX maths to Typst maths, through one run of pandoc for a whole notebook.

pandoc's TeX reader and Typst writer do most of the work. What they get wrong
in silence is marked before they run, with characters of Unicode's private use
area (`text.clean` has taken those out of everything a student wrote), and put
right in what comes back. pandoc is not trusted either: its answer is taken
apart and refused unless it is plain maths, because what it returns is the only
Typst code in the document that a student's text had a hand in.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from chainrule.pdf import texrepair
from chainrule.pdf.text import clean

TIME_LIMIT = 4.0
"""Seconds that all the maths of one notebook may take in pandoc."""

_ALONE = 0.7
"""Seconds for a fragment that is tried by itself."""

_LONGEST_WORD = 12
_COMMAND, _UNSEEN = re.compile(r"\\[A-Za-z]+|\\."), re.compile(r"[\s{}^_]")

_REMEMBERED, _LONGEST_REMEMBERED = 2_000, 2_000
"""Fragments whose answers are kept, for the questions of a class are the same in each notebook;
and characters of the longest of them."""


@dataclass(frozen=True)
class Tex:
    """A maths fragment as it stands in the notebook, without its dollar signs."""

    source: str
    display: bool = False

    @property
    def is_short(self) -> bool:
        """Whether no more than a word's worth of signs can be seen of it."""
        return len(_UNSEEN.sub("", _COMMAND.sub("x", self.source))) <= _LONGEST_WORD


@dataclass(frozen=True)
class Refused:
    """A fragment that cannot be set, with the reason."""

    reason: str


def to_typst(fragments: Sequence[Tex], limit: float = TIME_LIMIT) -> list[str | Refused]:
    """Convert fragments to Typst equations (``$…$``), in order.

    Macros that one fragment defines hold in those after it, as in MathJax. A
    fragment that pandoc does not understand, or not within `limit` seconds,
    comes back as `Refused`; it never costs its neighbours.
    """
    prepared = _prepared(fragments)
    wanted = [index for index, item in enumerate(prepared) if isinstance(item, Tex)]
    deadline = time.monotonic() + limit
    answers = _answers([prepared[index] for index in wanted], deadline)
    results: list[str | Refused] = [Refused("")] * len(prepared)
    for index, item in enumerate(prepared):
        if isinstance(item, Refused):
            results[index] = item
    for index, answer in zip(wanted, answers, strict=True):
        results[index] = answer if isinstance(answer, Refused) else _accepted(answer)
    return results


@contextlib.contextmanager
def under_way(fragments: Iterable[Tex]) -> Iterator[None]:
    """Have pandoc at work on fragments meanwhile, so that `to_typst` finds answers afterwards.

    What it does not answer in time is left to `to_typst`, which finds out whose fault that is.
    """

    def ask() -> None:
        new = [tex for tex in dict.fromkeys(wanted) if tex not in _known]
        with contextlib.suppress(subprocess.TimeoutExpired, OSError):
            _remember(zip(new, _run(new, TIME_LIMIT / 3) if new else (), strict=True))

    wanted = [tex for tex in _prepared(fragments) if isinstance(tex, Tex)]
    pandoc_at_work = threading.Thread(target=ask)
    pandoc_at_work.start()
    try:
        yield
    finally:
        pandoc_at_work.join()


def _prepared(fragments: Iterable[Tex]) -> list[Tex | Refused]:
    """Fragments as pandoc is to read them, with the macros of those before them."""
    macros: list[str] = []
    prepared: list[Tex | Refused] = []
    for fragment in fragments:
        source = clean(fragment.source)
        fault = texrepair.fault(source)
        if fault:
            prepared.append(Refused(fault))
            continue
        repaired = texrepair.before(source, fragment.display)
        prepared.append(Tex("".join(macros) + repaired, fragment.display))
        macros += texrepair.macros(repaired)
    return prepared


@lru_cache(maxsize=1)
def pandoc() -> str:
    """The path of the pandoc that pypandoc_binary brings.

    Found without importing pypandoc, which would start a pandoc to ask its version.
    Raises `FileNotFoundError` when the package is not installed.
    """
    spec = find_spec("pypandoc")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("pandoc", "pandoc.exe"):
            path = Path(folder) / "files" / name
            if path.is_file():
                return str(path)
    raise FileNotFoundError(
        "The maths of a PDF needs pandoc: pip install pypandoc_binary puts it in place."
    )


_known: dict[Tex, str] = {}


def _answers(fragments: list[Tex], deadline: float) -> list[str | Refused]:
    """pandoc's answers, of which it is asked only for those that are not known yet."""
    found: dict[Tex, str | Refused] = {tex: _known[tex] for tex in fragments if tex in _known}
    new = [tex for tex in dict.fromkeys(fragments) if tex not in found]
    found.update(zip(new, _convert(new, deadline), strict=True))
    _remember((tex, found[tex]) for tex in new)
    return [found[tex] for tex in fragments]


def _remember(answers: Iterable[tuple[Tex, str | Refused]]) -> None:
    for tex, answer in answers:
        # A refusal may only be a machine that was too busy, so it is no answer to keep.
        if isinstance(answer, str) and len(tex.source) <= _LONGEST_REMEMBERED:
            if len(_known) >= _REMEMBERED:
                _known.clear()
            _known[tex] = answer


def _convert(fragments: list[Tex], deadline: float) -> list[str | Refused]:
    """All fragments in one run; halves of them, and halves again, when it takes too long.

    Nested superscripts make pandoc exponential, so one fragment can stall a batch.
    """
    if not fragments:
        return []
    left = deadline - time.monotonic()
    if left <= 0:
        return [Refused("the maths of this notebook takes too long")] * len(fragments)
    alone = len(fragments) == 1
    try:
        return _run(fragments, min(left, _ALONE if alone else max(_ALONE, left / 3)))
    except subprocess.TimeoutExpired:
        if alone:
            return [Refused("it takes too long to set")]
        middle = len(fragments) // 2
        return _convert(fragments[:middle], deadline) + _convert(fragments[middle:], deadline)


def _run(fragments: list[Tex], limit: float) -> list[str | Refused]:
    # As pandoc's own syntax tree: no fragment can spill over into the next, and
    # no Markdown or LaTeX document has to be parsed around them.
    mark = texrepair.SEPARATOR
    blocks: list[object] = []
    for fragment in fragments:
        kind = {"t": "DisplayMath" if fragment.display else "InlineMath"}
        blocks.append({"t": "Plain", "c": [{"t": "Math", "c": [kind, fragment.source]}]})
        blocks.append({"t": "RawBlock", "c": ["typst", mark]})
    document = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
    # A heap limit as well: exponential growth eats memory before it eats the time.
    command = [pandoc(), "+RTS", "-M1G", "-RTS", "-f", "json", "-t", "typst", "--wrap=none"]
    done = subprocess.run(
        command, input=json.dumps(document).encode(), capture_output=True, timeout=limit
    )
    answers = done.stdout.decode("utf-8", "replace").split(mark)[:-1]
    if done.returncode or len(answers) != len(fragments):
        if len(fragments) > 1:
            raise subprocess.TimeoutExpired(command, limit)
        return [Refused("pandoc failed on it")]
    return [
        answer.strip() if answer.strip().startswith("$") else Refused("it is not valid LaTeX maths")
        for answer in answers
    ]


def _accepted(answer: str) -> str | Refused:
    repaired = texrepair.after(answer)
    return repaired if is_plain_maths(repaired) else Refused("it uses what cannot be printed")


_TOKEN = re.compile(
    r"""
    (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<escape>\\.|\\$)
  | (?P<hash>\#(?:
        h\((?P<em>-?[0-9.]+)em\)
      | hide\[[\w\ ^()+=.-]*\]
      | box\(stroke:\ 0\.5pt,\ inset:\ 3pt,\ \[\$(?P<boxed>\ )
      | (?:none|true|right|center|left)\b
      | \(vline:\ \([0-9, ]*\)\)
      | [0-9](?:\.[0-9]+)?em
    ))
  | (?P<code>\b(?:std|doc)\b|\b(?:image|text)\()
  | (?P<unbox>\ \$\]\))
  | (?P<other>[^"\\$\#])
  | (?P<bad>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def is_plain_maths(code: str) -> bool:
    """Whether Typst code is one equation and nothing else.

    No code but the few constructs named here may follow a hash, no dollar sign
    may end the equation early, and no space may be wider than 20 em.
    """
    if len(code) < 2 or code[0] != "$" or code[-1] != "$":
        return False
    boxes = 0
    for token in _TOKEN.finditer(code, 1, len(code) - 1):
        if token["bad"] is not None or token["code"] is not None:
            return False
        if token["em"] is not None and not _is_narrow(token["em"]):
            return False
        boxes += (token["boxed"] is not None) - (token["unbox"] is not None)
        if boxes < 0:
            return False
    # A closing backslash would escape the dollar sign that ends the equation.
    return boxes == 0 and not re.search(r"(?<!\\)(\\\\)*\\$", code[:-1])


def _is_narrow(em: str) -> bool:
    try:
        return abs(float(em)) <= 20
    except ValueError:
        return False

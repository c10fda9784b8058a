"""Which of several cells is the answer, and how an answer in pieces is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nbformat import NotebookNode

from autograder.repair.code import is_whole
from autograder.repair.conflicts import OTHER_SIDE
from autograder.repair.match import plain

_COPY = 0.5
_LONGEST_COMPARED = 4_000
_MOST_PIECES = 8


@dataclass(frozen=True)
class Choice:
    """Places among the candidates: the answer (in pieces, if several), and what becomes of the
    others. `beside` stay cells of their own; the rest holds nothing that the answer has not."""

    answer: tuple[int, ...]
    beside: tuple[int, ...] = ()
    as_text: tuple[int, ...] = ()  # of those beside, what must not be run


def choose(
    released: NotebookNode, candidates: Sequence[NotebookNode], before_test: Sequence[bool]
) -> Choice:
    """The answer among cells that all claim to be it.

    What was never changed is no answer, and what is wholly in another one is
    not needed. Of what is left: the other side of a git conflict counts only
    if nothing else does. Pieces of one answer are put together, and so are
    answers in words. Of several versions of code the last one counts that
    stands before its test.
    """
    if len(candidates) == 1:
        return Choice((0,))
    stub = plain(released.source)
    texts = [plain(cell.source) for cell in candidates]
    changed = [k for k, text in enumerate(texts) if text not in ("", stub)]
    if not changed:
        return Choice((0,))
    own = [k for k in changed if OTHER_SIDE not in candidates[k].metadata]
    others = [k for k in changed if k not in own]
    counting = _distinct(own or others, texts)
    aside = tuple(k for k in others if own and not any(texts[k] in texts[n] for n in counting))
    if len(counting) == 1:
        return Choice((counting[0],), aside, aside)
    if released.cell_type != "code" or _pieces(stub, [texts[k] for k in counting]):
        return Choice(tuple(counting), aside, aside)
    in_time = [k for k in counting if before_test[k]] or counting
    answer = in_time[-1]
    versions = tuple(k for k in counting if k != answer)
    return Choice((answer,), tuple(sorted((*versions, *aside))), aside)


def continued(released: NotebookNode, answer: str, added: Sequence[str]) -> int:
    """How many of the code cells added below an answer are pieces of it."""
    stub = plain(released.source)
    for count in range(1, min(len(added), _MOST_PIECES) + 1):
        texts = [plain(answer), *map(plain, added[:count])]
        lost = not all(map(is_whole, texts)) and is_whole("\n".join(texts))
        if lost or (_given_apart(stub, texts) and is_whole("\n".join(texts))):
            return count
    return 0


def _distinct(places: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Without those whose text is in another's; of equal ones the first stays."""
    return [
        k
        for k in places
        if not any(
            n != k and texts[k] in texts[n] and (texts[k] != texts[n] or n < k) for n in places
        )
    ]


def _pieces(stub: str, texts: Sequence[str]) -> bool:
    """Whether code is one answer that was split, and not several versions of it."""
    if not is_whole("\n".join(texts)):
        return False
    if not all(map(is_whole, texts)) or _given_apart(stub, texts):
        return True
    if _given(stub, texts[0]):
        return not any(_given(stub, text) for text in texts[1:])
    short = [text[:_LONGEST_COMPARED] for text in texts]
    return all(
        SequenceMatcher(None, short[0], text, autojunk=False).quick_ratio() < _COPY
        for text in short[1:]
    )


def _given_apart(stub: str, texts: Sequence[str]) -> bool:
    """Whether lines that every student was given are spread over the pieces, none there twice."""
    given = [_given(stub, text) for text in texts]
    later = set().union(*given[1:])
    return bool(later - given[0]) and sum(map(len, given)) == len(set().union(*given))


def _given(stub: str, text: str) -> set[str]:
    lines = {line.strip() for line in stub.split("\n") if len(line.strip()) > 3}
    return lines & {line.strip() for line in text.split("\n")}

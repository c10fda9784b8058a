"""One cell for each released one: doubles resolved, types, marks and locked texts put back."""

from __future__ import annotations

from collections.abc import Sequence

from nbformat import NotebookNode

from autograder.repair.answers import Choice, choose
from autograder.repair.code import is_whole, typed_plainly, unfenced
from autograder.repair.leftovers import Leftover, fenced, leftover
from autograder.repair.match import Claims, Template, plain, same
from autograder.repair.slots import Log, Slot, code_cell, put_together, text_cell
from autograder.repair.words import quoted, short

_TYPES = {"code": "code", "markdown": "text", "raw": "raw text"}
_MARKS = ("grade", "solution", "locked", "task")


def settle(
    template: Template, cells: Sequence[NotebookNode], claims: Claims, log: Log
) -> list[Slot]:
    """One cell for each that was released: doubles resolved, types and locked texts put back."""
    slots: dict[int, list[Slot]] = {}  # what stands in the place of each submitted cell
    for i, places in claims.of.items():
        several = [cells[j] for j in places]
        if template.is_answer(i):
            found = _answer(template, i, places, several, claims, log)
        elif template.has(i, "locked"):
            found = _locked(template, i, several, claims.nameless.isdisjoint(places), log)
        else:
            found = _with_answer(template, i, _theirs(template, i, several), claims, log)
        slots |= {j: stands for j, stands in zip(places, found, strict=True)}
        if template.marked(i) and not claims.nameless.isdisjoint(places):
            log.group("nameless", template.names[i])
    result = []
    for j, cell in enumerate(cells):
        result += slots[j] if j in slots else [Slot(None, cell)]
    return [slot for slot in result if slot.released is not None or not _is_badge(slot.cell)]


def _answer(
    template: Template,
    i: int,
    places: Sequence[int],
    several: Sequence[NotebookNode],
    claims: Claims,
    log: Log,
) -> list[list[Slot]]:
    released, name = template.cells[i], template.names[i]
    test = _test_of(template, i, claims)
    if released.cell_type == "code":
        several = [_as_code(cell, str(name), log) for cell in several]
    choice = choose(released, several, [test is None or j < test for j in places])
    cell = several[choice.answer[0]]
    if len(choice.answer) > 1:
        cell = put_together([several[k] for k in choice.answer], cell.cell_type == "code")
    if len(several) > 1:
        _say_doubles(str(name), len(several), choice, log)
    if cell.cell_type != released.cell_type:
        was, now = _TYPES[cell.cell_type], _TYPES[released.cell_type]
        log.lines.append(f"answer cell {name} had been turned into {was} and is {now} again")
    elif claimed := _claimed(several[choice.answer[0]], released):
        log.lines.append(f"cell {name} {claimed}, which were put back")
    elif _marks_changed(several[choice.answer[0]], released):
        log.lines.append(f"the marks of cell {name} had been changed and were put back")
    result: list[list[Slot]] = []
    for k, candidate in enumerate(several):
        if k == choice.answer[0]:
            result.append([Slot(i, cell)])
        elif k in choice.as_text:
            is_code = candidate.cell_type == "code"
            text = fenced(candidate.source) if is_code else candidate.source
            result.append([Slot(None, text_cell(text))])
        else:
            result.append([Slot(None, candidate)] if k in choice.beside else [])
    return result


def _as_code(cell: NotebookNode, name: str, log: Log) -> NotebookNode:
    """An answer in code without what only Markdown and word processors put there."""
    source = cell.source
    bare = unfenced(source)
    if bare != source and (cell.cell_type != "code" or not is_whole(source)):
        log.lines.append(f"answer cell {name} stood in a Markdown fence (```), which was taken off")
        source = bare
    plainly = typed_plainly(source)
    if plainly != source:
        log.lines.append(
            f"answer cell {name} had quotes, spaces or dashes that Python cannot read, as word "
            "processors write them; they were replaced by those of the keyboard"
        )
    return cell if plainly == cell.source else NotebookNode({**cell, "source": plainly})


def _test_of(template: Template, i: int, claims: Claims) -> int | None:
    """Where the test of an answer stands in the submission, if it is there."""
    for k in range(i + 1, len(template.cells)):
        if template.is_answer(k):
            return None
        if template.has(k, "grade") and k in claims.of:
            return claims.of[k][-1]
    return None


def _say_doubles(name: str, count: int, choice: Choice, log: Log) -> None:
    what = f"answer cell {name} was there {count} times"
    if len(choice.answer) > 1:
        pieces = len(choice.answer)
        log.lines.append(f"{what}; {pieces} of them hold parts of the answer and were joined")
    elif choice.beside:
        log.lines.append(
            f"{what}; the last version before its test counts, the others stay there. If another "
            "one should count, hand the notebook in again without the rest"
        )
    else:
        log.group("doubled answer", name)


def _locked(
    template: Template, i: int, several: Sequence[NotebookNode], named: bool, log: Log
) -> list[list[Slot]]:
    released, name = template.cells[i], str(template.names[i])
    exact = [k for k, cell in enumerate(several) if same(cell.source, released.source)]
    kept = exact[0] if exact else 0
    stale = not exact and _from_earlier_release(several[kept])
    result: list[list[Slot]] = []
    for k, cell in enumerate(several):
        rest = Leftover()
        if k not in exact and not (stale and k == kept):
            rest = leftover(released.source, cell.source, is_code=released.cell_type == "code")
        above = [Slot(None, code_cell(rest.code_before))] if rest.code_before else []
        below = [Slot(None, code_cell(rest.code_after))] if rest.code_after else []
        below += [Slot(None, text_cell(rest.text))] if rest.text else []
        result.append([*above, *([Slot(i, cell)] if k == kept else []), *below])
    if len(several) > 1:
        log.group("doubled", name)
    cell = several[kept]
    retyped = cell.cell_type != released.cell_type
    claimed = _claimed(cell, released)
    if exact and not retyped:
        if claimed:
            log.lines.append(f"cell {name} {claimed}, which were put back")
        elif named and _marks_changed(cell, released):
            log.lines.append(f"the marks of cell {name} had been changed and were put back")
    elif stale:
        log.lines.append(f"cell {name} was of an earlier release and was brought up to date")
    elif retyped or claimed or any(len(stands) > (k == kept) for k, stands in enumerate(result)):
        what = f"locked cell {name} had been changed and was put back"
        claim = f" ({claimed})" if claimed else ""
        log.lines.append(f"{what}{claim}; what stood there: {_first(cell, released)}")
    elif len(several) == 1:
        log.group("not whole", name)
    return result


def _theirs(template: Template, i: int, several: Sequence[NotebookNode]) -> list[list[Slot]]:
    """A cell that students may change: copies stay, but for those that say the same once more."""
    if len(several) == 1:
        return [[Slot(i, several[0])]]
    seen: set[str] = {template.texts[i]}
    first = next((k for k, c in enumerate(several) if plain(c.source) != template.texts[i]), 0)
    seen.add(plain(several[first].source))
    result: list[list[Slot]] = []
    for k, cell in enumerate(several):
        text = plain(cell.source)
        if k == first:
            result.append([Slot(i, cell)])
        else:
            result.append([] if text in seen else [Slot(None, cell)])
            seen.add(text)
    return result


def _with_answer(
    template: Template, i: int, found: list[list[Slot]], claims: Claims, log: Log
) -> list[list[Slot]]:
    """With the answer in words that is missing right above a cell, if it was merged into that one.

    What stands in the cell beside its own text, and beside the question if that is missing too, is
    the answer.
    """
    start = i
    while start and start - 1 not in claims.of:
        start -= 1
    answers = [k for k in range(start, i) if template.is_answer(k)]
    if not answers or not template.is_written(answers[-1]) or template.cells[i].cell_type == "code":
        return found
    given = "\n\n".join(template.texts[start : i + 1])
    result = []
    for stands in found:
        cell = next((slot.cell for slot in stands if slot.released == i), None)
        answer = leftover(given, cell.source, is_code=False).text if cell is not None else ""
        if answer:
            own = Slot(answers[-1], NotebookNode({**cell, "source": answer}))
            stands = [own, Slot(i, text_cell(template.cells[i].source))]
            name = template.names[answers[-1]]
            log.lines.append(f"the answer to {name} stood in the cell below it and was taken out")
        result.append(stands)
    return result


def _claimed(cell: NotebookNode, released: NotebookNode) -> str:
    points = released.metadata.nbgrader.get("points")
    said = _marks(cell).get("points", points)
    if points is None or said == points:
        return ""
    return f"claimed {short(said, 20)} points instead of {points:g}"


def _marks_changed(cell: NotebookNode, released: NotebookNode) -> bool:
    marks = _marks(cell)
    if "grade_id" not in marks:  # known by its text or place, which is said elsewhere
        return False
    ours = released.metadata.nbgrader
    return any(bool(marks.get(mark)) != bool(ours.get(mark)) for mark in _MARKS)


def _marks(cell: NotebookNode) -> dict:
    marks = cell.metadata.get("nbgrader")
    return marks if isinstance(marks, dict) else {}


def _from_earlier_release(cell: NotebookNode) -> bool:
    """Whether a cell is as it was once released: the checksum that nbgrader gave it says so."""
    checksum = _marks(cell).get("checksum")
    if not isinstance(checksum, str) or not isinstance(_marks(cell).get("grade_id"), str):
        return False
    from nbgrader.utils import compute_checksum  # nbgrader takes a second to import

    return checksum == compute_checksum(cell)


def _first(cell: NotebookNode, released: NotebookNode) -> str:
    """The first lines that the student wrote; the cell's own lines say nothing."""
    ours = {line.strip() for line in released.source.splitlines()}
    wrote = [line for line in cell.source.splitlines() if line.strip() not in ours]
    return quoted("\n".join(wrote) or cell.source)


def _is_badge(cell: NotebookNode) -> bool:
    """The button that Colab puts above a notebook that is kept on GitHub."""
    return cell.get("id") == "view-in-github" and "colab-badge.svg" in cell.source

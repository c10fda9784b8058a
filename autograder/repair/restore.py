"""The released order, what is missing, answers in pieces, and the cells as they are handed on.

Every step takes the cells as `Slot`s in their order and leaves them so; what it
changed goes into the log. `docs/repair.md` says the rules in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count as counted

from nbformat import NotebookNode

from autograder.repair.answers import continued
from autograder.repair.code import looks_like_code
from autograder.repair.leftovers import fenced
from autograder.repair.match import Template, longest_run, plain, same
from autograder.repair.slots import Log, Slot, put_together, text_cell


def put_in_order(template: Template, slots: list[Slot], log: Log) -> list[Slot]:
    """The released order; an added cell stays behind the cell that it stood behind."""
    marked = [s.released for s in slots if s.released is not None and template.marked(s.released)]
    kept = longest_run(marked)
    if len(kept) == len(marked):
        return slots
    in_place = {marked[place] for place in kept}
    for i in sorted(set(marked) - in_place):
        log.group("moved", str(template.names[i]))
    blocks: list[list[Slot]] = [[]]
    for slot in slots:
        if slot.released is not None:
            blocks.append([])
        blocks[-1].append(slot)
    head, *rest = blocks
    rest.sort(key=lambda block: block[0].released or 0)
    return [slot for block in (head, *rest) for slot in block]


def complete(template: Template, slots: list[Slot], log: Log) -> list[Slot]:
    """With the cells that had been deleted, each where it was released."""
    there = {slot.released for slot in slots}
    for i, released in enumerate(template.cells):
        if i in there or not template.marked(i):
            continue
        if not template.is_answer(i):
            log.group("deleted", str(template.names[i]))
        cell = NotebookNode(cell_type=released.cell_type, metadata={}, source=released.source)
        slots.insert(_place(template, slots, i), Slot(i, cell, put_back=True))
    return slots


def say_unanswered(template: Template, slots: Sequence[Slot], log: Log) -> None:
    """Which answers were not there, now that what stood elsewhere was put into them."""
    for p, slot in enumerate(slots):
        i = slot.released
        if i is None or not slot.put_back or not template.is_answer(i):
            continue
        if same(slot.cell.source, template.cells[i].source):
            beside = not template.is_written(i) and _code_beside(template, slots, p)
            log.group("answered beside" if beside else "no answer", str(template.names[i]))


def _code_beside(template: Template, slots: Sequence[Slot], p: int) -> bool:
    """Whether a student's code stands right above or below a cell."""
    for step in (-1, 1):
        k = p + step
        while 0 <= k < len(slots) and _is_students(template, slots[k]):
            if slots[k].cell.cell_type == "code" and looks_like_code(slots[k].cell.source):
                return True
            k += step
    return False


def _is_students(template: Template, slot: Slot) -> bool:
    """Whether a cell was added, or may be changed and was."""
    i = slot.released
    if i is None:
        return True
    return not template.marked(i) and not same(slot.cell.source, template.cells[i].source)


def _place(template: Template, slots: Sequence[Slot], i: int) -> int:
    """Where a deleted cell stood: behind the released cell before it.

    Cells that were added there belong to an answer before them, so a test comes
    after them; but an empty answer cell comes before, for they may answer it.
    """
    before = [p for p, slot in enumerate(slots) if slot.released is not None and slot.released < i]
    if not before:
        return 0
    place = before[-1] + 1
    previous = slots[before[-1]].released or 0
    is_question = template.cells[i].cell_type != "code" and not template.is_answer(i)
    if is_question or (template.is_answer(previous) and not template.is_answer(i)):
        while place < len(slots) and slots[place].released is None:
            place += 1
    return place


def join_answers(template: Template, slots: list[Slot], log: Log) -> list[Slot]:
    """Answers that went on in added cells, put together in the answer's own."""
    gone: set[int] = set()
    for p, slot in enumerate(slots):
        if slot.released is None or not template.is_answer(slot.released):
            continue
        end = p + 1
        while end < len(slots) and slots[end].released is None:
            end += 1
        start = p
        while start and slots[start - 1].released is None:
            start -= 1
        if not start or slots[start - 1].released != slot.released - 1:
            start = p  # what stands above belongs to something else
        if end - start > 1:
            join = _join_words if template.is_written(slot.released) else _join_code
            gone |= join(template, slots, start, p, end, log)
    return [slot for p, slot in enumerate(slots) if p not in gone]


def _join_words(
    template: Template, slots: list[Slot], start: int, p: int, end: int, log: Log
) -> set[int]:
    i = slots[p].released or 0
    own, stub = slots[p].cell, template.texts[i]
    untouched = plain(own.source) in ("", stub)
    added = [k for k in range(start, end) if k != p and slots[k].cell.source.strip()]
    words = [k for k in added if slots[k].cell.cell_type != "code"]
    telling = [k for k in words if plain(slots[k].cell.source) != stub]
    if telling:
        parts = sorted([*telling, *(() if untouched else (p,))])
        slots[p].cell = put_together([slots[k].cell for k in parts], False)
        where = "stood in" if untouched else "went on in"
        count = f"{len(telling)} added cells" if len(telling) > 1 else "an added cell"
        log.lines.append(f"the answer to {template.names[i]} {where} {count} and was put together")
        return set(words)
    code = [k for k in added if k not in words]
    if untouched and code:
        keep = [looks_like_code(slots[k].cell.source) for k in code]
        texts = [
            fenced(slots[k].cell.source) if is_code else slots[k].cell.source
            for k, is_code in zip(code, keep, strict=True)
        ]
        slots[p].cell = text_cell("\n\n".join(texts))
        log.lines.append(
            f"the answer to {template.names[i]} stood in a cell of code and was copied"
        )
        return {*words, *(k for k, is_code in zip(code, keep, strict=True) if not is_code)}
    return set(words)


def _join_code(
    template: Template, slots: list[Slot], start: int, p: int, end: int, log: Log
) -> set[int]:
    i = slots[p].released or 0
    below = []
    for k in range(p + 1, end):
        if slots[k].cell.cell_type != "code":
            break
        below.append(k)
    sources = [slots[k].cell.source for k in below]
    count = continued(template.cells[i], slots[p].cell.source, sources)
    if not count:
        return set()
    slots[p].cell = put_together([slots[k].cell for k in (p, *below[:count])], True)
    log.lines.append(f"answer cell {template.names[i]} had been split; its parts were joined")
    return set(below[:count])


def finish(template: Template, slots: Sequence[Slot]) -> list[NotebookNode]:
    """The cells as they are handed on: released names, types, marks and ids; texts of students."""
    ids = {released_id(template, slot.released) for slot in slots if slot.released is not None}
    free = _free_ids(ids)
    result = []
    for slot in slots:
        cell, i = slot.cell, slot.released
        if i is None:
            own = cell.get("id")
            if own is None or own in ids:
                own = next(free)
            ids.add(own)
            result.append(_fresh(cell, own, cell.cell_type, NotebookNode(), cell))
            continue
        released, own = template.cells[i], released_id(template, i)
        locked = template.has(i, "locked") and not template.is_answer(i)
        kind = released.cell_type if template.marked(i) else cell.cell_type
        text = released if locked else cell
        result.append(_fresh(text, own, kind, copied(released.metadata), cell))
    return result


def _fresh(
    text: NotebookNode, own_id: str, kind: str, metadata: NotebookNode, ran: NotebookNode
) -> NotebookNode:
    """A cell with the source of `text`, and the outputs of `ran` if they are of that source."""
    cell = NotebookNode(cell_type=kind, id=own_id, metadata=metadata, source=text.source)
    if kind == "code":
        as_it_ran = ran.cell_type == "code" and same(text.source, ran.source)
        outputs = list(ran.get("outputs", ())) if as_it_ran else []
        count = ran.get("execution_count") if as_it_ran else None
        dict.update(cell, outputs=outputs, execution_count=count)
    elif text.get("attachments"):
        dict.__setitem__(cell, "attachments", text["attachments"])
    return cell


def copied(metadata: NotebookNode) -> NotebookNode:
    """Metadata of the release, for somebody who may change it."""
    return NotebookNode(
        {key: copied(v) if isinstance(v, dict) else v for key, v in metadata.items()}
    )


def released_id(template: Template, i: int) -> str:
    """The id of a released cell; one of the release's own making if it has none."""
    return template.cells[i].get("id") or f"released-{i}"


def _free_ids(ids: set[str]) -> Iterator[str]:
    return (name for name in map("added-{}".format, counted(1)) if name not in ids)

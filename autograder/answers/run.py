"""Proving the checks: every answer through the engine, and what was misjudged.

Answers of one notebook share kernels: each starts from an emptied namespace
and without another one's trained networks, with the set-up cell, then the
answers it stands on, then itself and its test cell. The cells go through the
same sandbox and the same grade rule as a student's.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import preprocessors, utils
from traitlets.config import Config

from autograder.answers.bank import (
    Answer,
    Bank,
    fill_scripts,
    read_bank,
    references,
    script_references,
    write_answer,
)
from autograder.course import Course
from autograder.sandbox.outputs import Verdicts
from autograder.sandbox.run import Executed, Task, make_task, run_notebook
from autograder.sandbox.transcript import verdict_text

PER_KERNEL = 100
"""Answers that share one kernel, and so what the reference solutions train for all of them."""

TRAINING = {"CHAINRULE_GRADING": "0", "CHAINRULE_DATASET": "sample"}
"""What lets a notebook train while its answers are judged."""

TRAINING_SECONDS = 120
"""For a cell, which may have to train; graded ones only load."""

_FORGET = """\
get_ipython().run_line_magic('reset', '-f')
import pathlib as _pathlib, shutil as _shutil
_shutil.rmtree('artifacts', ignore_errors=True)
for _kept in {kept!r}:
    if _pathlib.Path(_kept).exists():
        _shutil.copytree(_kept, 'artifacts')
        break"""
"""Before each answer: it must not be judged on weights that another one has left behind."""

_KEEP = """\
import pathlib as _pathlib, shutil as _shutil
if _pathlib.Path('artifacts').exists():
    _shutil.copytree('artifacts', {kept!r}, dirs_exist_ok=True)"""
"""Before the answer's own cell: what was trained up to here is the same after the same cells."""

_WRITE = """\
import pathlib
for name, text in {files!r}.items():
    pathlib.Path(name).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(name).write_text(text, encoding="utf-8")"""

TOLERANCE = 0.005
"""Points in answer files have two decimals."""


@dataclass(frozen=True)
class Judged:
    """What an answer got. `points` is None if it is left to a person, `said` what was printed.

    `draw` counts from 0 how often the checks have drawn other inputs for it.
    """

    answer: Answer
    notebook: str
    points: float | None
    said: str
    draw: int = 0

    @property
    def misjudged(self) -> bool:
        if self.answer.by_hand:
            return self.points is not None
        return self.points is None or abs(self.points - self.answer.points) > TOLERANCE


@dataclass(frozen=True)
class Batch:
    """Answers to questions of one notebook that share a kernel, and the task of running them."""

    notebook: str
    answers: tuple[Answer, ...]
    task: Task
    config: Config
    draw: int = 0


def batches(
    course: Course, assignment: str, only: Sequence[str] = (), draws: int = 1
) -> Iterator[Batch]:
    """Every answer of an assignment's bank, and every reference solution, ready to be judged.

    `only` limits this to the named questions; each answer comes `draws` times, for the checks
    to draw other inputs. Raises BankError for a file that cannot be used.
    """
    bank = read_bank(course.root / "answers" / assignment)
    course = _trusting(course)
    for path in course.require_assignment(assignment):
        source = nbformat.read(path, as_version=4)
        own = references(source) | script_references(source, path.parent)
        jobs = [
            answer
            for question, reference in own.items()
            if not only or question in only
            for answer in (reference, *bank.get(question, {}).values())
        ]
        released = _stubbed(source, course.config)
        for start in range(0, len(jobs), PER_KERNEL):
            chosen = tuple(jobs[start : start + PER_KERNEL])
            notebook = _notebook(released, path.parent, chosen, own, bank)
            for draw in range(draws):
                # Other cells, other inputs: the seed is made from both them and the secret.
                notebook.cells[0] = nbformat.v4.new_code_cell(f"# draw {draw}")
                task = make_task(course, f"{assignment}/{path.stem}", notebook)
                yield Batch(path.stem, chosen, task, course.config, draw)


def prove(
    batches: Sequence[Batch],
    executor: Executor,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Judged]:
    """Judge the answers; they come back in their order. `on_progress` is told how many of how
    many are judged."""
    # Backwards: later assignments train, and what takes long must not be begun last.
    begun = {
        executor.submit(run_notebook, batches[place].task): place
        for place in reversed(range(len(batches)))
    }
    judged: dict[int, list[Judged]] = {}
    done, total = 0, sum(len(batch.answers) for batch in batches)
    for future in as_completed(begun):
        place = begun[future]
        judged[place] = list(_judged(batches[place], future.result()))
        done += len(judged[place])
        on_progress(done, total)
    return [one for place in sorted(judged) for one in judged[place]]


def _judged(batch: Batch, ran: Executed) -> Iterator[Judged]:
    executed = nbformat.reads(ran.notebook.decode(), as_version=4)
    executed, _ = Verdicts(config=batch.config).preprocess(executed, {})
    graded = {
        cell.metadata.nbgrader.grade_id: cell for cell in executed.cells if utils.is_grade(cell)
    }
    for index, answer in enumerate(batch.answers):
        cell = graded[f"{answer.question}@{index}"]
        points, _ = utils.determine_grade(cell)
        yield Judged(answer, batch.notebook, points, _said(cell), batch.draw)


def _trusting(course: Course) -> Course:
    """The course as it is run with our own answers, which need no walls around them."""
    config = copy.deepcopy(course.config)
    config.Sandbox.allow_unisolated = True
    # Answers bring no weights: what they need is trained here, on the small sample.
    config.Sandbox.environment = {**config.Sandbox.get("environment", {}), **TRAINING}
    config.Execute.timeout = max(config.Execute.get("timeout", 30), TRAINING_SECONDS)
    return replace(course, config=config)


def _stubbed(source: NotebookNode, config: Config) -> NotebookNode:
    """The notebook with stubs for solutions, but with its hidden tests still in."""
    resources: dict = {}
    notebook = copy.deepcopy(source)
    for step in (preprocessors.ClearSolutions, preprocessors.ComputeChecksums):
        notebook, resources = step(config=config).preprocess(notebook, resources)
    return notebook


def _notebook(
    released: NotebookNode,
    folder: Path,
    batch: Sequence[Answer],
    own: dict[str, Answer],
    bank: Bank,
) -> NotebookNode:
    """One long notebook that puts each answer of the batch in, one after the other.

    Its first cell is free for a comment.
    """
    cells = [nbformat.v4.new_code_cell()]
    for index, answer in enumerate(batch):
        chosen = {**own, **{q: bank[q][name] for q, name in answer.others}}
        chosen[answer.question] = answer
        if answer.by_hand:  # it stands on no code
            cells.append(_numbered(write_answer(_answer_cell(released, answer), answer), index))
            continue
        files = fill_scripts(folder, chosen)
        asked = list(_cells(released, answer.question, chosen, index))
        before = list(takewhile(partial(_is_not, f"{answer.question}-answer@{index}"), asked))
        kept = _kept_as(files, before)
        alike = [f"{kept}-{answer.trained}"] if answer.trained else []
        cells.append(nbformat.v4.new_code_cell(_FORGET.format(kept=[*alike, kept])))
        if files:
            cells.append(nbformat.v4.new_code_cell(_WRITE.format(files=files)))
        cells += before
        if not alike:  # else there are more networks by now than these cells have trained
            cells.append(nbformat.v4.new_code_cell(_KEEP.format(kept=kept)))
        cells += asked[len(before) :]
        if any((answer.question, answer.name) == (one.question, one.trained) for one in batch):
            lent = f"{kept}-{answer.name}"
            cells.append(nbformat.v4.new_code_cell(_KEEP.format(kept=lent)))
    return nbformat.v4.new_notebook(cells=cells, metadata=copy.deepcopy(released.metadata))


def _is_not(grade_id: str, cell: NotebookNode) -> bool:
    return cell.metadata.nbgrader.grade_id != grade_id


def _kept_as(files: dict[str, str], before: Sequence[NotebookNode]) -> str:
    """The folder for what these scripts and cells have trained: another one for any others."""
    ran = repr((files, [cell.source for cell in before]))
    return f"kept-{hashlib.sha256(ran.encode()).hexdigest()[:16]}"


def _cells(
    released: NotebookNode, question: str, chosen: dict[str, Answer], index: int
) -> Iterable[NotebookNode]:
    """Locked code and answers up to `question`, and its test cell; figures are left out."""
    for cell in released.cells:
        cell_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        about = cell_id.removesuffix("-answer")
        if utils.is_locked(cell) and not utils.is_grade(cell) and cell.cell_type == "code":
            if not cell_id.endswith("-figure"):
                yield _numbered(cell, index)
        elif utils.is_solution(cell) and about in chosen:
            if not utils.is_grade(cell):
                yield _numbered(write_answer(cell, chosen[about]), index)
        elif cell_id == question and cell.cell_type == "code":
            yield _numbered(cell, index)
        if cell_id == question:
            return


def _answer_cell(released: NotebookNode, answer: Answer) -> NotebookNode:
    return next(
        cell
        for cell in released.cells
        if utils.is_solution(cell) and cell.metadata.nbgrader.grade_id == answer.question
    )


def _numbered(cell: NotebookNode, index: int) -> NotebookNode:
    cell = copy.deepcopy(cell)
    cell.metadata.nbgrader.grade_id += f"@{index}"
    cell.id = nbformat.v4.new_code_cell().id
    return cell


def _said(cell: NotebookNode) -> str:
    said = []
    if (verdict := verdict_text(cell)) is not None:
        said.append(verdict)
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            said.append(output.text)
        elif output.output_type == "error":
            said.append(f"{output.ename}: {output.evalue}")
    return "\n".join(said).strip()


def thin_questions(course_root: Path, assignment: str, questions: Iterable[str]) -> list[str]:
    """Questions with fewer than three right or five wrong answers in the bank, in words."""
    bank = read_bank(course_root / "answers" / assignment)
    thin = []
    for question in questions:
        answers = bank.get(question, {}).values()
        right = sum(answer.is_right for answer in answers)
        wrong = len(answers) - right
        if right < 3 or wrong < 5:
            thin.append(f"{question}: {right} right, {wrong} wrong")
    return thin

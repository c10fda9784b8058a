"""The answer bank's report in the terminal: a line a question, a block an answer misjudged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from autograder.answers.run import Judged


def show_report(judged: Sequence[Judged], console: Console) -> None:
    """Print how many answers each question has, and every misjudged one with what was said."""
    by_question: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for each in judged:
        by_question[each.notebook, each.answer.question].append(each)
    table = Table(title="Answer bank", title_justify="left")
    for heading in ("notebook", "question"):
        table.add_column(heading)
    for heading in ("right", "wrong", "misjudged"):
        table.add_column(heading, justify="right")
    for (notebook, question), answers in by_question.items():
        first = [each.answer for each in answers if each.draw == 0]
        right = sum(answer.is_right for answer in first)
        wrong = sum(answer.name.startswith("wrong") for answer in first)
        bad = sum(each.misjudged for each in answers)
        style = "bold red" if bad else None
        table.add_row(notebook, question, str(right), str(wrong), str(bad), style=style)
    console.print(table)
    for each in judged:
        if each.misjudged:
            console.print(f"\n[bold]{each.answer.title}[/] {each.answer.about}")
            again = f", with the inputs of draw {each.draw + 1}" if each.draw else ""
            console.print(f"  must get {each.answer.points:g}, got {_points(each.points)}{again}")
            console.print(each.said, markup=False, highlight=False)
    bad = sum(each.misjudged for each in judged)
    draws = 1 + max((each.draw for each in judged), default=0)
    times = f", each with {draws} draws of inputs" if draws > 1 else ""
    console.print(f"\n{len(judged) // draws} answers{times}, {bad} misjudged.")


def as_rows(judged: Sequence[Judged]) -> list[dict]:
    """The same for scripts: a row an answer."""
    return [
        {
            "notebook": each.notebook,
            "question": each.answer.question,
            "answer": each.answer.name,
            "draw": each.draw + 1,
            "must_get": each.answer.points,
            "got": each.points,
            "by_hand": each.answer.by_hand,
            "misjudged": each.misjudged,
            "said": each.said,
        }
        for each in judged
    ]


def _points(points: float | None) -> str:
    return "left to a person" if points is None else f"{points:g}"

"""Who hands in: said once, and remembered in the user's configuration folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from platformdirs import user_config_path

from chainrule.submission.errors import SubmissionError

# What may stand in a file's name everywhere, and what the autograder takes for a student.
_ID = re.compile(r"[\w@+][\w.@+-]{0,63}")
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Student:
    """A student's id (number, account or e-mail address), and the name if there is one."""

    id: str
    name: str | None = None


def student(
    given: str | None, name: str | None, ask: Callable[[str], str] | None, how: str
) -> Student:
    """The student that is given, remembered, or asked for; remembered from then on.

    `ask` shows a question and returns what is typed; None where nobody can answer. `how`
    says how to give the id instead. SubmissionError if it stays unknown or cannot be an id.
    """
    known = _remembered()
    if given is not None:
        identity = _id(given, how)
        if name is None and known is not None and known.id == identity:
            name = known.name
        found = Student(identity, _name(name))
    elif known is not None:
        found = Student(known.id, known.name if name is None else _name(name))
    elif ask is None:
        raise SubmissionError(f"Who are you? Write {how}.")
    else:
        try:
            identity = _id(ask("Your student number or account name: "), how)
            name = ask("Your name, for the PDF (Enter for none): ") if name is None else name
        # Jupyter raises the last one where a notebook is run and nobody sits before it.
        except (EOFError, KeyboardInterrupt, NotImplementedError):
            raise SubmissionError(f"Who are you? Write {how}.") from None
        found = Student(identity, _name(name))
    if found != known:
        _remember(found)
    return found


def _id(text: str, how: str) -> str:
    text = text.strip()
    if not _ID.fullmatch(text):
        raise SubmissionError(
            f"{text[:70]!r} cannot be a student's id. Take your student number, account name or "
            f"e-mail address: letters, digits and any of . @ + - _, without blanks; write {how}."
        )
    return text


def _name(text: str | None) -> str | None:
    return " ".join((text or "").split())[:_LONGEST_NAME] or None


def _file() -> Path:
    return user_config_path("chainrule", appauthor=False) / "student.json"


def _remembered() -> Student | None:
    try:
        content = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):  # never asked, or not readable any more: ask again
        return None
    if not isinstance(content, dict):
        return None
    identity, name = content.get("id"), content.get("name")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        return None
    return Student(identity, _name(name) if isinstance(name, str) else None)


def _remember(found: Student) -> None:
    path = _file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(found), ensure_ascii=False), encoding="utf-8")
    except OSError:  # a home that cannot be written to: then it is asked for again next time
        return

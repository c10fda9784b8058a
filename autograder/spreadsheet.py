"""CSV files, as spreadsheets and platforms write and read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from autograder.course import CourseError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_csv(path: Path) -> list[list[str]]:
    """The rows of a file, separated by commas, semicolons or tabs. CourseError if it is no CSV."""
    try:
        return parse_csv(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CourseError(
            f"{path} is no CSV file in UTF-8 ({error}). Export or save it again as one."
        ) from error


def parse_csv(text: str) -> list[list[str]]:
    """The rows of a CSV. csv.Error if it is none."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def to_csv(rows: Iterable[Iterable[str]]) -> str:
    """Rows as a CSV, separated by commas."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def harmless(text: str) -> str:
    """Text that a spreadsheet will not run: one that begins like a formula gets an apostrophe.

    Source: OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection
    """
    text = " ".join(text.split())
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula."""
    return text.startswith(_FORMULA)

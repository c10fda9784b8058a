"""CSV files, as spreadsheets and platforms write and read them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from autograder.course import CourseError

# The first line that Excel writes and reads.
_SEPARATOR = re.compile(r"sep=([,;\t])", re.IGNORECASE)
_SAMPLE = 20  # lines
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_csv(path: Path) -> list[list[str]]:
    """The rows of a file, separated by commas, semicolons or tabs. CourseError if it is no CSV."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if "\0" in text:
            line = text[: text.index("\0")].count("\n") + 1
            raise csv.Error(f"line {line} has a zero byte in it")
        return parse_csv(text)
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CourseError(
            f"{path} is no CSV file in UTF-8 ({error}). Export or save it again as one."
        ) from error


def parse_csv(text: str) -> list[list[str]]:
    """The rows of a CSV, empty ones for empty lines. csv.Error, with the line, if it is none."""
    lines = io.StringIO(text, newline="").readlines()
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    told = _SEPARATOR.fullmatch(lines[start].strip()) if lines else None
    if told:
        lines[start] = "\n"
    delimiter = told[1] if told else _delimiter(lines[start:])
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows, line = [], 0
    try:
        for row in reader:
            rows.append(row)
            line = reader.line_num
    except csv.Error as error:
        raise csv.Error(f"line {line + 1}: {error}") from error
    return rows


def _delimiter(lines: list[str]) -> str:
    """What stands between the headings, and as often between what is below them."""

    def agreement(delimiter: str) -> tuple[int, int]:
        heading, *rows = csv.reader(lines[:_SAMPLE], delimiter=delimiter)
        return sum(len(row) == len(heading) for row in rows), len(heading)

    found = [delimiter for delimiter in ",;\t" if lines and delimiter in lines[0]]
    return max(found, key=agreement) if len(found) > 1 else (found or [","])[0]


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

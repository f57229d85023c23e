"""What a reader gives of a file: its sheets, and what is worth knowing of the file beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.errors import Argument, Gravity, InputError, Problem, Where, column_letter
from auditor.intake.raw import RawSheet


@dataclass(frozen=True, slots=True)
class Contents:
    """The sheets of a file, and notes and warnings about it: macros, links, sheets that hold no cells."""

    sheets: tuple[RawSheet, ...]
    notes: tuple[Problem, ...] = ()


def note(code: str, shown: str, gravity: Gravity = Gravity.NOTE, **args: Argument) -> Problem:
    """A problem of the file that stops nothing."""
    return replace(InputError.at(code, shown).problems[0], args=args, gravity=gravity)


def warning_at(code: str, shown: str, sheet: str | None, cell: tuple[int, int], **args: Argument) -> Problem:
    """A warning at a cell (row, column)."""
    row, column = cell
    return Problem(code, Where(shown, sheet, row, column_letter(column)), args, Gravity.WARNING)

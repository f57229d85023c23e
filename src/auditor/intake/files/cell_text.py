"""A cell's value as the text that a person would copy from it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from auditor.values.model import CellKind

Cell: TypeAlias = "str | bool | int | float | Decimal | date | datetime | time | timedelta | None"

_EXACT = 1e15


def cell_text(value: Cell) -> tuple[str | None, CellKind]:
    """Text and kind: 202210 not 202210.0, never scientific; a date ISO, with its time where it has one."""
    if value is None or value == "":
        return None, CellKind.BLANK
    if isinstance(value, str):
        return value, CellKind.TEXT
    if isinstance(value, bool):
        return "true" if value else "false", CellKind.BOOLEAN
    if isinstance(value, int):
        return str(value), CellKind.NUMBER
    if isinstance(value, float):
        return number_text(value), CellKind.NUMBER
    if isinstance(value, Decimal):
        return _plain(value), CellKind.NUMBER
    return _moment_text(value), CellKind.DATE


def number_text(value: float) -> str:
    """The shortest digits that give `value` again, written out plainly."""
    if value == 0:
        return "0"
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is not itself
        return "#NUM!"
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return _plain(Decimal(repr(value)))


def iso_text(text: str) -> str | None:
    """An ISO 8601 moment of a file (`2022-11-04T09:30:00Z`) as our text, or None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            return time.fromisoformat(text).isoformat("seconds")
        except ValueError:
            return None
    return cell_text(moment)[0]


def _plain(value: Decimal) -> str:
    if not value.is_finite():
        return "#NUM!"
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _moment_text(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02d}:{minutes:02d}:{seconds:02d}"
    return value.isoformat("seconds") if isinstance(value, time) else value.isoformat()

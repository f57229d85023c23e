"""Dates and months as people type them. Nothing that two people could read differently becomes a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from auditor.values.day_parts import Parts, cleaned, parts_of
from auditor.values.model import CellKind, Hints, Read, Unread
from auditor.values.shown import unread
from auditor.values.spans import ends_of, is_several_months, is_whole_year
from auditor.values.wording import is_nothing

_YEARS = range(1900, 2101)
_SERIALS = range(20_000, 80_001)
_DAY_ZERO = date(1899, 12, 30)  # right for every serial after the 29 February 1900 that spreadsheets believe in
_DAYS_TO_1904 = 1462
_NEVER = 9999  # the year by which systems write "no end"

_OPEN_ENDS = frozenset(
    [
        *("长期", "长期有效", "至今", "今", "现在", "目前", "永久", "无固定期限", "无期限", "无期", "不定期", "未到期"),
        *("在岗", "仍在岗", "现在岗", "目前在岗", "在岗中", "在职", "仍在职", "未离岗", "尚未离岗", "未退岗", "未退出"),
        *("未离职", "未返乡", "未返回"),
    ]
)
_OPEN_END = Read(None, "open-end")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_BARE_MONTH = re.compile("[0-9]{1,2}")
_OCTOBER_OR_JANUARY = re.compile(r"[0-9]{4}\.1")


def read_date(text: str, kind: CellKind, hints: Hints) -> Read | Unread:
    """A day; a month alone is its first, with note `date-month-only`; 长期, 至今 and the year 9999 are an open end."""
    if (iso := _ISO.fullmatch(text)) is not None:  # nearly every cell
        return _day(int(iso[1]), int(iso[2]), int(iso[3]), text)
    flat = cleaned(text)
    if is_nothing(flat):
        return Read(None)
    if flat in _OPEN_ENDS:
        return _OPEN_END
    if (serial := _serial(flat, kind, hints)) is not None:
        return Read(serial)
    parts = parts_of(flat, kind)
    if parts is None:
        several = kind == CellKind.TEXT and (is_several_months(flat) or _is_span(flat))
        return unread("date-range" if several else "date-unreadable", text)
    year = parts.year if parts.year is not None else hints.year
    if year is None:
        return unread("date-without-year", text)
    if parts.day is None and _is_ambiguous(flat, kind):
        return unread("month-ambiguous", text)
    read = _day(year, parts.month, 1 if parts.day is None else parts.day, text)
    if isinstance(read, Unread) or read.value is None:
        return read
    if parts.short:
        return Read(read.value, "year-two-digits")
    return Read(read.value, "date-month-only") if parts.day is None else read


def read_month(text: str, kind: CellKind, hints: Hints) -> Read | Unread:
    """A month, as its first day; 至今 is an open end. Several months in one cell are `month-range`, and no month."""
    flat = cleaned(text)
    if is_nothing(flat):
        return Read(None)
    if flat in _OPEN_ENDS:
        return _OPEN_END
    if (serial := _serial(flat, kind, hints)) is not None:
        # 20221 is rather 2022-1 with its zero lost than a day of 1955.
        return unread("month-unreadable", text) if flat.startswith("20") else Read(serial.replace(day=1))
    parts = parts_of(flat, kind)
    if parts is None and _BARE_MONTH.fullmatch(flat):
        parts = Parts(None, int(flat), None)
    if parts is None and kind == CellKind.TEXT:
        if is_several_months(flat) or is_whole_year(flat):
            return unread("month-range", text)
        if (ends := ends_of(flat)) is not None:
            if ends[0][:2] != ends[1][:2]:
                return unread("month-range", text)
            parts = ends[0]._replace(day=None)  # from its first day to its last
    if parts is None:
        return unread("month-unreadable", text)
    year = parts.year if parts.year is not None else hints.year
    if year is None:
        return unread("month-without-year", text)
    if parts.day is None and _is_ambiguous(flat, kind):
        return unread("month-ambiguous", text)
    read = _day(year, parts.month, 1 if parts.day is None else parts.day, text)
    if isinstance(read, Unread):
        return unread("month-unreadable", text)
    if not isinstance(read.value, date):
        return read
    return Read(read.value.replace(day=1), "year-two-digits" if parts.short else None)


def _is_span(text: str) -> bool:
    return ends_of(text) is not None or (
        any(text.endswith(word) and ends_of(text.removesuffix(word) + "至9999-12-31") for word in ("至今", "长期"))
    )


def _serial(text: str, kind: CellKind, hints: Hints) -> date | None:
    found = _SERIAL.fullmatch(text)
    if found is None or kind == CellKind.DATE or int(found[1]) not in _SERIALS:
        return None
    day = _DAY_ZERO + timedelta(days=int(found[1]) + (_DAYS_TO_1904 if hints.date_1904 else 0))
    return day if day.year in _YEARS else None


def _is_ambiguous(text: str, kind: CellKind) -> bool:
    """A number 2022.1 was typed as 2022.1 or as 2022.10: January or October."""
    return kind == CellKind.NUMBER and _OCTOBER_OR_JANUARY.fullmatch(text) is not None


def _day(year: int, month: int, day: int, text: str) -> Read | Unread:
    if year == _NEVER:
        return _OPEN_END
    if year not in _YEARS:
        return unread("date-impossible", text)
    try:
        return Read(date(year, month, day))
    except ValueError:
        return unread("date-impossible", text)

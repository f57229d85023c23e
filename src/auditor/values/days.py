"""Dates and months as people type them. Nothing that two people could read differently becomes a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from auditor.values.model import CellKind, Hints, Read, Unread
from auditor.values.numerals import parse_numeral
from auditor.values.shown import unread
from auditor.values.wording import DASHES, bare, is_nothing, plain, unguarded

_YEARS = range(1900, 2101)
_SERIALS = range(20_000, 80_001)
_DAY_ZERO = date(1899, 12, 30)  # right for every serial after the 29 February 1900 that spreadsheets believe in
_DAYS_TO_1904 = 1462
_NEVER = 9999  # the year by which systems write "no end"
_PIVOT = 49  # 22年 is 2022, 79年 is 1979
_FIRST_SURE_YEAR = 13  # 22/11/4 begins with a year; 11/4/22 may begin with a month

_OPEN_ENDS = frozenset(
    "长期 长期有效 至今 今 在岗 仍在岗 在职 现在 目前 永久 未离岗 尚未离岗 未退岗 未退出 无固定期限".split()  # noqa: SIM905
)
_OPEN_END = Read(None, "open-end")
_DIGIT = "零\u3007○一二三四五六七八九"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WEEKDAY = "(?:星期|周)[一二三四五六日天]"
_CLOCK = r"[0-9]{1,2}[:时点][0-9]{1,2}(?:[:分](?:[0-9]{1,2}(?:\.[0-9]+)?秒?)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_TIME = rf"(?:{_WEEKDAY})?(?:T?{_CLOCK})?"
_TIME_AFTER_SPACE = re.compile(r"(?<=[0-9日号])\s+(?=[0-9]{1,2}[:时点])")
_SEPARATOR = rf"[{DASHES}/.。,_年]"
_FULL = re.compile(
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}})(?P<mark>{_SEPARATOR})(?P<month>[0-9]{{1,2}})[{DASHES}/.。,_月]"
    rf"(?P<day>[0-9]{{1,2}})[日号]?{_TIME}"
)
_YEAR_MONTH = re.compile(
    rf"(?:(?P<year>[0-9]{{4}}){_SEPARATOR}(?P<month>[0-9]{{1,2}})|(?P<short>[0-9]{{2}})年(?P<short_month>[0-9]{{1,2}}))(?:月份?)?"
)
_DIGITS_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
_DIGITS_MONTH = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_MONTH_ALONE = re.compile(r"([0-9]{1,2})月份?")
_MONTH_AND_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})[日号]")
_NUMERAL_DAY = re.compile(
    f"(?:([{_DIGIT}]{{2}}|[{_DIGIT}]{{4}})年)?([一二三四五六七八九十]{{1,2}})(?:月份?)"
    "(?:([一二三四五六七八九十廿卅]{1,3})[日号])?"
)
_ENGLISH = re.compile(
    r"(?:([0-9]{1,2})[-/ ]?)?(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?[-/, ]?([0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERAL_DIGITS = str.maketrans(_DIGIT, "000123456789")

# What a shape of text says: year, month and day; no day for a month alone, no year for 10月.
_Parts = tuple[int | None, int, int | None]


def read_date(text: str, kind: CellKind, hints: Hints) -> Read | Unread:
    """A day; a month alone is its first, with note `date-month-only`; 长期, 至今 and the year 9999 are an open end."""
    if (iso := _ISO.fullmatch(text)) is not None:  # nearly every cell
        return _day(int(iso[1]), int(iso[2]), int(iso[3]), text)
    cleaned = _cleaned(text)
    if is_nothing(cleaned):
        return Read(None)
    if cleaned in _OPEN_ENDS:
        return _OPEN_END
    if (serial := _serial(cleaned, kind, hints)) is not None:
        return Read(serial)
    parts = _parts(cleaned, kind)
    if parts is None:
        return unread("date-unreadable", text)
    year, month, day = parts
    if year is None:
        year = hints.year
        if year is None:
            return unread("date-without-year", text)
    if day is None and _is_ambiguous(cleaned, kind):
        return unread("month-ambiguous", text)
    read = _day(year, month, 1 if day is None else day, text)
    return Read(read.value, "date-month-only") if day is None and isinstance(read, Read) and read.value else read


def read_month(text: str, kind: CellKind, hints: Hints) -> Read | Unread:
    """A month, as its first day; 至今 is an open end."""
    cleaned = _cleaned(text)
    if is_nothing(cleaned):
        return Read(None)
    if cleaned in _OPEN_ENDS:
        return _OPEN_END
    if (serial := _serial(cleaned, kind, hints)) is not None:
        # 20221 is rather 2022-1 with its zero lost than a day of 1955.
        return unread("month-unreadable", text) if cleaned.startswith("20") else Read(serial.replace(day=1))
    parts = _parts(cleaned, kind)
    if parts is None and re.fullmatch("[0-9]{1,2}", cleaned):
        parts = (None, int(cleaned), None)
    if parts is None:
        return unread("month-unreadable", text)
    year, month, day = parts
    if year is None:
        year = hints.year
        if year is None:
            return unread("month-without-year", text)
    if day is None and _is_ambiguous(cleaned, kind):
        return unread("month-ambiguous", text)
    read = _day(year, month, 1 if day is None else day, text)
    if isinstance(read, Unread):
        return unread("month-unreadable", text)
    return Read(read.value.replace(day=1)) if isinstance(read.value, date) else read


def _cleaned(text: str) -> str:
    # The time of day is joined by T, lest 4日 09:30 without its space become day 409.
    return bare(_TIME_AFTER_SPACE.sub("T", unguarded(plain(text))))


def _serial(text: str, kind: CellKind, hints: Hints) -> date | None:
    found = _SERIAL.fullmatch(text)
    if found is None or kind == CellKind.DATE or int(found[1]) not in _SERIALS:
        return None
    day = _DAY_ZERO + timedelta(days=int(found[1]) + (_DAYS_TO_1904 if hints.date_1904 else 0))
    return day if day.year in _YEARS else None


def _parts(text: str, kind: CellKind) -> _Parts | None:
    if kind not in {CellKind.TEXT, CellKind.NUMBER, CellKind.DATE}:
        return None
    if found := _FULL.fullmatch(text):
        short = len(found["year"]) == 2  # noqa: PLR2004
        if short and found["mark"] not in ".。年" and int(found["year"]) < _FIRST_SURE_YEAR:
            return None
        return _full_year(found["year"]), int(found["month"]), int(found["day"])
    if found := _YEAR_MONTH.fullmatch(text):
        return _full_year(found["year"] or found["short"]), int(found["month"] or found["short_month"]), None
    if found := _DIGITS_DAY.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DIGITS_MONTH.fullmatch(text):
        return int(found[1]), int(found[2]), None
    if found := _MONTH_ALONE.fullmatch(text):
        return None, int(found[1]), None
    if found := _MONTH_AND_DAY.fullmatch(text):
        return None, int(found[1]), int(found[2])
    return _worded(text)


def _worded(text: str) -> _Parts | None:
    if found := _NUMERAL_DAY.fullmatch(text):
        month = parse_numeral(found[2])
        day = parse_numeral(found[3]) if found[3] else None
        if month is None or (found[3] and day is None):
            return None
        return _full_year(found[1].translate(_NUMERAL_DIGITS)) if found[1] else None, month, day
    if found := _ENGLISH.fullmatch(text):
        return (
            _full_year(found[3]),
            _ENGLISH_MONTHS.index(found[2][:3].lower()) + 1,
            int(found[1]) if found[1] else None,
        )
    return None


def _is_ambiguous(text: str, kind: CellKind) -> bool:
    """A number 2022.1 was typed as 2022.1 or as 2022.10: January or October."""
    return kind == CellKind.NUMBER and re.fullmatch(r"[0-9]{4}\.1", text) is not None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004
        return year
    return year + (2000 if year <= _PIVOT else 1900)


def _day(year: int, month: int, day: int, text: str) -> Read | Unread:
    if year == _NEVER:
        return _OPEN_END
    if year not in _YEARS:
        return unread("date-impossible", text)
    try:
        return Read(date(year, month, day))
    except ValueError:
        return unread("date-impossible", text)

"""The shapes in which people write days and months. What two people could read differently is none of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from auditor.values.model import CellKind
from auditor.values.numerals import parse_numeral
from auditor.values.wording import DASHES, bare, plain, unguarded


class Parts(NamedTuple):
    """What a text says: no year in 10月, no day in 2022年10月. `short`: the year stood in two digits."""

    year: int | None
    month: int
    day: int | None
    short: bool = False


_PIVOT = 49  # 22年 is 2022, 79年 is 1979
_FIRST_SURE_YEAR = 13  # 22/11/4 begins with a year; 11/4/22 may begin with a month
_SHORT_YEAR = 2

_DIGIT = "零\u3007○Oo一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_ORDER = "元一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾"
_WEEKDAY = r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"
_NOON = "(?:上午|下午|am|pm)?"
_CLOCK = (
    rf"{_NOON}[0-9]{{1,2}}[:时点][0-9]{{1,2}}(?:[:分](?:[0-9]{{1,2}}(?:\.[0-9]+)?秒?)?)?"
    rf"(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?{_NOON}"
)
_TIME = rf"(?:{_WEEKDAY})?(?:T?{_CLOCK})?"
_TIME_AFTER_SPACE = re.compile(r"(?<=[0-9日号])\s+(?=(?:上午|下午|am|pm)?\s?[0-9]{1,2}[:时点])", re.IGNORECASE)
_SPACED = re.compile(r"([0-9]{4})\s+([0-9]{1,2})\s+([0-9]{1,2})")
_SEPARATOR = rf"[{DASHES}/.。,_年]"
# 2022.1-3 and 2022年1-3 are January to March rather than 3 January: both marks are of one kind, or 年 and 月.
_FULL = re.compile(
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}})(?:"
    rf"(?P<mark>[{DASHES}])(?P<m1>[0-9]{{1,2}})[{DASHES}](?P<d1>[0-9]{{1,2}})"
    rf"|(?P<same>[/.。,_])(?P<m2>[0-9]{{1,2}})(?P=same)(?P<d2>[0-9]{{1,2}})"
    rf"|年(?P<m3>[0-9]{{1,2}})月(?P<d3>[0-9]{{1,2}}))[日号]?[.。]?{_TIME}",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile(
    rf"(?:(?P<year>[0-9]{{4}}){_SEPARATOR}(?P<month>[0-9]{{1,2}})"
    rf"|(?P<short>[0-9]{{2}})年(?P<short_month>[0-9]{{1,2}}))(?:月份?)?[.。]?"
)
_DIGITS_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?")
_DIGITS_MONTH = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})")
_MONTH_ALONE = re.compile(r"([0-9]{1,2})月份?")
_MONTH_AND_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})[日号]")
_NUMERAL_DAY = re.compile(
    rf"(?:([{_DIGIT}]{{2}}|[{_DIGIT}]{{4}}|[0-9]{{4}})年)?(?:零|\u3007)?([{_ORDER}]{{1,3}})(?:月份?)"
    rf"(?:(?:零|\u3007)?([{_ORDER}廿卅]{{1,3}})[日号])?{_TIME}"
)
_ENGLISH = re.compile(
    r"(?:([0-9]{1,2})[-/ ]?)?(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?[-/, ]?([0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERAL_DIGITS = str.maketrans(_DIGIT, "00000123456789123456789")


def cleaned(text: str) -> str:
    """`text` as the shapes expect it: one width, no spaces but those that part numbers, which become marks."""
    flat = _SPACED.sub(r"\1-\2-\3", unguarded(plain(text)))
    # The time of day is joined by T, lest 4日 09:30 without its space become day 409.
    return bare(_TIME_AFTER_SPACE.sub("T", flat))


def parts_of(text: str, kind: CellKind) -> Parts | None:
    """What `text` (already `cleaned`) says; None where it has none of the shapes."""
    if kind not in {CellKind.TEXT, CellKind.NUMBER, CellKind.DATE}:
        return None
    if found := _FULL.fullmatch(text):
        mark = found["mark"] or found["same"] or "年"
        if len(found["year"]) == _SHORT_YEAR and mark not in ".。年" and int(found["year"]) < _FIRST_SURE_YEAR:
            return None
        month, day = found["m1"] or found["m2"] or found["m3"], found["d1"] or found["d2"] or found["d3"]
        return _dated(found["year"], int(month), int(day))
    if found := _YEAR_MONTH.fullmatch(text):
        return _dated(found["year"] or found["short"], int(found["month"] or found["short_month"]), None)
    if found := _DIGITS_DAY.fullmatch(text):
        return Parts(int(found[1]), int(found[2]), int(found[3]))
    if found := _DIGITS_MONTH.fullmatch(text):
        return Parts(int(found[1]), int(found[2]), None)
    if found := _MONTH_ALONE.fullmatch(text):
        return Parts(None, int(found[1]), None)
    if found := _MONTH_AND_DAY.fullmatch(text):
        return Parts(None, int(found[1]), int(found[2]))
    return _worded(text)


def _worded(text: str) -> Parts | None:
    if found := _NUMERAL_DAY.fullmatch(text):
        month = 1 if found[2] == "元" else parse_numeral(found[2])
        day = parse_numeral(found[3]) if found[3] else None
        if month is None or (found[3] and day is None):
            return None
        return _dated(found[1].translate(_NUMERAL_DIGITS), month, day) if found[1] else Parts(None, month, day)
    if found := _ENGLISH.fullmatch(text):
        month = _ENGLISH_MONTHS.index(found[2][:3].lower()) + 1
        return _dated(found[3], month, int(found[1]) if found[1] else None)
    return None


def _dated(year: str, month: int, day: int | None) -> Parts:
    if len(year) > _SHORT_YEAR:
        return Parts(int(year), month, day)
    return Parts(int(year) + (2000 if int(year) <= _PIVOT else 1900), month, day, short=True)

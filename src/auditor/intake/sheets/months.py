"""The month and the year that a title, a sheet's or a file's name speaks of."""

from __future__ import annotations

import re
import unicodedata

_CHINESE = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"(?:二[〇零○]|一九)[〇零○一二三四五六七八九]{2}(?=年)")

_YEAR = r"(?<!\d)(?:(?P<year>(?:19|20)\d{2})\s*年?度?|(?P<short>\d{2})\s*年度?)"
# The month is not that of a whole date, not one end of a span, and not a number of months.
_END = (
    r"(?!\s*\d{1,2}\s*[日号])"
    r"(?!\s*(?:份)?\s*(?:-|—|–|~|至|到|、|,|及|和|与)\s*(?:(?:19|20)?\d{2}\s*年)?\s*\d{1,2}\s*月)"
)
_NOT_SPAN = r"(?<![-—–~至到、,及和与\d.个])"
_WRITTEN = re.compile(
    rf"{_YEAR}\s*(?<![-—–~至到、,])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?!\s*龄){_END}"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<year>(?:19|20)\d{2})\s*[-./]\s*(?P<month>1[0-2]|0?[1-9])(?![\d]|\s*[-./~—–至]\s*\d|\s*[月日])"
)
_PACKED = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>1[0-2]|0[1-9])(?!\d)")
_BARE = re.compile(rf"{_NOT_SPAN}\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月{_END}")
_ANY_YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*(?=年)|(?<!\d)(?P<packed>(?:19|20)\d{2})(?:[-./]?(?:1[0-2]|0?[1-9]))?(?!\d)"
)
_SPAN = re.compile(
    r"\d{1,2}\s*月?份?\s*(?:-|—|–|~|至|到)\s*(?:(?:19|20)\d{2}\s*年\s*)?\d{1,2}\s*月|[一二三四五六七八九十]+月?\s*(?:至|到|-|—)\s*[一二三四五六七八九十]+月"
)


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), folded)


def number_of(text: str) -> int:
    """The number that a month is written with: 3, 03, 三; 0 where nothing is written."""
    return _CHINESE.get(text) or int(text or 0)


def year_of(text: str) -> int | None:
    """The one year that the text names, or None."""
    years = {int(match["year"] or match["packed"]) for match in _ANY_YEAR.finditer(_fold(text))}
    return years.pop() if len(years) == 1 else None


def month_of(text: str, year: int | None = None) -> str | None:
    """The one month that the text names, as `2022-10`; a month without its year takes `year`.

    None where there is none, where there are several (1-3月, 第一季度), or where it is part of a whole date.
    """
    folded = _fold(text)
    if _SPAN.search(folded):
        return None
    found = set()
    for pattern in (_WRITTEN, _NUMERIC, _PACKED):
        for match in pattern.finditer(folded):
            parts = match.groupdict()
            full = parts.get("year") or f"20{parts['short']}"
            found.add((int(full), number_of(match["month"])))
    if not found and year is not None:
        found = {(year, number_of(match["month"])) for match in _BARE.finditer(folded)}
    if len(found) != 1:
        return None
    (of, month), *_ = found
    return f"{of:04d}-{month:02d}"

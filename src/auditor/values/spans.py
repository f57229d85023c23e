"""Several months or days in one cell: 2022年1-3月, 一季度, 2022.1.1至2022.3.31. They are told, never shared out."""

from __future__ import annotations

import re

from auditor.values.day_parts import Parts, parts_of
from auditor.values.model import CellKind
from auditor.values.wording import DASHES

_YEAR = r"(?:(?:[0-9]{4}|[0-9]{2}|[零\u3007○Oo一二三四五六七八九]{4})年?(?:度|的)?)?"
_WORDS = re.compile(
    rf"{_YEAR}(?:第?[一二三四1-4]季度?|q[1-4]|[上下]半年度?|前[一二三四五六七八九十0-9]{{1,2}}(?:个月|季度)|全年度?)",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile("[0-9]{4}年度?")
_LISTED = re.compile(rf"{_YEAR}[0-9]{{1,2}}月?份?(?:[、,，和及]+[0-9]{{1,2}}月?份?)+(?<=[月份])")
_BREAK = re.compile(rf"[{DASHES}~～至到]+")
_MONTH = re.compile(r"([0-9]{1,2})月?份?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})[./月]([0-9]{1,2})[日号]?")
_DAY = re.compile(r"([0-9]{1,2})[日号]?")
_MONTH_ENDS = re.compile(r"[月份]$")


def is_whole_year(text: str) -> bool:
    """Whether `text` (already `cleaned`) names a year and nothing more: 2022年, 2022年度."""
    return _WHOLE_YEAR.fullmatch(text) is not None


def is_several_months(text: str) -> bool:
    """Whether `text` (already `cleaned`) names a quarter, a half year, the whole year, or lists months."""
    return _WORDS.fullmatch(text) is not None or _LISTED.fullmatch(text) is not None


def ends_of(text: str) -> tuple[Parts, Parts] | None:
    """The first and last day or month of a span in `text` (already `cleaned`); None where it is no span."""
    for gap in _BREAK.finditer(text):
        left, right = text[: gap.start()], text[gap.end() :]
        first = parts_of(left, CellKind.TEXT)
        if first is None and _MONTH_ENDS.search(right) and (found := _MONTH.fullmatch(left)):
            first = Parts(None, int(found[1]), None)
        if first is None:
            continue
        last = parts_of(right, CellKind.TEXT) or _rest(right, first)
        if last is not None:
            return first, last._replace(year=first.year) if last.year is None else last
    return None


def _rest(text: str, first: Parts) -> Parts | None:
    """The end of a span that leaves out what it shares with its beginning."""
    if first.day is None:
        found = _MONTH.fullmatch(text)
        return Parts(None, int(found[1]), None) if found else None
    if found := _MONTH_DAY.fullmatch(text):
        return Parts(None, int(found[1]), int(found[2]))
    found = _DAY.fullmatch(text)
    return Parts(None, first.month, int(found[1])) if found else None

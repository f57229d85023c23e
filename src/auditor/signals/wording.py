"""A rule's message with the figures in it: months, dates and money as people write them. No identity number gets in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from auditor.clues import Measure

_FIELD = re.compile(r"\{(\w+)\}")
_NO_NAME = {"zh": "（姓名不详）", "en": "(name unknown)"}
_EMPTY = {"zh": "无记录", "en": "none recorded"}
_UNCHECKED = {"zh": "（未核对）", "en": " (unchecked)"}
_FLAGS = {"zh": ("否", "是"), "en": ("no", "yes")}


def month_text(month: date, lang: str) -> str:
    """2022年3月, or 2022-03."""
    return f"{month.year}年{month.month}月" if lang == "zh" else f"{month:%Y-%m}"


def shown(value: object, lang: str) -> str:
    """A value of a signal as a sentence writes it: 1,200.00; 2022年3月5日."""
    if value is None:
        return _EMPTY[lang]
    if isinstance(value, bool):
        return _FLAGS[lang][value]
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else value.isoformat()
    return str(value)


def _means(value: object, text: str) -> bool:
    """Whether a column of a query holds the parameter's value written `text`; 2100.00 is 2100."""
    try:
        return Decimal(str(value)) == Decimal(text)
    except InvalidOperation:
        return str(value) == text


def message(
    template: str,
    values: Mapping[str, object],
    lang: str,
    *,
    monthly: bool,
    person: bool,
    unchecked: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> str:
    """`template` with each `{field}` replaced by its value.

    Args:
        template: the rule's sentence in `lang`.
        values: the columns of the signal's row, and the parameters.
        lang: zh or en.
        monthly: `period` is a month.
        person: the subject is a person, whose number stays out of the sentence.
        unchecked: for each parameter its values, as written, that nobody has checked: they are marked where they
            are shown. A field of a common stem stands for any of them (`retirement_age` for retirement_age_male and
            _female).
    """

    def doubtful(field: str, value: object) -> bool:
        names = [name for name in unchecked if name == field or name.startswith(f"{field}_")]
        return any(_means(value, text) for name in names for text in unchecked[name])

    def replaced(match: re.Match[str]) -> str:
        field = match[1]
        value = values.get(field)
        if field == "name" or (field == "subject" and person):
            return str(values.get("name") or _NO_NAME[lang])
        if field == "period" and monthly and isinstance(value, date):
            return month_text(value, lang)
        if field not in values:
            return match[0]
        return shown(value, lang) + (_UNCHECKED[lang] if doubtful(field, value) else "")

    return _FIELD.sub(replaced, template)


def measured(value: object) -> Measure:
    """A value as results write it: money and other fractions as decimal text, a date as YYYY-MM-DD."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{Decimal(str(value)):f}"

"""Amounts of money and whole numbers as people type them.

A number in Chinese numerals is read, with the note `number-in-words`: the template wants digits there (LT03), and the
amount is sure all the same.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

from auditor.values.model import CellKind, Hints, Read, Unread
from auditor.values.numerals import NUMERALS, parse_numeral
from auditor.values.shown import unread
from auditor.values.wording import DASHES, bare, is_nothing, plain, unguarded

_CENT = Decimal("0.01")
_LIMIT = Decimal(10) ** 15  # what a 64-bit column of cents and the exact range of a spreadsheet's numbers hold
_NEARLY_WHOLE = Decimal("0.000001")
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+"
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MINUS = re.compile(f"[{DASHES}]")
_ARABIC = re.compile("[0-9]")
_PER = r"(?:/|每|一)?个?(?:人|月|年|天|日|次)"
_MONEY = re.compile(
    rf"(?:每(?:人|月|年|天|日|次)|月|人民币|rmb|cny)*"
    rf"(?P<before>[+-]?)(?:¥|rmb|cny)?(?P<after>[+-]?)"
    rf"(?:(?P<digits>{_NUMBER})(?P<scale>[百千万亿w]|[十百千]万)?|(?P<words>[{NUMERALS}]+))"
    rf"(?P<yuan>元|圆|块钱?|\(元\))?(?:(?P<jiao>[0-9{NUMERALS}])角)?(?:零?(?P<fen>[0-9{NUMERALS}])分)?[整正]?"
    rf"(?:(?:/|每)(?:{_PER}|[·/])*)?(?:rmb|cny)?",
    re.IGNORECASE,
)
_SCALES = {
    "百": 100, "千": 1000, "万": 10**4, "w": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
}  # fmt: skip
_COUNTED = re.compile(
    rf"(?P<sign>[+-]?)(?:(?P<digits>{_NUMBER})|(?P<words>[{NUMERALS}]+))(?:个月|天|日|人|名|户|次|个|岁|月|年度?|周|期|笔|人次|工日)?"
)


def read_money(text: str, kind: CellKind, hints: Hints) -> Read | Unread:
    """Yuan, to two places, half up."""
    cleaned = _MINUS.sub("-", bare(unguarded(plain(text)))) if kind != CellKind.NUMBER else text
    if is_nothing(cleaned):
        return Read(None)
    if kind == CellKind.NUMBER:
        value = Decimal(text) * hints.money_unit if _FLOAT.fullmatch(text) else None
    elif kind == CellKind.TEXT:
        value = _typed_money(cleaned, hints.money_unit)
    else:
        value = None
    if value is None or abs(value) >= _LIMIT:
        return unread("money-unreadable", text)
    with localcontext() as context:
        context.prec = 60
        return Read(value.quantize(_CENT, ROUND_HALF_UP) + 0, _note(cleaned))


def _typed_money(text: str, unit: int) -> Decimal | None:
    negative = text[0] == "(" and text[-1] == ")"  # the accountants' minus
    found = _MONEY.fullmatch(text[1:-1] if negative else text)
    if found is None or (found["before"] and found["after"]) or (negative and "-" in text):
        return None
    value = _whole(found["digits"], found["words"])
    if value is None:
        return None
    parts = Decimal(0)
    if "." in (found["digits"] or "") and (found["jiao"] or found["fen"]):
        return None
    for name, size in (("jiao", Decimal("0.1")), ("fen", _CENT)):
        if found[name]:
            digit = int(found[name]) if found[name].isdigit() else parse_numeral(found[name])
            if digit is None or digit > 9 or not found["yuan"]:  # noqa: PLR2004
                return None
            parts += digit * size
    has_unit = found["yuan"] or found["scale"] or found["words"] or "¥" in text
    value = value * _SCALES.get((found["scale"] or "").lower(), 1) + parts
    value *= 1 if has_unit else unit
    return -value if negative or "-" in (found["before"], found["after"]) else value


def _whole(digits: str | None, words: str | None) -> Decimal | None:
    if digits:
        return Decimal(digits.replace(",", ""))
    number = parse_numeral(words or "")
    return None if number is None else Decimal(number)


def read_int(text: str, kind: CellKind) -> Read | Unread:
    """A whole number, its counter (天, 人, 个月) ignored."""
    cleaned = _MINUS.sub("-", bare(unguarded(plain(text)))) if kind != CellKind.NUMBER else text
    if is_nothing(cleaned):
        return Read(None)
    value: Decimal | None = None
    if kind == CellKind.NUMBER:
        value = Decimal(text) if _FLOAT.fullmatch(text) else None
    elif kind == CellKind.TEXT and (found := _COUNTED.fullmatch(cleaned)):
        value = _whole(found["digits"], found["words"])
        if value is not None and found["sign"] == "-":
            value = -value
    if value is None or abs(value) >= _LIMIT:
        return unread("int-unreadable", text)
    whole = value.to_integral_value(ROUND_HALF_UP)
    if abs(value - whole) > _NEARLY_WHOLE:
        return unread("int-fraction", text)
    return Read(int(whole), _note(cleaned))


def _note(text: str) -> str | None:
    return None if _ARABIC.search(text) else "number-in-words"

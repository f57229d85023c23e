"""Resident identity numbers (GB 11643): validity, birth date, sex, and the upgrade of the old 15-digit form."""

from __future__ import annotations

import re
from datetime import date

_PROVINCES = frozenset(
    str(code)
    for span in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(span[0], span[1] + 1)
)
_EARLIEST_BIRTH = date(1900, 1, 1)
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_OLD_SHAPE = re.compile(r"[0-9]{15}")
_RADIX = 13  # congruent 2 modulo 11, so that reading the digits in base 13 weights each by a power of two
MALE, FEMALE = "男", "女"


def check_digit(body: str) -> str:
    """The check character of the 17 digits `body` (ISO 7064 MOD 11-2)."""
    rest = (1 - 2 * int(body, _RADIX)) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004


def has_right_check_digit(number: str) -> bool:
    """Whether `number` has 18 characters of the right kind and its check character fits them."""
    return _SHAPE.fullmatch(number) is not None and check_digit(number[:17]) == number[17]


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def is_valid(number: str, as_of: date) -> bool:
    """Whether `number` can be a resident's on `as_of`: province, birth date from 1900 to that day, check character.

    Nothing finer than the province is judged: numbers carry the area code of first issue, and those come and go.
    """
    if not has_right_check_digit(number) or number[:2] not in _PROVINCES:
        return False
    born = _day(number[6:14])
    return born is not None and _EARLIEST_BIRTH <= born <= as_of


def birth_date(number: str) -> date | None:
    """The birth date in the 18-character `number`; None where it holds no calendar date. Judge validity first."""
    return _day(number[6:14]) if _SHAPE.fullmatch(number) else None


def sex(number: str) -> str | None:
    """男 or 女, from the 17th digit of the 18-character `number`; None for another shape. Judge validity first."""
    if not _SHAPE.fullmatch(number):
        return None
    return MALE if int(number[16]) % 2 else FEMALE


def upgraded(old: str) -> str | None:
    """The 18-character form of the 15-digit number `old`, of a birth in 19yy; None where it holds no calendar date."""
    if not _OLD_SHAPE.fullmatch(old) or _day("19" + old[6:12]) is None:
        return None
    body = old[:6] + "19" + old[6:]
    return body + check_digit(body)

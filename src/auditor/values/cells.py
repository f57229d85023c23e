"""The one door from a cell's text to a value of its column's type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import TypeAlias

from auditor.values.amounts import read_int, read_money
from auditor.values.codes import bool_reader, code_reader
from auditor.values.days import read_date, read_month
from auditor.values.model import CellKind, Hints, Read, Unread
from auditor.values.numbers import read_account, read_person_id, read_phone, read_uscc
from auditor.values.shown import unread
from auditor.values.texts import read_name, read_ref, read_text
from auditor.values.wording import bare, plain

CellReader: TypeAlias = Callable[[str, CellKind], Read | Unread]

_NO_HINTS = Hints()
_NO_SPELLINGS: Mapping[str, str] = {}
_BLANK = Read(None)
_DITTO = frozenset({"同上", "同前", "〃", "″", "''", '"', "”", "“"})
_LONGEST_DITTO = 6
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)")

_LT_RULES = {
    "cell-error": "LT03",
    "same-as-above": "LT03",
    "identity-masked": "LT03",
    "identity-unreadable": "LT03",
    "identity-several": "LT03",
    "identity-picked-out": "LT03",
    "money-unreadable": "LT03",
    "int-unreadable": "LT03",
    "number-in-words": "LT03",
    "int-fraction": "LT03",
    "date-unreadable": "LT03",
    "date-impossible": "LT03",
    "date-range": "LT03",
    "birth-date-unsure": "LT03",
    "date-without-year": "LT03",
    "year-two-digits": "LT03",
    "month-unreadable": "LT03",
    "month-range": "LT03",
    "month-without-year": "LT03",
    "month-ambiguous": "LT03",
    "account-masked": "LT03",
    "account-unreadable": "LT03",
    "name-masked": "LT03",
    "phone-unreadable": "LT03",
    "uscc-unreadable": "LT03",
    "not-in-code-list": "LT04",
    "identity-rounded": "LT06",
    "account-rounded": "LT06",
    "identifier-rounded": "LT06",
    "identity-upgraded": "LT10",
    "identity-from-disability-card": "",
    "date-month-only": "",
    "open-end": "",
}
CODES = tuple(_LT_RULES)


def lt_rule(code: str) -> str:
    """The LT rule under which the code of an `Unread`, or the note of a `Read`, is reported; empty for a harmless note.

    Raises:
        KeyError: `code` is none of `CODES`.
    """
    return _LT_RULES[code]


def reader(
    type_name: str, codes: Sequence[str] = (), spellings: Mapping[str, str] = _NO_SPELLINGS, hints: Hints = _NO_HINTS
) -> CellReader:
    """The reader of a column: cell text as the file holds it and its kind in, a value or the reason why not out.

    Pure: the same text and kind always give the same, so a caller may keep the answers.

    Args:
        type_name: a column type of the catalogue (`ledgers.ColumnType`).
        codes: the allowed codes of a `code` column.
        spellings: other spellings → the code that they mean (是 or 否 in a `bool` column).
        hints: what the sheet around says.

    Raises:
        ValueError: there is no such type.
    """
    typed = _typed(type_name, codes, spellings, hints)

    def read(text: str, kind: CellKind) -> Read | Unread:
        if kind == CellKind.ERROR or _ERROR.fullmatch(text):  # in a csv an error is but text
            return unread("cell-error", text)
        if not text or kind == CellKind.BLANK:
            return _BLANK
        if len(text) <= _LONGEST_DITTO and bare(plain(text)) in _DITTO:
            return unread("same-as-above", text)
        return typed(text, kind)

    return read


def read_cell(
    type_name: str,
    text: str,
    kind: CellKind,
    *,
    codes: Sequence[str] = (),
    spellings: Mapping[str, str] = _NO_SPELLINGS,
    hints: Hints = _NO_HINTS,
) -> Read | Unread:
    """A single cell; see `reader`."""
    return _kept_reader(type_name, tuple(codes), tuple(spellings.items()), hints)(text, kind)


@lru_cache(maxsize=1024)
def _kept_reader(
    type_name: str, codes: tuple[str, ...], spellings: tuple[tuple[str, str], ...], hints: Hints
) -> CellReader:
    return reader(type_name, codes, dict(spellings), hints)


def _typed(type_name: str, codes: Sequence[str], spellings: Mapping[str, str], hints: Hints) -> CellReader:
    whole: Mapping[str, CellReader] = {
        "person_id": read_person_id,
        "account": read_account,
        "phone": read_phone,
        "uscc": read_uscc,
        "text": read_text,
        "int": read_int,
        "money": partial(read_money, hints=hints),
        "date": partial(read_date, hints=hints),
        "month": partial(read_month, hints=hints),
        "name": _of_text(read_name),
        "ref": _of_text(read_ref),
        "bool": _of_text(bool_reader(spellings)),
        "code": _of_text(code_reader(codes, spellings)),
    }
    if type_name not in whole:
        raise ValueError(f"no reader for cells of type {type_name!r}; known are {', '.join(whole)}")
    return whole[type_name]


def _of_text(read: Callable[[str], Read | Unread]) -> CellReader:
    """For types where the kind of the cell makes no difference."""
    return lambda text, _kind: read(text)

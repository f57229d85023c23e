"""What reading a cell gives: a value, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import TypeAlias

from auditor.errors import Argument

Value: TypeAlias = "str | int | bool | Decimal | date"


class CellKind(IntEnum):
    """How the file stores a cell; the same 18 digits are safe as TEXT and destroyed as NUMBER."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3
    BOOLEAN = 4
    ERROR = 5


@dataclass(frozen=True, slots=True)
class Hints:
    """What the sheet around a cell says.

    Attributes:
        year: the year for months typed as `10月`.
        date_1904: day numbers count from 1904 (old Mac workbooks).
        money_unit: yuan that a bare number means (10000 under 单位：万元); an amount with its own 元 or 万 ignores it.
    """

    year: int | None = None
    date_1904: bool = False
    money_unit: int = 1


@dataclass(frozen=True, slots=True)
class Read:
    """A cell that was understood. `value` None means: empty, or an open end (长期, 至今) in a date or month.

    `note` is a code where the value was not just copied: `identity-upgraded` (15 digits), `date-month-only`, …
    """

    value: Value | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that could not be understood; `code` is the problem's code and tells its LT rule (`values.lt_rule`)."""

    code: str
    args: Mapping[str, Argument] = field(default_factory=dict)

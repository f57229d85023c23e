"""Columns over which one value is spread: days with marks, months with amounts. They speak for a ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.intake.sheets.day_columns import DayGrid, find_days
from auditor.intake.sheets.grid import Mask
from auditor.intake.sheets.headers import HeaderIndex
from auditor.intake.sheets.month_columns import MONTH, MonthGrid, columns_for, find_months, holds_data, measure_of

DAYS_LEDGER, DAYS_COLUMN = "attendance", "days_present"
_ATTENDANCE = re.compile(r"考\s*勤|出\s*勤|签\s*到|出\s*工|到\s*岗|在\s*岗")


_CELL = (
    r"^\s*(?:(?:(?:19|20)?\d\d年)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?"
    r"|20\d\d[-./](?:1[0-2]|0?[1-9])|20\d\d(?:1[0-2]|0[1-9])|第?[一二三四]季度|(?:0?[1-9]|[12]\d|3[01])[日号]?)\s*$"
)


def spread_cells(texts: pa.StringArray) -> Mask:
    """Which cells may stand over a column of a day or month: they say nothing for or against a row being a header."""
    found: Mask = np.asarray(pc.fill_null(pc.match_substring_regex(texts, _CELL), False), dtype=np.bool_)  # noqa: FBT003
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """The columns of a header over which one value is spread.

    Attributes:
        days, months: what they are; one of the two at most.
        spoken: ledger → the columns of it that they give.
        rows: the numbers, among the rows looked at, of those that make their header.
    """

    days: DayGrid | None
    months: MonthGrid | None
    spoken: Mapping[str, frozenset[str]]
    rows: tuple[int, ...]

    @property
    def indices(self) -> frozenset[int]:
        """Their grid columns."""
        found = self.days or self.months
        return found.indices if found is not None else frozenset()

    def without(self, headers: Sequence[str]) -> list[str]:
        """The headers of the other columns; "" in place of theirs."""
        indices = self.indices
        return ["" if index in indices else header for index, header in enumerate(headers)]


NOTHING_SPREAD = Spread(None, None, {}, ())


def find_spread(
    rows: Sequence[Sequence[str]], near: int, names: Sequence[str], support: Mapping[str, float], index: HeaderIndex
) -> Spread:
    """What is spread over columns, in the header of a table.

    Args:
        rows: the cells of the sheet's first rows, "" where blank.
        near: which of them holds the headers of the other columns.
        names: titles above it, the names of sheet and file.
        support: how much these speak for each ledger.
        index: the accepted headers.
    """
    days = find_days(rows, near)
    if days is not None and not (days.rows[0] > near and holds_data(rows, days.rows[0], near, index)):
        around = [cell for number in {near, max(0, near - 1), *days.rows} for cell in rows[number]]
        if any(_ATTENDANCE.search(text) for text in (*names, *around)):
            return Spread(days, None, {DAYS_LEDGER: frozenset({DAYS_COLUMN})}, days.rows)
        return NOTHING_SPREAD
    months = find_months(rows, near, index)
    if months is None:
        return NOTHING_SPREAD
    spoken: dict[str, frozenset[str]] = {}
    others = [cell for i, cell in enumerate(rows[near]) if cell and i not in months.indices]
    for ledger in index.ledgers.values():
        measure = measure_of(ledger)
        if measure is None or any(fit.column == MONTH for cell in others for fit in index.fits(cell, ledger.id)):
            continue
        if columns_for(months, ledger, support, index):
            spoken[ledger.id] = frozenset({MONTH, measure})
    return Spread(None, months, spoken, months.rows) if spoken else NOTHING_SPREAD

"""LT07 in a table with a column for each month: the total of the totals, under the rows' own 合计."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from auditor.checks.headers import header_over
from auditor.checks.ledger_quality import SEVERITIES, Args
from auditor.checks.places import CellNote, lt_signal
from auditor.checks.sums import LedgerSums, SheetSpan, figure, is_sum
from auditor.clues import Signal
from auditor.errors import Gravity, Problem
from auditor.intake.reading import Band, TotalRow
from auditor.intake.sheets.month_columns import measure_of
from auditor.ledgers import Column
from auditor.tables import measure


@dataclass(frozen=True, slots=True)
class _Grand:
    """What a total row says under the column of the rows' own totals."""

    sheet: SheetSpan
    total: TotalRow
    index: int
    column: Column
    raw: str
    said: Decimal

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The grid rows that it may sum."""
        return (self.total.first, self.total.last), *self.total.others

    @property
    def header(self) -> str:
        return header_over(self.sheet.reading, self.index)


def wrong_month_totals(ledger: LedgerSums) -> Iterator[Signal]:
    """LT07: such a figure is the sum neither of all months nor of the rows' own totals (a wrong one is told there)."""
    for grand in _grand_totals(ledger):
        if not _judged(ledger, grand):
            continue
        months = ledger.months_beside(grand.sheet)
        column = grand.column.name
        sums = [
            sum((ledger.added(column, (month.rows(first, last),)) for month in months), Decimal(0))
            for first, last in grand.spans
        ]
        if any(is_sum(grand.said, added) for added in [*sums, *_of_own_totals(grand)]):
            continue
        first, last = grand.spans[0]
        people = np.any([month.reading.bands[first:last] == Band.READ for month in months], axis=0)
        args: Args = {
            "label": grand.total.label,
            "said": str(measure(grand.said)),
            "added": str(measure(sums[0])),
            "rows": int(np.count_nonzero(people)),
        }
        note = CellNote(column, grand.header, grand.raw, measure(grand.said))
        where = grand.sheet.reading.where(grand.total.position, grand.index)
        yield lt_signal("LT07", SEVERITIES, where, args, ledger=ledger.table.ledger.id, note=note)


def month_totals_not_judged(ledger: LedgerSums) -> Iterator[Problem]:
    """Each such figure that was not compared, since a cell that it sums could not be read."""
    for grand in _grand_totals(ledger):
        if not _judged(ledger, grand):
            args: Args = {"label": grand.total.label, "header": grand.header, "said": str(measure(grand.said))}
            where = grand.sheet.reading.where(grand.total.position, grand.index)
            yield Problem("total-not-judged", where, args, Gravity.NOTE)


def _grand_totals(ledger: LedgerSums) -> Iterator[_Grand]:
    name = measure_of(ledger.table.ledger)
    for sheet in ledger.sheets:
        reading = sheet.reading
        if name is None or reading.months_total is None or reading.part is None or reading.part.number != 1:
            continue
        column, index = ledger.table.ledger.columns[name], reading.months_total
        for total in reading.totals:
            found = figure(reading, total.position, index, column.type, reading.money_unit)
            if found is not None:
                yield _Grand(sheet, total, index, column, *found)


def _judged(ledger: LedgerSums, grand: _Grand) -> bool:
    """Whether every cell was read, and no row was left out that has a total of its own."""
    reading = grand.sheet.reading
    for first, last in grand.spans:
        if np.any(reading.bands[first:last] == Band.REJECTED):
            return False
        for month in ledger.months_beside(grand.sheet):
            if not ledger.judged(grand.column.name, (month.rows(first, last),)):
                return False
    return True


def _of_own_totals(grand: _Grand) -> Iterator[Decimal]:
    """The sums of what the rows themselves say that their months come to."""
    reading = grand.sheet.reading
    for first, last in grand.spans:
        rows = np.flatnonzero(np.isin(reading.bands[first:last], (Band.READ, Band.ELSEWHERE))) + first
        own = (figure(reading, at, grand.index, grand.column.type, reading.money_unit) for at in rows.tolist())
        yield sum((found[1] for found in own if found is not None), Decimal(0))

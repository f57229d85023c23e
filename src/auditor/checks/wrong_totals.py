"""LT07: totals added up again: the figures under the columns, amounts in words, and counts of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np
import pyarrow as pa

from auditor.checks.ledger_quality import SEVERITIES, Args
from auditor.checks.month_totals import month_totals_not_judged, wrong_month_totals
from auditor.checks.places import CellNote, lt_signal
from auditor.checks.row_totals import row_totals_not_judged
from auditor.checks.sums import LedgerSums, Rows, SheetSpan, figure, is_sum, ledger_sums, size
from auditor.clues import Signal
from auditor.errors import Gravity, Problem
from auditor.intake.reading import Band, MappedColumn, SheetReading, TotalRow
from auditor.intake.sheets.wide_table import MADE
from auditor.ledgers import ColumnType
from auditor.tables import LedgerTable, Tables, measure
from auditor.values import CellKind, Read, read_cell

_SUMMED = frozenset({ColumnType.MONEY, ColumnType.INT})
_NUMERAL = "零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸"
_AMOUNT = re.compile(
    rf"[{_NUMERAL}]+\s*[元圆](?:\s*[{_NUMERAL}]+\s*角)?(?:\s*[{_NUMERAL}]+\s*分)?|[¥￥]\s*[\d,，]+(?:\.\d+)?\s*(?:万?元)?"
    r"|(?<=小写[)）:：])\s*[\d,，]+(?:\.\d+)?\s*(?:万?元)?"
)
_COUNT = re.compile(r"(?<![\d.])(\d{1,6})\s*([人名户])(?![次均/])")
_FORWARD = re.compile(r"承前页|接上页|承上页|上[页月年期]")
_SO_FAR = re.compile(r"累|本[季年]|全年|年初|截[至止]|历年")
_COUNTED = {False: ("person_id", "name"), True: ("household_id",)}  # whether households are counted


def wrong_totals(tables: Tables) -> Iterator[Signal]:
    """LT07: a total row whose figure is not the sum of its rows. A sum over an unreadable cell is not judged."""
    for ledger in ledger_sums(tables):
        yield from wrong_month_totals(ledger)
        for sheet in ledger.sheets:
            for total in sheet.reading.totals:
                spans = ledger.spans(sheet, total)
                yield from _figures(ledger, sheet, total, spans)
                if sheet.is_month:
                    continue  # words and counts speak of all the months together
                yield from _in_words(ledger, sheet, total, spans)
                yield from _counts(ledger, sheet, total, spans)


def totals_not_judged(tables: Tables) -> Iterator[Problem]:
    """Each figure of a total that was not compared, since a cell that it sums could not be read."""
    yield from row_totals_not_judged(tables)
    for ledger in ledger_sums(tables):
        yield from month_totals_not_judged(ledger)
        for sheet in ledger.sheets:
            for total in sheet.reading.totals:
                spans = ledger.spans(sheet, total)
                for mapped in sheet.reading.columns:
                    said = _said(ledger.table, sheet.reading, mapped, total)
                    if sheet.is_month and mapped.made != MADE:
                        continue  # a column that the months share
                    if said is None or all(ledger.judged(mapped.column, rows) for rows in spans):
                        continue
                    args: Args = {"label": total.label, "header": mapped.header, "said": str(measure(said[1]))}
                    where = sheet.reading.where(total.position, mapped.index)
                    yield Problem("total-not-judged", where, args, Gravity.NOTE)


def _figures(ledger: LedgerSums, sheet: SheetSpan, total: TotalRow, spans: Sequence[Rows]) -> Iterator[Signal]:
    """Figures under the columns that are summed."""
    reading = sheet.reading
    for mapped in reading.columns:
        said = _said(ledger.table, reading, mapped, total)
        if sheet.is_month and mapped.made != MADE:
            continue  # a column that the months share
        if said is None or not all(ledger.judged(mapped.column, rows) for rows in spans):
            continue
        raw, value = said
        sums = [ledger.added(mapped.column, rows) for rows in spans]
        before = _brought_forward(ledger.table, reading, mapped)
        if any(is_sum(value, added) or is_sum(value, added + before) for added in sums):
            continue
        if total.position == _opening(reading) or (_SO_FAR.search(total.label) and value > max(sums)):
            continue  # it counts rows of other sheets as well
        args: Args = {
            "label": total.label,
            "said": str(measure(value)),
            "added": str(measure(sums[0])),
            "rows": size(spans[0]),
        }
        note = CellNote(mapped.column, mapped.header, raw, measure(value))
        where = reading.where(total.position, mapped.index)
        yield lt_signal("LT07", SEVERITIES, where, args, ledger=ledger.table.ledger.id, note=note)


def _opening(reading: SheetReading) -> int | None:
    """The grid row of a 承前页 that stands above all rows of the table."""
    first = reading.totals[0]
    rows = np.flatnonzero(reading.bands == Band.READ)
    above = len(rows) > 0 and first.position < rows[0]
    return first.position if above and _FORWARD.search(first.label) else None


def _brought_forward(table: LedgerTable, reading: SheetReading, mapped: MappedColumn) -> Decimal:
    """What the column brings forward from another sheet."""
    opening = _opening(reading)
    said = _said(table, reading, mapped, reading.totals[0]) if opening is not None else None
    return said[1] if said is not None else Decimal(0)


def _said(
    table: LedgerTable, reading: SheetReading, mapped: MappedColumn, total: TotalRow
) -> tuple[str, Decimal] | None:
    """What stands in the total row under a column that is summed: the text and the number.

    It stands in the sheet itself, whatever was made of the rows; where a value is made of several columns, no figure
    can be told to be its sum.
    """
    column = table.ledger.columns[mapped.column]
    if column.type not in _SUMMED or mapped.last_index is not None:
        return None
    return figure(reading, total.position, mapped.index, column.type, reading.unit(mapped))


def _other_cells(table: LedgerTable, reading: SheetReading, total: TotalRow) -> Iterator[tuple[int, str]]:
    """The texts of the total row that are no figures under summed columns, by grid column."""
    figures = {one.index for one in reading.columns if _said(table, reading, one, total) is not None}
    for index, column in enumerate(reading.raw.columns):
        text = column.text[total.position].as_py()
        if text and index not in figures and column.kind[total.position] == CellKind.TEXT:
            yield index, text


def _in_words(ledger: LedgerSums, sheet: SheetSpan, total: TotalRow, spans: Sequence[Rows]) -> Iterator[Signal]:
    """Amounts in words, or beside them: 人民币（大写）壹万贰仟元整 ¥12,000.00."""
    reading = sheet.reading
    money = [m for m in reading.columns if ledger.table.ledger.columns[m.column].type is ColumnType.MONEY]
    cells = [cell for cell in _other_cells(ledger.table, reading, total) if _AMOUNT.search(cell[1])]
    if not cells or not money or not all(ledger.judged(one.column, rows) for one in money for rows in spans):
        return
    sums = [ledger.added(one.column, rows) for one in money for rows in spans]
    for index, text in cells:
        for match in _AMOUNT.finditer(text):
            said = read_cell("money", match[0].strip(), CellKind.TEXT)
            if not isinstance(said, Read) or not isinstance(said.value, Decimal):
                continue
            if any(is_sum(said.value, added) for added in [*sums, *_unmapped_sums(reading, total)]):
                continue
            args: Args = {
                "label": total.label,
                "said": str(measure(said.value)),
                "added": str(measure(sums[0])),
                "rows": size(spans[0]),
            }
            note = CellNote(money[0].column, money[0].header, text, measure(said.value))
            where = reading.where(total.position, index)
            yield lt_signal("LT07", SEVERITIES, where, args, ledger=ledger.table.ledger.id, note=note)


def _unmapped_sums(reading: SheetReading, total: TotalRow) -> Iterator[Decimal]:
    """The sums of columns that the ledger does not know (应发, where 实发 is the ledger's)."""
    for unknown in reading.unknown:
        column = reading.raw.columns[unknown.index]
        for first, last in ((total.first, total.last), *total.others):
            number = (reading.bands[first:last] == Band.READ) & (column.kind[first:last] == CellKind.NUMBER)
            texts = column.text[first:last].filter(pa.array(number))
            yield sum((Decimal(text) for text in texts.to_pylist()), Decimal(0))


def _counts(ledger: LedgerSums, sheet: SheetSpan, total: TotalRow, spans: Sequence[Rows]) -> Iterator[Signal]:
    """How many people or households the row says that it counts: 合计 12人."""
    reading = sheet.reading
    cells = [cell for cell in _other_cells(ledger.table, reading, total) if _COUNT.search(cell[1])]
    ranges = ((total.first, total.last), *total.others)
    if not cells or any(np.any(reading.bands[first:last] == Band.REJECTED) for first, last in ranges):
        return
    for index, text in cells:
        for match in _COUNT.finditer(text):
            said = int(match[1])
            units = [u for u in _COUNTED[match[2] == "户"] if u in ledger.table.columns]
            counted = [size(rows) for rows in spans] + [ledger.different(u, rows) for u in units for rows in spans]
            if said in counted or not units:
                continue
            args: Args = {"label": total.label, "said": f"{said}{match[2]}", "rows": size(spans[0])}
            where = reading.where(total.position, index)
            note = CellNote(units[-1], "", text, said)
            yield lt_signal("LT07", SEVERITIES, where, args, ledger=ledger.table.ledger.id, note=note, variant="count")

"""LT07: a row's own total (出勤天数, 合计) that is not what its marks or its months add up to."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.formulas import Formulas
from auditor.checks.headers import header_over
from auditor.checks.ledger_quality import SEVERITIES, Args
from auditor.checks.places import CellNote, lt_signal
from auditor.clues import Signal
from auditor.errors import Gravity, Problem, column_letter
from auditor.intake.reading import RowTotal, SheetReading, Upload
from auditor.intake.sheets.month_columns import measure_of
from auditor.ledgers import Catalogue
from auditor.tables import Tables


def wrong_row_totals(upload: Upload, catalogue: Catalogue) -> Iterator[Signal]:
    """LT07 for each row whose total differs from its cells, at the total's cell."""
    formulas = Formulas()
    for reading in upload.readings:
        for total in reading.row_totals:
            if not formulas.within(reading.raw, total.position, total.first, total.last):
                yield _signal(reading, total, catalogue)


def row_totals_not_judged(tables: Tables) -> Iterator[Problem]:
    """Each total of a row that was not compared, since among its cells is a formula without a result."""
    formulas = Formulas()
    for table in tables.present.values():
        for reading in table.readings:
            for total in reading.row_totals:
                if formulas.within(reading.raw, total.position, total.first, total.last):
                    args: Args = {"header": header_over(reading, total.index), "said": total.said}
                    where = reading.where(total.position, total.index)
                    yield Problem("row-total-not-judged", where, args, Gravity.NOTE)


def _signal(reading: SheetReading, total: RowTotal, catalogue: Catalogue) -> Signal:
    first, last = (column_letter(reading.raw.first_column + index) for index in (total.first, total.last))
    where = reading.where(total.position, total.index)
    args: Args = {"said": total.said, "added": total.counted, "first": first, "last": last}
    header, column = header_over(reading, total.index), _column(reading, total, catalogue)
    # The cells that were added are no column of the ledger: they are named in the sentence, and not evidence by name.
    note = CellNote(column, header, total.said, total.said) if column is not None else None
    args = args if note is not None else {**args, "header": header}
    return lt_signal("LT07", SEVERITIES, where, args, ledger=reading.ledger or "", note=note, variant="row")


def _column(reading: SheetReading, total: RowTotal, catalogue: Catalogue) -> str | None:
    """The ledger's column that the total is a sum of, or stands in."""
    own = next((one.column for one in reading.columns if one.index == total.index), None)
    return own if own is not None or reading.ledger is None else measure_of(catalogue[reading.ledger])

"""LT07: a row's own total (出勤天数, 合计) that is not what its marks or its months add up to."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.ledger_quality import SEVERITIES, Args
from auditor.checks.places import lt_signal
from auditor.clues import EvidenceCell, EvidenceRow, Signal
from auditor.errors import column_letter
from auditor.intake.reading import RowTotal, SheetReading, Upload


def wrong_row_totals(upload: Upload) -> Iterator[Signal]:
    """LT07 for each row whose total differs from its cells, with the cells as evidence."""
    for reading in upload.readings:
        for total in reading.row_totals:
            yield _signal(reading, total)


def _signal(reading: SheetReading, total: RowTotal) -> Signal:
    raw = reading.raw
    first, last = (column_letter(raw.first_column + index) for index in (total.first, total.last))
    row = raw.first_row + total.position
    header = _header(reading, total.index)
    where = reading.where(total.position, total.index)
    args: Args = {"header": header, "said": total.said, "added": total.counted, "first": first, "last": last}
    texts = (column.text[total.position].as_py() for column in raw.columns[total.first : total.last + 1])
    cells = {
        header: EvidenceCell(f"{where.column}{row}", total.said, total.said),
        f"{first}:{last}": EvidenceCell(f"{first}{row}:{last}{row}", " ".join(t or "·" for t in texts), total.counted),
    }
    evidence = (EvidenceRow(reading.ledger or "", where.file, where.sheet, row, cells),)
    return lt_signal("LT07", SEVERITIES, where, args, ledger=reading.ledger or "", evidence=evidence, variant="row")


def _header(reading: SheetReading, index: int) -> str:
    """What stands over a column, the nearest to the rows."""
    own = next((one.header for one in reading.columns if one.index == index), None)
    if own is not None:
        return own
    text = reading.raw.columns[index].text
    cells = (text[position].as_py() for position in range(reading.header[1] - 1, reading.header[0] - 1, -1))
    return next((cell for cell in cells if cell), "")

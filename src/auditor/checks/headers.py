"""What stands over a column of a sheet."""

from __future__ import annotations

from auditor.intake.reading import SheetReading


def header_over(reading: SheetReading, index: int) -> str:
    """The header of grid column `index`: that of the ledger's column, else the cell nearest to the rows."""
    own = next((one.header for one in reading.columns if one.index == index), None)
    if own is not None:
        return own
    text = reading.raw.columns[index].text
    cells = (text[position].as_py() for position in range(reading.header[1] - 1, reading.header[0] - 1, -1))
    return next((cell for cell in cells if cell), "")

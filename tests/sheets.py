"""Ledgers written inline: a text table becomes a sheet, read by the real recognition."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from auditor.intake import RawColumn, RawSheet, SheetReading, SourceFile
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.values import CellKind


def grid(rows: Sequence[Sequence[object]], *, name: str | None = "Sheet1", **more: object) -> RawSheet:
    """Rows of cells as a sheet: None is blank, an int or float a number, everything else text."""
    width = max((len(row) for row in rows), default=0)
    columns = []
    for index in range(width):
        cells = [row[index] if index < len(row) else None for row in rows]
        kinds = [
            CellKind.BLANK if c in {None, ""} else CellKind.NUMBER if isinstance(c, int | float) else CellKind.TEXT
            for c in cells
        ]
        texts = [None if c in {None, ""} else str(c) for c in cells]
        columns.append(RawColumn(pa.array(texts, pa.string()), np.array(kinds, dtype=np.uint8)))
    return RawSheet(name, 1, 1, tuple(columns), len(rows), **more)  # type: ignore[arg-type]


def table(text: str) -> list[list[str | None]]:
    """`a | b` lines as rows; an empty cell is blank."""
    return [[cell.strip() or None for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]


def sheet(text: str, *, file: str = "台账.xlsx", name: str | None = "Sheet1", **more: object) -> SheetReading:
    """The reading of a ledger written inline, the only one on its sheet."""
    return only(read_sheet(source(file), grid(table(text), name=name, **more), default_catalogue()))


def source(file: str = "台账.xlsx") -> SourceFile:
    """A workbook of the upload."""
    return SourceFile(file, 1, "0" * 64, "workbook")


def only(readings: Sequence[SheetReading]) -> SheetReading:
    """The reading of a sheet that holds one table."""
    assert len(readings) == 1
    return readings[0]

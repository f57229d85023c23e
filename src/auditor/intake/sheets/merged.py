"""A text that is written once over several rows (a village merged downwards) stands in each of them.

Only explicit merges of one column are carried down, and only texts: a sum merged over two rows is paid once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from auditor.errors import Argument, Gravity, Problem, Where
from auditor.intake.raw import RawColumn, RawSheet
from auditor.intake.reading import Band, BandArray, MappedColumn
from auditor.ledgers import ColumnType, Ledger

_CARRIED = frozenset({ColumnType.TEXT, ColumnType.CODE})


def carry_down(
    raw: RawSheet, file: str, ledger: Ledger, mapped: Sequence[MappedColumn], bands: BandArray
) -> tuple[tuple[MappedColumn, ...], tuple[Problem, ...]]:
    """Fill the blank cells under a vertically merged text, in the rows that are read.

    Args:
        raw: the sheet.
        file: its path, for the note.
        ledger: what the table is.
        mapped: its columns.
        bands: what each row is.

    Returns:
        The columns, with the texts carried down, and a note for each that says over how many rows.
    """
    columns: list[MappedColumn] = []
    notes: list[Problem] = []
    for one in mapped:
        filled, rows = one.cells or raw.columns[one.index], 0
        if ledger.columns[one.column].type in _CARRIED:
            filled, rows = _filled(raw, filled, one.index, bands)
        if rows:
            where = Where(file, raw.name, None, one.letter)
            args: dict[str, Argument] = {"header": ledger.columns[one.column].header, "rows": rows}
            notes.append(Problem("carried-down", where, args, Gravity.NOTE))
        columns.append(replace(one, cells=filled, made="made-carried") if rows else one)
    return tuple(columns), tuple(notes)


def _filled(raw: RawSheet, cells: RawColumn, index: int, bands: BandArray) -> tuple[RawColumn, int]:
    texts: list[str | None] | None = None
    kinds = cells.kind
    rows = 0
    for top, left, bottom, right in raw.merges:
        if left != right or left != raw.first_column + index or bottom <= top:
            continue
        first, last = top - raw.first_row, min(bottom - raw.first_row, raw.row_count - 1)
        if not 0 <= first < raw.row_count or cells.text[first].as_py() is None or bands[first] != Band.READ:
            continue
        if texts is None:
            texts, kinds = cells.text.to_pylist(), np.array(cells.kind)
        for position in range(first + 1, last + 1):
            if bands[position] == Band.READ and texts[position] is None:
                texts[position], kinds[position] = texts[first], kinds[first]
                rows += 1
    return (RawColumn(pa.array(texts, pa.string()), kinds) if texts is not None else cells), rows

"""Ditto marks (同上, 〃) stand for what is above them: the clerk says so himself.

Names, numbers and amounts are never carried, not even then; their marks stay, and are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.errors import Gravity, Problem, Where
from auditor.intake.raw import RawColumn, RawSheet
from auditor.intake.reading import Band, BandArray, MappedColumn
from auditor.ledgers import ColumnType, Ledger

DITTO = "made-ditto"
_MARKS = (
    "同上",
    "同上行",
    "同前",
    "同 上",
    "仝上",
    "仝",
    "〃",
    "〞",
    "″",
    "“",
    "”",
    "“”",
    '"',
    '""',
    "''",
    "ˮ",
    "ditto",
)
_CARRIED = frozenset({ColumnType.TEXT, ColumnType.CODE, ColumnType.BOOL, ColumnType.DATE, ColumnType.MONTH})


def carry_ditto(
    raw: RawSheet, file: str, ledger: Ledger, mapped: Sequence[MappedColumn], bands: BandArray
) -> tuple[tuple[MappedColumn, ...], tuple[Problem, ...]]:
    """Put what stands above in the place of ditto marks, in the rows that are read.

    Args:
        raw: the sheet.
        file: its path, for the notes.
        ledger: what the table is.
        mapped: its columns.
        bands: what each row is.

    Returns:
        The columns, and a problem for each column with marks: how many were read, how many are left.
    """
    marks = pa.array(_MARKS, pa.string())
    columns: list[MappedColumn] = []
    told: list[Problem] = []
    for one in mapped:
        cells = one.cells or raw.columns[one.index]
        found = np.asarray(pc.is_in(cells.text, value_set=marks), dtype=np.bool_) & (bands == Band.READ)
        where, changed = Where(file, raw.name, None, one.letter), one

        def tell(code: str, rows: int, gravity: Gravity, one: MappedColumn = one, where: Where = where) -> None:
            if rows:
                told.append(Problem(code, where, {"header": one.header, "rows": rows}, gravity))

        if not found.any():
            pass
        elif ledger.columns[one.column].type not in _CARRIED:
            tell("ditto-not-carried", int(np.count_nonzero(found)), Gravity.WARNING)
        else:
            filled, done = _filled(cells, np.flatnonzero(bands == Band.READ).tolist(), found.tolist())
            tell("ditto-carried", done, Gravity.NOTE)
            tell("ditto-of-nothing", int(np.count_nonzero(found)) - done, Gravity.WARNING)
            changed = replace(one, cells=filled, made=one.made or DITTO) if done else one
        columns.append(changed)
    return tuple(columns), tuple(told)


def _filled(cells: RawColumn, rows: Sequence[int], marked: Sequence[bool]) -> tuple[RawColumn, int]:
    """The cells with what stands above in place of marks, and how many marks had anything above."""
    texts, kinds = cells.text.to_pylist(), np.array(cells.kind)
    above: int | None = None
    done = 0
    for row in rows:
        if marked[row] and above is not None and texts[above] is not None and not marked[above]:
            texts[row], kinds[row] = texts[above], kinds[above]
            done += 1
        elif not marked[row] or above is None or texts[above] is None:
            above = row  # a mark stands for the same as the mark above it
    return RawColumn(pa.array(texts, pa.string()), kinds), done

"""The cells of a sheet as the recognition looks at them: which hold anything, and the head rows as text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.intake.raw import RawColumn, RawSheet

Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]

_SHORT = 12  # bytes
_CLIP = 400  # characters of a cell that are looked at


def _filled(column: RawColumn) -> Mask:
    """Where the cell holds more than white space."""
    text = column.text
    present: Mask = np.asarray(text.is_valid(), dtype=np.bool_)
    if not present.any():
        return present
    # Trimming every cell costs more than all the rest; a cell of nothing but white space is short.
    lengths = pc.fill_null(pc.binary_length(text), 0).to_numpy(zero_copy_only=False)
    doubtful = np.flatnonzero(present & (lengths <= _SHORT))
    filled: Mask = present & (lengths > 0)
    if len(doubtful):
        trimmed = pc.utf8_trim_whitespace(text.take(pa.array(doubtful)))
        filled[doubtful] = pc.binary_length(trimmed).to_numpy(zero_copy_only=False) > 0
    return filled


def _counts(filled: tuple[Mask, ...], rows: int) -> npt.NDArray[np.int32]:
    counts = np.zeros(rows, dtype=np.int32)
    for mask in filled:
        counts += mask
    return counts


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a sheet, grid positions half-open; None is as far as the sheet goes.

    `whole_rows` are seen over all columns (a title over two tables side by side), `also_columns` besides the others.
    """

    first_row: int = 0
    last_row: int | None = None
    first_column: int = 0
    last_column: int | None = None
    whole_rows: tuple[int, ...] = ()
    also_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet with the masks of its filled cells: `filled[j]` for column j; `counts` filled cells in each row.

    Seen through a `region`, what lies outside it counts as blank; positions stay those of the sheet.
    """

    raw: RawSheet
    filled: tuple[Mask, ...]
    counts: npt.NDArray[np.int32]
    region: Region = Region()

    @classmethod
    def of(cls, raw: RawSheet) -> Grid:
        """The grid of a sheet."""
        filled = tuple(_filled(column) for column in raw.columns)
        return cls(raw, filled, _counts(filled, raw.row_count))

    def within(self, region: Region) -> Grid:
        """The same sheet, of which only `region` is seen."""
        if region == Region():
            return self
        rows = self.outside(region)
        last = len(self.filled) if region.last_column is None else region.last_column
        inside = [region.first_column <= i < last or i in region.also_columns for i in range(len(self.filled))]
        filled = tuple(
            mask & ~rows if within else np.zeros(len(mask), np.bool_)
            for within, mask in zip(inside, self.filled, strict=True)
        )
        for within, mask, whole in zip(inside, filled, self.filled, strict=True):
            if not within and region.whole_rows:
                mask[list(region.whole_rows)] = whole[list(region.whole_rows)]
        return Grid(self.raw, filled, _counts(filled, self.raw.row_count), region)

    def outside(self, region: Region) -> Mask:
        """The rows that lie outside the region."""
        rows: Mask = np.ones(self.raw.row_count, dtype=np.bool_)
        rows[region.first_row : region.last_row] = False
        return rows

    def head(self, rows: int) -> Positions:
        """The positions of the first `rows` rows that hold anything."""
        first: Positions = np.flatnonzero(self.counts)[:rows].astype(np.int64)
        return first

    def texts(self, positions: Positions) -> list[list[str]]:
        """The cells of the rows as clipped text, "" where blank; a list for each position."""
        rows: list[list[str]] = [[] for _ in positions]
        taken = pa.array(positions)
        for column, filled in zip(self.raw.columns, self.filled, strict=True):
            if not filled[positions].any():
                cells = [""] * len(positions)
            else:
                clipped = pc.utf8_slice_codeunits(column.text.take(taken), 0, _CLIP)
                seen = filled[positions].tolist()  # a column may be seen in some rows only
                cells = [
                    text.strip() if text and is_seen else ""
                    for text, is_seen in zip(clipped.to_pylist(), seen, strict=True)
                ]
            for row, cell in zip(rows, cells, strict=True):
                row.append(cell)
        return rows

    def row(self, position: int) -> list[str]:
        """The cells of one row."""
        return self.texts(np.array([position], dtype=np.int64))[0]

    def subset(self, index: int, positions: Positions) -> pa.StringArray:
        """The cells of column `index` at `positions`, trimmed; "" where blank."""
        text = self.raw.columns[index].text.take(pa.array(positions))
        return pc.utf8_trim_whitespace(pc.fill_null(text, ""))

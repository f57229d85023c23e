"""What a reader hands over: the cells of a sheet as they stand, nothing interpreted."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.errors import Problem

KindArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column of a sheet, a value for each row of the sheet's grid.

    Attributes:
        text: Arrow `string` array; null where the cell is blank. Text as it stands (not stripped); a number in its
            shortest form (202210, 0.5; never 202210.0); a date `2022-11-04` (with ` 09:30:00` where it has a time);
            true/false; an error value as `#N/A`.
        kind: a `values.CellKind` code for each row.
    """

    text: pa.StringArray
    kind: KindArray


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's cells.

    Row i of the columns is spreadsheet row `first_row + i`, `columns[j]` spreadsheet column `first_column + j`, both
    counted from 1.

    Attributes:
        name: the sheet's name, None for csv and parquet.
        hidden: the sheet itself is hidden.
        very_hidden: hidden so that no menu of the spreadsheet program brings it back.
        hidden_rows, hidden_columns: their spreadsheet numbers.
        merges: merged ranges as (first row, first column, last row, last column), spreadsheet numbers.
        formulas_without_value: cells (row, column) that hold a formula and no cached value.
        formula_count: cells that hold a formula, as far as the format tells.
        date_1904: bare serial numbers of this workbook count days from 1904, not from 1900. (Numbers formatted as
            dates have been turned into the right day already.)
    """

    name: str | None
    first_row: int
    first_column: int
    columns: tuple[RawColumn, ...]
    row_count: int
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    formulas_without_value: tuple[tuple[int, int], ...] = ()
    very_hidden: bool = False
    formula_count: int = 0
    date_1904: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the upload.

    Attributes:
        path: its path within the upload, with `/`; inside an archive `archive.zip/inner.xlsx`.
        size: bytes.
        sha256: hex digest of its bytes.
        role: `workbook` (a file that may hold ledgers), `archive` (one that is not opened) or `attachment` (evidence:
            photos, pdf, anything else).
        picture: the perceptual hash of a photo that a ledger names, 16 hex digits; None for any other file, and for a
            photo that could not be read.
    """

    path: str
    size: int
    sha256: str
    role: str
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class RawFile:
    """A workbook file with the sheets that could be read, and what is worth knowing of it (macros, links, …)."""

    source: SourceFile
    sheets: tuple[RawSheet, ...] = field(default=())
    problems: tuple[Problem, ...] = field(default=())

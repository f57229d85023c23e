"""What a sheet was taken for: which ledger, which row is the header, which column is what, what each row is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from auditor.errors import Problem, Where, column_letter
from auditor.intake.raw import RawFile, RawSheet, SourceFile


class Band(IntEnum):
    """What a row of a sheet is. READ rows become ledger rows; REJECTED ones are explained; the others are set aside."""

    READ = 0
    BLANK = 1
    TITLE = 2  # title, unit and date lines above the header
    HEADER = 3  # the header's rows, and its repetitions at page breaks
    TOTAL = 4  # 合计 / 小计 / 总计
    SIGNATURE = 5  # 填表人 / 审核人 / 负责人（签字）
    NOTE = 6  # notes under or between the rows
    UNUSED = 7  # rows of a sheet that is no ledger (empty or not recognised)
    REJECTED = 8


BandArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the sheet that holds a column of the ledger.

    Attributes:
        column: the ledger's column.
        index: position in `RawSheet.columns`.
        letter: the spreadsheet's column letter.
        header: the header as it stands in the sheet.
        confidence: 0 to 1; 1 is an exact accepted header.
    """

    column: str
    index: int
    letter: str
    header: str
    confidence: float


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column whose header fits nothing in the ledger: kept out, and said."""

    index: int
    letter: str
    header: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class ContextValue:
    """A value that stands once for all rows: in a title, the sheet's name or the file's name.

    Attributes:
        text: as it would be typed in a cell (`2022-10`, `兴隆镇`), for the column's own parser.
        origin: `title`, `sheet` or `file`.
        where: the title cell, the sheet, or the file.
    """

    text: str
    origin: str
    where: Where


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total row: position in the grid, its label, and over which grid rows it sums (half-open)."""

    position: int
    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The reading of one sheet.

    Attributes:
        source, raw: the file and the sheet as read.
        ledger: id of the ledger kind, or None when the sheet is no ledger that we know.
        confidence: 0 to 1, how sure.
        candidates: (ledger id, score) of the best few, best first.
        header: grid positions [first, last) of the header rows; equal when there is none.
        columns, unknown: the columns.
        context: ledger column → the value that stands for all rows where the sheet has no such column.
        year_hint: the year that title, sheet or file name says, for months typed as 10月.
        bands: a `Band` for each grid row; `len(bands) == raw.row_count`.
        reasons: for REJECTED rows, grid position → code of the reason.
        totals: the total rows.
        problems: what could not be understood.
    """

    source: SourceFile
    raw: RawSheet
    ledger: str | None
    confidence: float
    candidates: tuple[tuple[str, float], ...]
    header: tuple[int, int]
    columns: tuple[MappedColumn, ...]
    unknown: tuple[UnknownColumn, ...]
    context: Mapping[str, ContextValue]
    year_hint: int | None
    bands: BandArray
    reasons: Mapping[int, str]
    totals: tuple[TotalRow, ...]
    problems: tuple[Problem, ...]

    def where(self, position: int | None = None, index: int | None = None) -> Where:
        """The place of grid row `position` and grid column `index`."""
        row = None if position is None else self.raw.first_row + position
        letter = None if index is None else column_letter(self.raw.first_column + index)
        return Where(self.source.path, self.raw.name, row, letter)

    def count(self, band: Band) -> int:
        """How many rows are `band`."""
        return int(np.count_nonzero(self.bands == band))


@dataclass(frozen=True, slots=True)
class Upload:
    """Everything that was given: every file, each sheet with its reading, and what could not be read.

    Attributes:
        files: every file, workbooks and attachments, by path.
        readings: one for each sheet of each readable workbook, in order of file path and sheet.
        problems: files that could not be read (a file with a problem here has no readings).
    """

    files: tuple[SourceFile, ...]
    readings: tuple[SheetReading, ...]
    problems: tuple[Problem, ...]


__all__ = [
    "Band",
    "BandArray",
    "ContextValue",
    "MappedColumn",
    "RawFile",
    "SheetReading",
    "TotalRow",
    "UnknownColumn",
    "Upload",
]

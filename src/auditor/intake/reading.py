"""What a sheet was taken for: which ledger, which row is the header, which column is what, what each row is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.errors import Problem, Where, column_letter
from auditor.intake.raw import RawColumn, RawFile, RawSheet, SourceFile


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
    SECTION = 9  # a line between rows that heads a group: 一、清溪镇
    ELSEWHERE = 10  # the row belongs to another table of the same sheet
    CONTINUED = 11  # a further line of the row above it, read together with it: the afternoon under the morning


BandArray = npt.NDArray[np.uint8]


# Codes of the problem that a sheet with content is no ledger that we know, or one of several.
BETWEEN_KINDS = "sheet-between-kinds"
NOT_RECOGNISED = frozenset({"sheet-not-recognised", BETWEEN_KINDS})


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows whose value stands outside of them, in a line that heads them.

    Attributes:
        first, last: the rows [first, last) as the spreadsheet numbers them.
        row, letter: the line's cell; None where the value stands around the table.
    """

    first: int
    last: int
    row: int | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the sheet that holds a column of the ledger.

    Attributes:
        column: the ledger's column.
        index: position in `RawSheet.columns`.
        letter: the spreadsheet's column letter.
        header: the header as it stands in the sheet.
        confidence: 0 to 1; 1 is an exact accepted header.
        last_index: the last grid column where the value is made from several (年 | 月 | 日, marks of days).
        last_letter: its spreadsheet letter.
        cells: the texts to be read, a value for each grid row, where they are not those of the sheet's own column:
            split, joined, counted or carried down.
        stood: what stood in the sheet for each grid row, where `cells` was counted or joined from several cells.
        made: how `cells` came about: a message code (`made-carried`, `made-joined`, …), or "" for a plain column.
        unit: yuan that a bare number means where the column's own header says so (万元), else None.
        taken: rows whose value stands in no cell of their own, from the first on.
    """

    column: str
    index: int
    letter: str
    header: str
    confidence: float
    last_index: int | None = None
    last_letter: str | None = None
    cells: RawColumn | None = None
    stood: pa.StringArray | None = None
    made: str = ""
    unit: int | None = None
    taken: tuple[Taken, ...] = ()

    def holds(self, index: int) -> bool:
        """Whether the value is read from grid column `index`."""
        return self.index <= index <= (self.index if self.last_index is None else self.last_index)

    def cell(self, row: int) -> tuple[int | None, str | None]:
        """The row and the letter of the first cell in which the value of `row` stands; None where it stands around."""
        number = bisect_right(self.taken, row, key=lambda taken: taken.first) - 1
        if number >= 0 and row < self.taken[number].last:
            return self.taken[number].row, self.taken[number].letter
        return row, self.letter

    def address(self, row: int) -> str:
        """The spreadsheet cell of `row`'s value, or the range of cells that it is made from; "" if it stands around."""
        at, letter = self.cell(row)
        if at is None:
            return ""
        first = f"{letter}{at}"
        return first if self.last_letter is None or at != row else f"{first}:{self.last_letter}{row}"


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
        origin: `title`, `header`, `sheet` or `file`.
        where: the title cell, the sheet, or the file.
    """

    text: str
    origin: str
    where: Where


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total row: position in the grid, its label, and over which grid rows it sums (half-open).

    `others` are further spans that the label may mean as well (过次页: the page, or all rows so far); the total is
    wrong only where it is the sum of none of them.
    """

    position: int
    label: str
    first: int
    last: int
    others: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RowTotal:
    """A row whose own total is not what its cells add up to: marks of days, amounts of months.

    Attributes:
        position: grid row.
        index: grid column of the total.
        said: what stands there.
        counted: what the cells give.
        first, last: the first and the last grid column of the cells.
    """

    position: int
    index: int
    said: str
    counted: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class MonthTable:
    """One month of a table that has a column for each month.

    Attributes:
        text: the month as it would be typed in a cell.
        index: the grid column of its header.
        columns: its own columns.
    """

    text: str
    index: int
    columns: tuple[MappedColumn, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Which of several tables of one sheet a reading is.

    Attributes:
        number, of: the first is 1.
        label: what tells it from the others where they share their rows: the month of a wide pay sheet.
    """

    number: int
    of: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The reading of one table. Nearly every sheet holds one; a sheet with several has a reading for each.

    All of a sheet's readings have the whole sheet as `raw`, and bands for all its rows: rows of the other tables are
    ELSEWHERE. `sheet_bands` joins them.

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
        row_totals: rows whose own total is not what their cells add up to.
        months: the months of a table that has a column for each, until each becomes a reading of its own.
        months_total: the grid column in which each row of such a table adds its months up, if it has one.
        problems: what could not be understood.
        part: which table of the sheet it is, or None where it is the only one.
        money_unit: yuan that a bare number of money means (10000 under 单位：万元).
        settled: what a person settled: `sheet`, `ledger`, `header`, `column:` and its name, or `ignored:` and the
            letter of a column that is not to be used → where that is written
            (`map.yaml:3:5`), or `headers` where it is one of the accepted headers that a map or profile adds.
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
    part: Part | None = None
    money_unit: int = 1
    settled: Mapping[str, str] = field(default_factory=dict)
    row_totals: tuple[RowTotal, ...] = ()
    months: tuple[MonthTable, ...] = ()
    months_total: int | None = None

    def cells(self, mapped: MappedColumn) -> RawColumn:
        """The texts of a mapped column, a value for each grid row."""
        return mapped.cells if mapped.cells is not None else self.raw.columns[mapped.index]

    def unit(self, mapped: MappedColumn) -> int:
        """Yuan that a bare number of money means in the column."""
        return self.money_unit if mapped.unit is None else mapped.unit

    def where(self, position: int | None = None, index: int | None = None) -> Where:
        """The place of grid row `position` and grid column `index`."""
        row = None if position is None else self.raw.first_row + position
        letter = None if index is None else column_letter(self.raw.first_column + index)
        return Where(self.source.path, self.raw.name, row, letter)

    def count(self, band: Band) -> int:
        """How many rows are `band`."""
        return int(np.count_nonzero(self.bands == band))


# Where a row stands in several tables of a sheet, what counts: that a part of it was not read is never hidden.
_WEIGHT = (
    Band.REJECTED,
    Band.READ,
    Band.CONTINUED,
    Band.TOTAL,
    Band.HEADER,
    Band.SECTION,
    Band.SIGNATURE,
    Band.NOTE,
    Band.TITLE,
    Band.UNUSED,
    Band.BLANK,
    Band.ELSEWHERE,
)


def sheet_bands(readings: Sequence[SheetReading]) -> BandArray:
    """One band for each row of a sheet, from the readings of all its tables."""
    if len(readings) == 1:
        return readings[0].bands
    rank = np.empty(len(Band), dtype=np.uint8)
    rank[list(_WEIGHT)] = np.arange(len(_WEIGHT), dtype=np.uint8)
    best = np.min([rank[reading.bands] for reading in readings], axis=0)
    bands: BandArray = np.array(_WEIGHT, dtype=np.uint8)[best]
    return bands


@dataclass(frozen=True, slots=True)
class Upload:
    """Everything that was given: every file, each sheet with its reading, and what could not be read.

    Attributes:
        files: every file, workbooks and attachments, by path.
        readings: one for each table of each sheet of each readable workbook, in order of file path and sheet.
        problems: files that could not be read (a file with a problem here has no readings).
    """

    files: tuple[SourceFile, ...]
    readings: tuple[SheetReading, ...]
    problems: tuple[Problem, ...]

    @property
    def sheets(self) -> tuple[tuple[SheetReading, ...], ...]:
        """The readings of each sheet together."""
        found: list[list[SheetReading]] = []
        for reading in self.readings:
            if not found or found[-1][0].raw is not reading.raw:
                found.append([])
            found[-1].append(reading)
        return tuple(tuple(readings) for readings in found)


__all__ = [
    "BETWEEN_KINDS",
    "NOT_RECOGNISED",
    "Band",
    "BandArray",
    "ContextValue",
    "MappedColumn",
    "Part",
    "RawFile",
    "RowTotal",
    "SheetReading",
    "Taken",
    "TotalRow",
    "UnknownColumn",
    "Upload",
    "sheet_bands",
]

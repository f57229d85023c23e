"""A sheet drawn for the page: rows with their bands, cells with what became of them; long stretches left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from auditor.errors import column_letter
from auditor.intake import Band, SheetReading, sheet_bands
from auditor.intake.raw import RawSheet
from auditor.intake.sheets.headers import is_serial
from auditor.ledgers import Catalogue, Column
from auditor.messages import text
from auditor.report.masking import MASKED_TYPES, Veil
from auditor.report.reading_used import used_columns
from auditor.report.reading_view import FaultView, SheetView
from auditor.report.visible import visible

MOST_COLUMNS = 60
_HEAD = 30  # first rows, drawn whatever they are
_TAIL = 3
_AROUND = 2
_LONGEST = 60
_WRAPPED = 22  # characters from which a cell is drawn in several lines
_OVERFLOWING = frozenset({Band.TITLE, Band.NOTE, Band.SECTION, Band.SIGNATURE, Band.UNUSED})
_SERIES = 6  # rows of one band in a row that are drawn; the rest of a long stretch says nothing new


@dataclass(frozen=True, slots=True)
class Cell:
    """A drawn cell. `kinds`: carried, hidden, long, f (faulty); `fault` is the one of the list that is about it."""

    text: str
    kinds: tuple[str, ...] = ()
    across: int = 1
    down: int = 1
    fault: FaultView | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A drawn row of the sheet."""

    kind: ClassVar = "row"
    number: int
    band: Band
    word: str
    hidden: bool
    cells: tuple[Cell | None, ...]
    fault: FaultView | None


@dataclass(frozen=True, slots=True)
class Mapped:
    """The row under a header that says what columns were taken for: (words, `known` or `unknown`, how many columns)."""

    kind: ClassVar = "mapped"
    cells: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that are not drawn, and how many of them are read."""

    kind: ClassVar = "gap"
    count: int
    read: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet as the page draws it."""

    letters: tuple[tuple[str, bool], ...]
    more_columns: int
    rows: tuple[Row | Mapped | Gap, ...]


def chosen_rows(tables: Sequence[SheetReading], faulty: Sequence[int], most: int) -> npt.NDArray[np.int64]:
    """Which grid rows to draw: the head, what is not plain data, rows with faults, what is around them, and the end.

    The most telling come first where there are more than `most`; the answer is in order.
    """
    raw, bands = tables[0].raw, sheet_bands(tables)
    wanted: dict[int, None] = {}
    headers = [p for table in tables for p in range(*table.header)]
    telling = np.flatnonzero(~np.isin(bands, [Band.READ, Band.BLANK, Band.UNUSED, Band.ELSEWHERE]))
    hidden = [number - raw.first_row for number in sorted(raw.hidden_rows)]
    steps: tuple[Sequence[int], ...] = (
        headers,
        range(min(_HEAD, most * 2 // 3)),
        faulty,
        np.flatnonzero(bands == Band.REJECTED).tolist(),
        _without_series(telling, bands),
        hidden,
        [near for p in (*faulty, *telling.tolist()) for near in range(p - _AROUND, p + _AROUND + 1)],
        range(raw.row_count - _TAIL, raw.row_count),
    )
    for step in steps:
        for position in step:
            if len(wanted) >= most:
                return _in_order(wanted)
            if 0 <= position < raw.row_count:
                wanted[position] = None
    return _in_order(wanted)


def _in_order(wanted: Mapping[int, None]) -> npt.NDArray[np.int64]:
    return np.array(sorted(wanted), dtype=np.int64)


def _without_series(positions: npt.NDArray[np.int64], bands: npt.NDArray[np.uint8]) -> list[int]:
    found: list[int] = []
    length, before = 0, -2
    for position in positions.tolist():
        length = length + 1 if position == before + 1 and bands[position] == bands[before] else 1
        before = position
        if length <= _SERIES:
            found.append(position)
    return found


def _overflowing(cells: list[Cell | None]) -> list[Cell | None]:
    """Titles and notes run on over the blank cells to their right, as a spreadsheet shows them."""
    found = list(cells)
    for index, cell in enumerate(cells):
        if cell is None or not cell.text or cell.across > 1 or cell.down > 1:
            continue
        last = index
        while last + 1 < len(cells):
            after = cells[last + 1]
            if after is None or after.text or after.across > 1 or after.down > 1 or "f" in after.kinds:
                break
            last += 1
            found[last] = None
        kinds = tuple(kind for kind in cell.kinds if kind != "long" or last == index)
        found[index] = replace(cell, across=last - index + 1, kinds=kinds)
    return found


def _spread(words: str, together: int) -> tuple[int, ...]:
    """The same words over neighbouring columns are said once; columns without words stay apart."""
    return (together,) if words else (1,) * together


def draw(
    view: SheetView, listed: Sequence[FaultView], most: int, catalogue: Catalogue, veil: Veil, lang: str
) -> Drawing:
    """Draw a sheet in at most `most` rows; those of its faults that are `listed` lead to the list."""
    return _Drawer(view, listed, catalogue, veil, lang).drawing(most)


def _cells(faults: Sequence[FaultView]) -> dict[str, FaultView]:
    """Cell address → its first fault; a range of cells counts for its first cell."""
    found: dict[str, FaultView] = {}
    for fault in faults:
        for cell in fault.cells:
            found.setdefault(cell.split(":", maxsplit=1)[0], fault)
    return found


class _Drawer:
    def __init__(
        self, view: SheetView, listed: Sequence[FaultView], catalogue: Catalogue, veil: Veil, lang: str
    ) -> None:
        self.tables = view.readings
        self.raw: RawSheet = self.tables[0].raw
        self.bands = sheet_bands(self.tables)
        self.veil, self.lang, self.catalogue = veil, lang, catalogue
        self.faults = _cells(listed)
        self.faulty_cells = set(_cells(view.faults))
        self.row_faults = {fault.row: fault for fault in reversed(listed) if fault.row and not fault.cells}
        self.faulty = [fault.row - self.raw.first_row for fault in (*listed, *view.faults) if fault.row]
        self.width = min(len(self.raw.columns), MOST_COLUMNS)

    def drawing(self, most: int) -> Drawing:
        positions = chosen_rows(self.tables, self.faulty, most)
        spans = self._spans(positions)
        first = self.raw.first_column
        letters = tuple((column_letter(first + i), first + i in self.raw.hidden_columns) for i in range(self.width))
        return Drawing(letters, len(self.raw.columns) - self.width, tuple(self._rows(positions, spans)))

    def _rows(
        self, positions: npt.NDArray[np.int64], spans: Mapping[tuple[int, int], tuple[int, int]]
    ) -> Iterator[Row | Mapped | Gap]:
        texts = [column.text.take(positions).to_pylist() for column in self.raw.columns[: self.width]]
        made = self._made(positions)
        headers = {table.header[1] - 1 for table in self.tables if table.header[1] > table.header[0]}
        before = -1
        for i, position in enumerate(positions.tolist()):
            if position > before + 1:
                yield self._gap(before + 1, position)
            before = position
            yield self._row(position, [texts[c][i] for c in range(self.width)], made, i, spans)
            if position in headers:
                yield self._mapping(position)
        if before + 1 < self.raw.row_count:
            yield self._gap(before + 1, self.raw.row_count)

    def _gap(self, first: int, last: int) -> Gap:
        return Gap(last - first, int(np.count_nonzero(self.bands[first:last] == Band.READ)))

    def _row(
        self,
        position: int,
        texts: Sequence[str | None],
        made: Mapping[int, tuple[SheetReading, Sequence[str | None]]],
        i: int,
        spans: Mapping[tuple[int, int], tuple[int, int]],
    ) -> Row:
        number = self.raw.first_row + position
        band = Band(int(self.bands[position]))
        cells: list[Cell | None] = []
        told: set[int] = set()
        for c, stood in enumerate(texts):
            across, down = spans.get((position, c), (1, 1))
            if across == 0:
                cells.append(None)
                continue
            column, reads = self._column(position, c)
            kinds = ["hidden"] if self.raw.first_column + c in self.raw.hidden_columns else []
            said = stood
            if (stood is None or not stood.strip()) and c in made and reads:
                said = made[c][1][i]
                kinds += ["carried"] if said else []
            shown = visible(self.veil.cell(said or "", column), _LONGEST)
            address = self._address(position, c)
            fault = self.faults.get(address)
            if fault is not None and fault.number in told:
                fault = None  # its sentence stands at its first cell of the row
            told |= {fault.number} if fault is not None else set()
            kinds += ["f"] if address in self.faulty_cells else []
            kinds += ["long"] if len(shown) > _WRAPPED and across == 1 else []
            cells.append(Cell(shown, tuple(kinds), across, down, fault))
        if band in _OVERFLOWING:
            cells = _overflowing(cells)
        word = "" if band is Band.READ else text(f"band-{band.name}", self.lang)
        hidden = number in self.raw.hidden_rows
        return Row(number, band, word, hidden, tuple(cells), self.row_faults.get(number))

    def _column(self, position: int, index: int) -> tuple[Column | None, bool]:
        """What the cell was taken for, and whether its row is read there."""
        for table in self.tables:
            if table.ledger is None or table.bands[position] == Band.ELSEWHERE:
                continue
            columns = self.catalogue[table.ledger].columns
            held = [columns[one.column] for one in table.columns if one.holds(index)]
            if held:  # where a cell holds several, the one that has to be masked counts
                column = min(held, key=lambda one: one.type not in MASKED_TYPES)
                return column, bool(table.bands[position] == Band.READ)
        return None, False

    def _made(self, positions: npt.NDArray[np.int64]) -> dict[int, tuple[SheetReading, Sequence[str | None]]]:
        """Grid column → the texts carried down into it, at `positions`."""
        return {
            one.index: (table, one.cells.text.take(positions).to_pylist())
            for table in self.tables
            for one in table.columns
            if one.cells is not None and one.last_index is None and one.index < self.width
        }

    def _mapping(self, position: int) -> Mapped:
        said: dict[int, dict[str, str]] = {}
        used = used_columns(self.tables, self.catalogue)
        for number, table in enumerate(self.tables):
            if table.ledger is None or table.header[1] - 1 != position:
                continue
            columns = self.catalogue[table.ledger].columns
            for one in table.columns:
                last = one.index if one.last_index is None else one.last_index
                for index in range(one.index, min(last, self.width - 1) + 1):
                    said.setdefault(index, {})[f"→ {columns[one.column].header}"] = "known"
            for mine in used.get(number, ()):
                for index in range(mine.index, min(mine.last, self.width - 1) + 1):
                    said.setdefault(index, {})[text(f"read-{mine.use}", self.lang)] = "known"
            for unknown in table.unknown:
                if is_serial(unknown.header):
                    continue
                said.setdefault(unknown.index, {}).setdefault(text("page-unknown", self.lang), "unknown")
        cells: list[tuple[str, str]] = []
        for index in range(self.width):
            here = said.get(index, {})
            known = [word for word, kind in here.items() if kind == "known"]
            cells.append(("、".join(known), "known") if known else ("".join(here), "unknown" if here else ""))
        runs = [(pair, len(list(same))) for pair, same in itertools.groupby(cells)]
        return Mapped(
            tuple((words, kind, count) for (words, kind), together in runs for count in _spread(words, together))
        )

    def _address(self, position: int, index: int) -> str:
        return f"{column_letter(self.raw.first_column + index)}{self.raw.first_row + position}"

    def _lift(self, covered: str, anchor: str) -> None:
        """Faults of a covered cell are marked at the cell that covers it."""
        if covered in self.faulty_cells:
            self.faulty_cells.add(anchor)
        if covered in self.faults:
            self.faults.setdefault(anchor, self.faults[covered])

    def _spans(self, positions: npt.NDArray[np.int64]) -> dict[tuple[int, int], tuple[int, int]]:
        """(row, column) of drawn cells → how far they go; (0, 0) where another cell covers them.

        A range is drawn as one cell only where its rows are drawn without a gap, and where nothing was carried down in
        it: what was carried shows in each row.
        """
        drawn = set(positions.tolist())
        carried = {one.index for table in self.tables for one in table.columns if one.cells is not None}
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in self.raw.merges:
            first, last = top - self.raw.first_row, bottom - self.raw.first_row
            start, end = left - self.raw.first_column, right - self.raw.first_column
            if first not in drawn or not 0 <= start < self.width:
                continue
            end = min(end, self.width - 1)
            if start == end and start in carried and self.bands[first] == Band.READ:
                continue
            rows = range(first, first + 1)
            while rows.stop <= last and rows.stop in drawn:
                rows = range(first, rows.stop + 1)
            if any((row, column) in spans for row in rows for column in range(start, end + 1)):
                continue
            # A mapping row comes after a header: a cell must not reach over it.
            stops = [table.header[1] for table in self.tables if table.header[0] < table.header[1]]
            rows = range(first, min([rows.stop, *(stop for stop in stops if first < stop)]))
            anchor = self._address(first, start)
            for row, column in itertools.product(rows, range(start, end + 1)):
                spans[row, column] = (0, 0)
                self._lift(self._address(row, column), anchor)
            spans[first, start] = (end - start + 1, len(rows))
        return spans

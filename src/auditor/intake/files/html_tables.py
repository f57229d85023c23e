"""The tables of an HTML page, gathered from the events of the standard library's parser, which accepts any soup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import count

from auditor.intake.files.cell_grid import CellGrid
from auditor.intake.files.cell_text import number_text
from auditor.intake.files.limits import Limits
from auditor.intake.raw import RawSheet
from auditor.values.model import CellKind

_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "caption", "tr", "td", "table"})
_SKIPPED = frozenset({"script", "style", "title", "template", "xml"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,100})</x:Name>", re.IGNORECASE)
_MOST_DOWN = 65_534
_DEEPEST = 64
_BREAK = "\x00"


@dataclass(slots=True)
class _Table:
    """A table as it is being read.

    Attributes:
        grid: its cells.
        row: the row that is being read, from 1.
        column: the last column taken in that row.
        place: the column of the cell that is open.
        heads: columns that `<col>` has told of.
        taken: column → first row that is free of a cell spanning down from above.
        spans: cells over several rows or columns.
        cell: texts of the cell that is open, or None.
        exact: the number behind its text, where Excel wrote it down.
    """

    grid: CellGrid
    row: int = 0
    column: int = 0
    place: int = 1
    heads: int = 0
    taken: dict[int, int] = field(default_factory=dict)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    cell: list[str] | None = None
    exact: str | None = None


class HtmlTables(HTMLParser):
    """Feed it a page, close it, ask for its sheets.

    Attributes:
        cut_off: the page ended within a table.
    """

    def __init__(self, shown: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self._shown, self._limits = shown, limits
        self._open: list[_Table] = []
        self._done: list[_Table] = []
        self._names: list[str] = []
        self._loose: list[str] = []  # text outside of tables, for the rows above the next one
        self._skip = ""
        self.cut_off = False

    def sheets(self) -> tuple[RawSheet, ...]:
        """A sheet for each table that holds something, in the order in which they begin."""
        filled = [table.grid for table in self._done if table.grid.filled]
        sheets = tuple(grid.sheet() for grid in filled)
        if len(sheets) < 2:  # noqa: PLR2004
            named: list[str | None] = [*self._names] if len(self._names) == 1 else [None]
        else:
            numbered = [f"表{n}" for n in range(1, len(sheets) + 1)]
            named = [*(self._names if len(self._names) == len(sheets) else numbered)]
        return tuple(replace(sheet, name=name) for sheet, name in zip(sheets, named, strict=False))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins; what HTML lets a page leave out is closed here."""
        if self._skip:
            return
        of = {name: value or "" for name, value in attrs}
        table = self._open[-1] if self._open else None
        if tag in _SKIPPED:
            self._skip = tag
        elif tag == "table":
            self._begin_table()
        elif tag == "br":
            self.handle_data(_BREAK)
        elif table is None:
            if tag in _BLOCKS:
                self._loose.append(_BREAK)
        elif tag == "tr":
            self._begin_row(table, of)
        elif tag in ("td", "th"):
            self._begin_cell(table, of)
        elif tag == "col":
            self._heads(table, of)
        elif tag in _BLOCKS and table.cell:
            table.cell.append(_BREAK)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == self._skip:
            self._skip = ""
        table = self._open[-1] if self._open else None
        if self._skip or table is None:
            if tag in _BLOCKS:
                self._loose.append(_BREAK)
        elif tag == "table":
            self._end_table()
        elif tag in ("td", "th", "tr"):
            self._end_cell(table)

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._skip:
            return
        if not self._open:
            self._loose.append(data)
        elif self._open[-1].cell is not None:
            self._open[-1].cell.append(data)

    def handle_comment(self, data: str) -> None:
        """Excel writes the names of the sheets into a conditional comment."""
        self._names.extend(name.strip() for name in _SHEET_NAME.findall(data[:100_000]))

    def close(self) -> None:
        """The page ends; tables that it left open end with it."""
        super().close()
        self.cut_off = bool(self._open)
        while self._open:
            self._end_table()

    def _begin_table(self) -> None:
        if len(self._open) >= _DEEPEST:
            return
        table = _Table(CellGrid(self._shown, None, self._limits))
        if not self._open:
            for line in _lines(self._loose):
                table.row += 1
                table.grid.put(table.row, 1, line, CellKind.TEXT)
        self._loose = []
        self._open.append(table)
        self._done.append(table)

    def _end_table(self) -> None:
        table = self._open.pop()
        self._end_cell(table)
        for top, left, bottom, right in table.spans:
            table.grid.merge(top, left, min(bottom, max(table.row, top)), right)

    def _begin_row(self, table: _Table, of: dict[str, str]) -> None:
        self._end_cell(table)
        table.row += 1
        table.column = 0
        if _invisible(of):
            table.grid.hidden_rows.add(table.row)

    def _begin_cell(self, table: _Table, of: dict[str, str]) -> None:
        self._end_cell(table)
        table.row = max(table.row, 1)
        column = next(c for c in count(table.column + 1) if table.taken.get(c, 0) <= table.row)
        across = min(max(_span(of.get("colspan")), 1), self._limits.columns)
        down = _span(of.get("rowspan")) or _MOST_DOWN
        table.column = column + across - 1
        if down > 1:
            table.taken.update(dict.fromkeys(range(column, column + across), table.row + down))
        if down > 1 or across > 1:
            table.spans.append((table.row, column, table.row + down - 1, column + across - 1))
            table.grid.spend(across)
        table.cell = []
        table.exact = of.get("x:num")
        table.place = column

    def _end_cell(self, table: _Table) -> None:
        if table.cell is None:
            return
        text = "\n".join(_lines(table.cell))
        row, column = table.row, table.place
        table.cell = None
        if table.exact and _SCIENTIFIC.fullmatch(text):
            try:
                table.grid.put(row, column, number_text(float(table.exact)), CellKind.NUMBER)
            except ValueError:
                table.grid.put(row, column, text, CellKind.TEXT)
        else:
            table.grid.put(row, column, text, CellKind.TEXT)

    def _heads(self, table: _Table, of: dict[str, str]) -> None:
        number = max(_span(of.get("span")), 1)
        if _invisible(of):
            table.grid.hidden_columns.update(range(table.heads + 1, min(table.heads + number, 16_384) + 1))
        table.heads += number


def _lines(pieces: list[str]) -> list[str]:
    """The lines of a text, with the white space that a browser would show."""
    text = _SPACES.sub(" ", "".join(pieces)).replace("\xa0", " ")
    return [line for line in (part.strip() for part in text.split(_BREAK)) if line]


def _span(text: str | None) -> int:
    text = (text or "1").strip()
    return min(int(text), _MOST_DOWN) if text.isascii() and text.isdigit() and len(text) <= 9 else 1  # noqa: PLR2004


def _invisible(of: dict[str, str]) -> bool:
    return "display:none" in of.get("style", "").replace(" ", "").lower() or "hidden" in of

"""The tables of an OpenDocument spreadsheet, gathered from the events of an XML parser."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from auditor.errors import InputError
from auditor.intake.files.cell_grid import CellGrid, clipped
from auditor.intake.files.cell_text import iso_text, number_text
from auditor.intake.files.limits import Limits
from auditor.intake.raw import RawSheet
from auditor.values.model import CellKind

_NUMBERS = frozenset({"float", "percentage", "currency"})
_HIDDEN = frozenset({"collapse", "filter"})
# Their text is not the cell's: notes, drawings over the cells, phonetic readings.
_ASIDE = frozenset({"annotation", "frame", "custom-shape", "shapes", "g", "control", "ruby-text", "tracked-changes"})
_DURATION = re.compile(r"-?P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


@dataclass(slots=True)
class _Cell:
    """A cell as it is being read."""

    of: dict[str, str]
    covered: bool
    paragraphs: list[list[str]] = field(default_factory=list)


class OdsTables:
    """Follows a parser's events; names and attributes come without their namespace.

    Attributes:
        spreadsheet: the document is one.
        active: what could act, by code.
    """

    def __init__(self, shown: str, limits: Limits) -> None:
        self._shown, self._limits = shown, limits
        self._done: list[tuple[CellGrid, str]] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._grid: CellGrid | None = None
        self._row = self._column = self._head = 0
        self._repeat = 1
        self._cells: list[tuple[int, int, str, CellKind]] = []
        self._cell: _Cell | None = None
        self._aside = self._depth = 0
        self.spreadsheet = False
        self.active: Counter[str] = Counter()

    def sheets(self) -> tuple[RawSheet, ...]:
        """The sheets, once the parser has ended."""
        return tuple(grid.sheet(hidden=style in self._hidden_styles) for grid, style in self._done)

    def start(self, name: str, of: dict[str, str]) -> None:
        """An element begins."""
        if self._aside:
            self._aside += 1
        elif name in _ASIDE or (name == "table" and self._grid is not None):
            self._aside = 1
        elif self._grid is None:
            self._outside(name, of)
        elif self._cell is not None:
            self._within(name, of, self._cell)
        elif name == "table-row":
            self._begin_row(of)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = _Cell(of, name == "covered-table-cell")
        elif name == "table-column":
            self._heads(of)
        elif name in ("dde-source", "table-source"):
            self.active["active-dde" if name == "dde-source" else "active-external-links"] += 1

    def data(self, text: str) -> None:
        """Text within an element."""
        if self._cell is not None and not self._aside and self._cell.paragraphs and self._depth:
            self._cell.paragraphs[-1].append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._aside:
            self._aside -= 1
        elif self._grid is None:
            return
        elif name in ("p", "h") and self._depth:
            self._depth -= 1
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self._grid = None

    def _outside(self, name: str, of: dict[str, str]) -> None:
        if name == "style":
            self._style = of.get("name", "")
        elif name == "table-properties" and of.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "spreadsheet":
            self.spreadsheet = True
        elif name == "table" and self.spreadsheet:
            self._grid = CellGrid(self._shown, of.get("name", ""), self._limits)
            self._done.append((self._grid, of.get("style-name", "")))
            self._row = self._head = 0
        elif name in ("dde-link", "dde-connection-decl"):
            self.active["active-dde"] += 1

    def _heads(self, of: dict[str, str]) -> None:
        assert self._grid is not None
        count = _number(of.get("number-columns-repeated"))
        if of.get("visibility") in _HIDDEN:
            last = min(self._head + count, self._limits.columns)
            self._grid.hidden_columns.update(range(self._head + 1, last + 1))
        self._head += count

    def _begin_row(self, of: dict[str, str]) -> None:
        assert self._grid is not None
        self._repeat = _number(of.get("number-rows-repeated"))
        self._column = 0
        self._cells = []
        if of.get("visibility") in _HIDDEN:
            last = min(self._row + self._repeat, self._limits.rows)
            self._grid.hidden_rows.update(range(self._row + 1, last + 1))

    def _end_row(self) -> None:
        grid = self._grid
        assert grid is not None
        if self._cells:
            grid.spend((self._repeat - 1) * len(self._cells))
            for row in range(self._row + 1, self._row + self._repeat + 1):
                for column, last, text, kind in self._cells:
                    for one in range(column, last + 1):
                        grid.put(row, one, text, kind)
        self._row += self._repeat

    def _within(self, name: str, of: dict[str, str], cell: _Cell) -> None:
        if name in ("p", "h"):
            self._depth += 1
            cell.paragraphs.append([])
        elif cell.paragraphs:
            if name == "s":
                cell.paragraphs[-1].append(" " * min(_number(of.get("c")), self._limits.cell_characters))
            elif name in ("tab", "line-break"):
                cell.paragraphs[-1].append("\t" if name == "tab" else "\n")

    def _end_cell(self, cell: _Cell) -> None:
        grid = self._grid
        assert grid is not None
        self._depth = 0
        row, column = self._row + 1, self._column + 1
        count = _number(cell.of.get("number-columns-repeated"))
        self._column += count
        down, across = _number(cell.of.get("number-rows-spanned")), _number(cell.of.get("number-columns-spanned"))
        grid.merge(row, column, row + down - 1, column + across - 1)
        text, kind = ("", CellKind.BLANK) if cell.covered else _value(cell)
        if "formula" in cell.of and not cell.covered:
            grid.formula_count += 1
            if "value-type" not in cell.of and not text:
                grid.formulas.append((row, column))
        if text:
            if column + count - 1 > self._limits.columns:
                raise InputError.at(
                    "file-limit-columns",
                    self._shown,
                    sheet="",
                    count=column + count - 1,
                    limit=self._limits.columns,
                )
            self._cells.append((column, column + count - 1, text, kind))


def _value(cell: _Cell) -> tuple[str, CellKind]:
    """The text that a person sees, except that numbers and moments are as exact as they are stored."""
    of = cell.of
    sort = of.get("value-type", "string")
    shown = "\n".join("".join(parts) for parts in cell.paragraphs)
    if sort in _NUMBERS and "value" in of:
        try:
            return number_text(float(of["value"])), CellKind.NUMBER
        except ValueError:
            return shown, CellKind.TEXT
    if sort == "date" and (moment := iso_text(of.get("date-value", ""))):
        return moment, CellKind.DATE
    if sort == "time" and (match := _DURATION.fullmatch(of.get("time-value", ""))):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return f"{days * 24 + hours:02d}:{minutes:02d}:{seconds:02d}", CellKind.DATE
    if sort == "boolean":
        return of.get("boolean-value", shown), CellKind.BOOLEAN
    if shown.startswith("#") and "formula" in of and shown.rstrip("!?").isascii():
        return shown, CellKind.ERROR
    return of.get("string-value", shown), CellKind.TEXT


def _number(text: str | None) -> int:
    """A count that an attribute declares; 1 where there is none."""
    if text is None or not text.isascii() or not text.isdigit():
        return 1
    return max(clipped(int(text[:10])), 1)  # ten digits are more than any sheet has, and are clipped

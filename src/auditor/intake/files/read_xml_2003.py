"""“XML Spreadsheet 2003”, mostly found under the name of an xls, read by an XML parser."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import InputError
from auditor.intake.files.active_parts import listed
from auditor.intake.files.cell_grid import CellGrid, clipped
from auditor.intake.files.cell_text import iso_text, number_text
from auditor.intake.files.contents import Contents
from auditor.intake.files.limits import Limits
from auditor.intake.files.xml_part import XML_FAULTS, damaged_part, guarded_parser
from auditor.intake.raw import RawSheet
from auditor.values.model import CellKind

_TRUE = frozenset({"1", "true"})
_VERY_HIDDEN = "SheetVeryHidden"
# A moment of 1899-12-31 is a time of day.
_NO_DAY = "1899-12-3"


def read_xml_2003(path: Path, shown: str, limits: Limits) -> Contents:
    """Read every sheet.

    Raises:
        InputError: damaged, with a DOCTYPE, or over a limit.
    """
    book = _Book(shown, limits)
    parser = guarded_parser(shown, "XML")
    parser.buffer_text = True
    parser.StartElementHandler = book.start
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.data
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except XML_FAULTS as error:
        raise damaged_part(error, shown, "XML") from error
    if not book.sheets:
        raise InputError.at("file-no-sheets", shown)
    return Contents(tuple(book.sheets), listed(book.active, shown))


@dataclass(slots=True)
class _Place:
    """Where the reading stands; numbers from 1."""

    row: int = 0
    column: int = 0
    head: int = 0


class _Book:
    """Follows the parser's events."""

    def __init__(self, shown: str, limits: Limits) -> None:
        self._shown, self._limits = shown, limits
        self._grid: CellGrid | None = None
        self._at = _Place()
        self._state = ""
        self._type: str | None = None
        self._text: list[str] = []
        self._field: list[str] | None = None
        self._formula = self._valued = False
        self._span = self._right = 0
        self._date_1904 = False
        self.sheets: list[RawSheet] = []
        self.active: Counter[str] = Counter()

    def start(self, name: str, of: dict[str, str]) -> None:
        name = name.rpartition("}")[2]
        of = {key.rpartition("}")[2]: value for key, value in of.items()}
        if name == "Worksheet":
            self._grid, self._at, self._state = CellGrid(self._shown, of.get("Name", ""), self._limits), _Place(), ""
        elif name == "Date1904":
            self._date_1904 = True
        elif name == "SupBook":
            self.active["active-external-links"] += 1
        elif self._grid is not None:
            self._within(name, of, self._grid)

    def _within(self, name: str, of: dict[str, str], grid: CellGrid) -> None:
        at = self._at
        if name == "Column":
            at.head = _number(of.get("Index"), at.head + 1)
            last = min(at.head + _number(of.get("Span"), 0), self._limits.columns)
            if of.get("Hidden") in _TRUE:
                grid.hidden_columns.update(range(at.head, last + 1))
            at.head = last
        elif name == "Row":
            at.row, at.column = _number(of.get("Index"), at.row + 1), 0
            span = _number(of.get("Span"), 0)
            if of.get("Hidden") in _TRUE:
                grid.hidden_rows.update(range(at.row, min(at.row + span, self._limits.rows) + 1))
            self._span = span
        elif name == "Cell":
            self._cell(of, grid)
        elif name == "Data":
            self._type, self._text = of.get("Type", "String"), []
        elif name == "Visible":
            self._field = []

    def _cell(self, of: dict[str, str], grid: CellGrid) -> None:
        at = self._at
        at.column = _number(of.get("Index"), at.column + 1)
        right = at.column + _number(of.get("MergeAcross"), 0)
        grid.merge(at.row, at.column, at.row + _number(of.get("MergeDown"), 0), right)
        self._formula, self._valued = "Formula" in of, False
        grid.formula_count += self._formula
        self._right = right

    def data(self, text: str) -> None:
        if self._type is not None:
            self._text.append(text)
        elif self._field is not None:
            self._field.append(text)

    def end(self, name: str) -> None:
        name = name.rpartition("}")[2]
        grid, at = self._grid, self._at
        if grid is None:
            return
        if name == "Data" and self._type is not None:
            text, kind = _value(self._type, "".join(self._text))
            grid.put(at.row, at.column, text, kind)
            self._type, self._valued = None, True
        elif name == "Cell":
            if self._formula and not self._valued:
                grid.formulas.append((at.row, at.column))
            at.column = self._right
        elif name == "Row":
            at.row += self._span
        elif name == "Visible" and self._field is not None:
            self._state, self._field = "".join(self._field).strip(), None
        elif name == "Worksheet":
            self.sheets.append(
                grid.sheet(
                    hidden=self._state not in ("", "SheetVisible"),
                    very_hidden=self._state == _VERY_HIDDEN,
                    date_1904=self._date_1904,
                )
            )
            self._grid = None


def _value(sort: str, text: str) -> tuple[str, CellKind]:
    if sort == "Number":
        try:
            return number_text(float(text)), CellKind.NUMBER
        except ValueError:
            return text, CellKind.TEXT
    if sort == "DateTime":
        moment = iso_text(text.strip())
        if moment is None:
            return text, CellKind.TEXT
        return moment.partition(" ")[2] or moment if moment.startswith(_NO_DAY) else moment, CellKind.DATE
    if sort == "Boolean":
        return {"1": "true", "0": "false"}.get(text.strip(), text), CellKind.BOOLEAN
    if sort == "Error":
        return text, CellKind.ERROR
    return text, CellKind.TEXT


def _number(text: str | None, otherwise: int) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:  # noqa: PLR2004
        return otherwise
    return clipped(int(text))

"""The cells of an xlsx read by a real XML parser: for files whose shape the fast reader does not understand.

Names with a prefix, parts in UTF-16, sheets that list their cells in no order. Several times slower than the fast
reader and with the same result, which the tests hold against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias
from xml.parsers import expat

from auditor.errors import InputError
from auditor.intake.files.archive import pieces
from auditor.intake.files.cell_grid import CellGrid
from auditor.intake.files.cell_text import iso_text, number_text
from auditor.intake.files.limits import Limits
from auditor.intake.files.package import Package
from auditor.intake.files.prescan import ScannedSheet
from auditor.intake.files.scan_slow import cell_place, declared_number
from auditor.intake.files.serial_dates import is_moment_format, moment_text
from auditor.intake.files.xml_part import XML_FAULTS, damaged_part, each_element, guarded_parser
from auditor.intake.raw import RawColumn
from auditor.values.model import CellKind

Placed: TypeAlias = "tuple[int, tuple[RawColumn, ...]]"
_SURROGATES = (0xD800, 0xDFFF)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class BookStyle:
    """What cells refer to: the shared strings, and for each cell format whether it shows a date."""

    strings: tuple[str, ...]
    moments: tuple[bool, ...]
    date_1904: bool


def book_style(package: Package) -> BookStyle:
    """The shared strings and formats of a workbook.

    Raises:
        InputError: damaged.
    """
    strings: list[str] = []
    if package.strings is not None:
        _parse(package, package.strings, _Texts(strings.append, "si"))
    return BookStyle(tuple(strings), tuple(_moments(package)), package.date_1904)


def read_cells(sheet: ScannedSheet, package: Package, style: BookStyle, limits: Limits) -> Placed:
    """The columns of a sheet from row 1 on, and the number of the first.

    Raises:
        InputError: damaged, or over a limit.
    """
    grid = CellGrid(package.shown, sheet.name, limits)
    _parse(package, sheet.part, _Cells(grid, style, package.shown, sheet.name))
    sheet_of_cells = grid.sheet()
    return sheet_of_cells.first_column, sheet_of_cells.columns


class _Texts:
    """Gathers the text of each `holder` element: its `t`s, and never the phonetic ones."""

    def __init__(self, take: Callable[[str], None], holder: str) -> None:
        self._take, self._holder = take, holder
        self._parts: list[str] = []
        self._phonetic = self._open = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == self._holder:
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._open = not self._phonetic

    def data(self, text: str) -> None:
        if self._open:
            self._parts.append(text)

    def end(self, name: str) -> None:
        if name == "t":
            self._open = False
        elif name == "rPh":
            self._phonetic = False
        elif name == self._holder:
            self._take(_unescaped("".join(self._parts)))


class _Cells:
    """Puts each cell of a sheet's XML into a grid."""

    def __init__(self, grid: CellGrid, style: BookStyle, shown: str, sheet: str) -> None:
        self._grid, self._style, self._shown, self._sheet = grid, style, shown, sheet
        self._row = self._column = 0
        self._type, self._format = "n", 0
        self._value: list[str] = []
        self._open = False
        self._inline = ""
        self._texts = _Texts(self._inlined, "is")

    def _inlined(self, text: str) -> None:
        self._inline = text

    def start(self, name: str, of: dict[str, str]) -> None:
        if name == "c":
            place = of.get("r")
            if place is None:
                self._column += 1
            else:
                self._column, self._row = cell_place(place, self._shown)
            self._type, self._format = of.get("t", "n"), declared_number(of.get("s"), 0)
            self._value, self._inline = [], ""
        elif name == "row":
            self._row, self._column = declared_number(of.get("r"), self._row + 1), 0
        elif name == "v":
            self._open = True
        else:
            self._texts.start(name, of)

    def data(self, text: str) -> None:
        if self._open:
            self._value.append(text)
        else:
            self._texts.data(text)

    def end(self, name: str) -> None:
        if name == "v":
            self._open = False
        elif name == "c":
            text, kind = self._cell("".join(self._value))
            self._grid.put(self._row, self._column, text, kind)
        else:
            self._texts.end(name)

    def _cell(self, value: str) -> tuple[str, CellKind]:
        if self._type == "inlineStr":
            return self._inline, CellKind.TEXT
        if self._type == "s":
            return (self._shared(value) if value.strip() else ""), CellKind.TEXT
        if self._type == "str":
            return _unescaped(value), CellKind.TEXT
        if self._type == "b":
            return {"1": "true", "0": "false"}.get(value.strip(), value), CellKind.BOOLEAN
        if self._type == "e":
            return value, CellKind.ERROR
        if self._type == "d":
            moment = iso_text(value.strip())
            return (value, CellKind.TEXT) if moment is None else (moment, CellKind.DATE)
        return self._number(value.strip())

    def _shared(self, value: str) -> str:
        index = declared_number(value.strip(), -1)
        if not 0 <= index < len(self._style.strings):
            raise InputError.at("file-damaged", self._shown, detail=f"{self._sheet}: sharedStrings {value[:10]}")
        return self._style.strings[index]

    def _number(self, value: str) -> tuple[str, CellKind]:
        if not value:
            return "", CellKind.BLANK
        try:
            number = float(value)
        except ValueError:
            return value, CellKind.TEXT
        if self._format < len(self._style.moments) and self._style.moments[self._format]:
            moment = moment_text(number, date_1904=self._style.date_1904)
            if moment is not None:
                return moment, CellKind.DATE
        return number_text(number), CellKind.NUMBER


def _moments(package: Package) -> list[bool]:
    if package.styles is None:
        return []
    codes: dict[int, str] = {}
    formats: list[int] = []
    wanted = False

    def take(name: str, of: dict[str, str]) -> None:
        nonlocal wanted
        if name == "numFmt":
            codes[declared_number(of.get("numFmtId"), -1)] = of.get("formatCode", "")
        elif name in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
            wanted = name == "cellXfs"
        elif name == "xf" and wanted:
            formats.append(declared_number(of.get("numFmtId"), 0))

    each_element(package.small(package.styles), package.shown, package.styles, take)
    return [is_moment_format(number, codes.get(number)) for number in formats]


def _parse(package: Package, part: str, handler: _Texts | _Cells) -> None:
    parser = guarded_parser(package.shown, part)
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, of: handler.start(name.rpartition("}")[2], of)
    parser.EndElementHandler = lambda name: handler.end(name.rpartition("}")[2])
    parser.CharacterDataHandler = handler.data
    try:
        _feed(parser, pieces(package.archive, package.parts[part], package.shown))
    except XML_FAULTS as error:
        raise damaged_part(error, package.shown, part) from error


def _feed(parser: expat.XMLParserType, data: Iterable[bytes]) -> None:
    for piece in data:
        parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
    parser.Parse(b"", True)  # noqa: FBT003


def _unescaped(text: str) -> str:
    """Control characters that XML cannot hold are written as `_x000D_`."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if _SURROGATES[0] <= code <= _SURROGATES[1] else chr(code)

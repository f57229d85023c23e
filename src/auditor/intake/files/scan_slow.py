"""The sheet's XML scanned by expat: for XML of any legal shape, where `scan_fast` gave up."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from auditor.errors import InputError
from auditor.intake.files.limits import Limits
from auditor.intake.files.scan_fast import column_number
from auditor.intake.files.sheet_scan import SheetScan
from auditor.intake.files.xml_part import XML_FAULTS, damaged_part, guarded_parser
from auditor.values.model import CellKind

_BATCH = 100_000
_KINDS = {
    "s": CellKind.TEXT,
    "str": CellKind.TEXT,
    "inlineStr": CellKind.TEXT,
    "b": CellKind.BOOLEAN,
    "e": CellKind.ERROR,
    "d": CellKind.DATE,
}


class _Scanner:
    """Follows the parser's events."""

    def __init__(self, shown: str, sheet: str, limits: Limits, *, keep: bool) -> None:
        self.scan = SheetScan(keep=keep)
        self.shown, self.sheet, self.limits = shown, sheet, limits
        self.row = self.column = 0
        self.kind = CellKind.NUMBER
        self.formula = self.valued = self.closed = False
        self.text: list[str] | None = None
        self.cells: list[tuple[int, int, int]] = []

    def start(self, name: str, of: dict[str, str]) -> None:
        name = name.rpartition("}")[2]
        if name == "c":
            self._cell(of)
        elif name == "row":
            self.row = declared_number(of.get("r"), self.row + 1)
            self.column = 0
            if of.get("hidden") in ("1", "true"):
                self.scan.hidden_rows.add(self.row)
        elif name in ("v", "t"):
            self.text = []
        elif name == "f":
            self.formula = True
            self.scan.formula_count += 1
        elif name == "col" and of.get("hidden") in ("1", "true"):
            self.scan.hidden_columns.append((declared_number(of.get("min"), 0), declared_number(of.get("max"), 0)))
        elif name == "mergeCell":
            self._merge(of.get("ref", ""))

    def _cell(self, of: dict[str, str]) -> None:
        reference = of.get("r")
        if reference is None:
            self.column += 1
        else:
            self.column, self.row = cell_place(reference, self.shown)
        self.kind = _KINDS.get(of.get("t", "n"), CellKind.NUMBER)
        self.formula = self.valued = self.closed = False

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        left, top = cell_place(first, self.shown)
        right, bottom = cell_place(last, self.shown) if last else (left, top)
        self.scan.merges.append((top, left, bottom, right))
        if len(self.scan.merges) > self.limits.merges:
            self.scan.check(self.shown, self.sheet, self.limits)

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, name: str) -> None:
        name = name.rpartition("}")[2]
        if name in ("v", "t"):
            text = "".join(self.text or ())
            self.text = None
            self.valued = self.valued or text != ""
            self.closed = self.closed or name == "v"
            if name == "v" and text and self.kind == CellKind.ERROR:
                self.scan.errors[self.row, self.column] = text
        elif name == "c":
            if self.valued:
                self.cells.append((self.row, self.column, self.kind))
                if len(self.cells) >= _BATCH:
                    self.flush()
            elif self.formula and (self.kind != CellKind.TEXT or not self.closed):
                self.scan.formulas.append((self.row, self.column))

    def flush(self) -> None:
        if self.cells:
            rows, columns, kinds = np.array(self.cells, np.int64).T
            self.scan.add(
                np.minimum(rows, 2**31 - 1).astype(np.int32),
                np.minimum(columns, 2**31 - 1).astype(np.int32),
                kinds.astype(np.uint8),
            )
            self.cells = []
        self.scan.check(self.shown, self.sheet, self.limits)


def scan_slow(pieces: Iterable[bytes], shown: str, sheet: str, limits: Limits, *, keep: bool = False) -> SheetScan:
    """Scan a worksheet's XML, as `scan_fast` does, whatever its shape.

    Raises:
        InputError: the XML is damaged, has a DOCTYPE, or the sheet is over a limit.
    """
    scanner = _Scanner(shown, sheet, limits, keep=keep)
    parser = guarded_parser(shown, sheet)
    parser.buffer_text = True
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.data
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
        parser.Parse(b"", True)  # noqa: FBT003
    except XML_FAULTS as error:
        raise damaged_part(error, shown, sheet) from error
    scanner.flush()
    return scanner.scan


def declared_number(text: str | None, otherwise: int) -> int:
    """The number that an attribute holds, or `otherwise`."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) <= 10 else otherwise  # noqa: PLR2004


def cell_place(text: str, shown: str) -> tuple[int, int]:
    """Column and row of a cell reference such as AB12."""
    text = text.replace("$", "").upper()
    digits = text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = text[: len(text) - len(digits)]
    row = declared_number(digits, 0)
    if not letters or not row or len(letters) > 3:  # noqa: PLR2004
        raise InputError.at("file-damaged", shown, detail="r")
    return column_number(letters.encode()), row

"""xlsx (and xlsm, et): scanned first, then read by fastexcel straight to Arrow; the scan gives kinds and place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.errors import Gravity, InputError, Problem
from auditor.intake.files.cell_text import iso_text, number_text
from auditor.intake.files.contents import Contents, note
from auditor.intake.files.limits import Limits
from auditor.intake.files.package import Package
from auditor.intake.files.prescan import ScannedBook, ScannedSheet, prescan
from auditor.intake.files.sheet_scan import Rows, SheetScan
from auditor.intake.raw import KindArray, RawColumn, RawSheet
from auditor.intake.sheets.nameless import nameless
from auditor.values.model import CellKind

Placed: TypeAlias = "tuple[int, tuple[RawColumn, ...]]"
_SUFFIXES = frozenset({".xlsx", ".xlsm"})
# fastexcel writes a time of day on the day before the calendar begins, of 1900 or of 1904.
_MOMENT = r"^[+-]?\d{4,6}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"
_TIDY = ((r"(:\d{2})\.\d+$", r"\1"), (r"^(1899-12-3[01]|1904-01-01) ", ""), (r" 00:00:00$", ""))
# Up to 15 digits the double's whole expansion and its shortest digits are the same.
_LONG = 16


def read_xlsx(path: Path, shown: str, limits: Limits) -> Contents:
    """Read every worksheet.

    Raises:
        InputError: no workbook, damaged, hostile, or over a limit.
    """
    with prescan(path, shown, limits) as scanned:
        found: dict[int, Placed] = {}
        try:
            with nameless(path, _SUFFIXES) as truly:
                book = fastexcel.read_excel(truly)
                for number, sheet in enumerate(scanned.sheets):
                    columns = _columns(book, sheet, shown, limits)
                    if columns is not None:
                        found[number] = columns
        except fastexcel.FastExcelError:
            pass  # the XML parser below says what is wrong, or reads it
        left = [number for number in range(len(scanned.sheets)) if number not in found]
        if left:
            from auditor.intake.files.xlsx_cells import book_style, read_cells  # noqa: PLC0415 - few files need it

            style = book_style(scanned.package)
            found.update((i, read_cells(scanned.sheets[i], scanned.package, style, limits)) for i in left)
        sheets = tuple(_sheet(sheet, found[i], scanned.package) for i, sheet in enumerate(scanned.sheets))
        return Contents(sheets, (*scanned.notes, *_not_computed(scanned, shown)))


def _sheet(sheet: ScannedSheet, placed: Placed, package: Package) -> RawSheet:
    scan = sheet.scan
    first_column, columns = placed
    row_count = len(columns[0].kind) if columns else 0
    last_column = first_column + len(columns) - 1
    return RawSheet(
        name=sheet.name,
        first_row=1,
        first_column=first_column,
        columns=columns,
        row_count=row_count,
        hidden=sheet.state != "visible",
        hidden_rows=frozenset(row for row in scan.hidden_rows if row <= row_count),
        hidden_columns=frozenset(
            column for first, last in scan.hidden_columns for column in range(max(first, 1), min(last, last_column) + 1)
        ),
        merges=tuple(scan.merges),
        formulas_without_value=tuple(scan.formulas),
        very_hidden=sheet.state == "veryHidden",
        formula_count=scan.formula_count,
        date_1904=package.date_1904,
    )


def _not_computed(scanned: ScannedBook, shown: str) -> Iterator[Problem]:
    """Values of formulas which a program has written and no spreadsheet program has computed yet."""
    count = sum(sheet.scan.formula_count - len(sheet.scan.formulas) for sheet in scanned.sheets)
    if count > 0 and scanned.package.to_compute:
        yield note("formulas-not-computed", shown, Gravity.WARNING, count=count)


def _columns(book: fastexcel.ExcelReader, sheet: ScannedSheet, shown: str, limits: Limits) -> Placed | None:
    """The columns from row 1 on, or None where fastexcel's box is not the one that the scan saw."""
    scan = sheet.scan
    if not scan.last_row:
        return 1, ()
    # skip_rows=0 keeps the blank rows above the first filled one; blank columns at the left are always left out.
    batch = book.load_sheet(sheet.name, header_row=None, skip_rows=0, dtypes="string")
    assert isinstance(batch, fastexcel.ExcelSheet)
    table = batch.to_arrow()
    if table.num_rows != scan.last_row or table.num_columns != scan.last_column - scan.first_column + 1:
        return None
    return scan.first_column, tuple(
        _column(table.column(j), scan.first_column + j, scan, shown, sheet.name, limits)
        for j in range(table.num_columns)
    )


def _column(text: pa.StringArray, number: int, scan: SheetScan, shown: str, sheet: str, limits: Limits) -> RawColumn:
    text, kind = _blanks(text)
    longest = pc.max(pc.binary_length(text)).as_py() or 0
    if longest > limits.cell_characters:
        raise InputError.at("file-limit-cell-length", shown, sheet=sheet, limit=limits.cell_characters)
    rows, kinds = scan.kinds(number)
    if not len(rows):
        return RawColumn(text, kind)
    positions = rows - 1
    errors = positions[kinds == CellKind.ERROR]
    present = kind[positions] != CellKind.BLANK
    kind[positions[present]] = kinds[present]
    numbers = np.zeros(len(text), np.bool_)
    numbers[positions[present & ((kinds == CellKind.NUMBER) | (kinds == CellKind.DATE))]] = True
    text = _moments(text, kind, numbers)
    patches = _plain_numbers(text, kind, longest)
    _iso_moments(text, kind, patches, positions[kinds == CellKind.DATE])
    for position in errors.tolist():
        kind[position] = CellKind.ERROR
        patches[position] = scan.errors.get((position + 1, number), "#ERROR")
    return RawColumn(_patched(text, patches), kind)


def _blanks(text: pa.StringArray) -> tuple[pa.StringArray, KindArray]:
    empty = pc.equal(text, "")
    if pc.any(empty).as_py():
        text = pc.if_else(empty, pa.scalar(None, pa.string()), text)
    filled = text.is_valid().to_numpy(zero_copy_only=False)
    return text, np.where(filled, np.uint8(CellKind.TEXT), np.uint8(CellKind.BLANK))


def _moments(
    text: pa.StringArray, kind: KindArray, numbers: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> pa.StringArray:
    """Give dates their kind and their text; `numbers` marks the cells that the file stores as numbers."""
    if not numbers.any():
        return text
    matches = pc.fill_null(pc.match_substring_regex(text, _MOMENT), fill_value=False).to_numpy(zero_copy_only=False)
    dates = matches & numbers
    if not dates.any():
        return text
    kind[dates] = CellKind.DATE
    tidy = text.filter(pa.array(dates))
    for pattern, replacement in _TIDY:
        tidy = pc.replace_substring_regex(tidy, pattern, replacement)
    return pc.replace_with_mask(text, pa.array(dates), tidy)


def _iso_moments(text: pa.StringArray, kind: KindArray, patches: dict[int, str], positions: Rows) -> None:
    """Moments that the file stores as ISO 8601 text (`t="d"`)."""
    for position in positions.tolist():
        if kind[position] == CellKind.DATE:
            moment = iso_text(text[position].as_py())
            if moment is None:
                kind[position] = CellKind.TEXT
            else:
                patches[position] = moment


def _plain_numbers(text: pa.StringArray, kind: KindArray, longest: int) -> dict[int, str]:
    """Numbers whose text is not their shortest: `-0`, and the whole expansion of long ones."""
    patches: dict[int, str] = {}
    odd = pc.equal(text, "-0")
    if longest >= _LONG:
        odd = pc.or_(odd, pc.greater_equal(pc.binary_length(text), _LONG))
    for position in np.flatnonzero(pc.fill_null(odd, fill_value=False).to_numpy(zero_copy_only=False)).tolist():
        if kind[position] == CellKind.NUMBER:
            patches[position] = number_text(float(text[position].as_py()))
    return patches


def _patched(text: pa.StringArray, patches: dict[int, str]) -> pa.StringArray:
    if not patches:
        return text
    mask = np.zeros(len(text), np.bool_)
    mask[list(patches)] = True
    return pc.replace_with_mask(text, pa.array(mask), pa.array([patches[i] for i in sorted(patches)], pa.string()))

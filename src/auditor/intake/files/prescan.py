"""Before a reader sees an xlsx: its directory, its list of sheets and a scan of every sheet, all within the limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import InputError, Problem
from auditor.intake.files.active_parts import active_parts
from auditor.intake.files.archive import open_zip, pieces
from auditor.intake.files.contents import note, warning_at
from auditor.intake.files.limits import Limits
from auditor.intake.files.package import ListedSheet, Package, open_package
from auditor.intake.files.scan_fast import UnusualXmlError, scan_fast
from auditor.intake.files.scan_slow import scan_slow
from auditor.intake.files.sheet_scan import SheetScan
from auditor.intake.files.xml_part import refuse_doctype

_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True, slots=True)
class ScannedSheet:
    """A worksheet of the workbook: its name, its state, its part, and its scan."""

    name: str
    state: str
    part: str
    scan: SheetScan


@dataclass(frozen=True, slots=True)
class ScannedBook:
    """The workbook with its worksheets, and what else is in it."""

    package: Package
    sheets: tuple[ScannedSheet, ...]
    notes: tuple[Problem, ...]


@contextmanager
def prescan(path: Path, shown: str, limits: Limits) -> Iterator[ScannedBook]:
    """Scan the xlsx at `path`, which stays open; chart, dialog and macro sheets are left out and listed.

    Args:
        path: the file.
        shown: the path that problems name.
        limits: all of them.

    Raises:
        InputError: no workbook, damaged, hostile, or over a limit.
    """
    with open_zip(path, shown, limits) as archive:
        package = open_package(archive, shown)
        worksheets = [sheet for sheet in package.sheets if sheet.kind == "worksheet"]
        others = [sheet for sheet in package.sheets if sheet.kind != "worksheet"]
        if not worksheets:
            raise InputError.at("file-no-sheets", shown)
        own = {sheet.part for sheet in worksheets}
        for name, info in package.parts.items():
            if name.endswith(_XML) and name not in own:
                refuse_doctype(pieces(archive, info, shown), shown, info.filename)
        scanned = []
        notes = [*active_parts(package), *(note("sheet-skipped", shown, name=s.name, kind=s.kind) for s in others)]
        for sheet in worksheets:
            if sheet.part not in package.parts:
                raise InputError.at("file-damaged", shown, detail=sheet.part)
            scan = _scan(archive, package.parts[sheet.part], sheet, shown, limits)
            scanned.append(ScannedSheet(sheet.name, sheet.state, sheet.part, scan))
            notes.extend(_twice(archive, package.parts[sheet.part], sheet, scan, shown, limits))
        yield ScannedBook(package, tuple(scanned), tuple(notes))


def _scan(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    sheet: ListedSheet,
    shown: str,
    limits: Limits,
    *,
    keep: bool = False,
) -> SheetScan:
    try:
        return scan_fast(pieces(archive, info, shown), shown, sheet.name, limits, keep=keep)
    except UnusualXmlError:
        return scan_slow(pieces(archive, info, shown), shown, sheet.name, limits, keep=keep)


def _twice(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, sheet: ListedSheet, scan: SheetScan, shown: str, limits: Limits
) -> Iterator[Problem]:
    """Cells that the sheet stores more than once: programs do not agree on which of them is shown."""
    if scan.ordered:
        return
    cells = _scan(archive, info, sheet, shown, limits, keep=True).twice()
    if cells:
        yield warning_at("cell-stored-twice", shown, sheet.name, cells[0], count=len(cells))

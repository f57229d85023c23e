"""Before a reader sees an xlsx: its directory, its list of sheets and a scan of every sheet, all within the limits."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import InputError
from auditor.intake.files.archive import open_zip, pieces
from auditor.intake.files.limits import Limits
from auditor.intake.files.scan_fast import UnusualXmlError, scan_fast
from auditor.intake.files.scan_slow import scan_slow
from auditor.intake.files.sheet_scan import SheetScan
from auditor.intake.files.xml_part import each_element, refuse_doctype

_WORKBOOK = "xl/workbook.xml"
_SMALL_PART = 16 << 20
_XML = (".xml", ".rels")


@dataclass(frozen=True, slots=True)
class ScannedSheet:
    """A worksheet of the workbook: its name, whether it is hidden, and its scan."""

    name: str
    hidden: bool
    scan: SheetScan


def prescan(path: Path, shown: str, limits: Limits) -> tuple[ScannedSheet, ...]:
    """Scan the xlsx at `path`; chart, dialog and macro sheets are left out.

    Args:
        path: the file.
        shown: the path that problems name.
        limits: all of them.

    Raises:
        InputError: no workbook, damaged, hostile, or over a limit.
    """
    with open_zip(path, shown, limits) as archive:
        names = {info.filename.lstrip("/").replace("\\", "/").lower(): info for info in archive.infolist()}
        workbook = _workbook_part(archive, names, shown)
        sheets = _sheets(archive, names, workbook, shown)
        parts = {part for _, _, part in sheets}
        for name, info in names.items():
            if name.endswith(_XML) and name not in parts:
                refuse_doctype(pieces(archive, info, shown), shown, info.filename)
        found = []
        for name, hidden, part in sheets:
            if part not in names:
                raise InputError.at("file-damaged", shown, detail=part)
            try:
                scan = scan_fast(pieces(archive, names[part], shown), shown, name, limits)
            except UnusualXmlError:
                scan = scan_slow(pieces(archive, names[part], shown), shown, name, limits)
            found.append(ScannedSheet(name, hidden, scan))
        return tuple(found)


def _workbook_part(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], shown: str) -> str:
    found: list[str] = []

    def take(name: str, of: dict[str, str]) -> None:
        if name == "Relationship" and of.get("Type", "").endswith("/officeDocument"):
            found.append(of.get("Target", "").lstrip("/").lower())

    if "_rels/.rels" in names:
        each_element(_small(archive, names["_rels/.rels"], shown), shown, "_rels/.rels", take)
    part = found[0] if found else _WORKBOOK
    if part not in names:
        part = _WORKBOOK
    if part not in names or "word/" in part or "ppt/" in part:
        kind = "Word" if "word/document.xml" in names else "PowerPoint" if "ppt/presentation.xml" in names else "zip"
        if "xl/workbook.bin" in names:
            kind = "xlsb"
        elif "content.xml" in names:
            kind = "ODF"
        raise InputError.at("file-not-a-workbook", shown, kind=kind)
    return part


def _sheets(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], workbook: str, shown: str
) -> list[tuple[str, bool, str]]:
    """Name, hidden, part of each worksheet."""
    listed: list[tuple[str, bool, str]] = []
    targets: dict[str, tuple[str, str]] = {}

    def take_sheet(name: str, of: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in of.items() if key.rpartition("}")[2] == "id"), "")
            listed.append((of.get("name", ""), of.get("state", "visible") != "visible", relation))

    def take_relation(name: str, of: dict[str, str]) -> None:
        if name == "Relationship":
            targets[of.get("Id", "")] = (of.get("Type", ""), of.get("Target", ""))

    each_element(_small(archive, names[workbook], shown), shown, workbook, take_sheet)
    folder, base = posixpath.split(workbook)
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in names:
        raise InputError.at("file-damaged", shown, detail=relations)
    each_element(_small(archive, names[relations], shown), shown, relations, take_relation)
    sheets = []
    for name, hidden, relation in listed:
        if relation not in targets:
            raise InputError.at("file-damaged", shown, detail=f"{name}: {relation}")
        kind, target = targets[relation]
        if kind.endswith("/worksheet"):
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            sheets.append((name, hidden, part.lower()))
    if not sheets:
        raise InputError.at("file-no-sheets", shown)
    return sheets


def _small(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> bytes:
    if info.file_size > _SMALL_PART:
        raise InputError.at(
            "file-limit-entry", shown, name=info.filename, size=info.file_size >> 20, limit=_SMALL_PART >> 20
        )
    return b"".join(pieces(archive, info, shown))

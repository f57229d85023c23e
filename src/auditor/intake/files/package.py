"""The inside of an xlsx: which part is the workbook, which sheets it lists, and where their parts are."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from auditor.errors import InputError
from auditor.intake.files.archive import pieces
from auditor.intake.files.xml_part import each_element

_WORKBOOK = "xl/workbook.xml"
_SMALL_PART = 16 << 20
_TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet that the workbook lists: its name, its state, what it is (`worksheet`, `chartsheet`, …), its part."""

    name: str
    state: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class Package:
    """An opened xlsx.

    Attributes:
        archive: the zip, its directory checked.
        parts: lower-case part name → its entry.
        sheets: the sheets listed, in order.
        strings, styles: the parts of the shared strings and the styles, where the workbook names them.
        date_1904: serial numbers count from 1904.
        to_compute: formulas are to be computed on opening, so that the values in the file are nobody's result.
    """

    archive: zipfile.ZipFile
    shown: str
    parts: dict[str, zipfile.ZipInfo]
    sheets: tuple[ListedSheet, ...]
    strings: str | None
    styles: str | None
    date_1904: bool
    to_compute: bool

    def small(self, part: str) -> bytes:
        """The bytes of a part that is never large.

        Raises:
            InputError: it is large, or damaged.
        """
        return small_part(self.archive, self.parts[part], self.shown)


def open_package(archive: zipfile.ZipFile, shown: str) -> Package:
    """Find the parts of an xlsx.

    Raises:
        InputError: it is no workbook, or damaged.
    """
    parts: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename.lstrip("/").replace("\\", "/").lower()
        if name in parts:  # names of parts do not regard case: the scan and the reader could open different ones
            raise InputError.at("archive-duplicate", shown, name=name)
        parts[name] = info
    workbook = _workbook_part(archive, parts, shown)
    folder, base = posixpath.split(workbook)
    relations = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    if relations not in parts:
        raise InputError.at("file-damaged", shown, detail=relations)
    targets = _relations(small_part(archive, parts[relations], shown), shown, relations, folder)
    listed, flags = _listed(small_part(archive, parts[workbook], shown), shown, workbook)
    sheets: list[ListedSheet] = []
    for name, state, relation in listed:
        if relation not in targets:
            raise InputError.at("file-damaged", shown, detail=f"{name}: {relation}")
        if any(name.lower() == sheet.name.lower() for sheet in sheets):  # who asks by name gets one of them twice
            raise InputError.at("file-damaged", shown, detail=f"{name}: twice")
        kind, part = targets[relation]
        sheets.append(ListedSheet(name, state, kind, part))
    named = {kind: part for kind, part in targets.values() if part in parts}
    return Package(
        archive=archive,
        shown=shown,
        parts=parts,
        sheets=tuple(sheets),
        strings=named.get("sharedStrings"),
        styles=named.get("styles"),
        date_1904="date1904" in flags,
        to_compute="fullCalcOnLoad" in flags,
    )


def small_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> bytes:
    """The bytes of a part that is never large.

    Raises:
        InputError: it is large, or damaged.
    """
    if info.file_size > _SMALL_PART:
        raise InputError.at(
            "file-limit-entry", shown, name=info.filename, size=info.file_size >> 20, limit=_SMALL_PART >> 20
        )
    return b"".join(pieces(archive, info, shown))


def _workbook_part(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], shown: str) -> str:
    found: list[str] = []

    def take(name: str, of: dict[str, str]) -> None:
        if name == "Relationship" and of.get("Type", "").endswith("/officeDocument"):
            found.append(of.get("Target", "").lstrip("/").lower())

    if "_rels/.rels" in parts:
        each_element(small_part(archive, parts["_rels/.rels"], shown), shown, "_rels/.rels", take)
    part = found[0] if found else _WORKBOOK
    if part not in parts:
        part = _WORKBOOK
    if part not in parts or "word/" in part or "ppt/" in part:
        kind = "Word" if "word/document.xml" in parts else "PowerPoint" if "ppt/presentation.xml" in parts else "zip"
        if "xl/workbook.bin" in parts:
            kind = "xlsb"
        elif "content.xml" in parts:
            kind = "ODF"
        raise InputError.at("file-not-a-workbook", shown, kind=kind)
    if part.endswith(".bin"):
        raise InputError.at("file-not-a-workbook", shown, kind="xlsb")
    return part


def _relations(data: bytes, shown: str, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Id → (last word of its type, part)."""
    targets: dict[str, tuple[str, str]] = {}

    def take(name: str, of: dict[str, str]) -> None:
        if name == "Relationship" and of.get("TargetMode") != "External":
            target = of.get("Target", "").replace("\\", "/")
            beside = posixpath.normpath(posixpath.join(folder, target))
            target = target.lstrip("/") if target.startswith("/") else beside
            targets[of.get("Id", "")] = (of.get("Type", "").rpartition("/")[2], target.lower())

    each_element(data, shown, part, take)
    return targets


def _listed(data: bytes, shown: str, part: str) -> tuple[list[tuple[str, str, str]], set[str]]:
    """Name, state and relation of each sheet, and which flags of the workbook are set."""
    listed: list[tuple[str, str, str]] = []
    flags: set[str] = set()

    def take(name: str, of: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in of.items() if key.rpartition("}")[2] == "id"), "")
            listed.append((of.get("name", ""), of.get("state", "visible"), relation))
        elif name in ("workbookPr", "calcPr"):
            flags.update(flag for flag in ("date1904", "fullCalcOnLoad") if of.get(flag) in _TRUE)

    each_element(data, shown, part, take)
    return listed, flags

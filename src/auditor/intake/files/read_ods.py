"""ods, and its form in one XML file: read by an XML parser, since readers of ods hide what the sheet hides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from auditor.errors import InputError
from auditor.intake.files.active_parts import listed
from auditor.intake.files.archive import open_zip, pieces
from auditor.intake.files.contents import Contents
from auditor.intake.files.limits import Limits
from auditor.intake.files.ods_tables import OdsTables
from auditor.intake.files.package import small_part
from auditor.intake.files.xml_part import XML_FAULTS, damaged_part, each_element, guarded_parser, refuse_doctype

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_MACROS = ("Basic/", "Scripts/")
_LIBRARY_LIST = ("script-lc.xml", "script-lb.xml")
_PIECE = 1 << 20


def read_ods(path: Path, shown: str, limits: Limits) -> Contents:
    """Read every sheet of an ods.

    Raises:
        InputError: no spreadsheet, damaged, protected, hostile, or over a limit.
    """
    with open_zip(path, shown, limits) as archive:
        parts = {info.filename: info for info in archive.infolist()}
        active: Counter[str] = Counter()
        if _MANIFEST in parts:
            _check_manifest(small_part(archive, parts[_MANIFEST], shown), shown, active)
        if any(name.startswith(_MACROS) and not name.endswith(("/", *_LIBRARY_LIST)) for name in parts):
            active["active-macros"] += 1
        for name, info in parts.items():
            if name.endswith(".xml") and name != _CONTENT:
                refuse_doctype(pieces(archive, info, shown), shown, name)
        if _CONTENT not in parts:
            raise InputError.at("file-damaged", shown, detail=_CONTENT)
        return _read(pieces(archive, parts[_CONTENT], shown), shown, limits, active)


def read_flat_ods(path: Path, shown: str, limits: Limits) -> Contents:
    """Read every sheet of a flat ods (fods).

    Raises:
        InputError: no spreadsheet, damaged, hostile, or over a limit.
    """
    with path.open("rb") as file:
        return _read(iter(lambda: file.read(_PIECE), b""), shown, limits, Counter())


def _read(data: Iterable[bytes], shown: str, limits: Limits, active: Counter[str]) -> Contents:
    tables = OdsTables(shown, limits)
    parser = guarded_parser(shown, _CONTENT)
    parser.buffer_text = True
    parser.StartElementHandler = _local(tables.start)
    parser.EndElementHandler = lambda name: tables.end(name.rpartition("}")[2])
    parser.CharacterDataHandler = tables.data
    try:
        for piece in data:
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
        parser.Parse(b"", True)  # noqa: FBT003
    except XML_FAULTS as error:
        raise damaged_part(error, shown, _CONTENT) from error
    if not tables.spreadsheet:
        raise InputError.at("file-not-a-workbook", shown, kind="ODF")
    sheets = tables.sheets()
    if not sheets:
        raise InputError.at("file-no-sheets", shown)
    return Contents(sheets, listed(active + tables.active, shown))


def _local(take: Callable[[str, dict[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
    return lambda name, of: take(
        name.rpartition("}")[2], {key.rpartition("}")[2]: value for key, value in of.items()} if of else of
    )


def _check_manifest(data: bytes, shown: str, active: Counter[str]) -> None:
    def take(name: str, of: dict[str, str]) -> None:
        if name == "encryption-data":
            raise InputError.at("file-password-kind", shown, detail="ODF")
        if "oleobject" in " ".join(of.values()).lower():
            active["active-embedded"] += 1

    each_element(data, shown, _MANIFEST, take)

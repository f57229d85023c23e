"""A small harmless payroll as the ground on which hostile files are made: its texts, and an xlsx of raw XML parts."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

HEADERS = ("身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期")
PEOPLE = (
    ("500299198001010018", "张三", "2022-10", "600", "6217000010001234567", "2022-11-04"),
    ("500299197502030024", "李四", "2022-10", "600", "6217000010007654321", "2022-11-04"),
)
ROWS = (HEADERS, *PEOPLE)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def cell(reference: str, text: str) -> str:
    """A cell that holds a text of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def row(number: int, texts: Sequence[str], more: str = "") -> str:
    """A row of texts from column A on, then `more` XML."""
    cells = "".join(cell(f"{chr(65 + j)}{number}", text) for j, text in enumerate(texts))
    return f'<row r="{number}">{cells}{more}</row>'


def payroll(more: str = "") -> str:
    """The XML of the payroll's three rows, and `more` in the last of them."""
    return row(1, HEADERS) + row(2, PEOPLE[0]) + row(3, PEOPLE[1], more)


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    """A sheet's XML around its rows."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def relations(*pairs: tuple[str, str], mode: str = "") -> str:
    """Relationships rId1, rId2, … of (kind, target)."""
    each = "".join(
        f'<Relationship Id="rId{i}" Type="{REL}/{kind}" Target="{target}"{mode}/>'
        for i, (kind, target) in enumerate(pairs, start=1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE_RELATIONS}">{each}</Relationships>'


def workbook(*names: str) -> str:
    """workbook.xml with these sheets, rId1 and on."""
    each = "".join(
        f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{each}</sheets></workbook>'


def parts(sheet: str | bytes) -> dict[str, str | bytes]:
    """The parts of an xlsx with one sheet and a table of shared strings that is not there yet."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        WORKBOOK: workbook("发放表"),
        RELATIONS: relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        SHEET: sheet,
    }


def write_parts(path: Path, of: Mapping[str, str | bytes]) -> None:
    """Zip the parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in of.items():
            archive.writestr(name, data)


def xlsx(
    path: Path,
    sheet: str | bytes | None = None,
    more: Mapping[str, str | bytes] | None = None,
    without: Sequence[str] = (),
) -> None:
    """Write an xlsx: `sheet` (the payroll by default), `more` parts in addition or instead, `without` these."""
    of = parts(worksheet(payroll()) if sheet is None else sheet) | dict(more or {})
    write_parts(path, {name: data for name, data in of.items() if name not in without})


def csv_bytes(rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """Rows as csv in UTF-8."""
    return "".join(",".join(texts) + "\r\n" for texts in rows).encode()

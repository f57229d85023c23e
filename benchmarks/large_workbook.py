"""A payroll of a million rows written as an xlsx in a few seconds: the XML put together by hand, a piece at a time."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

HEADERS = ("身份证号", "姓名", "发放月份", "用人单位", "村", "发放金额", "银行账号", "发放日期")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets><sheet name="发放表" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_REL}/sharedStrings" '
    f'Target="sharedStrings.xml"/><Relationship Id="rId3" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    "</styleSheet>",
}
_BATCH = 20_000


def write_payroll(path: Path, rows: int, people: int = 100_000) -> None:
    """Write `rows` payments to `people` different people, their texts shared as spreadsheet programs do."""
    strings: dict[str, int] = {}

    def shared(text: str) -> int:
        return strings.setdefault(text, len(strings))

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, xml in _PARTS.items():
            archive.writestr(name, xml)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            titles = "".join(f'<c r="{chr(65 + j)}1" t="s"><v>{shared(text)}</v></c>' for j, text in enumerate(HEADERS))
            sheet.write(f'<row r="1">{titles}</row>'.encode())
            for first in range(2, rows + 2, _BATCH):
                numbers = range(first, min(first + _BATCH, rows + 2))
                sheet.write("".join(_row(number, _payment(number, people), shared) for number in numbers).encode())
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w") as table:
            table.write(f'<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">'.encode())
            table.write("".join(f"<si><t>{text}</t></si>" for text in strings).encode())
            table.write(b"</sst>")


def _payment(number: int, people: int) -> tuple[str, str, str, str, str, str, str, str]:
    who = number % people
    chance = random.Random(who)
    born = f"{chance.randrange(1950, 2000)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    village = chance.randrange(1, 300)
    month = number // people % 12 + 1
    return (
        f"500299{born}{who % 10_000:04d}",
        "张" + "".join(chance.choices("伟芳娜敏静丽强磊军洋", k=2)),
        f"2022年{month}月",
        f"云山县{village}村村民委员会",
        f"{village}村",
        chance.choice(("500", "600", "800.5")),
        f"62170000{chance.randrange(10**10, 10**11)}",
        str(44_562 + 30 * month + who % 28),
    )


def _row(number: int, texts: tuple[str, ...], shared: object) -> str:
    assert callable(shared)
    cells = (
        f'<c r="{column}{number}"><v>{text}</v></c>'
        if column == "F"
        else f'<c r="{column}{number}" s="1"><v>{text}</v></c>'
        if column == "H"
        else f'<c r="{column}{number}" t="s"><v>{shared(text)}</v></c>'
        for column, text in zip("ABCDEFGH", texts, strict=True)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'

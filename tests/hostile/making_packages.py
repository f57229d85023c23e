"""Hostile packages: parts that are not there or lead in circles and outside, and active content beside the cells."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.ledger import (
    CONTENT_TYPES,
    MAIN,
    REL,
    RELATIONS,
    SHEET,
    WORKBOOK,
    payroll,
    relations,
    workbook,
    worksheet,
    xlsx,
)
from tests.hostile.verdicts import hostile, reads, reads_but, refused

_PARTS = "parts that are not there or lead elsewhere"
_ACTIVE = "macros, OLE, DDE, external links, data connections"
_PLAIN = worksheet(payroll())
_DAMAGED = refused("file-damaged")


@hostile(".xlsx", _PARTS, _DAMAGED)
def package_without_its_sheet(path: Path) -> None:
    xlsx(path, without=[SHEET])


@hostile(".xlsx", _PARTS, refused("file-not-a-workbook"))
def package_without_its_workbook(path: Path) -> None:
    xlsx(path, without=[WORKBOOK])


@hostile(".xlsx", _PARTS, reads(3, "张三"))
def package_without_content_types_and_relationships(path: Path) -> None:
    xlsx(path, without=["[Content_Types].xml", "_rels/.rels"])


@hostile(".xlsx", _PARTS, refused("file-no-sheets"))
def workbook_that_lists_no_sheets(path: Path) -> None:
    xlsx(path, more={WORKBOOK: workbook()})


@hostile(".xlsx", _PARTS, _DAMAGED)
def sheet_of_a_relationship_that_is_not_there(path: Path) -> None:
    xlsx(path, more={WORKBOOK: workbook("一", "二", "三", "四", "五")})


@hostile(".xlsx", _PARTS, _DAMAGED)
def sheet_that_climbs_out_of_the_package(path: Path) -> None:
    xlsx(path, more={RELATIONS: relations(("worksheet", "../../../../../../etc/passwd"))})


@hostile(".xlsx", _PARTS, _DAMAGED)
def sheet_at_an_absolute_path(path: Path) -> None:
    xlsx(path, more={RELATIONS: relations(("worksheet", "file:///etc/passwd"), mode=' TargetMode="External"')})


@hostile(".xlsx", _PARTS, _DAMAGED)
def sheet_on_the_network(path: Path) -> None:
    target = "http://127.0.0.1:9/sheet1.xml"
    xlsx(path, more={RELATIONS: relations(("worksheet", target), mode=' TargetMode="External"')})


@hostile(".xlsx", _PARTS, reads_but("sheet-empty", 0))
def sheet_that_is_the_workbook_itself(path: Path) -> None:
    xlsx(path, more={RELATIONS: relations(("worksheet", "workbook.xml"))})


@hostile(".xlsx", _PARTS, reads_but("sheet-empty", 0))
def sheet_that_is_its_own_relationships(path: Path) -> None:
    xlsx(path, more={RELATIONS: relations(("worksheet", "_rels/workbook.xml.rels"))})


@hostile(".xlsx", _PARTS, reads(3, "张三"))
def relationships_in_a_circle(path: Path) -> None:
    """The sheet leads to a drawing, the drawing to the sheet."""
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": "<x/>",
        "xl/drawings/_rels/drawing1.xml.rels": relations(("worksheet", "../worksheets/sheet1.xml")),
    }
    xlsx(path, more=more)


@hostile(".xlsx", _PARTS, reads(6, "张三"))
def two_sheets_of_one_part(path: Path) -> None:
    more = {
        WORKBOOK: workbook("一", "二"),
        RELATIONS: relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet1.xml")),
    }
    xlsx(path, more=more)


@hostile(".xlsx", _PARTS, _DAMAGED)
def two_sheets_of_one_name(path: Path) -> None:
    """A reader that asks for a sheet by its name would read the first one twice and the second never."""
    other = worksheet(payroll().replace("张三", "王五"))
    more = {
        WORKBOOK: workbook("一", "一"),
        RELATIONS: relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")),
        "xl/worksheets/sheet2.xml": other,
    }
    xlsx(path, more=more)


@hostile(".xlsx", _PARTS, reads(3, "张三"))
def sheet_with_a_name_of_markup(path: Path) -> None:
    xlsx(path, more={WORKBOOK: workbook("[red]<script>\u202e" + "长" * 5_000)})


@hostile(".xlsx", _PARTS, refused("archive-duplicate"))
def two_sheets_of_one_part_in_other_case(path: Path) -> None:
    """Names of parts do not regard case, so `Sheet1.xml` and `sheet1.xml` are two answers to one question."""
    hidden = worksheet(payroll().replace("张三", "王五"))
    xlsx(path, more={"xl/worksheets/Sheet1.xml": hidden})


@hostile(".xlsx", "not what it says", refused("file-not-a-workbook"))
def binary_workbook(path: Path) -> None:
    xlsx(path, more={"xl/workbook.bin": b"\x83\x01\x00"}, without=[WORKBOOK])


@hostile(".xlsm", _ACTIVE, reads_but("active-macros", 3, "张三"))
def macros(path: Path) -> None:
    types = CONTENT_TYPES.replace("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml")
    xlsx(
        path, more={"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)}
    )


@hostile(".xlsx", _ACTIVE, reads_but("active-macros", 3, "张三"))
def macros_in_a_file_that_may_hold_none(path: Path) -> None:
    xlsx(path, more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)})


@hostile(".xlsx", _ACTIVE, reads_but("active-macros", 3, "张三", also="sheet-skipped"))
def macro_sheet_of_excel_4(path: Path) -> None:
    more = {
        WORKBOOK: workbook("发放表", "宏"),
        RELATIONS: relations(("worksheet", "worksheets/sheet1.xml"), ("xlMacrosheet", "macrosheets/sheet1.xml")),
        "xl/macrosheets/sheet1.xml": f'<xm:macrosheet xmlns:xm="x" xmlns="{MAIN}"><sheetData><row r="1"><c r="A1">'
        '<f>EXEC("id")</f></c></row></sheetData></xm:macrosheet>',
    }
    xlsx(path, more=more)


@hostile(".xlsx", _ACTIVE, reads_but("active-embedded", 3, "张三"))
def embedded_objects(path: Path) -> None:
    more: dict[str, str | bytes] = {
        "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"MZ" * 300,
        "xl/embeddings/Microsoft_Excel_Sheet1.xlsx": b"PK\x03\x04broken",
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("oleObject", "../embeddings/oleObject1.bin")),
    }
    sheet = worksheet(payroll(), after='<oleObjects><oleObject progId="Package" r:id="rId1"/></oleObjects>')
    xlsx(path, sheet, more)


@hostile(".xlsx", _ACTIVE, reads_but("active-dde", 3, "张三"))
def external_links_and_dde(path: Path) -> None:
    dde = '<ddeLink ddeService="cmd" ddeTopic="/C calc"><ddeItems><ddeItem name="A0"/></ddeItems></ddeLink>'
    outside = relations(("externalLinkPath", "file://127.0.0.1/share/x.xlsx"), mode=' TargetMode="External"')
    more = {
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}" xmlns:r="{REL}">{dde}</externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": outside,
    }
    xlsx(path, more=more)


@hostile(".xlsx", _ACTIVE, reads_but("active-connections", 3, "张三"))
def data_connections(path: Path) -> None:
    connection = '<connection id="1" type="5"><webPr url="http://127.0.0.1:9/?q=[A1]" sourceData="1"/></connection>'
    xlsx(path, more={"xl/connections.xml": f'<connections xmlns="{MAIN}">{connection}</connections>'})

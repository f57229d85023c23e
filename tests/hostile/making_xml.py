"""Hostile XML in an xlsx: entities, encodings that lie, nesting, and XML that is legal and unusual."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.ledger import MAIN, SHEET, STRINGS, STYLES, WORKBOOK, payroll, row, worksheet, xlsx
from tests.hostile.verdicts import hostile, reads, reads_but, refused

_XML = "XML entities"
_ODD = "unusual XML"
_PLAIN = worksheet(payroll())
_DOCTYPE = refused("file-doctype")


@hostile(".xlsx", _XML, _DOCTYPE)
def external_entity(path: Path) -> None:
    entity = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    xlsx(path, entity + worksheet(row(1, ("&e;",)).replace("&amp;", "&")))


@hostile(".xlsx", _XML, _DOCTYPE)
def external_entity_over_the_network(path: Path) -> None:
    entity = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    xlsx(path, entity + _PLAIN)


@hostile(".xlsx", _XML, _DOCTYPE)
def parameter_entity_in_the_content_types(path: Path) -> None:
    types = "<!DOCTYPE x [<!ENTITY % a \"<!ENTITY b 'c'>\"> %a;]><Types/>"
    xlsx(path, more={"[Content_Types].xml": types})


@hostile(".xlsx", _XML, _DOCTYPE)
def quadratic_blow_up_in_the_styles(path: Path) -> None:
    entity = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
    xlsx(path, more={STYLES: f"{entity}<styleSheet xmlns='{MAIN}'>{'&a;' * 50_000}</styleSheet>"})


@hostile(".xlsx", _XML, _DOCTYPE)
def laughs_in_the_properties(path: Path) -> None:
    """A part that no reader of cells opens; whoever opens the file in another program would."""
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    xlsx(path, more={"docProps/core.xml": f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><x>&l9;</x>'})


@hostile(".xlsx", _XML, _DOCTYPE)
def doctype_in_the_relationships(path: Path) -> None:
    xlsx(path, more={"_rels/.rels": "<!DOCTYPE x><Relationships/>"})


@hostile(".xlsx", _XML, _DOCTYPE)
def doctype_in_utf_16_without_a_mark(path: Path) -> None:
    xlsx(path, more={"docProps/app.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>".encode("utf-16-be")})


@hostile(".xlsx", _XML, refused("file-damaged"))
def entity_that_nobody_declared(path: Path) -> None:
    xlsx(path, _PLAIN.replace("张三", "&passwd;"))


@hostile(".xlsx", _XML, reads(3, "&#x9;<b>", "李四"))
def entities_that_every_xml_has(path: Path) -> None:
    xlsx(path, _PLAIN.replace("张三", "&amp;#x9;&lt;b&gt;"))


@hostile(".xlsx", "encodings", reads(3, "张三"))
def sheet_in_utf_16(path: Path) -> None:
    xlsx(path, ('<?xml version="1.0" encoding="UTF-16"?>' + _PLAIN).encode("utf-16"))


@hostile(".xlsx", "encodings", refused("file-damaged"))
def sheet_that_claims_utf_7(path: Path) -> None:
    xlsx(path, ('<?xml version="1.0" encoding="UTF-7"?>' + _PLAIN).encode("utf-7"))


@hostile(".xlsx", "encodings", refused("file-damaged"))
def sheet_that_claims_an_encoding_of_nobody(path: Path) -> None:
    xlsx(path, '<?xml version="1.0" encoding="x-none"?>' + _PLAIN)


@hostile(".xlsx", "encodings", refused("file-damaged"))
def sheet_that_claims_gbk_and_is_utf_8(path: Path) -> None:
    xlsx(path, '<?xml version="1.0" encoding="GBK"?>' + _PLAIN)


@hostile(".xlsx", "encodings", refused("file-damaged"))
def sheet_with_bytes_that_are_no_utf_8(path: Path) -> None:
    xlsx(path, _PLAIN.encode().replace("张三".encode(), b"\xff\xfe\xc0\x80"))


@hostile(".xlsx", "encodings", refused("file-damaged"))
def shared_strings_with_bytes_that_are_no_utf_8(path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>'.encode() + b"\xff\xc0\x80" + b"</t></si></sst>"
    xlsx(path, _PLAIN, {STRINGS: strings})


@hostile(".xlsx", "encodings", reads(3, "张三"))
def sheet_behind_a_byte_order_mark(path: Path) -> None:
    xlsx(path, "\ufeff" + _PLAIN)


@hostile(".xlsx", _ODD, reads(3, "张三<&", "李四"))
def text_in_cdata(path: Path) -> None:
    xlsx(path, _PLAIN.replace("张三", "<![CDATA[张三<&]]>"))


@hostile(".xlsx", _ODD, reads(3, "张三", "李四"))
def instructions_and_comments_between_the_rows(path: Path) -> None:
    odd = '<?php system("id") ?><!-- <row r="9"><c r="A9"><v>1</v></c> -->'
    xlsx(path, _PLAIN.replace("<row ", f"{odd}<row ").replace("</sheetData>", f"{odd}</sheetData>"))


@hostile(".xlsx", _ODD, reads(3, "张三", absent=("9",)))
def cells_in_a_comment_that_ends_late(path: Path) -> None:
    """A scan for tags sees a cell at ZZ9; an XML parser does not."""
    xlsx(path, worksheet(payroll() + '<!-- > <row r="9"><c r="ZZ9"><v>9</v></c></row> -->'))


@hostile(".xlsx", _ODD, reads(3, "张三"))
def elements_with_a_prefix(path: Path) -> None:
    sheet = _PLAIN.replace("xmlns=", "xmlns:x=").replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    xlsx(path, sheet)


@hostile(".xlsx", _ODD, reads(3, "张三"))
def attributes_in_single_quotes(path: Path) -> None:
    xlsx(path, _PLAIN.replace('"', "'"))


@hostile(".xlsx", _ODD, reads(3, "张三"))
def line_breaks_within_tags(path: Path) -> None:
    xlsx(path, _PLAIN.replace("<c r=", "<c\n\tr =\n").replace("<row r=", "<row\r\nr="))


@hostile(".xlsx", "deep nesting", reads(3, "张三"))
def a_hundred_thousand_elements_deep(path: Path) -> None:
    deep = 100_000
    xlsx(path, worksheet(payroll(), after="<extLst>" + "<x>" * deep + "</x>" * deep + "</extLst>"))


@hostile(".xlsx", "deep nesting", reads(3, "张三"))
def shared_strings_a_hundred_thousand_elements_deep(path: Path) -> None:
    deep = 100_000
    strings = f'<sst xmlns="{MAIN}"><si><t>a</t>{"<x>" * deep}{"</x>" * deep}</si></sst>'
    xlsx(path, _PLAIN, {STRINGS: strings})


@hostile(".xlsx", "huge attribute", reads(3, "张三"))
def an_attribute_of_megabytes(path: Path) -> None:
    long = ",".join(map(str, range(600_000)))
    xlsx(path, _PLAIN.replace('<c r="B2"', f'<c r="B2" x="{long}"'))


@hostile(".xlsx", "huge attribute", reads(3, "张三", "李四"))
def one_attribute_a_hundred_thousand_times(path: Path) -> None:
    xlsx(path, _PLAIN.replace("<sheetData>", "<sheetData " + "a='1' " * 100_000 + ">"))


@hostile(".xlsx", "damage", refused("file-damaged"))
def sheet_cut_within_a_cell(path: Path) -> None:
    xlsx(path, _PLAIN[: _PLAIN.index("李四") + 1])


@hostile(".xlsx", "damage", refused("file-damaged"))
def sheet_without_its_end(path: Path) -> None:
    xlsx(path, _PLAIN.removesuffix("</sheetData></worksheet>"))


@hostile(".xlsx", "damage", reads(3, "身份证号姓名", "李四"))
def tags_that_do_not_match(path: Path) -> None:
    """Two headers run into one another, as the reader of the cells has it; nothing is lost or made up."""
    xlsx(path, _PLAIN.replace("</is>", "</si>", 1))


@hostile(".xlsx", "damage", refused("file-damaged"))
def workbook_of_garbage(path: Path) -> None:
    xlsx(path, more={WORKBOOK: b"\xa5" * 1_000})


@hostile(".xlsx", "damage", refused("file-damaged"))
def control_character_as_an_entity(path: Path) -> None:
    xlsx(path, _PLAIN.replace("张三", "张&#0;三"))


@hostile(".xlsx", "not what it says", reads_but("sheet-empty", 0))
def sheet_that_is_html(path: Path) -> None:
    xlsx(path, "<html><body><table><tr><td>1</td></tr></table></body></html>")


@hostile(".csv", "not what it says", reads(3, "张三"))
def workbook_named_csv(path: Path) -> None:
    xlsx(path)


@hostile(".xlsx", "not what it says", reads(3, "张三"))
def parts_in_capitals_and_backslashes(path: Path) -> None:
    """Some exporters write back slashes; names of parts do not regard case."""
    xlsx(path, more={r"xl\Worksheets\Sheet1.xml": _PLAIN}, without=[SHEET])

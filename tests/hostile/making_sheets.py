"""Hostile sheets: cells far away, references that are none, merges, styles, strings, values of every length."""

from __future__ import annotations

import re
from pathlib import Path

from tests.hostile.ledger import MAIN, STRINGS, STYLES, cell, payroll, row, worksheet, xlsx
from tests.hostile.verdicts import hostile, reads, reads_but, refused

_FAR = "far cells and absurd references"
_DIMENSION = "dimension that lies"
_MERGES = "merges"
_STRINGS = "shared strings"
_VALUES = "values that are none"
_LONG = "".join(f"{i}、" for i in range(14_000))[:70_000]


@hostile(".xlsx", _FAR, refused("file-limit-columns"))
def a_cell_in_the_last_column(path: Path) -> None:
    xlsx(path, worksheet(payroll(cell("XFD3", "远"))))


@hostile(".xlsx", _FAR, refused("file-limit-rows"))
def a_cell_below_the_last_row(path: Path) -> None:
    xlsx(path, worksheet(payroll() + row(1_048_577, ("远",))))


@hostile(".xlsx", _FAR, refused("file-limit-rows"))
def a_row_past_what_an_integer_holds(path: Path) -> None:
    xlsx(path, worksheet(payroll() + row(4_294_967_300, ("远",))))


@hostile(".xlsx", _FAR, refused("file-damaged"))
def a_column_of_seven_letters(path: Path) -> None:
    xlsx(path, worksheet(payroll(cell("AAAAAAA3", "远"))))


@hostile(".xlsx", _FAR, refused("file-damaged"))
def a_cell_in_row_nought(path: Path) -> None:
    xlsx(path, worksheet('<row r="0">' + cell("A0", "零") + "</row>" + payroll()))


@hostile(".xlsx", _FAR, refused("file-damaged"))
def a_cell_in_a_negative_row(path: Path) -> None:
    xlsx(path, worksheet(payroll(cell("G-3", "负"))))


@hostile(".xlsx", _FAR, refused("file-damaged"))
def a_reference_of_digits_only(path: Path) -> None:
    xlsx(path, worksheet(payroll(cell("33", "数"))))


@hostile(".xlsx", _FAR, refused("file-damaged"))
def a_reference_of_other_letters(path: Path) -> None:
    xlsx(path, worksheet(payroll(cell("\uff213", "全"))))


@hostile(".xlsx", _FAR, reads(3, "张三", "李四"))
def cells_and_rows_without_references(path: Path) -> None:
    """Legal: a cell without a reference follows the one before."""
    xlsx(path, worksheet(re.sub(r' r="\w+"', "", payroll())))


@hostile(".xlsx", _FAR, reads(3, "张三", "李四"))
def a_hundred_thousand_empty_rows_below(path: Path) -> None:
    empty = "".join(f'<row r="{i}" ht="15" s="1"/>' for i in range(4, 100_004))
    xlsx(path, worksheet(payroll() + empty))


@hostile(".xlsx", _FAR, reads(3, "张三"))
def styled_blank_cells_to_the_last_column(path: Path) -> None:
    xlsx(path, worksheet(payroll('<c r="XFD3" s="0"/>')))


@hostile(".xlsx", _DIMENSION, reads(3, "张三", "李四"))
def dimension_of_one_cell(path: Path) -> None:
    xlsx(path, worksheet(payroll(), before='<dimension ref="A1"/>'))


@hostile(".xlsx", _DIMENSION, reads(3, "张三", "李四"))
def dimension_of_the_whole_sheet(path: Path) -> None:
    xlsx(path, worksheet(payroll(), before='<dimension ref="A1:XFD1048576"/>'))


@hostile(".xlsx", _DIMENSION, reads(3, "张三", "李四"))
def dimension_of_garbage(path: Path) -> None:
    xlsx(path, worksheet(payroll(), before='<dimension ref="ZZZZZZZ0:-1"/>'))


@hostile(".xlsx", _MERGES, reads(3, "张三", "李四"))
def merges_that_overlap(path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A1:{chr(65 + i)}{2 + i}"/>' for i in range(1, 6))
    xlsx(path, worksheet(payroll(), after=f'<mergeCells count="5">{merges}</mergeCells>'))


@hostile(".xlsx", _MERGES, reads(3, "张三", "李四"))
def a_merge_over_the_whole_sheet(path: Path) -> None:
    xlsx(path, worksheet(payroll(), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))


@hostile(".xlsx", _MERGES, reads(3, "张三", "李四"))
def thousands_of_merges_over_whole_columns(path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{1 + i % 3}:XFD1048576"/>' for i in range(4_900))
    xlsx(path, worksheet(payroll(), after=f"<mergeCells>{merges}</mergeCells>"))


@hostile(".xlsx", _MERGES, refused("file-limit-merges"))
def sixty_thousand_merges(path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 60_001))
    xlsx(path, worksheet(payroll(), after=f"<mergeCells>{merges}</mergeCells>"))


@hostile(".xlsx", _MERGES, reads(3, "张三", "李四"))
def a_merge_from_right_to_left(path: Path) -> None:
    xlsx(path, worksheet(payroll(), after='<mergeCells><mergeCell ref="C3:B2"/></mergeCells>'))


@hostile(".xlsx", _MERGES, refused("file-damaged"))
def a_merge_to_a_column_of_seven_letters(path: Path) -> None:
    xlsx(path, worksheet(payroll(), after='<mergeCells><mergeCell ref="A1:AAAAAAA9"/></mergeCells>'))


@hostile(".xlsx", "styles", reads(3, "张三", "李四"))
def a_hundred_thousand_styles(path: Path) -> None:
    formats = "".join(f'<numFmt numFmtId="{i}" formatCode="0.{i}yyyy"/>' for i in range(164, 50_164))
    each = "".join(f'<xf numFmtId="{i % 60_000}"/>' for i in range(100_000))
    styles = f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{each}</cellXfs></styleSheet>'
    xlsx(path, worksheet(payroll()), {STYLES: styles})


@hostile(".xlsx", "styles", reads(3, "张三", "4"))
def a_style_that_is_not_there(path: Path) -> None:
    xlsx(path, worksheet(payroll('<c r="G3" s="4294967295"><v>4</v></c>')))


@hostile(".xlsx", "long cells", reads(3, "张三", _LONG))
def a_cell_of_seventy_thousand_characters(path: Path) -> None:
    xlsx(path, worksheet(payroll(cell("G3", _LONG))))


@hostile(".xlsx", "long cells", reads(3, "李四", "字" * 20_000))
def a_cell_in_twenty_thousand_pieces(path: Path) -> None:
    runs = "<r><rPr><b/></rPr><t>字</t></r>" * 20_000
    xlsx(path, worksheet(payroll(f'<c r="G3" t="inlineStr"><is>{runs}</is></c>')))


@hostile(".xlsx", "hidden parts", reads(3, "张三"))
def hidden_columns_without_end(path: Path) -> None:
    xlsx(path, worksheet(payroll(), before='<cols><col min="0" max="99999999999" hidden="1"/></cols>'))


@hostile(".xlsx", _STRINGS, reads(3, "甲7", "李四"))
def a_million_shared_strings(path: Path) -> None:
    each = "".join(f"<si><t>甲{i}</t></si>" for i in range(1_000_000))
    sheet = worksheet(payroll('<c r="G3" t="s"><v>7</v></c>'))
    xlsx(path, sheet, {STRINGS: f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="1">{each}</sst>'})


@hostile(".xlsx", _STRINGS, refused("file-damaged", "file-reader-crashed"))
def a_shared_string_past_the_last(path: Path) -> None:
    xlsx(path, worksheet(payroll('<c r="G3" t="s"><v>9</v></c>')), {STRINGS: f'<sst xmlns="{MAIN}"/>'})


@hostile(".xlsx", _STRINGS, refused("file-damaged", "file-reader-crashed"))
def shared_strings_that_are_not_there(path: Path) -> None:
    xlsx(path, worksheet(payroll('<c r="G3" t="s"><v>0</v></c>')))


@hostile(".xlsx", _STRINGS, refused("file-limit-memory", "file-limit-result"))
def one_long_shared_string_in_every_row(path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>{"长短" * 15_000}</t></si></sst>'
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 30_001))
    xlsx(path, worksheet(rows), {STRINGS: strings})


@hostile(".xlsx", _VALUES, reads(3, "张三", "1"))
def a_type_of_cell_that_nobody_knows(path: Path) -> None:
    xlsx(path, worksheet(payroll('<c r="G3" t="zzz"><v>1</v></c>')))


@hostile(".xlsx", _VALUES, reads(3, "0x10", "１２"))
def numbers_that_are_none(path: Path) -> None:
    xlsx(path, worksheet(payroll('<c r="G3"><v>0x10</v></c><c r="H3"><v>１２</v></c>')))


@hostile(".xlsx", _VALUES, reads(3, "张三"))
def numbers_past_all_bounds(path: Path) -> None:
    xlsx(path, worksheet(payroll('<c r="G3"><v>1e999</v></c><c r="H3"><v>NaN</v></c>')))


@hostile(".xlsx", _VALUES, reads(3, "张三"))
def dates_past_all_calendars(path: Path) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    dates = "".join(
        f'<c r="{column}3" s="1"><v>{value}</v></c>'
        for column, value in zip("GHIJ", ("1e10", "-1e10", "2958466", "1e300"), strict=True)
    )
    xlsx(path, worksheet(payroll(dates)), {STYLES: styles})


@hostile(".xlsx", _VALUES, reads_but("cell-stored-twice", 5, "张三", "后"))
def one_cell_twice_and_rows_out_of_order(path: Path) -> None:
    rows = row(5, ("末",)) + payroll(cell("B3", "后"))
    xlsx(path, worksheet(rows))


@hostile(".xlsx", "formulas", reads(3, "张三", "600"))
def a_formula_with_a_value(path: Path) -> None:
    xlsx(path, worksheet(payroll("<c r=\"G3\"><f>cmd|' /C calc'!A0</f><v>600</v></c>")))


@hostile(".xlsx", "formulas", reads_but("formula-without-value", 3, "张三"))
def a_formula_without_a_value(path: Path) -> None:
    xlsx(path, worksheet(payroll("<c r=\"G3\"><f>cmd|' /C calc'!A0</f></c>")))


@hostile(".xlsx", "formulas", reads(3, '=HYPERLINK("http://127.0.0.1:9/?"&A2,"点")', "+1-2", "@SUM(1)"))
def texts_that_look_like_formulas(path: Path) -> None:
    texts = ('=HYPERLINK("http://127.0.0.1:9/?"&A2,"点")', "+1-2", "@SUM(1)")
    xlsx(path, worksheet(payroll("".join(cell(f"{c}3", text) for c, text in zip("GHI", texts, strict=True)))))


@hostile(".xlsx", "markup in cells", reads(3, "<script>alert(1)</script>", "]]><img src=x onerror=alert(1)>"))
def markup_in_cells(path: Path) -> None:
    texts = ("<script>alert(1)</script>", "]]><img src=x onerror=alert(1)>", "[bold red]{x}%s%n[/bold red]")
    xlsx(path, worksheet(payroll("".join(cell(f"{c}3", text) for c, text in zip("GHI", texts, strict=True)))))


@hostile(".xlsx", "control characters in cells", reads(3, "\u202e三张", "张\u200b三"))
def marks_of_direction_in_cells(path: Path) -> None:
    xlsx(path, worksheet(payroll(cell("G3", "\u202e三张") + cell("H3", "张\u200b三"))))


@hostile(".xlsx", "control characters in cells", reads(3, "李四"))
def escaped_control_characters_in_cells(path: Path) -> None:
    """`_x0007_` is how the format writes a bell."""
    xlsx(path, worksheet(payroll(cell("G3", "铃_x0007_声_x001B_[2J"))))

from __future__ import annotations

import datetime as dt
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.conftest import Read, cells, kinds

from auditor.values.model import CellKind

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
    '.sheet.main+xml"/></Types>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(path: Path, sheet: str | bytes, **more: str | bytes) -> Path:
    """An xlsx around the XML of one sheet; `more` replaces or adds parts (`__` for /, `_xml` for .xml)."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    for name, data in more.items():
        parts[name.replace("__", "/").replace("_xml", ".xml")] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def test_each_kind_of_cell_comes_as_text_with_its_kind_and_place(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("表")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    clock = book.add_format({"num_format": "hh:mm"})
    bold = book.add_format({"bold": 1})
    sheet.write_string(3, 2, "首")
    sheet.write_number(5, 2, 202210)
    sheet.write_number(5, 3, 0.5)
    sheet.write_number(5, 4, 1e21)
    sheet.write_number(5, 5, 1e-7)
    sheet.write_datetime(6, 2, dt.datetime(2022, 11, 4), day)  # noqa: DTZ001
    sheet.write_datetime(6, 3, dt.datetime(2022, 11, 4, 9, 30), day)  # noqa: DTZ001
    sheet.write_number(6, 4, 0.5, clock)
    sheet.write_boolean(7, 2, True)  # noqa: FBT003
    sheet.write_formula(7, 3, "=NA()", value="#N/A")
    sheet.write_formula(7, 4, "=1/0", value="#DIV/0!")
    sheet.write_formula(7, 5, '="a"', value="文")
    sheet.write_rich_string(8, 2, "甲", bold, "乙", "丙")
    sheet.write_string(8, 3, "上\r\n下")
    sheet.write_string(8, 4, "_x000D_")
    sheet.write_string(8, 5, "  空 ")
    sheet.write_number(9, 2, 500299198001011234)
    sheet.write_number(9, 3, -0.0)
    sheet.write_string(9, 4, "500299198001011234")
    book.close()

    only = read(path).sheets[0]

    assert (only.name, only.first_row, only.row_count) == ("表", 1, 10)
    assert cells(only) == {
        (4, 3): "首",
        (6, 3): "202210",
        (6, 4): "0.5",
        (6, 5): "1000000000000000000000",
        (6, 6): "0.0000001",
        (7, 3): "2022-11-04",
        (7, 4): "2022-11-04 09:30:00",
        (7, 5): "12:00:00",
        (8, 3): "true",
        (8, 4): "#N/A",
        (8, 5): "#DIV/0!",
        (8, 6): "文",
        (9, 3): "甲乙丙",
        (9, 4): "上\r\n下",
        (9, 5): "_x000D_",
        (9, 6): "  空 ",
        (10, 3): "500299198001011300",
        (10, 4): "0",
        (10, 5): "500299198001011234",
    }
    found = kinds(only)
    numbers = [(6, 3), (6, 4), (6, 5), (6, 6), (10, 3), (10, 4)]
    assert {place for place, kind in found.items() if kind is CellKind.NUMBER} == set(numbers)
    assert {place for place, kind in found.items() if kind is CellKind.DATE} == {(7, 3), (7, 4), (7, 5)}
    assert {place for place, kind in found.items() if kind is CellKind.ERROR} == {(8, 4), (8, 5)}
    assert found[8, 3] is CellKind.BOOLEAN
    assert found[10, 5] is CellKind.TEXT


def test_hidden_parts_merges_and_formulas_without_value_are_told(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 8):
        sheet.append([f"r{row}", row, "x"])
    sheet["B3"] = "=SUM(B1:B2)"
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A6:C7")
    book.create_sheet("藏").sheet_state = "hidden"
    book.create_sheet("深藏").sheet_state = "veryHidden"
    book.create_chartsheet("图")
    book.save(path)

    sheets = read(path).sheets

    assert [(s.name, s.hidden, s.row_count) for s in sheets] == [
        ("Sheet", False, 6),
        ("藏", True, 0),
        ("深藏", True, 0),
    ]
    assert sheets[0].hidden_rows == {2, 5}
    assert sheets[0].hidden_columns == {2}
    assert sheets[0].merges == ((6, 1, 7, 3),)
    assert sheets[0].formulas_without_value == ((3, 2),)


def test_a_declared_dimension_is_not_believed(tmp_path: Path, read: Read) -> None:
    rows = "".join(f'<row r="{i}"><c r="B{i}"><v>{i}</v></c><c r="C{i}"><v>{i * 2}</v></c></row>' for i in range(1, 6))
    path = package(tmp_path / "a.xlsx", worksheet(rows, before='<dimension ref="A1"/>'))

    assert cells(read(path).sheets[0]) == {(i, j): str(i * (j - 1)) for i in range(1, 6) for j in (2, 3)}


def test_formatted_empty_cells_do_not_widen_the_sheet(tmp_path: Path, read: Read) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="XFD900000" s="0"/></row>'

    only = read(package(tmp_path / "a.xlsx", worksheet(rows))).sheets[0]

    assert (only.row_count, len(only.columns)) == (1, 1)


def test_unusual_but_legal_xml_is_read_the_same(tmp_path: Path, read: Read) -> None:
    plain = (
        '<row r="2" hidden="1"><c r="B2" t="inlineStr"><is><t>甲</t></is></c><c r="C2"><v>12.5</v></c>'
        '<c r="D2"><f>1+1</f><v></v></c><c r="E2" t="e"><v>#REF!</v></c></row>'
        '<row r="3"><c r="B3" t="b"><v>1</v></c></row>'
    )
    merge = '<mergeCells count="1"><mergeCell ref="B2:C2"/></mergeCells>'
    usual = worksheet(plain, before='<cols><col min="3" max="4" hidden="1"/></cols>', after=merge)
    variants: list[str | bytes] = [
        usual,
        usual.replace('"', "'"),
        usual.replace("<sheetData>", "<!-- made by hand --><sheetData>"),
        usual.replace("<row", "<!-- row --><row"),
        usual.replace(' t="', '\tt="'),
        usual.replace(' t="', ' t ="'),
        usual.replace("<c ", "<c\n"),
        usual.replace("<row ", "<row\n"),
        usual.replace('hidden="1"', "hidden='1'"),
        usual.replace('hidden="1"', '\nhidden = "true"'),
        usual.replace("<mergeCell ", "<mergeCell\n"),
        re.sub(r' r="[A-Z]', lambda found: f" cm='0'{found[0]}", usual),
    ]
    found = []
    for i, variant in enumerate(variants):
        only = read(package(tmp_path / f"{i}.xlsx", variant)).sheets[0]
        found.append(
            (cells(only), kinds(only), only.hidden_rows, only.hidden_columns, only.merges, only.formulas_without_value)
        )

    assert found[0][0] == {(2, 2): "甲", (2, 3): "12.5", (2, 5): "#REF!", (3, 2): "true"}
    assert found[0][2:] == (frozenset({2}), frozenset({3, 4}), ((2, 2, 2, 3),), ((2, 4),))
    assert all(one == found[0] for one in found)


Value: TypeAlias = "str | int | bool"
Writer: TypeAlias = "Callable[[Path, dict[tuple[int, int], Value]], None]"
# A cell of nothing but white space may come back blank: openpyxl writes it so that readers must drop it.
_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=8
).filter(str.strip)
_VALUE = st.one_of(_TEXT, st.integers(-(10**12), 10**12), st.booleans())
_GRID = st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 40)), _VALUE, min_size=1, max_size=30)


def _shown(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _write_openpyxl(path: Path, grid: dict[tuple[int, int], Value]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for (row, column), value in grid.items():
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(path)


def _write_xlsxwriter(path: Path, grid: dict[tuple[int, int], Value]) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for (row, column), value in sorted(grid.items()):
        if isinstance(value, str):
            sheet.write_string(row - 1, column - 1, value)
        elif isinstance(value, bool):
            sheet.write_boolean(row - 1, column - 1, value)
        else:
            sheet.write_number(row - 1, column - 1, value)
    book.close()


@settings(max_examples=40, deadline=None)
@given(grid=_GRID, writer=st.sampled_from([_write_openpyxl, _write_xlsxwriter]))
def test_any_grid_comes_back_cell_for_cell(grid: dict[tuple[int, int], Value], writer: Writer, read: Read) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        writer(path, grid)
        result = read(path)
    assert cells(result.sheets[0]) == {place: _shown(value) for place, value in grid.items()}
    wanted = {
        place: CellKind.TEXT
        if isinstance(value, str)
        else CellKind.BOOLEAN
        if isinstance(value, bool)
        else CellKind.NUMBER
        for place, value in grid.items()
    }
    assert kinds(result.sheets[0]) == wanted

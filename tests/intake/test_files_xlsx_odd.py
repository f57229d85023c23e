"""xlsx of other programs: every legal shape gives the same cells as Excel's own, and what could act is listed."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.conftest import Fail, Read, cells, kinds
from tests.intake.test_files_xlsx import package, worksheet

from auditor.intake.raw import RawSheet
from auditor.messages import TEXTS
from auditor.values.model import CellKind

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {
    _MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    _REL: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def _workbook(path: Path, *, date_1904: bool = False) -> Path:
    book = xlsxwriter.Workbook(str(path), {"date_1904": date_1904})
    sheet = book.add_worksheet("台账")
    day, clock = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "hh:mm:ss"})
    han, money = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}), book.add_format({"num_format": '#,##0.00"元"'})
    sheet.write_string(1, 1, "姓名")
    sheet.write_rich_string(1, 2, "甲", book.add_format({"bold": 1}), " 乙", "丙")
    sheet.write_string(1, 3, "  空 \n行")
    sheet.write_string(1, 4, "_x000D_")
    sheet.write_string(1, 5, "上\r下")
    sheet.write_datetime(2, 1, dt.datetime(2022, 11, 4), day)  # noqa: DTZ001
    sheet.write_datetime(2, 2, dt.datetime(2022, 11, 4, 9, 30, 15), day)  # noqa: DTZ001
    sheet.write_number(2, 3, 0.5, clock)
    sheet.write_datetime(2, 4, dt.datetime(2022, 11, 4), han)  # noqa: DTZ001
    sheet.write_number(2, 5, 1234.5, money)
    sheet.write_boolean(3, 1, True)  # noqa: FBT003
    sheet.write_formula(3, 2, "=NA()", value="#N/A")
    sheet.write_formula(3, 3, "=1+1", value=2)
    sheet.write_formula(3, 4, '="a"', value="文")
    sheet.write_number(3, 5, 500299198001011234)
    sheet.write_number(4, 1, 1e-7)
    sheet.set_row(3, None, None, {"hidden": 1})
    sheet.set_column(2, 2, None, None, {"hidden": 1})
    sheet.merge_range(6, 1, 7, 2, "合并")
    book.add_worksheet("藏").very_hidden()
    book.close()
    return path


def _changed(path: Path, change: Callable[[str, str], str | bytes]) -> Path:
    """The workbook with each XML part changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, change(name, data.decode("utf-8")))
    return path


def _strict(name: str, xml: str) -> str:
    for transitional, strict in _STRICT.items():
        xml = xml.replace(transitional, strict)
    return xml


def _prefixed(name: str, xml: str) -> str:
    """All names of the main namespace with a prefix, as the OpenXML SDK writes them."""
    if not name.startswith("xl/") or f'xmlns="{_MAIN}"' not in xml:
        return xml
    return re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", xml).replace(f'xmlns="{_MAIN}"', f'xmlns:x="{_MAIN}"', 1)


def _utf_16(name: str, xml: str) -> bytes:
    if not name.startswith("xl/"):
        return xml.encode("utf-8")
    return re.sub('encoding="UTF-8"', 'encoding="UTF-16"', xml, count=1, flags=re.IGNORECASE).encode("utf-16")


def _loose(name: str, xml: str) -> str:
    """White space and quotes as no spreadsheet program writes them."""
    if "worksheets/" not in name:
        return xml
    return xml.replace("<c r=", "<c\n  r = ").replace("></c>", ">\n</c>").replace("<row ", "<row\t")


def _same(one: RawSheet, other: RawSheet) -> bool:
    facts = ("name", "hidden", "very_hidden", "hidden_rows", "hidden_columns", "merges", "formulas_without_value")
    return (cells(one), kinds(one)) == (cells(other), kinds(other)) and all(
        getattr(one, fact) == getattr(other, fact) for fact in (*facts, "formula_count", "date_1904", "row_count")
    )


@pytest.mark.parametrize("date_1904", [False, True])
@pytest.mark.parametrize("change", [_strict, _prefixed, _utf_16, _loose])
def test_every_shape_gives_the_same_sheets(
    tmp_path: Path, read: Read, change: Callable[[str, str], str | bytes], date_1904: bool
) -> None:
    plain = read(_workbook(tmp_path / "plain.xlsx", date_1904=date_1904))
    odd = read(_changed(_workbook(tmp_path / "odd.xlsx", date_1904=date_1904), change))

    assert len(plain.sheets) == 2
    assert cells(plain.sheets[0])[3, 2] == "2022-11-04"
    assert plain.sheets[1].very_hidden
    assert plain.sheets[0].date_1904 is date_1904
    assert all(_same(one, other) for one, other in zip(plain.sheets, odd.sheets, strict=True))


_VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=8),
    st.integers(-(10**17), 10**17),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(grid=st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 8)), _VALUES, max_size=20))
def test_the_xml_parser_reads_any_grid_as_the_fast_reader_does(
    grid: dict[tuple[int, int], str | float], read: Read
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet()
        for (row, column), value in sorted(grid.items()):
            sheet.write_string(row, column, value) if isinstance(value, str) else sheet.write(row, column, value)
        book.close()
        plain = read(path).sheets[0]
        odd = read(_changed(path, _prefixed)).sheets[0]

    assert _same(plain, odd)


_STRINGS = (
    f'<sst xmlns="{_MAIN}"><si><t>甲</t></si><si><r><t>乙</t></r><r><t xml:space="preserve"> 丙</t></r>'
    '<rPh sb="0" eb="1"><t>ヨミ</t></rPh></si></sst>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="rId{i}" Type="{_REL}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("chartsheet", "chart.xml"),
            ],
            start=1,
        )
    )
    + "</Relationships>"
)


def _package(path: Path, rows: str, **parts: str) -> Path:
    return package(
        path,
        worksheet(rows),
        **{"xl__sharedStrings_xml": _STRINGS, "xl___rels__workbook_xml.rels": _RELATIONS, **parts},
    )


def test_phonetic_runs_are_no_part_of_a_text(tmp_path: Path, read: Read) -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>丁</t>'
        '<rPh sb="0" eb="1"><t>テイ</t></rPh></is></c></row>'
    )

    assert cells(read(_package(tmp_path / "a.xlsx", rows)).sheets[0]) == {(1, 1): "甲", (1, 2): "乙 丙", (1, 3): "丁"}


def test_a_shared_string_that_is_not_there_is_damage_and_not_a_blank(tmp_path: Path, fail: Fail) -> None:
    assert fail(_package(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>7</v></c></row>')).code == "file-damaged"


def test_rows_and_cells_without_numbers_and_out_of_order(tmp_path: Path, read: Read) -> None:
    bare = _package(tmp_path / "bare.xlsx", '<row><c t="s"><v>0</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>')
    mixed = _package(
        tmp_path / "mixed.xlsx",
        '<row r="3"><c r="B3"><v>3</v></c></row><row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>',
    )

    assert cells(read(bare).sheets[0]) == {(1, 1): "甲", (1, 2): "5", (2, 1): "6"}
    assert cells(read(mixed).sheets[0]) == {(1, 1): "1", (1, 2): "2", (3, 2): "3"}
    assert read(mixed).problems == ()


def test_a_cell_that_stands_twice_is_told(tmp_path: Path, read: Read) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="1"><c r="B1"><v>3</v></c></row>'

    result = read(_package(tmp_path / "a.xlsx", rows))

    assert cells(result.sheets[0]) == {(1, 1): "1", (1, 2): "3"}
    assert [(p.code, str(p.where), p.args["count"]) for p in result.problems] == [
        ("cell-stored-twice", "a.xlsx[s]!B1", 1)
    ]


def test_moments_in_iso_text(tmp_path: Path, read: Read) -> None:
    values = ["2022-11-04", "2022-11-04T00:00:00", "2022-11-04T09:30:00.000Z", "09:30:00", "无"]
    rows = "".join(
        f'<row r="{i}"><c r="A{i}" t="d"><v>{value}</v></c></row>' for i, value in enumerate(values, start=1)
    )

    only = read(_package(tmp_path / "a.xlsx", rows)).sheets[0]

    assert list(cells(only).values()) == ["2022-11-04", "2022-11-04", "2022-11-04 09:30:00", "09:30:00", "无"]
    assert list(kinds(only).values()) == [CellKind.DATE] * 4 + [CellKind.TEXT]


def test_formulas_without_a_value_are_seen_in_every_shape(tmp_path: Path, read: Read) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>1</f><v/></c><c r="C1" t="str"><f>x</f></c>'
        '<c r="D1" t="str"><f>x</f><v></v></c><c r="E1"><f>1</f><v>1</v></c></row>'
    )

    fast = read(_package(tmp_path / "a.xlsx", rows)).sheets[0]
    slow = read(_package(tmp_path / "b.xlsx", rows.replace("<c r=", "<c  r="))).sheets[0]

    assert fast.formulas_without_value == slow.formulas_without_value == ((1, 1), (1, 2), (1, 3))
    assert fast.formula_count == slow.formula_count == 5


def test_values_that_a_program_wrote_beside_formulas_are_told(tmp_path: Path, read: Read) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet().write_formula(0, 0, "=1+1", value=3)
    book.close()

    problem = read(tmp_path / "a.xlsx").problems[0]

    assert (problem.code, problem.gravity.value, problem.args) == ("formulas-not-computed", "warning", {"count": 1})


def test_what_could_act_is_listed_and_sheets_without_cells_are_named(tmp_path: Path, read: Read) -> None:
    link = f'<externalLink xmlns="{_MAIN}"><{{kind}}/></externalLink>'
    parts = {
        "xl__vbaProject.bin": "x",
        "xl__externalLinks__externalLink1_xml": link.format(kind="externalBook"),
        "xl__externalLinks__externalLink2_xml": link.format(kind="ddeLink"),
        "xl__connections_xml": f'<connections xmlns="{_MAIN}"><connection/><connection/></connections>',
        "xl__embeddings__oleObject1.bin": "x",
        "xl__activeX__activeX1_xml": "<ocx/>",
        "xl__chart_xml": "<chartsheet/>",
        "xl__workbook_xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets><sheet name="s" r:id="rId1"/>'
        '<sheet name="图" r:id="rId3"/></sheets></workbook>',
    }

    result = read(_package(tmp_path / "a.xlsm", '<row r="1"><c r="A1"><v>1</v></c></row>', **parts))

    assert [(p.code, p.args.get("count", p.args.get("name"))) for p in result.problems] == [
        ("active-connections", 2),
        ("active-controls", 1),
        ("active-dde", 1),
        ("active-embedded", 1),
        ("active-external-links", 1),
        ("active-macros", 1),
        ("sheet-skipped", "图"),
    ]
    assert [sheet.name for sheet in result.sheets] == ["s"]
    assert {p.code for p in result.problems} <= set(TEXTS)

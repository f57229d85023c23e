"""HTML and XML under the name of an xls: tables as sheets, spans as merges, soup and bombs included."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.conftest import Fail, Read, cells, kinds

from auditor.values.model import CellKind


def _html(path: Path, body: str, encoding: str = "utf-8", head: str = "") -> Path:
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding=encoding)
    return path


def test_spans_are_merges_and_shift_the_cells_beside_and_below(tmp_path: Path, read: Read) -> None:
    body = (
        "<table border=1><tr><th rowspan=2>姓名</th><th colspan=2>公示时间</th></tr><tr><th>起</th><th>止</th></tr>"
        "<tr><td>张三</td><td>2022-10-01</td><td> 2022-10-07&nbsp;</td></tr></table>"
    )

    only = read(_html(tmp_path / "a.xls", body)).sheets[0]

    assert only.name is None
    assert cells(only) == {
        (1, 1): "姓名",
        (1, 2): "公示时间",
        (2, 2): "起",
        (2, 3): "止",
        (3, 1): "张三",
        (3, 2): "2022-10-01",
        (3, 3): "2022-10-07",
    }
    assert set(only.merges) == {(1, 1, 2, 1), (1, 2, 1, 3)}
    assert set(kinds(only).values()) == {CellKind.TEXT}


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("gb18030", '<meta charset="gb2312">'),
        ("gb18030", ""),
        ("utf-8", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("big5", '<meta charset="big5">'),
    ],
)
def test_every_encoding_whatever_the_page_says_of_itself(tmp_path: Path, read: Read, encoding: str, head: str) -> None:
    path = _html(tmp_path / "a.xls", "<table><tr><td>姓名<td>李四</table>", encoding, head)

    assert cells(read(path).sheets[0]) == {(1, 1): "姓名", (1, 2): "李四"}


def test_end_tags_left_out_and_breaks_and_scripts(tmp_path: Path, read: Read) -> None:
    body = (
        "<script>document.write('<table><tr><td>x</table>')</script><style>td{}</style>"
        "<TABLE><TR><TD>甲<br>乙 &lt;b&gt;<TD><p>一</p><p>二</p><TR><TD><b>粗</b>体\n 字"
        "<TR style='display: none'><TD>藏"
    )

    only = read(_html(tmp_path / "a.xls", body)).sheets[0]

    assert cells(only) == {(1, 1): "甲\n乙 <b>", (1, 2): "一\n二", (2, 1): "粗体 字", (3, 1): "藏"}
    assert only.hidden_rows == {3}


def test_a_page_that_ends_within_a_table_is_told(tmp_path: Path, read: Read) -> None:
    whole = read(_html(tmp_path / "a.xls", "<table><tr><td>1<td>2</table>"))
    cut = read(_html(tmp_path / "b.xls", "<table><tr><td>1<td>2"))

    assert whole.problems == ()
    assert [(p.code, p.gravity.value) for p in cut.problems] == [("page-cut-off", "warning")]


def test_several_tables_are_several_sheets_with_the_text_above_each(tmp_path: Path, read: Read) -> None:
    body = (
        "<h2>云山县发放表</h2><p>单位：元</p><table><tr><td>1</table><p>附</p><table><tr><td>2</table><table></table>"
    )

    first, second = read(_html(tmp_path / "a.xls", body)).sheets

    assert (first.name, second.name) == ("表1", "表2")
    assert cells(first) == {(1, 1): "云山县发放表", (2, 1): "单位：元", (3, 1): "1"}
    assert cells(second) == {(1, 1): "附", (2, 1): "2"}


def test_a_table_for_layout_around_the_table_of_data_gives_one_sheet(tmp_path: Path, read: Read) -> None:
    only = read(_html(tmp_path / "a.xls", "<table><tr><td><table><tr><td>1<td>2</table></td></tr></table>")).sheets

    assert [cells(sheet) for sheet in only] == [{(1, 1): "1", (1, 2): "2"}]


def test_a_number_that_excel_shows_in_powers_of_ten_is_its_exact_one(tmp_path: Path, read: Read) -> None:
    head = "<!--[if gte mso 9]><xml><x:Name>发放</x:Name></xml><![endif]-->"
    body = '<table><tr><td x:num="500299198001011200">5.00299E+17</td><td x:num="44000">2020-06-18</td></tr></table>'

    only = read(_html(tmp_path / "a.xls", body, head=head)).sheets[0]

    assert only.name == "发放"
    assert cells(only) == {(1, 1): "500299198001011200", (1, 2): "2020-06-18"}
    assert kinds(only)[1, 1] is CellKind.NUMBER


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p>没有表</p>", "file-not-a-workbook"),
        ("<table><tr>" + "<td>1" * 600 + "</table>", "file-limit-columns"),
        ("<table>" + "<tr><td colspan=2>1" * 5_001 + "</table>", "file-limit-merges"),
        ("<table>" + "<tr><td rowspan=65534 colspan=512>1" * 40_000 + "</table>", "file-limit-columns"),
    ],
)
def test_what_is_no_ledger_or_over_a_limit(tmp_path: Path, fail: Fail, body: str, code: str) -> None:
    assert fail(_html(tmp_path / "a.xls", body)).code == code


def test_tables_within_tables_without_end_cost_nothing(tmp_path: Path, read: Read) -> None:
    only = read(_html(tmp_path / "a.xls", "<table><tr><td>" * 3_000 + "1" + "</table>" * 3_000)).sheets

    assert [list(cells(sheet).values()) for sheet in only] == [["1"]]


def test_a_mail_of_pages_is_refused_by_its_name(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.xls"
    path.write_text('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n', encoding="ascii")

    problem = fail(path)

    assert (problem.code, problem.args["kind"]) == ("file-not-a-workbook", "MHTML")


_XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">
<Worksheet ss:Name="台账"><Table><Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">发放表</Data></Cell>
<Cell><Data ss:Type="Number">1</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell><ss:Data ss:Type="String"><html:B>张</html:B>三</ss:Data></Cell>
<Cell ss:Index="3"><Data ss:Type="DateTime">2022-11-04T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">1899-12-31T09:30:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>
<Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=1+1"/>
<Cell ss:Formula="=1"><Data ss:Type="Number">2</Data>
</Cell></Row></Table></Worksheet>
<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetVeryHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


def test_xml_spreadsheet_2003(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xls"
    path.write_text(_XML_2003, encoding="utf-8")

    first, second = read(path).sheets

    assert cells(first) == {
        (1, 1): "发放表",
        (1, 4): "1",
        (4, 1): "张三",
        (4, 3): "2022-11-04",
        (4, 4): "09:30:00",
        (4, 5): "true",
        (4, 6): "#N/A",
        (4, 8): "2",
    }
    assert kinds(first)[4, 3] is CellKind.DATE
    assert kinds(first)[4, 6] is CellKind.ERROR
    assert first.merges == ((1, 1, 1, 3),)
    assert (first.hidden_rows, first.hidden_columns) == (frozenset({4}), frozenset({2, 3}))
    assert first.formulas_without_value == ((4, 7),)
    assert (second.name, second.hidden, second.very_hidden) == ("藏", True, True)


def test_xml_spreadsheet_2003_with_entities_or_cut_off(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.xls"
    path.write_text(_XML_2003.replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook', 1), encoding="utf-8")
    assert fail(path).code == "file-doctype"

    path.write_text(_XML_2003[: len(_XML_2003) // 2], encoding="utf-8")
    assert fail(path).code == "file-damaged"

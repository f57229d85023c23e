"""ods and flat ods: cells, kinds, merges, what is hidden, repeats, and what it refuses."""

from __future__ import annotations

import zipfile
from pathlib import Path

from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import LineBreak, P, S
from tests.intake.conftest import Fail, Read, cells, kinds

from auditor.values.model import CellKind

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def _text(words: str, **of: object) -> TableCell:
    cell = TableCell(valuetype="string", **of)
    cell.addElement(P(text=words))
    return cell


def _row(*of: TableCell, **more: object) -> TableRow:
    row = TableRow(**more)
    for cell in of:
        row.addElement(cell)
    return row


def _book(path: Path) -> Path:
    book = OpenDocumentSpreadsheet()
    invisible = Style(name="ta2", family="table")
    invisible.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(invisible)
    table = Table(name="台账")
    table.addElement(TableColumn(numbercolumnsrepeated=2))
    table.addElement(TableColumn(visibility="collapse"))
    table.addElement(
        _row(_text("发放表", numbercolumnsspanned=3, numberrowsspanned=1), CoveredTableCell(), CoveredTableCell())
    )
    table.addElement(_row(TableCell(), numberrowsrepeated=2))
    lines = TableCell(valuetype="string")
    first = P(text="上")
    first.addElement(S(c=2))
    first.addText("中")
    first.addElement(LineBreak())
    first.addText("下")
    note = Annotation()
    note.addElement(P(text="批注"))
    lines.addElement(note)
    lines.addElement(first)
    lines.addElement(P(text="末"))
    table.addElement(
        _row(
            lines,
            TableCell(valuetype="float", value="500299198001011200"),
            TableCell(valuetype="date", datevalue="2022-11-04"),
            TableCell(valuetype="date", datevalue="2022-11-04T09:30:00"),
            TableCell(valuetype="time", timevalue="PT09H30M00S"),
            TableCell(valuetype="boolean", booleanvalue="true"),
            TableCell(valuetype="percentage", value="0.5"),
        )
    )
    table.addElement(_row(_text("隐"), visibility="collapse"))
    table.addElement(_row(_text("筛"), _text("同", numbercolumnsrepeated=2), visibility="filter", numberrowsrepeated=2))
    table.addElement(_row(TableCell(formula="of:=1+1"), TableCell(formula="of:=1+1", valuetype="float", value="2")))
    table.addElement(_row(TableCell(numbercolumnsrepeated=16384), numberrowsrepeated=1048000))
    book.spreadsheet.addElement(table)
    second = Table(name="藏", stylename=invisible)
    second.addElement(_row(_text("x")))
    book.spreadsheet.addElement(second)
    book.save(str(path))
    return path


def test_ods_with_places_kinds_merges_and_what_is_hidden(tmp_path: Path, read: Read) -> None:
    first, second = read(_book(tmp_path / "a.ods")).sheets

    assert first.name == "台账"
    assert cells(first) == {
        (1, 1): "发放表",
        (4, 1): "上  中\n下\n末",
        (4, 2): "500299198001011200",
        (4, 3): "2022-11-04",
        (4, 4): "2022-11-04 09:30:00",
        (4, 5): "09:30:00",
        (4, 6): "true",
        (4, 7): "0.5",
        (5, 1): "隐",
        (6, 1): "筛",
        (6, 2): "同",
        (6, 3): "同",
        (7, 1): "筛",
        (7, 2): "同",
        (7, 3): "同",
        (8, 2): "2",
    }
    fourth = [kind for (row, _), kind in sorted(kinds(first).items()) if row == 4]
    date, number = CellKind.DATE, CellKind.NUMBER
    assert fourth == [CellKind.TEXT, number, date, date, date, CellKind.BOOLEAN, number]
    assert first.merges == ((1, 1, 1, 3),)
    assert first.hidden_rows == {5, 6, 7}
    assert first.hidden_columns == {3}
    assert (first.formulas_without_value, first.formula_count) == (((8, 1),), 2)
    assert not first.hidden
    assert (second.name, second.hidden, cells(second)) == ("藏", True, {(1, 1): "x"})


def test_the_content_decides_and_not_the_name(tmp_path: Path, read: Read) -> None:
    assert cells(read(_book(tmp_path / "a.xlsx")).sheets[1]) == {(1, 1): "x"}


def _flat(rows: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document xmlns:office="{_OFFICE}" '
        f'xmlns:table="{_TABLE}" xmlns:text="{_TEXT}"><office:body><office:spreadsheet><table:table table:name="s">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document>"
    )


_CELL = '<table:table-cell office:value-type="string"{of}><text:p>x</text:p></table:table-cell>'


def test_a_flat_ods_is_read(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.fods"
    path.write_text(_flat(f"<table:table-row>{_CELL.format(of='')}</table:table-row>"), encoding="utf-8")

    assert cells(read(path).sheets[0]) == {(1, 1): "x"}


def test_filled_cells_repeated_without_end_stop_at_the_limit(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.fods"
    wide = _CELL.format(of=' table:number-columns-repeated="16384"')
    path.write_text(_flat(f"<table:table-row>{wide}</table:table-row>"), encoding="utf-8")
    assert fail(path).code == "file-limit-columns"

    long = _CELL.format(of=' table:number-columns-repeated="500"')
    path.write_text(
        _flat(f'<table:table-row table:number-rows-repeated="1048576">{long}</table:table-row>'), encoding="utf-8"
    )
    assert fail(path).code == "file-limit-cells"


def test_entities_and_other_documents_are_refused(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.fods"
    path.write_text(_flat("", '<!DOCTYPE x [<!ENTITY a "b">]>'), encoding="utf-8")
    assert fail(path).code == "file-doctype"

    path.write_text(_flat("").replace("spreadsheet", "text"), encoding="utf-8")
    problem = fail(path)
    assert (problem.code, problem.args["kind"]) == ("file-not-a-workbook", "ODF")


def test_an_encrypted_ods_is_said_to_be_one(tmp_path: Path, fail: Fail) -> None:
    path = _book(tmp_path / "a.ods")
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["META-INF/manifest.xml"] = (
        b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        b'<m:file-entry m:full-path="content.xml">'
        b"<m:encryption-data/></m:file-entry></m:manifest>"
    )
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)

    assert fail(path).code == "file-password-kind"


def test_macros_of_an_ods_are_listed(tmp_path: Path, read: Read) -> None:
    path = _book(tmp_path / "a.ods")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Basic/Standard/Module1.xml", "<module/>")

    assert [p.code for p in read(path).problems] == ["active-macros"]

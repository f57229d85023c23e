"""A few sheets with everything that a reading report has to show, read and checked."""

from __future__ import annotations

from dataclasses import replace

from tests.sheets import grid, source

from auditor.checks import check_ledgers
from auditor.intake import RawSheet, Upload
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.report import ReadResult, Veil
from auditor.tables import DuckEngine, build_tables
from auditor.values.pseudonym import Pseudonymiser

PERSON = "500299197503121238"
OTHER = "500299196801020010"
ACCOUNT = "6217000012345678901"
HOSTILE = "<script>document.title='owned'</script>"
TURNED = "王\u202e五\x1b[31m"


def payroll(rows: int = 6, name: str = "10月") -> RawSheet:
    """A payroll with titles, a merged village, a hidden row and column, an unreadable amount, a total and a note."""
    head = ["序号", "村", "身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期", "备用说明", "补助金额数"]
    cells: list[list[object]] = [["公益性岗位补贴发放表"], [*head]]
    for number in range(rows):
        person = PERSON if number % 2 else OTHER
        called = [HOSTILE, TURNED, "<img src=x onerror=alert(1)>", "张三"][number % 4]
        village = "兴隆村" if number == 0 else None
        amount: object = "六0零" if number == 1 else 600
        day = f"2022-{11 + number % 2}-0{1 + number % 9}"
        cells.append([number + 1, village, person, called, "2022-10", amount, ACCOUNT, day, f"说明{number}", 1])
    cells.append(["合计", None, None, None, None, 12345])
    cells.append(["备注：以上属实。"])
    return grid(
        cells,
        name=name,
        merges=((1, 1, 1, 10), (3, 2, 4, 2)),
        hidden_rows=frozenset({5}),
        hidden_columns=frozenset({7}),
    )


def strange() -> RawSheet:
    """A sheet that is no ledger we know."""
    return grid([["代号", "称呼", "数目"], *[[f"a{i}", f"b{i}", i] for i in range(5)]], name="不明", hidden=True)


def county(*sheets: RawSheet, file: str = "清溪镇/发放.xlsx") -> ReadResult:
    """The sheets of one workbook, read and checked."""
    catalogue = default_catalogue()
    where = source(file)
    given = sheets or (payroll(), strange())
    readings = tuple(reading for sheet in given for reading in read_sheet(where, sheet, catalogue))
    upload = Upload((where, replace(where, path="照片.jpg", role="attachment")), readings, ())
    tables = build_tables(readings, catalogue, DuckEngine())
    return ReadResult(upload, tables, check_ledgers(upload, tables))


def veil(*, unmask: bool = False) -> Veil:
    """What hides the numbers."""
    return Veil(default_catalogue(), Pseudonymiser(b"k" * 32), unmask)

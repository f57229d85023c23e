"""Tables one below the other: where the next one begins, whatever its header looks like and whatever stands between."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.sheets import grid, source

from auditor.intake import Band, SheetReading, sheet_bands
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

Row = Sequence[object]

PENSIONS: Row = ["身份证号", "姓名", "待遇类型", "待遇开始年月"]
SERVICES: Row = ["身份证号", "姓名", "服务类型", "服务日期", "服务内容", "服务机构"]
PROVIDERS: Row = ["服务机构", "是否签订保密协议", "签订日期", "协议到期日"]
AGREED: tuple[Row, ...] = (
    ["渝东职业培训学校", "是", "2022-01-13", "2022-05-29"],
    ["诚信人力资源公司", "否", "2022-03-08 09:30:00", "2022年6月16日"],
)


def person(number: int) -> str:
    return f"5002991990010112{number:02d}"


def pension(number: int) -> Row:
    return [person(number), "张三", "居民养老", "2022-01"]


def service(number: int) -> Row:
    return [person(number), "李四", "技能培训", "2022-04-01", "保安岗位", "渝东职业培训学校"]


def read(*rows: Row, merges: tuple[tuple[int, int, int, int], ...] = ()) -> tuple[SheetReading, ...]:
    return read_sheet(source("台账.xlsx"), grid(rows, name="Sheet1", merges=merges), default_catalogue())


def seen(readings: Sequence[SheetReading]) -> tuple[list[str | None], str]:
    """The kinds, and a letter for each row."""
    letters = {Band.READ: "r", Band.HEADER: "h", Band.TITLE: "t", Band.BLANK: ".", Band.TOTAL: "s", Band.SIGNATURE: "g"}
    return [one.ledger for one in readings], "".join(letters.get(Band(band), "?") for band in sheet_bands(readings))


@pytest.mark.parametrize("merges", [(), ((4, 1, 5, 1), (4, 2, 4, 4), (4, 5, 5, 5))])
def test_the_upper_level_of_the_next_tables_header_is_its_own(merges: tuple[tuple[int, int, int, int], ...]) -> None:
    readings = read(
        PENSIONS,
        pension(1),
        pension(2),
        ["身份证号", "相关情况", None, None, "就业终止日期"],
        [None, "姓名", "就业单位", "就业登记日期", None],
        [person(3), "王五", "云山县环卫所", "2022-07-11", "2022-09-03"],
        merges=merges,
    )
    assert seen(readings) == (["pensions", "employment"], "hrrhhr")


def test_the_upper_level_may_name_two_columns_in_one() -> None:
    readings = read(
        PENSIONS,
        pension(1),
        pension(2),
        ["姓名/身份证号", "其他情况", None],
        [None, "就业单位", "就业登记日期"],
        [f"王五/{person(3)}", "云山县环卫所", "2022-07-11"],
    )
    assert seen(readings) == (["pensions", "employment"], "hrrhhr")


def test_headings_of_groups_alone_are_a_level_though_nobody_merged_them() -> None:
    readings = read(["基本信息", None, "有关信息", None], PENSIONS, pension(1), pension(2))
    assert seen(readings) == (["pensions"], "hhrr")


def test_a_heading_over_all_columns_of_the_next_table_is_no_row_of_the_upper_one() -> None:
    readings = read(PENSIONS, pension(1), pension(2), ["其他情况"], SERVICES, service(3), service(4))
    assert seen(readings) == (["pensions", "services"], "hrrthrr")


def test_the_first_header_that_is_sure_counts_however_well_a_later_one_fits() -> None:
    readings = read(PENSIONS, pension(1), SERVICES, service(2), service(3))
    assert seen(readings) == (["pensions", "services"], "hrhrr")
    readings = read(PROVIDERS, *AGREED, PROVIDERS, *AGREED)
    assert seen(readings) == (["providers"], "hrrhrr")  # companies and dates are rows, not lines of a title


def test_a_header_of_two_columns_heads_a_table_where_all_of_it_is_accepted() -> None:
    readings = read(SERVICES, service(1), service(2), PROVIDERS[:2], *(row[:2] for row in AGREED))
    assert seen(readings) == (["services", "providers"], "hrrhrr")


def test_a_header_of_months_heads_a_table() -> None:
    readings = read(
        ["服务台账"],
        SERVICES,
        service(1),
        ["云山县2022年社会保险补贴发放台账"],
        ["身份证号", "姓名", "2022年03月", "2022年04月", "健康状况", "文化程度"],
        [person(2), "王五", 400, 400, "健康", "初中"],
        [person(3), "赵六", 410, None, "健康", "初中"],
    )
    kinds, rows = seen(readings)
    assert set(kinds) == {"services", "insurance_subsidy"}
    assert rows == "thrthrr"


@pytest.mark.parametrize("blank", [[], [[None], [None]]])
def test_a_date_under_signatures_is_no_title_of_the_next_table(blank: list[Row]) -> None:
    signed: list[Row] = [["填表人：田小禾    审核人：覃正"], [None, None, None, "2022年12月30日"]]
    readings = read(PENSIONS, pension(1), *signed, *blank, SERVICES, service(2))
    assert seen(readings) == (["pensions", "services"], "hrgg" + "." * len(blank) + "hr")


@pytest.mark.parametrize("label", ["清溪县林业局小计", "大写金额：人民币叁万陆仟元整"])
def test_a_total_is_no_title_of_the_next_table(label: str) -> None:
    readings = read(PENSIONS, pension(1), [label], [None], SERVICES, service(2), service(3))
    assert seen(readings) == (["pensions", "services"], "hrs.hrr")


def test_a_line_of_many_labelled_values_belongs_to_the_table_below() -> None:
    line = ["乡镇：清溪镇", "村：清星村", "填报单位：云山县人社局", "填报日期：2022年12月30日", "单位：元"]
    readings = read(PENSIONS, pension(1), [None], line, SERVICES, service(2))
    assert seen(readings) == (["pensions", "services"], "hr.thr")


def test_a_header_of_two_columns_in_one_is_known_when_it_is_repeated() -> None:
    header = ["序号", "姓名/身份证号", "就业状态"]
    rows = [[number, f"张三{person(number)}", "是"] for number in range(1, 5)]
    readings = read(["人力资源库"], header, *rows[:2], header, *rows[2:])
    assert seen(readings) == (["hr_pool"], "thrrhrr")


def test_a_total_of_a_part_with_nothing_but_sums_is_no_row() -> None:
    header = ["统一社会信用代码", "村", "认定时间", "运行状态", "吸纳就业人数", "吸纳脱贫人口人数", "奖补资金"]
    rows = [["91500299MA72564089", "新桥社区", "2021-12-27", "停产", 41, 15, 600]]
    readings = read(["帮扶车间台账"], header, *rows, ["新桥社区小计", None, None, None, 41, 15, 600])
    assert seen(readings) == (["workshops"], "thrs")

"""LT: each fault of a ledger is one signal at its cell; a sound ledger is silent."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.sheets import grid, only, sheet, source

from auditor.checks import check_ledgers, ledger_quality, totals_not_judged, unlinked
from auditor.clues import Severity, Signal
from auditor.intake import SheetReading, Upload
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.tables import DuckEngine, build_tables
from auditor.tables.links import REASONS

HEAD = "序号 | 身份证号 | 姓名 | 发放月份 | 发放金额 | 银行账号 | 发放日期"
ROW1 = "1 | 500299197503121231 | 张三 | 2022-03 | 600 | 6217000012345678901 | 2022-04-05"
ROW2 = "2 | 500299198001011239 | 李四 | 2022-03 | 800.5 | 6217000012345678902 | 2022-04-05"


def lt(*readings: SheetReading, severities: dict[str, str] | None = None) -> tuple[Signal, ...]:
    with DuckEngine() as engine:
        tables = build_tables(readings, default_catalogue(), engine)
        return check_ledgers(Upload((), readings, ()), tables, severities)


def found(signals: Sequence[Signal]) -> list[tuple[str, str]]:
    return [(s.rule, s.subject.id) for s in signals]


def rows(*lines: str) -> SheetReading:
    return sheet("\n".join((HEAD, *lines)), file="发放表.xlsx", name="3月")


def test_a_sound_ledger_is_silent() -> None:
    assert lt(rows(ROW1, ROW2, "合计 | | | | 1400.50 | |")) == ()


def test_lt01_a_required_column_is_missing() -> None:
    reading = sheet(
        "身份证号 | 姓名 | 起始日期 | 终止日期\n500299197503121231 | 张三 | 2020-01-01 |", file="财政供养人员名单.xlsx"
    )
    (signal,) = lt(reading)
    assert (signal.rule, signal.severity) == ("LT01", Severity.HIGH)
    assert "工作单位" in signal.message["zh"]


def test_lt02_a_required_value_is_missing_and_an_optional_one_may_be() -> None:
    assert found(lt(rows(ROW1, ROW2.replace("李四", "")))) == [("LT02", "发放表.xlsx[3月]!C3")]


@pytest.mark.parametrize(
    ("old", "new", "rule", "cell"),
    [
        ("800.5", "八百左右", "LT03", "E3"),
        ("2022-04-05", "四月初", "LT03", "G3"),
        ("6217000012345678902", "6.217E+18", "LT06", "F3"),
    ],
)
def test_unreadable_cells(old: str, new: str, rule: str, cell: str) -> None:
    signals = lt(rows(ROW1, ROW2.replace(old, new)))
    assert found(signals) == [(rule, f"发放表.xlsx[3月]!{cell}")]
    (evidence,) = signals[0].evidence
    assert (evidence.file, evidence.sheet, evidence.row) == ("发放表.xlsx", "3月", 3)
    assert next(iter(evidence.cells.values())).raw == new


def test_lt04_a_code_outside_the_list() -> None:
    head = "身份证号 | 姓名 | 户编号 | 劳动能力 | 是否务工 | 户类型"
    text = f"{head}\n500299197503121231 | 张三 | 1 | 弱劳动力 | 是 | 一般农户"
    assert [rule for rule, _ in found(lt(sheet(text)))] == ["LT04"]


def test_lt05_equal_keys_are_one_signal_with_all_rows() -> None:
    (signal,) = lt(rows(ROW1, ROW2, "3" + ROW1[1:], "4" + ROW1[1:]))
    assert signal.rule == "LT05"
    assert [row.row for row in signal.evidence] == [2, 4, 5]


def test_lt05_rows_with_an_empty_key_equal_nothing() -> None:
    empty = ROW1.replace("500299197503121231", "")
    assert {rule for rule, _ in found(lt(rows(empty, empty)))} == {"LT02", "LT11"}


def test_lt06_a_number_that_the_spreadsheet_rounded() -> None:
    raw = grid(
        [HEAD.split(" | "), [1, 500299197503121200.0, "张三", "2022-03", 600, "6217000012345678901", "2022-04-05"]]
    )
    reading = only(read_sheet(source("a.xlsx"), raw, default_catalogue()))
    assert [rule for rule, _ in found(lt(reading))] == ["LT06"], "an empty identity number is not LT02 besides"


@pytest.mark.parametrize(
    ("said", "fires"), [("1400.50", False), ("1,400.5元", False), ("1400.52", True), ("1400", True)]
)
def test_lt07_totals_are_added_again(said: str, fires: bool) -> None:
    assert [rule for rule, _ in found(lt(rows(ROW1, ROW2, f"合计 | | | | {said} | |")))] == ["LT07"] * fires


def test_lt07_is_not_judged_over_an_unreadable_cell() -> None:
    signals = lt(rows(ROW1, ROW2.replace("800.5", "八百左右"), "合计 | | | | 1400.50 | |"))
    assert [s.rule for s in signals] == ["LT03"]


def test_a_total_that_was_not_judged_is_told() -> None:
    def told(*lines: str) -> list[tuple[str, str, str]]:
        with DuckEngine() as engine:
            tables = build_tables([rows(*lines)], default_catalogue(), engine)
            return [(p.code, str(p.where), str(p.args["said"])) for p in totals_not_judged(tables)]

    total = "合计 | | | | 1400.50 | |"
    assert told(ROW1, ROW2, total) == []
    assert told(ROW1, ROW2.replace("800.5", "八百左右"), total) == [
        ("total-not-judged", "发放表.xlsx[3月]!E4", "1400.50")
    ]


def test_a_formula_without_a_result_is_no_nought_and_no_blank() -> None:
    lines = (ROW1, ROW2.replace("800.5", ""), "合计 | | | | 1400.50 | |")
    reading = sheet("\n".join((HEAD, *lines)), file="发放表.xlsx", name="3月", formulas_without_value=((3, 5),))
    with DuckEngine() as engine:
        tables = build_tables([reading], default_catalogue(), engine)
        (signal,) = check_ledgers(Upload((), (reading,), ()), tables)
        (problem,) = totals_not_judged(tables)
    assert (signal.rule, signal.subject.id) == ("LT02", "发放表.xlsx[3月]!E3")
    assert "公式" in signal.message["zh"]
    assert "formula" in signal.message["en"]
    assert (problem.code, str(problem.where)) == ("total-not-judged", "发放表.xlsx[3月]!E4")


def test_lt05_is_not_judged_without_a_column_that_says_whose_the_rows_are() -> None:
    lone = "姓名 | 考勤月份 | 出勤天数\n张三 | 2022-03 | 22\n李四 | 2022-03 | 21\n李四 | 2022-03 | 21"
    assert "LT05" not in {rule for rule, _ in found(lt(sheet(lone, file="公益性岗位考勤表.xlsx")))}


def test_half_a_day_is_told_once_a_row_and_nobody_is_asked_to_round_it() -> None:
    days = list(range(1, 32))
    rows: list[list[object]] = [
        ["清星村2022年3月考勤表"],
        ["姓名", "身份证号", *[day for day in days for _ in "ab"], "出勤天数"],
        [None, None, *["上午", "下午"] * 31],
        ["张三", "500299197503121231", *["√"] * 41, "事", *["休"] * 20, 20.5],
        ["李四", "500299198001011239", *["√"] * 41, "事", *["休"] * 20, None],
        ["王五", "500299199003120014", *["√"] * 42, *["休"] * 20, 21],
    ]
    (reading,) = read_sheet(source("考勤表.xlsx"), grid(rows), default_catalogue())
    signals = [signal for signal in lt(reading) if signal.rule == "LT03"]
    assert found(signals) == [("LT03", "考勤表.xlsx[Sheet1]!BM4"), ("LT03", "考勤表.xlsx[Sheet1]!C5")]
    for signal in signals:
        assert "改为整数" not in signal.message["zh"]
        assert "保留原数" in signal.message["zh"]


@pytest.mark.parametrize(("said", "reason"), [("同上", "name-only"), ("500299********1231", "masked")])
def test_words_for_a_number_are_told_once(said: str, reason: str) -> None:
    row = f"1 | {said} | 张三 | 2022-03 | 600 | | 2022-04-05"
    signals = [signal for signal in lt(rows(row)) if signal.subject.id.endswith("!B2")]
    assert [(s.rule, s.measures["reason"]) for s in signals] == [("LT11", reason)]
    assert signals[0].evidence[0].cells["person_id"].raw == said
    assert ("同上" in signals[0].message["zh"]) == (said == "同上")
    assert not any(message.endswith(" ") for message in signals[0].message.values())


def test_words_for_a_number_of_a_linked_row_say_to_whom_it_was_linked() -> None:
    first = "1 | 500299197503121238 | 张三 | 2022-03 | 600 | 6217000000000000017 | 2022-04-05"
    second = "2 | 同上 | 张三 | 2022-04 | 600 | 6217000000000000017 | 2022-05-05"
    (signal,) = lt(rows(first, second))
    assert (signal.rule, signal.subject.id) == ("LT03", "发放表.xlsx[3月]!B3")
    assert "空值" not in signal.message["zh"]
    assert "发放表.xlsx[3月]!2" in signal.message["zh"]


def test_lt11_a_row_that_fits_nobody_says_why() -> None:
    lone = sheet(
        "姓名 | 考勤月份 | 用人单位 | 出勤天数\n张三 | 2022-03 | 清溪镇政府 | 22", file="公益性岗位考勤表.xlsx"
    )
    (signal,) = [s for s in lt(lone) if s.rule == "LT11"]
    assert (signal.severity, signal.subject.id) == (Severity.MEDIUM, "公益性岗位考勤表.xlsx[Sheet1]!A2")
    assert signal.measures["reason"] == "nobody"
    assert list(signal.evidence[0].cells) == ["name", "employer"]
    for reason in REASONS:
        for lang in ("zh", "en"):
            assert text(f"LT11-{reason}", lang, name="张三", fits=2) != f"LT11-{reason}"


def test_lt02_of_a_linked_row_says_to_whom_it_was_linked() -> None:
    first = "1 | 500299197503121238 | 张三 | 2022-03 | 600 | 6217000000000000017 | 2022-04-05"
    second = "2 | | 张三 | 2022-04 | 600 | 6217000000000000017 | 2022-05-05"
    (signal,) = lt(rows(first, second))
    assert (signal.rule, signal.subject.id) == ("LT02", "发放表.xlsx[3月]!B3")
    (row,) = signal.evidence
    assert row.linked is not None
    assert (row.cells["person_id"].raw, row.cells["person_id"].value) == (None, "500299197503121238")
    assert "发放表.xlsx[3月]!2" in signal.message["zh"]


def test_many_faults_of_one_sheet_are_counted_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_quality, "MOST_ROWS", 2)
    monkeypatch.setattr(unlinked, "MOST_ROWS", 2)
    lines = [f"{n} | | 张三 | 2022-03 | 600 | 621700000000000001{n} | 2022-04-05" for n in range(5)]
    signals = lt(rows(*lines))
    assert [(s.rule, s.subject.id) for s in signals if s.evidence[0].row is None] == [
        ("LT02", "发放表.xlsx[3月]"),
        ("LT11", "发放表.xlsx[3月]"),
    ]
    assert [s.measures["rows"] for s in signals if s.evidence[0].row is None] == [3, 3]
    assert len(signals) == 6


def test_lt08_hidden_rows_columns_and_sheets_are_read_and_flagged() -> None:
    text = f"{HEAD}\n{ROW1}\n{ROW2}"
    hidden = sheet(
        text, file="a.xlsx", name="S", hidden=True, hidden_rows=frozenset({3, 99}), hidden_columns=frozenset({5})
    )
    assert found(lt(hidden)) == [("LT08", "a.xlsx[S]"), ("LT08", "a.xlsx[S]!E"), ("LT08", "a.xlsx[S]!3")]


def test_lt08_of_a_header_and_of_a_column_that_no_ledger_has() -> None:
    text = f"{HEAD}\n{ROW1}"
    hidden = sheet(text, file="a.xlsx", name="S", hidden_rows=frozenset({1}), hidden_columns=frozenset({1}))
    header = [signal for signal in lt(hidden) if signal.subject.id == "a.xlsx[S]!1"]
    assert found(lt(hidden)) == [("LT08", "a.xlsx[S]!A"), ("LT08", "a.xlsx[S]!1")]
    assert "表头" in header[0].message["zh"]


def test_lt09_a_sheet_of_something_else() -> None:
    signals = lt(
        sheet("物资名称 | 规格型号 | 数量 | 单价 | 领用部门\n扫帚 | 标准 | 3 | 12.5 | 综合科", file="其他.xlsx")
    )
    assert found(signals) == [("LT09", "其他.xlsx[Sheet1]")]


def test_lt09_a_sheet_that_may_be_two_kinds_says_which_and_how_to_settle_it() -> None:
    text = "身份证号 | 姓名 | 银行账号 | 实发工资\n500299199001011234 | 张三 | 6222020008979882746 | 600"
    (signal,) = lt(sheet(text, file="名单.xlsx"))
    assert signal.rule == "LT09"
    assert signal.measures["first_id"] != signal.measures["second_id"]
    for lang in ("zh", "en"):
        assert "--map" in signal.message[lang]
        assert str(signal.measures["first_id"]) in signal.message[lang]
    assert "模板" not in signal.message["zh"]


def test_lt10_an_old_number_is_upgraded_and_said() -> None:
    assert found(lt(rows(ROW1.replace("500299197503121231", "500299750312123")))) == [("LT10", "发放表.xlsx[3月]!B2")]


def test_the_profile_may_change_a_severity() -> None:
    (signal,) = lt(rows(ROW1, ROW2, "合计 | | | | 1 | |"), severities={"LT07": "low"})
    assert signal.severity is Severity.LOW


def test_every_message_exists_in_both_languages_without_a_gap() -> None:
    signals = lt(rows(ROW1, ROW2.replace("800.5", "八百左右"), ROW1, "合计 | | | | 1 | |"))
    for signal in signals:
        for lang in ("zh", "en"):
            assert "{" not in signal.message[lang], signal.message[lang]

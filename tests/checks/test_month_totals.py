"""LT07 in tables with a column for each month: the total of the totals is added up again too."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.sheets import grid, source

from auditor.checks import check_ledgers, totals_not_judged
from auditor.clues import Signal
from auditor.errors import Problem
from auditor.intake import Upload
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, build_tables
from auditor.values.identity import check_digit

Row = Sequence[object]

TITLE: Row = ["2022年公益性岗位补贴发放表"]
HEADER: Row = ["姓名", "身份证号", "银行账号", "1月", "2月", "3月", "合计"]


def paid(serial: int, *figures: object) -> Row:
    start = f"50029919900101{serial:03d}"
    return [f"张三{serial}", start + check_digit(start), f"62220200089798827{serial:02d}", *figures]


def total(*figures: object, label: str = "合计") -> Row:
    return [label, None, None, *figures]


PEOPLE: list[Row] = [paid(1, 500, 500, 500, 1500), paid(2, 500, None, 500, 1000)]


def checked(*rows: Row, **more: object) -> tuple[list[Signal], list[Problem]]:
    """The totals that are wrong, and those that were not judged."""
    readings = read_sheet(source("a.xlsx"), grid(rows, **more), default_catalogue())  # type: ignore[arg-type]
    with DuckEngine() as engine:
        tables = build_tables(readings, default_catalogue(), engine)
        signals = check_ledgers(Upload((), readings, ()), tables)
        return [signal for signal in signals if signal.rule == "LT07"], list(totals_not_judged(tables))


def places(signals: Sequence[Signal]) -> list[str]:
    return [signal.subject.id.rpartition("!")[2] for signal in signals]


@pytest.mark.parametrize(("said", "wrong"), [(2500, []), ("2,500元", []), (2600, ["G5"]), (None, [])])
def test_the_total_of_the_totals(said: object, wrong: list[str]) -> None:
    signals, unjudged = checked(TITLE, HEADER, *PEOPLE, total(1000, 500, 1000, said))
    assert (places(signals), unjudged) == (wrong, [])
    for signal in signals:
        assert signal.measures == {"added": "2500.00", "label": "合计", "rows": 2, "said": "2600.00"}
        assert {name: cell.cell for name, cell in signal.evidence[0].cells.items()} == {"amount": "G5"}


@pytest.mark.parametrize(("said", "wrong"), [(0.25, []), (0.26, ["G6"])])
def test_in_ten_thousands(said: float, wrong: list[str]) -> None:
    people = [paid(1, 0.05, 0.05, 0.05, 0.15), paid(2, 0.05, None, 0.05, 0.1)]
    signals, _ = checked(TITLE, ["单位：万元"], HEADER, *people, total(0.1, 0.05, 0.1, said))
    assert places(signals) == wrong


def test_groups_and_their_total() -> None:
    rows = [PEOPLE[0], total(500, 500, 500, 1500, label="小计"), PEOPLE[1], total(500, 0, 500, 1100, label="小计")]
    signals, _ = checked(TITLE, HEADER, *rows, total(1000, 500, 1000, 2500))
    assert places(signals) == ["G6"]


@pytest.mark.parametrize(("said", "wrong"), [(2400, ["G4"]), (2500, ["G4"]), (2600, ["G4", "G5"])])
def test_a_wrong_total_of_a_row_is_told_once(said: int, wrong: list[str]) -> None:
    rows = [PEOPLE[0], paid(2, 500, None, 500, 900)]
    signals, _ = checked(TITLE, HEADER, *rows, total(1000, 500, 1000, said))
    assert places(signals) == wrong


def test_it_is_not_judged_over_what_could_not_be_read() -> None:
    rows = [PEOPLE[0], paid(2, 500, "待定", 500, 1000)]
    signals, unjudged = checked(TITLE, HEADER, *rows, total(1000, 500, 1000, 9999))
    assert places(signals) == []
    assert {(p.code, str(p.where)) for p in unjudged} == {
        ("total-not-judged", "a.xlsx[Sheet1]!E5"),
        ("total-not-judged", "a.xlsx[Sheet1]!G5"),
    }


def test_a_row_left_out_with_a_total_of_its_own() -> None:
    rows = [*PEOPLE, paid(3, None, None, None, 300)]
    signals, unjudged = checked(TITLE, HEADER, *rows, total(1000, 500, 1000, 2800))
    assert places(signals) == ["G5"], "the row's own total, of no month"
    assert [str(p.where) for p in unjudged] == ["a.xlsx[Sheet1]!G6"]


def test_formulas_without_a_result_are_no_noughts() -> None:
    rows = [PEOPLE[0], paid(2, 500, None, 500, 1500), total(1000, 1000, 1000, 3000)]
    wrong, _ = checked(TITLE, HEADER, *rows)
    assert places(wrong) == ["G4", "E5"], "without any formula the blank is nothing"
    signals, unjudged = checked(TITLE, HEADER, *rows, formulas_without_value=((4, 5),))
    assert signals == []
    assert sorted((p.code, str(p.where)) for p in unjudged) == [
        ("total-not-judged", "a.xlsx[Sheet1]!E5"),
        ("total-not-judged", "a.xlsx[Sheet1]!G5"),
    ]


def test_marks_that_are_formulas_without_a_result() -> None:
    rows: list[Row] = [
        ["2022年3月公益性岗位考勤表"],
        ["姓名", "身份证号", *range(1, 32), "出勤天数"],
        ["张三", paid(1)[1], *["√"] * 20, *[None] * 11, 21],
    ]
    assert places(checked(*rows)[0]) == ["AH3"]
    signals, (problem,) = checked(*rows, formulas_without_value=((3, 30),))
    assert signals == []
    assert (problem.code, str(problem.where)) == ("row-total-not-judged", "a.xlsx[Sheet1]!AH3")

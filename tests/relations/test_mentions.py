"""Every place where a number stands: the relation that rules read, and evidence out of any ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from auditor.clues import Signal
from auditor.ledgers import ColumnType, default_catalogue
from auditor.messages import TEXTS
from auditor.profile import Period, Profile
from auditor.relations.mentions import load_mentions, name_beside
from auditor.rules import Rule, RuleSet, case_table, person_number
from auditor.signals import RunStatus, SignalRun, run_rules
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

PROFILE = Profile(as_of=date(2022, 12, 31), period=Period(date(2022, 2, 1), date(2022, 11, 1)))
WRONG = "500299197603011233"  # its check digit is 9
RELATIVES = """
official_id        | official | relative_id | relative | relation
@丙                | 王五     | @甲         | 张山     | 配偶
500299197603011233 | 无名     | @丁         | 赵六     | 子女
                   |          | @甲         |          | 父母
"""
ROSTER = """
person_id | name | household_id
@甲       | 张三 | H1
@丁       | 赵六 | H2
"""
BUSINESSES = """
uscc               | business | owner_id           | registered_on | status
91500299MA0000001X | 某店     | 500299197603011233 | 2020-01-01    | 存续
"""
WORKSHOPS = "workshop_id | workshop | status | headcount | poverty_headcount\nC1 | 某车间 | 正常 | 10 | 5"


def tables(engine: DuckEngine, ledgers: Mapping[str, str]) -> Tables:
    catalogue = default_catalogue()
    readings = [case_reading(catalogue[name], case_table(text)) for name, text in ledgers.items()]
    return build_tables(readings, catalogue, engine)


def mentions(engine: DuckEngine, ledgers: Mapping[str, str]) -> list[tuple[object, ...]]:
    load_mentions(tables(engine, ledgers), "found")
    try:
        return sorted((tuple(row.values()) for row in engine.query("SELECT * FROM found").to_pylist()), key=str)
    finally:
        engine.drop("found")


def run(engine: DuckEngine, shipped: RuleSet, ledgers: Mapping[str, str], *rules: Rule) -> SignalRun:
    alone = replace(shipped, rules=MappingProxyType({rule.id: rule for rule in rules}))
    return run_rules(alone, tables(engine, ledgers), PROFILE)


def rows_shown(signal: Signal) -> list[tuple[str, int | None, dict[str, object]]]:
    return [(row.ledger, row.row, {name: cell.value for name, cell in row.cells.items()}) for row in signal.evidence]


def test_every_number_of_the_catalogue_stands_beside_a_name() -> None:
    found = {
        f"{ledger.id}.{column.name}": name_beside(ledger, column.name)
        for ledger in default_catalogue().values()
        for column in ledger.columns.values()
        if column.type is ColumnType.PERSON_ID
    }

    assert {place: name for place, name in found.items() if not place.endswith(".person_id")} == {
        "posts.approver_id": "approver",
        "businesses.owner_id": "owner",
        "relatives.official_id": "official",
        "relatives.relative_id": "relative",
    }
    assert {name for place, name in found.items() if place.endswith(".person_id")} == {"name"}


def test_each_cell_that_holds_a_number_is_a_mention(engine: DuckEngine) -> None:
    """Empty cells give none; a ledger without the name's column gives its numbers without names."""
    first, third, fourth = (person_number(name) for name in "甲丙丁")

    assert mentions(engine, {"relatives": RELATIVES, "businesses": BUSINESSES, "workshops": WORKSHOPS}) == sorted(
        [
            ("businesses", 0, "owner_id", WRONG, None),
            ("relatives", 0, "official_id", third, "王五"),
            ("relatives", 1, "official_id", WRONG, "无名"),
            ("relatives", 0, "relative_id", first, "张山"),
            ("relatives", 1, "relative_id", fourth, "赵六"),
            ("relatives", 2, "relative_id", first, None),
        ],
        key=str,
    )


def test_without_ledgers_there_are_no_mentions(engine: DuckEngine) -> None:
    assert mentions(engine, {}) == []
    assert mentions(engine, {"workshops": WORKSHOPS}) == []


def test_evidence_comes_out_of_any_ledger_with_the_number_and_the_name_beside_it(
    engine: DuckEngine, shipped: RuleSet
) -> None:
    ledgers = {"roster": ROSTER, "relatives": RELATIVES, "businesses": BUSINESSES}
    result = run(engine, shipped, ledgers, shipped.rules["IM01"], shipped.rules["IM02"])
    wrong, two_names = result.signals

    assert (wrong.rule, wrong.subject.id, wrong.subject.name) == ("IM01", WRONG, "无名")
    assert rows_shown(wrong) == [
        ("businesses", 2, {"owner_id": WRONG}),
        ("relatives", 3, {"official_id": WRONG, "official": "无名"}),
    ]
    assert (two_names.rule, two_names.subject.id) == ("IM02", person_number("甲"))
    assert rows_shown(two_names) == [
        ("relatives", 2, {"relative_id": person_number("甲"), "relative": "张山"}),
        ("relatives", 4, {"relative_id": person_number("甲"), "relative": None}),
        ("roster", 2, {"person_id": person_number("甲"), "name": "张三"}),
    ]


def test_a_row_that_names_one_person_twice_shows_both_cells(engine: DuckEngine, shipped: RuleSet) -> None:
    text = "official_id | official | relative_id | relative | relation\n@甲 | 张三 | @甲 | 章三 | 本人"
    (signal,) = run(engine, shipped, {"relatives": text}, shipped.rules["IM02"]).signals

    assert [sorted(cells) for _, _, cells in rows_shown(signal)] == [
        ["official", "official_id", "relative", "relative_id"]
    ]


def test_a_rule_on_any_ledger_is_not_run_where_no_ledger_has_numbers(engine: DuckEngine, shipped: RuleSet) -> None:
    rules = shipped.rules["IM01"], shipped.rules["IM02"]
    for ledgers in ({}, {"workshops": WORKSHOPS}, {"payroll": "name | month | amount\n张三 | 2022-03 | 600"}):
        result = run(engine, shipped, ledgers, *rules)
        for outcome in result.outcomes.values():
            assert outcome.status is RunStatus.NOT_RUN
            assert [reason.code for reason in outcome.reasons] == ["rule-no-person-column"]
    assert "rule-no-person-column" in TEXTS
    for outcome in run(engine, shipped, {"roster": ROSTER}, *rules).outcomes.values():
        assert outcome.status is RunStatus.SILENT


@pytest.mark.parametrize(
    ("month", "amount", "paid"),
    [
        ("2022-02", "0.01", True),
        ("2022-11", "600", True),
        ("2022-03", "0", False),
        ("2022-03", "-600", False),
        ("2022-03", "", False),
        ("2022-01", "600", False),
        ("2022-12", "600", False),
    ],
)
def test_an_invalid_number_says_whether_payroll_pays_it_in_the_period(
    engine: DuckEngine, shipped: RuleSet, month: str, amount: str, paid: object
) -> None:
    """The strong finding rests on it; the payments are evidence, another's are not."""
    other = "990299197603011230"
    payroll = (
        f"person_id | name | month | amount\n{WRONG} | 张三 | {month} | {amount}\n{other} | 李四 | 2022-03 |\n"
        "@乙 | 王五 | 2022-03 | 600"
    )
    first, second = run(engine, shipped, {"payroll": payroll}, shipped.rules["IM01"]).signals

    assert (first.subject.id, first.measures["paid"]) == (WRONG, paid)
    assert (second.subject.id, second.measures["paid"]) == (other, False)
    assert ["amount" in cells for _, _, cells in rows_shown(first)] == [paid]


def test_without_payroll_no_number_is_paid(engine: DuckEngine, shipped: RuleSet) -> None:
    (signal,) = run(engine, shipped, {"businesses": BUSINESSES}, shipped.rules["IM01"]).signals

    assert signal.measures == {"places": 1, "ledgers": 1, "paid": False}
    assert WRONG not in "".join(signal.message.values())

"""The rows behind the signals of impersonation: those that show it, and no more of other people than that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from auditor.clues import Signal
from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.rules import RuleSet, case_table, person_number
from auditor.signals import run_rules
from auditor.tables import DuckEngine, build_tables
from auditor.trials import case_reading

PROFILE = Profile(as_of=date(2022, 12, 31), period=Period(date(2022, 2, 1), date(2022, 11, 1)))
PAYROLL = """
person_id | name | month   | amount | account_no
@甲       | 甲   | 2022-01 | 1      | 62000001
@甲       | 甲   | 2022-02 | 2      | 62000001
@甲       | 甲   | 2022-03 | 4      | 62000002
@甲       | 甲   | 2022-04 | 0      | 62000001
@乙       | 乙   | 2022-11 | 8      | 62000001
@乙       | 乙   | 2022-12 | 16     | 62000001
@丙       | 丙   | 2022-03 | 32     | 62000003
@甲       | 甲   | 2022-05 | 64     |
"""
BANK = """
voucher_no | account_no | account_name | amount | paid_on    | status
1          | 62000001   | 乙           | 2      | 2022-03-05 | 成功
2          | 62000001   | 丁           | 2      | 2022-03-05 | 失败
3          | 62000001   | 甲           | 2      | 2022-03-05 | 成功
4          | 62000002   | 甲           | 4      | 2022-04-05 | 成功
5          | 62000003   | 丙           | 32     | 2022-04-05 | 成功
"""


def signals(engine: DuckEngine, shipped: RuleSet, rule: str, ledgers: Mapping[str, str]) -> dict[str, Signal]:
    """The signals of `rule` alone, by person."""
    catalogue = default_catalogue()
    readings = [case_reading(catalogue[name], case_table(text)) for name, text in ledgers.items()]
    alone = replace(shipped, rules=MappingProxyType({rule: shipped.rules[rule]}))
    run = run_rules(alone, build_tables(readings, catalogue, engine), PROFILE)
    return {signal.subject.id: signal for signal in run.signals}


def places(signal: Signal) -> list[tuple[str, int | None]]:
    return [(row.ledger, row.row) for row in signal.evidence]


def test_the_holder_that_differs_and_the_rows_that_give_the_account(engine: DuckEngine, shipped: RuleSet) -> None:
    """The person's own name on the same account, failed payments, other accounts and other months are left out."""
    found = signals(engine, shipped, "IM03", {"payroll": PAYROLL, "bank_payments": BANK})

    assert places(found[person_number("甲")]) == [("bank_payments", 2), ("payroll", 3), ("payroll", 5)]
    assert places(found[person_number("乙")]) == [("bank_payments", 4), ("payroll", 6)]
    assert set(found) == {person_number("甲"), person_number("乙")}
    assert found[person_number("甲")].measures == {"holder": "乙", "holders": 1, "accounts": 1}


def test_who_shares_an_account_is_shown_without_their_money(engine: DuckEngine, shipped: RuleSet) -> None:
    """The money of a finding is summed from its evidence: another's pay is not this person's."""
    found = signals(engine, shipped, "IM04", {"payroll": PAYROLL})
    first, second = found[person_number("甲")], found[person_number("乙")]

    assert places(first) == places(second) == [("payroll", 3), ("payroll", 6)]
    assert ["amount" in row.cells for row in first.evidence] == [True, False]
    assert ["amount" in row.cells for row in second.evidence] == [False, True]
    assert first.measures == {"amount": "2.00", "payments": 1, "accounts": 1, "people": 2}
    assert second.measures == {"amount": "8.00", "payments": 1, "accounts": 1, "people": 2}


def test_every_payment_into_one_of_several_accounts(engine: DuckEngine, shipped: RuleSet) -> None:
    (signal,) = signals(engine, shipped, "IM07", {"payroll": PAYROLL}).values()

    assert places(signal) == [("payroll", 3), ("payroll", 4)]
    assert signal.measures == {"amount": "6.00", "payments": 2, "accounts": 2}


def test_everybody_with_the_phone_is_shown_in_each_of_the_ledgers(engine: DuckEngine, shipped: RuleSet) -> None:
    ledgers = {
        "posts": "person_id | name | phone\n@甲 | 甲 | 13900000001\n@甲 | 甲 | 13900000002\n@乙 | 乙 | 13900000001",
        "workshop_workers": "person_id | name | phone\n@丙 | 丙 | 13900000001\n@丁 | 丁 | 13900000002",
        "migrant_work": "person_id | name | phone\n | 某 | 13900000001",
    }
    found = signals(engine, shipped, "IM08", ledgers)

    assert set(found) == {person_number(name) for name in "甲乙丙"}
    for signal in found.values():
        assert places(signal) == [("migrant_work", 2), ("posts", 2), ("posts", 4), ("workshop_workers", 2)]
        assert signal.measures == {"phones": 1, "people": 3}


def test_the_rows_that_contradict_the_number(engine: DuckEngine, shipped: RuleSet) -> None:
    someone = person_number("甲", date(1976, 3, 1), "男")
    ledgers = {
        "roster": f"person_id | gender | birth_date\n{someone} | 男 | 1976-03-01\n{someone} | 男 | 1976-01-03",
        "posts": f"person_id | gender\n{someone} | 女\n{someone} | 男\n{someone} |",
    }
    (signal,) = signals(engine, shipped, "IM05", ledgers).values()

    assert places(signal) == [("posts", 2), ("roster", 3)]
    assert signal.measures == {"wrong_sex": 1, "wrong_birth": 1}


def test_the_sheets_that_another_signed(engine: DuckEngine, shipped: RuleSet) -> None:
    rows = "@甲 | 甲 | 2022-03 | 20 | 某人\n@甲 | 甲 | 2022-03 | 1 | 甲"
    attendance = f"person_id | name | month | days_present | signed_by\n{rows}"
    (signal,) = signals(engine, shipped, "IM06", {"attendance": attendance}).values()

    assert (signal.period, places(signal)) == ("2022-03", [("attendance", 2)])
    assert signal.measures == {"signed_by": "某人", "sheets": 1, "days": 20}

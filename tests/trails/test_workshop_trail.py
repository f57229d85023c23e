"""A workshop's trail: its rows in order of time, roll, pay and insurance by month, what contradicts what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.ties.inline import number, tables_of

from auditor.clues import EvidenceRow, Severity, Signal, Subject
from auditor.profile import Period
from auditor.tables import Tables
from auditor.trails import named, workshop_trail, workshops_of

AS_OF = date(2022, 12, 31)
PERIOD = Period(date(2022, 1, 1), date(2022, 3, 1))
USCC, FIRM = "91500299MA5U00001X", "91500299MA5U000028"

LEDGERS = {
    "workshops": f"""
        workshop_id | workshop | uscc | recognised_on | status | headcount | poverty_headcount
        CJ1 | 云山车间 | {USCC} | 2020-05-01 | 正常 | 9 | 9
        CJ2 | 平湖车间 | {FIRM} | 2020-05-01 | 正常 | 1 | 1
    """,
    "workshop_workers": """
        workshop_id | workshop | person_id | name | poverty | hired_on | left_on
        CJ1 | 云山车间 | @甲 | 甲 | 是 | 2021-05-01 | 2022-02-28
        CJ1 | 云山车间 | @乙 | 乙 | | 2022-02-01 |
        CJ1 | 云山车间 | @乙 | 乙 | | 2022-02-01 |
        | 云山车间 | @丙 | 丙 | 否 | 2022-03-31 |
        | 平湖车间 | @丁 | 丁 | 是 | 2021-05-01 |
    """,
    "workshop_payroll": """
        workshop_id | workshop | person_id | name | month | amount
        CJ1 | 云山车间 | @甲 | 甲 | 2022-01 | 1000
        CJ1 | 云山车间 | @甲 | 甲 | 2022-01 | 500.50
        CJ1 | 云山车间 | @乙 | 乙 | 2022-01 | 900
        CJ1 | 云山车间 | @乙 | 乙 | 2022-02 | 0
        CJ2 | 平湖车间 | @丁 | 丁 | 2022-02 | 700
        CJ1 | 云山车间 | @甲 | 甲 | 2021-11 | 800
    """,
    "workshop_visits": """
        workshop_id | workshop | visited_on | operating | heads_on_site
        CJ1 | 云山车间 | 2022-02-28 | 是 | 1
        CJ2 | 平湖车间 | 2022-02-27 | 是 | 1
    """,
    "businesses": f"""
        uscc | business | owner_id | owner | registered_on | closed_on | status
        {USCC} | 云山制衣有限公司 | @戊 | 戊 | 2019-01-01 | | 存续
        {FIRM} | 平湖制衣有限公司 | @戊 | 戊 | 2019-01-01 | | 存续
    """,
    "loans": f"""
        contract_no | person_id | name | uscc | amount | granted_on | due_on
        L1 | @戊 | 戊 | {USCC} | 100000 | 2021-01-01 | 2023-01-01
    """,
    "social_insurance": f"""
        person_id | name | insurance | employer | employer_uscc | month_from | month_to
        @甲 | 甲 | 工伤保险 | 随便 | {USCC} | 2022-01 | 2022-02
        @甲 | 甲 | 失业保险 | 随便 | {USCC} | 2022-02 |
        @乙 | 乙 | 工伤保险 | 云山制衣有限公司 | | 2022-03 |
        @丁 | 丁 | 工伤保险 | 云山车间 | {FIRM} | 2022-01 |
    """,
    "roster": """
        person_id | name | household_id
        @乙 | 乙 | H1
    """,
}


@pytest.fixture
def tables() -> Tables:
    return tables_of(**LEDGERS)


def signal(rule: str, subject: Subject, ledger: str, row: int) -> Signal:
    evidence = (EvidenceRow(ledger, f"{ledger}.case", None, row, {}),)
    return Signal(rule, 1, rule[:2], "x", Severity.HIGH, subject, None, {}, {"zh": "", "en": ""}, evidence)


def test_the_rows_of_the_workshop_in_order_of_time(tables: Tables) -> None:
    trail = workshop_trail("CJ1", tables, [], PERIOD, AS_OF)
    assert (trail.names, trail.usccs, trail.absent) == (("云山车间",), (USCC,), ())
    assert [(e.since, e.row.ledger, e.column) for e in trail.events] == [
        ("2019-01-01", "businesses", "uscc"),
        ("2020-05-01", "workshops", "workshop_id"),
        ("2021-01-01", "loans", "uscc"),
        ("2022-02-28", "workshop_visits", "workshop_id"),
    ]


def test_roll_pay_and_insurance_by_month(tables: Tables) -> None:
    trail = workshop_trail("CJ1", tables, [], PERIOD, AS_OF)
    assert [
        (f"{m.month:%Y-%m}", m.workers, m.joined, m.left, m.paid, m.amount, m.paid_not_enrolled, m.insured)
        for m in trail.months
    ] == [
        ("2021-11", 1, 0, 0, 1, Decimal("800.00"), 0, 0),
        ("2022-01", 1, 0, 0, 2, Decimal("2400.50"), 1, 1),
        ("2022-02", 2, 1, 1, None, None, None, 1),
        ("2022-03", 2, 1, 0, None, None, None, 2),
    ]


def test_the_roll_on_the_day_of_a_visit_and_on_the_audit_date(tables: Tables) -> None:
    trail = workshop_trail("CJ1", tables, [], PERIOD, AS_OF)
    assert [(h.on, h.workers, h.poverty) for h in trail.heads] == [(date(2022, 2, 28), 2, 2), (AS_OF, 2, 1)]


def test_poverty_is_not_known_where_neither_roll_nor_roster_tells() -> None:
    without = tables_of(**{name: text for name, text in LEDGERS.items() if name != "roster"})
    trail = workshop_trail("CJ1", without, [], PERIOD, AS_OF)
    assert [(h.workers, h.poverty) for h in trail.heads] == [(2, None), (2, None)]
    assert trail.absent == ("roster",)


def test_a_ledger_that_was_not_given_gives_no_figure() -> None:
    trail = workshop_trail("CJ1", tables_of(workshops=LEDGERS["workshops"]), [], PERIOD, AS_OF)
    assert {(m.workers, m.joined, m.paid, m.amount, m.insured) for m in trail.months} == {(None,) * 5}
    assert (trail.heads, len(trail.months)) == ((), 3)
    assert "workshop_workers" in trail.absent


def test_signals_of_the_workshop_and_those_that_rest_on_its_rows(tables: Tables) -> None:
    person = Subject("person", number("@乙"), "乙")
    own = signal("NE02", Subject("workshop", "CJ1"), "workshop_visits", 2)
    other = signal("NE12", person, "workshop_payroll", 4)
    elsewhere = signal("NE11", Subject("person", number("@丁")), "workshop_payroll", 6)
    trail = workshop_trail("CJ1", tables, [own, other, elsewhere], PERIOD, AS_OF)
    assert [s.rule for s in trail.signals] == ["NE02"]
    assert [s.rule for s in trail.others] == ["NE12"]
    assert [(e.row.ledger, [s.rule for s in e.signals]) for e in trail.events if e.signals] == [
        ("workshop_visits", ["NE02"])
    ]


def test_a_workshop_is_meant_by_id_or_by_name_and_a_name_may_mean_several() -> None:
    twins = tables_of(
        workshops="workshop_id | workshop\nCJ1 | 云山车间\nCJ2 | 云山车间\nCJ3 | 石坝（新）车间",
        workshop_workers="workshop_id | workshop | person_id | name\nCJ4 | 柳坝车间 | @甲 | 甲\n | 云山车间 | @乙 | 乙",
    )
    known = workshops_of(twins)
    assert named("CJ1", known) == ("CJ1",)
    assert named("\uff43\uff4a1", known) == ("CJ1",)
    assert named("云山 车间", known) == ("CJ1", "CJ2")
    assert named("石坝(新)车间", known) == ("CJ3",)
    assert named("柳坝车间", known) == ("CJ4",)
    assert named("无此车间", known) == ()
    trail = workshop_trail("CJ1", twins, [], PERIOD, AS_OF)
    assert [h.workers for h in trail.heads] == [0], "a row without id under a name of two is nobody's"

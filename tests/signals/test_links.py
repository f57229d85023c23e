"""Who is a member of a workshop, and what the workshop is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from auditor.ledgers import default_catalogue
from auditor.rules import case_table, person_number
from auditor.signals import workshop_members, workshop_names
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

D = date(2022, 12, 31)
Load = Callable[[Mapping[str, str]], Tables]
ROLL = """
workshop_id | workshop | person_id | name | hired_on   | left_on
W1          | 甲服装   | @甲       | 甲   | 2021-03-01 |
W1          | 甲服装   | @甲       | 甲   | 2022-03-01 |
W1          |          | @乙       | 乙   | 2022-12-31 |
W1          |          | @丙       | 丙   | 2021-03-01 | 2022-12-31
W1          |          | @丁       | 丁   | 2021-03-01 | 2022-12-30
W1          |          | @戊       | 戊   | 2023-01-01 |
W1          |          | @己       | 己   |            |
W1          |          |           | 庚   | 2021-03-01 |
W1          |          |           | 庚   | 2021-03-01 |
W2          | 乙竹编   | @甲       | 甲   | 2021-03-01 |
            | 丙食品   | @甲       | 甲   | 2021-03-01 |
"""
REGISTER = """
workshop_id | workshop | status
W1          | 甲车间   | 正常
W3          | 丙车间   | 正常
W3          | 丁车间   | 正常
W4          |          | 正常
            | 戊车间   | 正常
"""


@pytest.fixture
def tables(engine: DuckEngine) -> Load:
    catalogue = default_catalogue()

    def loading(ledgers: Mapping[str, str]) -> Tables:
        readings = [case_reading(catalogue[name], case_table(table)) for name, table in ledgers.items()]
        return build_tables(readings, catalogue, engine)

    return loading


def test_members_of_a_workshop_are_its_workers_on_the_audit_date_each_row_without_a_number_one_more(
    tables: Load,
) -> None:
    members = workshop_members(tables({"workshop_workers": ROLL}), D)

    assert set(members) == {("workshop", "W1"), ("workshop", "W2")}
    people = {("person", person_number(name)) for name in "甲乙丙己"}
    assert set(members["workshop", "W1"]) == people | {("unnumbered", "7"), ("unnumbered", "8")}
    assert len(members["workshop", "W1"]) == 6
    assert list(members["workshop", "W2"]) == [("person", person_number("甲"))]


@pytest.mark.parametrize(
    "ledgers", [{}, {"workshop_workers": "workshop_id | person_id | name\nW1 | @甲 | 甲\n"}, {"workshops": REGISTER}]
)
def test_without_a_roll_or_its_first_days_no_workshop_has_members(tables: Load, ledgers: Mapping[str, str]) -> None:
    roster = {"roster": "person_id | name\n@甲 | 甲\n"}

    assert dict(workshop_members(tables({**roster, **ledgers}), D)) == {}


def test_a_workshop_is_called_as_the_register_says_else_as_the_roll_does(tables: Load) -> None:
    names = workshop_names(tables({"workshop_workers": ROLL, "workshops": REGISTER}))

    assert dict(names) == {
        ("workshop", "W1"): "甲车间",
        ("workshop", "W2"): "乙竹编",
        ("workshop", "W3"): min("丙车间", "丁车间"),
    }

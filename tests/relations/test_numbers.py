"""What the identity numbers say, as queries read it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.signals.county import load

from auditor.relations.numbers import identity_numbers, numbers_written
from auditor.rules import person_number
from auditor.tables import DuckEngine

AS_OF = date(2022, 12, 31)


def test_a_valid_number_tells_birth_date_and_sex() -> None:
    man, woman = person_number("甲", date(1960, 2, 29), "男"), person_number("乙", date(1900, 1, 1), "女")

    assert identity_numbers([man, woman], AS_OF).to_pylist() == [
        {"person_id": man, "valid": True, "birth_date": date(1960, 2, 29), "sex": "男"},
        {"person_id": woman, "valid": True, "birth_date": date(1900, 1, 1), "sex": "女"},
    ]


def test_an_invalid_number_tells_nothing() -> None:
    good = person_number("甲", date(1960, 3, 1), "男")
    wrong_digit = good[:17] + ("0" if good[17] != "0" else "1")
    unborn = person_number("丙", date(2023, 1, 1), "男")

    rows = identity_numbers([wrong_digit, unborn, "12345", ""], AS_OF).to_pylist()

    assert [row["valid"] for row in rows] == [False] * 4
    assert {row["birth_date"] for row in rows} | {row["sex"] for row in rows} == {None}


@given(born=st.dates(date(1900, 1, 1), date(2030, 1, 1)), as_of=st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_nobody_is_born_after_the_audit_date(born: date, as_of: date) -> None:
    (row,) = identity_numbers([person_number("甲", born)], as_of).to_pylist()

    assert row["valid"] is (born <= as_of)
    assert row["birth_date"] == (born if born <= as_of else None)


def test_each_number_of_any_ledger_stands_once(engine: DuckEngine) -> None:
    """Empty cells and columns that no sheet has give none."""
    first, second = person_number("甲"), person_number("乙")
    post = {"employer": "云山镇", "hired_on": None, "left_on": None, "monthly_wage": None}
    county = {
        "posts": [{"person_id": first, **post}, {"person_id": first, **post}, {"person_id": None, **post}],
        "deaths": [{"person_id": second, "died_on": None}, {"person_id": first, "died_on": None}],
    }

    assert numbers_written(load(county, engine)) == sorted([first, second])
    assert numbers_written(load({}, engine)) == []

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from auditor.rules import case_table, expand, person_number
from auditor.rules.tabular import parse_table

_DAYS = st.dates(date(1920, 1, 1), date(2022, 12, 31))
_NAMES = st.text("甲乙丙丁戊张三李四abcXYZ019", min_size=1, max_size=6)


@given(_NAMES, st.none() | _DAYS, st.sampled_from([None, "男", "女"]))
def test_a_persona_is_a_valid_number_of_nobody(name: str, birth: date | None, sex: str | None) -> None:
    number = person_number(name, birth, sex)

    assert len(number) == 18
    assert number.startswith("500299")
    assert number[-1] == ric.calc_check_digit(number)
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert born == birth if birth else date(1975, 1, 1) <= born < date(1975, 1, 1) + timedelta(days=5 * 365)
    if sex is not None:
        assert int(number[16]) % 2 == (sex == "男")


@given(_NAMES)
def test_a_persona_is_the_same_everywhere(name: str) -> None:
    assert expand(f"@{name}|2022-03") == f"{person_number(name)}|2022-03"
    assert expand(f"见 @{name}、@{name}") == f"见 {person_number(name)}、{person_number(name)}"


def test_birth_date_and_sex_are_taken() -> None:
    assert expand("@甲/1965-03-02") == person_number("甲", date(1965, 3, 2))
    assert expand("@甲/女") == person_number("甲", sex="女")
    assert expand("@甲/1965-03-02/男|2022-03") == person_number("甲", date(1965, 3, 2), "男") + "|2022-03"
    assert expand("a@b.cn 和 @") == "a@b.cn 和 @", "an address is no persona"


def test_an_impossible_birth_date_is_refused() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        expand("@甲/1965-02-30")


def test_two_hundred_names_are_two_hundred_people() -> None:
    names = [f"{one}{two}" for one in "甲乙丙丁戊己庚辛壬癸" for two in "一二三四五六七八九十天地玄黄宇宙洪荒日月"]

    assert len({person_number(name) for name in names}) == 200


def test_a_table_is_read_as_written() -> None:
    text = "person_id | name | note\n\n@甲 | 张 三 | a\\|b\n | 0012 | \n"

    assert case_table(text) == [
        ["person_id", "name", "note"],
        [person_number("甲"), "张 三", "a|b"],
        ["", "0012", ""],
    ]


def test_a_ragged_row_is_a_fault_with_its_place() -> None:
    faults = parse_table("a | b\n1 | 2\n  3\n").faults

    assert [(f.code, f.line, f.column, dict(f.args)) for f in faults] == [
        ("case-row-ragged", 3, 3, {"cells": 1, "columns": 2})
    ]
    with pytest.raises(ValueError, match="case-row-ragged"):
        case_table("a | b\n1\n")


_CELLS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|\\@"), max_size=8)


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(_CELLS, min_size=n, max_size=n), min_size=1, max_size=6)))
def test_what_is_written_as_a_table_is_read_back(rows: list[list[str]]) -> None:
    written = [row for row in rows if any(row) or len(row) > 1]  # a row of one empty cell is a blank line
    text = "\n".join(" | ".join(row) for row in written)

    assert [list(row) for row in parse_table(text).rows] == written

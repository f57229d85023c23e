from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.values import birth_date, check_digit, has_right_check_digit, is_valid, sex, upgraded

AS_OF = date(2022, 12, 31)
DIGITS = "0123456789X"


@st.composite
def numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), AS_OF))
    area = draw(st.sampled_from(("500299", "110101", "820000", "710000", "659001")))
    body = f"{area}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + check_digit(body)


@given(numbers())
def test_a_made_number_is_valid_and_tells_its_birth_date_and_sex(number: str) -> None:
    assert is_valid(number, AS_OF)
    assert birth_date(number) == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert sex(number) == ("男" if number[16] in "13579" else "女")


@given(numbers(), st.integers(0, 17), st.sampled_from(DIGITS))
def test_any_other_single_character_makes_it_invalid(number: str, place: int, other: str) -> None:
    # MOD 11-2 finds every single mistake.
    changed = number[:place] + other + number[place + 1 :]
    assert is_valid(changed, AS_OF) == (changed == number)


@given(numbers(), st.integers(0, 16))
def test_two_neighbours_swapped_make_it_invalid(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_valid(swapped, AS_OF) == (swapped == number)


@given(numbers().filter(lambda number: number[6:8] == "19"))
def test_the_old_form_is_upgraded_to_the_number(number: str) -> None:
    assert upgraded(number[:6] + number[8:17]) == number


def _with_check(body: str) -> str:
    return body + check_digit(body)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (_with_check("50029919900101123"), True),
        (_with_check("50015119900101123"), True),  # the area codes that python-stdnum refuses
        (_with_check("50029919200229123"), True),  # 1920 was a leap year
        (_with_check("50029919000229123"), False),  # 1900 was not
        (_with_check("50029918991231123"), False),
        (_with_check("50029920221231123"), True),  # born on the audit date
        (_with_check("50029920230101123"), False),  # not yet born
        (_with_check("16010119900101123"), False),  # no such province
        (_with_check("91010119900101123"), False),
        (_with_check("50029919901301123"), False),
        ("50029919900101123", False),
        ("500299900101123", False),
        ("", False),
        ("50029919900101123\uff18", False),  # a full-width digit
    ],
)
def test_validity(number: str, valid: bool) -> None:
    assert is_valid(number, AS_OF) is valid


def test_the_provinces_are_those_of_the_rule() -> None:
    known = {code for code in range(100) if is_valid(_with_check(f"{code:02d}029919900101123"), AS_OF)}
    assert known == {
        *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83,
    }  # fmt: skip


def test_other_shapes_tell_nothing() -> None:
    assert birth_date("张三") is None
    assert birth_date("500299199013011234") is None
    assert sex("500299") is None
    assert upgraded("500299901301123") is None
    assert upgraded("5002999001011234") is None
    assert not has_right_check_digit("X" * 18)

"""Sentences with figures: a number that nobody has checked says so, wherever it is shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from auditor.signals.wording import message


@pytest.mark.parametrize(
    ("unchecked", "zh"),
    [
        ({}, "3月5日发放，超过30天"),
        ({"pay_days": ("30",)}, "3月5日发放，超过30（未核对）天"),
        ({"pay_days": ("45",)}, "3月5日发放，超过30天"),
        ({"wage_cap": ("30",)}, "3月5日发放，超过30天"),
    ],
)
def test_an_unchecked_number_is_marked_and_a_checked_one_is_not(unchecked: dict[str, tuple[str, ...]], zh: str) -> None:
    values = {"pay_days": "30", "paid_on": date(2022, 3, 5)}
    said = message("{paid_on}发放，超过{pay_days}天", values, "zh", monthly=True, person=True, unchecked=unchecked)
    assert said == f"2022年{zh}"


def test_a_field_of_a_common_stem_stands_for_its_parameters() -> None:
    values = {"retirement_age": 60, "age": 49, "amount": Decimal("600.5")}
    said = message(
        "{age} {retirement_age} {amount}",
        values,
        "en",
        monthly=False,
        person=True,
        unchecked={"retirement_age_male": ("60",)},
    )
    assert said == "49 60 (unchecked) 600.50"

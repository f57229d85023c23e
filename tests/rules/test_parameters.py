from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.rules.sample import load

from auditor.errors import ProfileError, RuleError
from auditor.messages import render_error
from auditor.profile import Profile, default_profile
from auditor.rules import RuleSet, parse_value, resolve

ON = date(2022, 12, 31)


@pytest.fixture
def ruleset(tmp_path: Path) -> RuleSet:
    return load(tmp_path).loaded.ruleset


def _profile(**parameters: str) -> Profile:
    return replace(default_profile(ON), parameters=parameters, file="county.yaml")


def test_the_value_of_the_day_is_taken(ruleset: RuleSet) -> None:
    early, late = (
        resolve(ruleset, _profile(), ON)["pay_days"],
        resolve(ruleset, _profile(), date(2023, 1, 1))["pay_days"],
    )

    assert (early.value, early.source, early.checked) == (30, "default", False)
    assert (late.value, late.source, late.checked, late.instrument) == (20, "default", True, "渝人社办2023年1号")
    assert resolve(ruleset, _profile(), ON)["hardship_words"].value == ("无法外出", "无业可就", "就业困难")


def test_the_profile_wins_and_is_seen_to(ruleset: RuleSet) -> None:
    resolved = resolve(ruleset, _profile(pay_days=" 45 "), ON)["pay_days"]

    assert (resolved.value, resolved.text, resolved.source, resolved.default) == (45, "45", "profile", "30")


def test_an_unknown_or_mistyped_override_is_the_profiles_fault(ruleset: RuleSet) -> None:
    with pytest.raises(ProfileError) as caught:
        resolve(ruleset, _profile(pay_dayz="3", hardship_words="、", pay_days="a month"), ON)

    problems = {(p.code, p.args["parameter"]): p for p in caught.value.problems}
    assert set(problems) == {
        ("parameter-unknown", "pay_dayz"),
        ("parameter-type", "pay_days"),
        ("parameter-type", "hardship_words"),
    }
    assert problems["parameter-unknown", "pay_dayz"].args["suggestion"] == "pay_days"
    assert str(problems["parameter-unknown", "pay_dayz"].where) == "county.yaml"
    assert "did you mean pay_days?" in render_error(caught.value, "en")


def test_a_series_that_says_nothing_of_the_day_is_an_error(tmp_path: Path) -> None:
    ruleset = load(
        tmp_path, ("from: , to: 2022-12-31", "from: 2021-01-01, to: 2022-12-31"), file="parameters/pay_days.yaml"
    )

    with pytest.raises(RuleError) as caught:
        resolve(ruleset.loaded.ruleset, _profile(), date(2020, 6, 30))
    assert [p.code for p in caught.value.problems] == ["parameter-no-value"]
    assert resolve(ruleset.loaded.ruleset, _profile(pay_days="10"), date(2020, 6, 30))["pay_days"].value == 10


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("int", "30", 30),
        ("int", "-3", -3),
        ("int", "3.5", None),
        ("int", "٣", None),
        ("int", "1e9", None),
        ("decimal", "0.5", Decimal("0.5")),
        ("decimal", "NaN", None),
        ("date", "2022-11-01", date(2022, 11, 1)),
        ("date", "2022-02-30", None),
        ("date", "1667520000", None),
        ("words", "甲、乙; 丙", ("甲", "乙", "丙")),
        ("words", " ， ", None),
        ("colour", "red", None),
    ],
)
def test_a_value_is_of_its_type(kind: str, text: str, value: object) -> None:
    assert parse_value(kind, text) == value

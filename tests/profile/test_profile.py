"""The county profile: defaults, what wins, and mistakes with their places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.errors import ProfileError
from auditor.profile import Period, default_profile, load_profile

TODAY = date(2026, 5, 6)


def write(folder: Path, text: str) -> Path:
    path = folder / "profile.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_default_period_is_january_to_the_months_of_the_date() -> None:
    profile = default_profile(date(2022, 11, 30))
    assert profile.period == Period(date(2022, 1, 1), date(2022, 11, 1))
    assert len(profile.period.months) == 11


def test_a_period_over_new_year_counts_both_ends() -> None:
    months = Period(date(2021, 11, 1), date(2022, 2, 1)).months
    assert months == (date(2021, 11, 1), date(2021, 12, 1), date(2022, 1, 1), date(2022, 2, 1))


def test_the_file_is_read_whole(tmp_path: Path) -> None:
    profile = load_profile(
        write(
            tmp_path,
            "as_of: '2022-12-31'\nperiod: {from: 2022-03, to: 2022-12}\ncounty: 清溪县\nparameters: {pay_days: 45}\n"
            "severities: {GP01: low}\nrules: {off: {WG01: 本县按季发放}, folders: [mine]}\n"
            "headers: {payroll: {amount: [补助款]}}\ncodes: {roster: {employed: {上班: 是}}}\n",
        ),
        today=TODAY,
    )
    assert profile.as_of == date(2022, 12, 31)
    assert profile.period == Period(date(2022, 3, 1), date(2022, 12, 1))
    assert profile.parameters == {"pay_days": "45"}
    assert profile.rules_off == {"WG01": "本县按季发放"}
    assert profile.rule_folders == ((tmp_path / "mine").resolve(),)
    assert profile.headers == {"payroll": {"amount": ("补助款",)}}
    assert profile.codes == {"roster": {"employed": {"上班": "是"}}}


def test_the_command_line_wins_over_the_file_and_the_file_over_today(tmp_path: Path) -> None:
    path = write(tmp_path, "as_of: '2022-12-31'\n")
    assert load_profile(path, today=TODAY).as_of == date(2022, 12, 31)
    assert load_profile(path, today=TODAY, as_of=date(2022, 6, 30)).as_of == date(2022, 6, 30)
    assert load_profile(write(tmp_path, "county: x\n"), today=TODAY).as_of == TODAY


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("as_off: 2022-12-31\n", "yaml-key-unknown", 1),
        ("county: x\nperiod: {from: 2022-13, to: 2022-12}\n", "yaml-value-invalid", 2),
        ("period: {from: 2022-12, to: 2022-01}\n", "period-reversed", 1),
        ("as_of: gestern\n", "yaml-value-invalid", 1),
    ],
)
def test_mistakes_have_places(tmp_path: Path, text: str, code: str, line: int) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profile(write(tmp_path, text), today=TODAY)
    problem = caught.value.problems[0]
    assert problem.code == code
    assert getattr(problem.where, "line", None) == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{retirement_age: {男: 63, 女: 58}}", {"retirement_age_male": "63", "retirement_age_female": "58"}),
        ("{retirement_age: '男 63, 女 58'}", {"retirement_age_male": "63", "retirement_age_female": "58"}),
        ("{hardship_words: [无法外出, 照顾家人]}", {"hardship_words": "无法外出、照顾家人"}),
        ("{min_attendance: 0.6}", {"min_attendance": "0.6"}),
        ("{visit_from: 2023-11-01}", {"visit_from": "2023-11-01"}),
    ],
)
def test_parameters_as_counties_write_them(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    assert load_profile(write(tmp_path, f"parameters: {text}\n"), today=TODAY).parameters == expected


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profile(tmp_path / "nothing.yaml", today=TODAY)
    assert caught.value.problems[0].code == "profile-unreadable"

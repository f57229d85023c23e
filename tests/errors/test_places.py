"""Places are written as the spreadsheet shows them."""

from __future__ import annotations

import pytest

from auditor.errors import AuditorError, InputError, TextPlace, Where, column_letter
from auditor.messages import render, render_error


@pytest.mark.parametrize(
    ("index", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA"), (16384, "XFD")]
)
def test_column_letters(index: int, letter: str) -> None:
    assert column_letter(index) == letter


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where("考勤.xlsx", "3月", 17, "D"), "考勤.xlsx[3月]!D17"),
        (Where("考勤.csv", None, 17), "考勤.csv!17"),
        (Where("考勤.xlsx", "3月"), "考勤.xlsx[3月]"),
        (Where("考勤.xlsx", "3月", None, "D"), "考勤.xlsx[3月]!D"),
        (TextPlace("gp01.yaml", 29, 52), "gp01.yaml:29:52"),
        (TextPlace("gp01.yaml"), "gp01.yaml"),
    ],
)
def test_places_as_text(where: Where | TextPlace, text: str) -> None:
    assert str(where) == text


def test_an_error_renders_all_its_problems_in_both_languages() -> None:
    error = InputError.at("period-reversed", "p.yaml")
    both = AuditorError(*error.problems, *InputError.at("profile-unreadable", "q.yaml", detail="weg").problems)
    assert render_error(both, "en").splitlines()[1] == "q.yaml profile-unreadable: The profile cannot be read: weg"
    assert "起始月份晚于" in render(both.problems[0])

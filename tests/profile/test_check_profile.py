"""A profile against what there is: every mistake at once, at its place, with the nearest right word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from auditor.checks import QUALITY_RULES
from auditor.errors import Problem, ProfileError, TextPlace
from auditor.ledgers import default_catalogue, resource_dir
from auditor.messages import TEXTS, render
from auditor.profile import Override, Profile, load_profile
from auditor.rules import RuleSet, check_profile, default_folders, existing_folders, load_rules, resolve

D = date(2022, 12, 31)


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load_rules(default_folders(), default_catalogue()).ruleset


def read(folder: Path, text: str) -> Profile:
    path = folder / "county.yaml"
    path.write_text(text, encoding="utf-8")
    return load_profile(path, today=D)


def told(profile: Profile, ruleset: RuleSet) -> Sequence[Problem]:
    return check_profile(profile, ruleset, default_catalogue(), tuple(QUALITY_RULES))


def unmarked(text: str) -> tuple[str, int, int]:
    """The text without its «, and line and column of it."""
    before = text[: text.index("«")]
    return text.replace("«", ""), before.count("\n") + 1, len(before) - before.rfind("\n")


MISTAKES = [
    ("parameter-unknown", "parameters: {«pay_dayz: 3}\n", "pay_days"),
    ("parameter-type", "parameters: {pay_days: «soon}\n", "soon"),
    ("parameter-type", "parameters: {hardship_words: '«、'}\n", "、"),
    ("parameter-unknown", "parameters:\n  «wage_cup:\n    - {value: 3, from: 2022-04-01}\n", "wage_cap"),
    ("parameter-type", "parameters:\n  wage_cap:\n    - {value: «x, from: 2022-04-01}\n", "x"),
    ("regime-unknown", "parameters: {wage_cap: [{value: 3, regime: «rural_full}]}\n", "rural_full_time"),
    ("dates-reversed", "parameters: {wage_cap: [{value: 3, from: 2022-04-01, to: «2022-03-31}]}\n", ""),
    ("parameter-series", "parameters: {wage_cap: [{value: 3, to: 2022-04-01}, {value: 4, from: «2022-04-01}]}\n", ""),
    ("parameter-no-values", "parameters: {wage_cap: «[]}\n", "wage_cap"),
    ("profile-not-by-date", "parameters: {pay_days: [«{value: 3, from: 2022-04-01}]}\n", "pay_days"),
    ("profile-not-by-regime", "parameters: {wage_cap: [«{value: 3, regime: hr}]}\n", "wage_cap"),
    ("profile-rule-unknown", "severities: {«GP99: low}\n", "GP09"),
    ("profile-rule-unknown", "severities: {«LT99: low}\n", "LT09"),
    ("severity-unknown", "severities: {GP01: «hihg}\n", "hihg"),
    ("profile-rule-unknown", "rules: {off: {«WG11: 按季}}\n", "WG01"),
    ("profile-rule-always", "rules: {off: {«LT02: 按季}}\n", "LT02"),
    ("profile-off-no-reason", "rules: {off: {«WG01: '  '}}\n", "WG01"),
    ("profile-folder-missing", "rules: {folders: [mine, «yours]}\n", "yours"),
    ("profile-ledger-unknown", "headers: {«payrol: {amount: [x]}}\n", "payroll"),
    ("column-unknown", "headers: {payroll: {«amuont: [x]}}\n", "amount"),
    ("profile-header-empty", "headers: {payroll: {amount: [补助款, '«']}}\n", "amount"),
    ("profile-header-taken", "headers: {payroll: {amount: [«姓 名]}}\n", "name"),
    ("profile-header-taken", "headers: {payroll: {employer: [x], amount: [«x]}}\n", "employer"),
    ("profile-ledger-unknown", "codes: {«rooster: {employed: {a: 是}}}\n", "roster"),
    ("column-unknown", "codes: {roster: {«employd: {a: 是}}}\n", "employed"),
    ("profile-column-no-codes", "codes: {roster: {«name: {a: b}}}\n", "name"),
    ("profile-code-unknown", "codes: {roster: {employed: {上班: «是的}}}\n", "是"),
]


@pytest.mark.parametrize(("code", "text", "names"), MISTAKES)
def test_each_mistake_has_its_place_and_names_what_was_meant(
    tmp_path: Path, ruleset: RuleSet, code: str, text: str, names: str
) -> None:
    (tmp_path / "mine").mkdir()
    text, line, column = unmarked(text)
    profile = read(tmp_path, text)
    problem = next(p for p in told(profile, ruleset) if p.code == code)
    assert problem.where == TextPlace(str(tmp_path / "county.yaml"), line, column)
    assert names in render(problem, "zh")
    assert names in render(problem, "en")


def test_all_mistakes_are_told_at_once(tmp_path: Path, ruleset: RuleSet) -> None:
    profile = read(
        tmp_path,
        "parameters: {pay_dayz: 3, wage_cap: x}\nseverities: {GP99: hihg}\nrules: {off: {GP98: ''}, folders: [no]}\n"
        "headers: {payrol: {a: [b]}}\ncodes: {roster: {nme: {a: b}}}\n",
    )
    assert [p.code for p in told(profile, ruleset)] == [
        "parameter-unknown",
        "parameter-type",
        "profile-rule-unknown",
        "severity-unknown",
        "profile-rule-unknown",
        "profile-off-no-reason",
        "profile-folder-missing",
        "profile-ledger-unknown",
        "column-unknown",
    ]
    assert existing_folders(profile) == ()


def test_a_sound_profile_has_none(tmp_path: Path, ruleset: RuleSet) -> None:
    (tmp_path / "mine").mkdir()
    profile = read(
        tmp_path,
        "parameters: {pay_days: 45, max_age: none, wage_cap: [{value: 2000, from: 2022-04-01, checked_by: ''}]}\n"
        "severities: {GP01: low, LT02: high}\nrules: {off: {WG01: 按季发放}, folders: [mine]}\n"
        "headers: {payroll: {amount: [补助款]}}\ncodes: {roster: {employed: {上班: 是}}, posts: {gender: {M: 男}}}\n",
    )
    assert told(profile, ruleset) == ()
    assert profile.parameters == {"pay_days": "45", "max_age": "none"}
    assert profile.dated == {"wage_cap": (Override("2000", date(2022, 4, 1), checked_by=""),)}
    assert existing_folders(profile) == (tmp_path / "mine",)
    assert resolve(ruleset, profile, D)["max_age"].value is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("parameters: {wage_cap: [{value: 3, form: 2022-04-01}]}\n", "yaml-key-unknown"),
        ("parameters: {wage_cap: [{from: 2022-04-01}]}\n", "yaml-key-missing"),
        ("parameters: {wage_cap: [{value: 3, from: 2022-4-1}]}\n", "yaml-value-invalid"),
        ("parameters: {wage_cap: {value: 3}}\n", "yaml-value-invalid"),
    ],
)
def test_a_dated_value_of_another_form_is_told_with_its_line(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read(tmp_path, text)
    assert [(p.code, getattr(p.where, "line", None)) for p in caught.value.problems] == [(code, 1)]


def test_every_code_is_in_the_guide() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "guide-profile.md").read_text(encoding="utf-8")
    codes = {code for code in TEXTS if code.startswith("profile-")} | {code for code, _, _ in MISTAKES}
    assert {code for code in codes if f"| `{code}` |" not in guide} == set()


SHIPPED = sorted((resource_dir("rules") / "profiles").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_profiles_that_ship_are_sound(path: Path, ruleset: RuleSet) -> None:
    assert told(load_profile(path, today=D), ruleset) == ()


def test_the_default_profile_says_every_parameter_and_changes_nothing(ruleset: RuleSet) -> None:
    profile = load_profile(resource_dir("rules") / "profiles" / "default.yaml", today=D)
    assert {*profile.parameters, *profile.dated} == set(ruleset.parameters), "say the new parameter in default.yaml"
    none = Profile(profile.as_of, profile.period)
    for day in (date(2019, 1, 1), D, date(2026, 1, 1)):
        assert resolve(ruleset, profile, day) == resolve(ruleset, none, day)
    assert (profile.severities, profile.rules_off, profile.rule_folders, profile.headers, profile.codes) == (
        {},
        {},
        (),
        {},
        {},
    )


def test_nothing_in_the_chongqing_profile_passes_for_checked(ruleset: RuleSet) -> None:
    profile = load_profile(resource_dir("rules") / "profiles" / "chongqing.yaml", today=D)
    assert not profile.parameters, "every number of it has its instrument"
    resolved = resolve(ruleset, profile, D)
    for name, values in profile.dated.items():
        assert all(value.instrument for value in values), name
        assert resolved[name].unchecked, name
        assert resolved[name].instrument, name

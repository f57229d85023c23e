"""Rules that read other rules' signals, and rules that the ledgers give nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from auditor.ledgers import default_catalogue
from auditor.profile import Profile, default_profile
from auditor.report.coverage import reason_text
from auditor.rules import RuleSet, case_table, person_number, with_needed
from auditor.signals import RunStatus, SignalRun, household_members, run_rules
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

PROFILE = default_profile(date(2022, 12, 31))
COUNTY = {
    "posts": """
person_id | name | township | village | category | hired_on
@甲       | 甲   | 云山镇   | 平湖村  | 一般     | 2021-05-01
@乙       | 乙   | 云山镇   | 平湖村  | 一般     | 2021-05-01
""",
    "roster": """
person_id | name | household_id | township | village | labour_capacity | willing | employed
@甲       | 甲   | H1           | 云山镇   | 平湖村  | 普通劳动力      | 是      | 是
@己       | 己   | H1           | 云山镇   | 平湖村  | 普通劳动力      | 是      | 是
@乙       | 乙   | H2           | 云山镇   | 平湖村  | 普通劳动力      | 是      | 是
@戊       | 戊   |              | 云山镇   | 平湖村  | 弱劳动力        | 是      | 否
""",
    "officials": """
person_id | name | position | township | village
@己       | 己   | 村主任   | 云山镇   | 平湖村
""",
    "relatives": """
official_id | relative_id | relation
@己         | @乙         | 弟
""",
}
Load = Callable[[Mapping[str, str]], Tables]


@pytest.fixture
def tables(engine: DuckEngine) -> Load:
    catalogue = default_catalogue()

    def loading(ledgers: Mapping[str, str]) -> Tables:
        readings = [case_reading(catalogue[name], case_table(table)) for name, table in ledgers.items()]
        return build_tables(readings, catalogue, engine)

    return loading


@pytest.fixture
def np05(shipped: RuleSet) -> RuleSet:
    return with_needed(shipped.rules["NP05"], shipped)


def fired(run: SignalRun, rule: str) -> list[str]:
    return [signal.subject.name for signal in run.signals if signal.rule == rule]


def codes(run: SignalRun, rule: str) -> list[tuple[str, object]]:
    outcome = run.outcomes[rule]
    return [(r.code, r.args.get("rule") or r.args.get("rules")) for r in (*outcome.reasons, *outcome.reservations)]


def test_a_rule_runs_after_those_that_it_needs(np05: RuleSet, tables: Load) -> None:
    told: list[str] = []

    run = run_rules(
        np05, tables(COUNTY), PROFILE, progress=lambda rule, number, of: told.append(f"{number + 1}/{of} {rule}")
    )

    assert told == ["1/4 IP02", "2/4 NP02", "3/4 NP03", "4/4 NP05"]
    assert sorted(fired(run, "NP05")) == ["乙", "甲"]
    assert [signal.rule for signal in run.signals] == sorted(signal.rule for signal in run.signals)


def test_without_the_ledger_of_one_of_a_group_it_runs_with_a_reservation(np05: RuleSet, tables: Load) -> None:
    county = {name: table for name, table in COUNTY.items() if name != "relatives"}

    run = run_rules(np05, tables(county), PROFILE)

    assert fired(run, "NP05") == ["甲"]
    assert run.outcomes["NP05"].status is RunStatus.FIRED
    assert codes(run, "NP05") == [("rule-signals-missing", "NP02")]


@pytest.mark.parametrize(
    ("off", "status", "said"),
    [
        (["IP02"], RunStatus.NOT_RUN, [("rule-signals-missing", "IP02")]),
        (["NP03"], RunStatus.FIRED, [("rule-signals-missing", "NP03")]),
        (
            ["NP02", "NP03"],
            RunStatus.NOT_RUN,
            [
                ("rule-any-signals-missing", "NP02, NP03"),
                ("rule-signals-missing", "NP02"),
                ("rule-signals-missing", "NP03"),
            ],
        ),
        (["NP05"], RunStatus.OFF, [("rule-off", None)]),
    ],
)
def test_a_needed_rule_that_is_switched_off_says_nothing_either_way(
    np05: RuleSet, tables: Load, off: list[str], status: RunStatus, said: list[tuple[str, object]]
) -> None:
    profile = Profile(PROFILE.as_of, PROFILE.period, rules_off=dict.fromkeys(off, "county rule"))

    run = run_rules(np05, tables(COUNTY), profile)

    assert run.outcomes["NP05"].status is status
    assert codes(run, "NP05") == said


def test_a_needed_rule_that_is_not_there_keeps_it_from_running(np05: RuleSet, tables: Load) -> None:
    rules = {name: rule for name, rule in np05.rules.items() if name != "IP02"}

    run = run_rules(replace(np05, rules=MappingProxyType(rules)), tables(COUNTY), PROFILE)

    assert codes(run, "NP05") == [("rule-signals-missing", "IP02")]


def test_no_signals_of_those_needed_is_silence(np05: RuleSet, tables: Load) -> None:
    county = {**COUNTY, "posts": COUNTY["posts"].replace("一般", "无业可就")}

    run = run_rules(np05, tables(county), PROFILE)

    assert run.outcomes["NP05"].status is RunStatus.SILENT


def test_a_rule_reads_the_signals_of_the_rules_that_it_names_and_no_others(np05: RuleSet, tables: Load) -> None:
    """甲 has a signal of NP03; a rule that needs NP02 alone does not see it, even if it asks for any rule."""
    rule = np05.rules["NP05"]
    query = rule.query.replace("fired.rule IN ('NP02', 'NP03')", "fired.rule <> 'IP02'")
    only = replace(rule, query=query, needs_signals=replace(rule.needs_signals, any_of=(("NP02",),)))

    run = run_rules(replace(np05, rules=MappingProxyType({**np05.rules, "NP05": only})), tables(COUNTY), PROFILE)

    assert fired(run, "NP03") == ["甲"]
    assert fired(run, "NP05") == ["乙"]


def test_why_the_ledgers_give_a_rule_nothing_to_say_is_told_in_both_languages(shipped: RuleSet, tables: Load) -> None:
    county = {
        "payroll": "person_id | month | employer | amount\n@甲 | 2022-01 | 平湖镇 | 600\n",
        "attendance": "person_id | month | days_present\n@甲 | 2022-01 | 20\n",
    }

    run = run_rules(with_needed(shipped.rules["DH06"], shipped), tables(county), PROFILE)

    outcome = run.outcomes["DH06"]
    assert outcome.status is RunStatus.NOT_RUN
    said = [reason_text(reason, default_catalogue(), lang) for lang in ("zh", "en") for reason in outcome.reasons]
    assert said == [
        "考勤表没有一行能知道用人单位（考勤表未写，岗位台账也查不到）",
        "no attendance row has an employer, its own or that of a post",
    ]


def test_members_of_households_are_those_of_the_roster_with_or_without_a_post(tables: Load) -> None:
    links = household_members(tables(COUNTY))

    assert {home: set(people) for home, people in links.items()} == {
        ("household", "H1"): {("person", person_number("甲")), ("person", person_number("己"))},
        ("household", "H2"): {("person", person_number("乙"))},
    }


@pytest.mark.parametrize("ledgers", [{}, {"roster": "person_id | name\n@甲 | 甲\n"}])
def test_without_household_numbers_nobody_belongs_to_anybody(tables: Load, ledgers: Mapping[str, str]) -> None:
    assert dict(household_members(tables({"posts": COUNTY["posts"], **ledgers}))) == {}

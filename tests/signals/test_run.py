"""Running rules: not run because, off, reservations, errors of the catalogue, wording, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from auditor.clues import Severity, Signal
from auditor.errors import EngineError, ProfileError
from auditor.ledgers import default_catalogue
from auditor.messages import TEXTS
from auditor.profile import Profile, default_profile
from auditor.rules import Rule, RuleSet, Status, case_table, person_number
from auditor.signals import RunStatus, SignalRun, run_rules
from auditor.tables import DuckEngine, build_tables
from auditor.trials import case_reading

PROFILE = default_profile(date(2022, 12, 31))
PAYROLL = """
person_id | name   | month   | employer | amount  | paid_on
@甲       | 张三   | 2022-03 | 云山镇   | 1200.5  | 2022-06-01
@甲       | 张三   | 2022-02 | 云山镇   | 600     | 2022-03-05
@乙       | 李四   | 2022-03 | 云山镇   | 600     | 2022-04-05
"""
ATTENDANCE = """
person_id | name | month   | employer | days_present
@乙       | 李四 | 2022-02 | 云山镇   | 20
@乙       | 李四 | 2022-03 | 云山镇   | 20
"""
Run = Callable[..., SignalRun]


@pytest.fixture
def run(engine: DuckEngine) -> Run:
    catalogue = default_catalogue()

    def running(
        ruleset: RuleSet, ledgers: Mapping[str, str], profile: Profile = PROFILE, **options: object
    ) -> SignalRun:
        readings = [case_reading(catalogue[name], case_table(text)) for name, text in ledgers.items()]
        return run_rules(ruleset, build_tables(readings, catalogue, engine), profile, **options)  # type: ignore[arg-type]

    return running


def only(ruleset: RuleSet, *rules: Rule) -> RuleSet:
    return replace(ruleset, rules=MappingProxyType({rule.id: rule for rule in rules}))


def reasons(run: SignalRun, rule: str) -> list[tuple[str, dict[str, object]]]:
    return [(reason.code, dict(reason.args)) for reason in run.outcomes[rule].reasons]


def keys(signals: tuple[Signal, ...]) -> list[tuple[str, str, str | None]]:
    return [(signal.rule, signal.subject.name, signal.period) for signal in signals]


def test_every_missing_ledger_and_column_is_named(run: Run, shipped: RuleSet) -> None:
    result = run(shipped, {"payroll": "person_id | month\n@甲 | 2022-03"})
    assert result.outcomes["WG02"].status is RunStatus.NOT_RUN
    assert reasons(result, "WG02") == [
        ("rule-column-missing", {"ledger": "payroll", "column": "amount"}),
        ("rule-ledger-missing", {"ledger": "attendance"}),
        ("rule-ledger-missing", {"ledger": "posts"}),
    ]
    assert result.signals == ()
    assert set(result.outcomes) == set(shipped.rules)


def test_a_column_without_values_is_there(run: Run, shipped: RuleSet) -> None:
    ledgers = {"payroll": PAYROLL, "attendance": "person_id | month | days_present\n@乙 | 2022-03 |"}
    assert run(shipped, ledgers).outcomes["GP10"].status is RunStatus.SILENT


def test_of_ledgers_joined_by_or_the_missing_one_is_a_reservation(run: Run, shipped: RuleSet) -> None:
    ledgers = {"attendance": ATTENDANCE, "deaths": "person_id | died_on\n@乙 | 2022-01-05"}
    outcome = run(shipped, ledgers).outcomes["GP09"]
    assert (outcome.status, outcome.count) == (RunStatus.FIRED, 2)
    assert [(reason.code, dict(reason.args)) for reason in outcome.reservations] == [
        ("rule-ledger-missing", {"ledger": "custody"})
    ]


def test_without_any_of_them_the_rule_is_not_run(run: Run, shipped: RuleSet) -> None:
    result = run(shipped, {"attendance": ATTENDANCE, "deaths": "person_id | name\n@乙 | 李四"})
    assert result.outcomes["GP09"].status is RunStatus.NOT_RUN
    assert reasons(result, "GP09") == [
        ("rule-any-of-missing", {"ledgers": "deaths, custody"}),
        ("rule-column-missing", {"ledger": "deaths", "column": "died_on"}),
        ("rule-ledger-missing", {"ledger": "custody"}),
    ]


def test_rules_off_drafts_and_retired_ones_say_so(run: Run, shipped: RuleSet) -> None:
    draft = replace(shipped.rules["GP08"], status=Status.DRAFT)
    retired = replace(shipped.rules["GP10"], status=Status.RETIRED)
    ruleset = only(shipped, shipped.rules["GP01"], draft, retired)
    profile = replace(PROFILE, rules_off={"GP01": "本县考勤由系统自动登记"})
    ledgers = {"payroll": PAYROLL, "attendance": ATTENDANCE}
    result = run(ruleset, ledgers, profile)
    assert {outcome.status for outcome in result.outcomes.values()} == {RunStatus.OFF}
    assert reasons(result, "GP01") == [("rule-off", {"why": "本县考勤由系统自动登记"})]
    assert reasons(result, "GP08") == [("rule-draft", {})]
    assert reasons(result, "GP10") == [("rule-retired", {})]
    assert run(ruleset, ledgers, profile, drafts=True).outcomes["GP08"].status is RunStatus.SILENT


def test_a_signal_says_what_was_seen_with_its_rows(run: Run, shipped: RuleSet) -> None:
    result = run(only(shipped, shipped.rules["WG01"]), {"payroll": PAYROLL})
    (signal,) = result.signals
    assert signal.key == f"WG01|person|{person_number('甲')}|2022-03"
    assert (signal.group, signal.violation, signal.severity) == ("WG", "wages", Severity.MEDIUM)
    assert signal.measures == {"amount": "1200.50", "paid_on": "2022-06-01", "days_after": 62}
    assert signal.message == {
        "zh": "张三2022年3月岗位补贴1,200.50元于2022年6月1日发放，距月末62天，超过30（未核对）天的期限。",
        "en": "张三's 1,200.50 yuan for 2022-03 were paid on 2022-06-01, "
        "62 days after the month's end; 30 (unchecked) are allowed.",
    }
    (row,) = signal.evidence
    assert (row.ledger, row.row, row.cells["amount"].cell) == ("payroll", 2, "E2")
    assert (row.cells["amount"].raw, row.cells["amount"].value) == ("1200.5", "1200.50")
    assert "account_no" not in row.cells


def test_evidence_stands_in_order_of_ledger_and_row(run: Run, shipped: RuleSet) -> None:
    ledgers = {
        "payroll": PAYROLL + "@甲 | 张三 | 2022-03 | 云山镇 | 1 | 2022-04-01\n",
        "deaths": "person_id | died_on\n@甲 | 2022-02-05",
    }
    (signal,) = run(only(shipped, shipped.rules["GP03"]), ledgers).signals
    assert [(row.ledger, row.row) for row in signal.evidence] == [("deaths", 2), ("payroll", 2), ("payroll", 5)]


def test_a_person_without_name_is_not_called_by_number(run: Run, shipped: RuleSet) -> None:
    ledgers = {"payroll": "person_id | month | amount | paid_on\n@甲 | 2022-03 | 600 | 2022-06-01"}
    (signal,) = run(only(shipped, shipped.rules["WG01"]), ledgers).signals
    assert signal.subject.name == ""
    assert signal.message["zh"].startswith("（姓名不详）2022年3月")
    assert signal.message["en"].startswith("(name unknown)'s")


def test_results_are_sorted_and_the_same_every_time(run: Run, shipped: RuleSet) -> None:
    ledgers = {"payroll": PAYROLL, "attendance": ATTENDANCE, "posts": "person_id | employer | hired_on\n@丙 | 云山镇 |"}
    first, second = run(shipped, ledgers), run(shipped, ledgers)
    assert first.signals == second.signals
    assert keys(first.signals)[:2] == [("GP01", "张三", "2022-02"), ("GP01", "张三", "2022-03")]
    order = [(signal.rule, signal.subject.id, signal.period or "") for signal in first.signals]
    assert order == sorted(order)


def test_the_profile_changes_severity_and_parameters(run: Run, shipped: RuleSet) -> None:
    ruleset = only(shipped, shipped.rules["WG01"])
    (signal,) = run(ruleset, {"payroll": PAYROLL}, replace(PROFILE, severities={"WG01": "low"})).signals
    assert signal.severity is Severity.LOW
    assert run(ruleset, {"payroll": PAYROLL}, replace(PROFILE, parameters={"pay_days": "62"})).signals == ()
    (signal,) = run(ruleset, {"payroll": PAYROLL}, replace(PROFILE, parameters={"pay_days": "61"})).signals
    assert "超过61天的期限" in signal.message["zh"]


def test_an_unknown_severity_is_the_profiles_mistake(run: Run, shipped: RuleSet) -> None:
    with pytest.raises(ProfileError) as caught:
        run(shipped, {"payroll": PAYROLL}, replace(PROFILE, severities={"GP01": "grave"}))
    assert [problem.code for problem in caught.value.problems] == ["severity-unknown"]


def test_progress_is_told_of_every_rule(run: Run, shipped: RuleSet) -> None:
    told: list[tuple[str, int, int]] = []
    run(shipped, {"payroll": PAYROLL}, progress=lambda rule, number, count: told.append((rule, number, count)))
    assert told == [(rule, number, len(shipped.rules)) for number, rule in enumerate(sorted(shipped.rules))]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT payroll.person_id AS subject, payroll.month AS period FROM payroll", "signal-grain-twice"),
        (
            "SELECT NULLIF(MIN(payroll.name), '张三') AS subject, MIN(payroll.month) AS period FROM payroll",
            "signal-without-subject",
        ),
        (
            "SELECT MIN(payroll.person_id) AS subject, CAST(NULL AS DATE) AS period FROM payroll",
            "signal-without-period",
        ),
        ("SELECT payroll.nothing AS subject, payroll.month AS period FROM payroll", "engine-failed"),
    ],
)
def test_a_query_that_gives_no_sound_signals_fails_the_audit(run: Run, shipped: RuleSet, query: str, code: str) -> None:
    broken = replace(shipped.rules["GP08"], query=query)
    name = "李四" if code != "signal-without-subject" else "张三"
    payroll = f"person_id | name | month | amount\n@甲 | {name} | 2022-03 | 1\n@甲 | {name} | 2022-03 | 1"
    with pytest.raises(EngineError) as caught:
        run(only(shipped, broken), {"payroll": payroll})
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.code in TEXTS
    assert "gp08.yaml" in str(problem.where)


def test_a_query_without_end_is_stopped(run: Run, shipped: RuleSet) -> None:
    cross = " CROSS JOIN ".join(f"payroll AS p{i}" for i in range(9))
    rows = "\n".join(f"@甲 | 张三 | 2022-03 | {i}" for i in range(40))
    slow = f"SELECT MIN(p0.person_id) AS subject, MIN(p1.month) AS period, SUM(p2.amount * p3.amount) AS x FROM {cross}"
    endless = replace(shipped.rules["GP08"], query=slow)
    with pytest.raises(EngineError) as caught:
        run(only(shipped, endless), {"payroll": f"person_id | name | month | amount\n{rows}"}, seconds=0.3)
    assert [problem.code for problem in caught.value.problems] == ["engine-too-slow"]


def test_a_term_that_the_engine_refuses_names_its_file(run: Run, shipped: RuleSet) -> None:
    broken = replace(shipped.terms["death"], query="SELECT deaths.nobody AS person_id FROM deaths")
    ruleset = replace(only(shipped, shipped.rules["GP03"]), terms=MappingProxyType({**shipped.terms, "death": broken}))
    ledgers = {"payroll": PAYROLL, "deaths": "person_id | died_on\n@甲 | 2022-02-05"}
    with pytest.raises(EngineError) as caught:
        run(ruleset, ledgers)
    assert "death.yaml" in str(caught.value.problems[0].where)


def test_units_not_evaluated_say_how_much_was_left_out(run: Run, shipped: RuleSet) -> None:
    payroll = (
        PAYROLL + "@丙 | 王五 | 2022-03 | 平湖镇 | 600 | 2022-04-05\n@丙 | 王五 | 2022-03 | 平湖镇 | 6 | 2022-04-05\n"
    )
    outcome = run(shipped, {"payroll": payroll, "attendance": ATTENDANCE}).outcomes["GP01"]
    (unit,) = outcome.not_evaluated
    assert unit.unit == {"employer": "平湖镇", "month": "2022-03"}
    assert (unit.key, unit.rows, unit.people) == ("平湖镇|2022-03", 2, 1)

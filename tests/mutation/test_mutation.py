"""Mutation testing by its doors: it tells what cases do not notice, where, and kills what they do."""

from dataclasses import replace

import pytest

from auditor.ledgers import default_catalogue
from auditor.mutation import MutationRun, run_mutants, run_mutants_of_folders
from auditor.rules import RuleSet, default_folders
from auditor.tables import DuckEngine


def run(ruleset: RuleSet, *ids: str) -> MutationRun:
    rules = [ruleset.rules[name] for name in ids]
    return run_mutants(rules, ruleset, default_catalogue(), lambda: DuckEngine(threads=1))


def only(ruleset: RuleSet, *ids: str) -> RuleSet:
    return replace(ruleset, rules={name: ruleset.rules[name] for name in ids})


def test_a_rule_that_ships_has_no_survivor(shipped: RuleSet) -> None:
    found = run(only(shipped, "GP08"), "GP08")

    assert (found.rules, found.terms, found.cases) == (("GP08",), (), len(shipped.rules["GP08"].cases))
    assert len(found.trials) > 10
    assert found.survivors == ()
    assert found.broken == ()
    assert {trial.killed_by.partition("/")[0] for trial in found.trials} == {"GP08"}


def test_what_the_cases_do_not_notice_is_named_with_its_place(shipped: RuleSet) -> None:
    rule = shipped.rules["GP08"]
    blind = replace(rule, cases=tuple(case for case in rule.cases if case.must_fire)[:1])
    found = run(replace(shipped, rules={"GP08": blind}), "GP08")

    assert found.survivors
    lines = rule.query.splitlines()
    first = rule.document.inside(("signal", "query"), 1, 1)
    for trial in found.survivors:
        assert trial.place.file == first.file
        assert trial.place.line is not None
        assert first.line is not None
        assert trial.mutant.before.split()[0].lstrip("(") in lines[trial.place.line - first.line]


def test_a_redundant_condition_survives(shipped: RuleSet) -> None:
    rule = shipped.rules["GP08"]
    doubled = replace(rule, query=rule.query.replace("WHERE ", "WHERE payroll.amount IS NOT NULL\n      AND ", 1))
    found = run(replace(shipped, rules={"GP08": doubled}), "GP08")

    assert [(t.mutant.before, t.mutant.after) for t in found.survivors] == [("payroll.amount IS NOT NULL", "TRUE")]


def test_a_case_that_fails_anyway_kills_nothing(shipped: RuleSet) -> None:
    rule = shipped.rules["GP08"]
    wrong = replace(rule, cases=tuple(replace(case, must_fire=("@无此人|2022-01",)) for case in rule.cases))
    found = run(replace(shipped, rules={"GP08": wrong}), "GP08")

    assert len(found.broken) == len(rule.cases)
    assert found.survivors == found.trials


def test_a_terms_mutants_may_be_killed_by_any_rule_that_reads_it(shipped: RuleSet) -> None:
    few = only(shipped, "GP07", "GP01")
    alone = run(only(shipped, "GP07"), "GP07")
    assert alone.terms == ("away_month",)
    assert {trial.owner for trial in alone.trials} == {"GP07", "away_month"}

    blind = replace(few.rules["GP07"], cases=())
    found = run(replace(few, rules={"GP07": blind}), "GP07")
    assert found.survivors == found.trials

    lent = replace(blind, id="GP99")
    helped = run(replace(few, rules={"GP99": lent, "GP07": few.rules["GP07"]}), "GP99")
    assert [trial for trial in helped.survivors if trial.part == "term"] == []
    assert {trial.killed_by.partition("/")[0] for trial in helped.trials if trial.part == "term"} == {"GP07"}


def test_gaps_are_mutated_as_well(shipped: RuleSet) -> None:
    rule = shipped.rules["GP01"]
    silent = replace(rule, cases=tuple(replace(case, gaps=None) for case in rule.cases if case.gaps)[:1])
    found = run(replace(shipped, rules={"GP01": silent}), "GP01")

    assert {trial.part for trial in found.trials} == {"query", "gaps", "term"}
    gaps = {trial for trial in found.trials if trial.part == "gaps" and not trial.failed}
    assert gaps
    assert gaps <= set(found.survivors), "no case speaks of gaps any more"


@pytest.mark.parametrize("progress", [True, False])
def test_progress_is_told_of_each_rule(shipped: RuleSet, progress: bool) -> None:
    told: list[tuple[str, int, int]] = []
    few = only(shipped, "GP04")
    run_mutants(
        [few.rules["GP04"]],
        few,
        default_catalogue(),
        lambda: DuckEngine(threads=1),
        progress=(lambda *step: told.append(step)) if progress else None,
    )

    assert told == ([("GP04", 1, 2), ("custody_month", 2, 2)] if progress else [])


def test_many_processes_find_what_one_does(shipped: RuleSet) -> None:
    rules = [shipped.rules[name] for name in ("GP03", "GP04", "GP08")]
    told: list[str] = []
    pooled = run_mutants_of_folders(
        rules, shipped, default_folders(), jobs=2, progress=lambda what, _done, _of: told.append(what)
    )

    assert pooled == run(shipped, "GP03", "GP04", "GP08")
    assert pooled.terms == ("custody_month", "death")
    assert sorted(told) == ["GP03", "GP04", "GP08", "custody_month", "death"]

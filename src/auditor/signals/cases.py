"""A rule's own cases, run: each small ledger goes the way of a real one, from sheet to tables to signals."""

from __future__ import annotations

from auditor.errors import EngineError
from auditor.ledgers import Catalogue
from auditor.rules import Rule, RuleSet, expand, with_needed
from auditor.rules.model import Case
from auditor.signals.outcome import RunStatus
from auditor.signals.run import run_rules
from auditor.tables import Tables
from auditor.trials import CaseResult, EngineFactory, case_profile, case_tables


def run_case(case: Case, rule: Rule, ruleset: RuleSet, tables: Tables) -> CaseResult:
    """What `rule`, which need not be the one in `ruleset`, makes of the tables of `case`."""
    alone = with_needed(rule, ruleset)
    written = {expand(text): text for text in (*case.must_fire, *case.must_not_fire, *(case.gaps or ()))}
    try:
        run = run_rules(alone, tables, case_profile(case), drafts=True)
    except EngineError as error:
        return CaseResult(rule.id, case.name, error=", ".join(problem.code for problem in error.problems))
    outcome = run.outcomes[rule.id]
    fired = {f"{s.subject.id}|{s.period}" if s.period else s.subject.id for s in run.signals if s.rule == rule.id}
    must = {expand(text) for text in case.must_fire}
    spared = {expand(text) for text in case.must_not_fire}
    accused = {key for key in fired if key in spared or key.partition("|")[0] in spared}
    gaps = {unit.key for unit in outcome.not_evaluated}
    wanted = gaps if case.gaps is None else {expand(text) for text in case.gaps}
    ran = outcome.status in {RunStatus.FIRED, RunStatus.SILENT}

    def names(keys: set[str]) -> tuple[str, ...]:
        return tuple(sorted(written.get(key, key) for key in keys))

    return CaseResult(
        rule=rule.id,
        name=case.name,
        missed=names(must - fired),
        extra=names(fired - must),
        accused=names(accused),
        ran=ran,
        ran_as_said=ran is not case.not_run,
        gaps_missed=names(wanted - gaps),
        gaps_extra=names(gaps - wanted),
    )


def run_cases(
    rule: Rule, ruleset: RuleSet, catalogue: Catalogue, engine_factory: EngineFactory
) -> tuple[CaseResult, ...]:
    """Run the cases of `rule`, with the terms and parameters of `ruleset`, on an engine of their own.

    Args:
        rule: the rule; it need not be the one that `ruleset` holds under its id (a mutant is tested so).
        ruleset: where its terms and parameters are.
        catalogue: the ledger kinds.
        engine_factory: makes the engine, which is closed afterwards.
    """
    engine = engine_factory()
    try:
        return tuple(run_case(case, rule, ruleset, case_tables(case, catalogue, engine)) for case in rule.cases)
    finally:
        engine.close()

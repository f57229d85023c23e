"""Do the cases notice mistakes? Runs every mutant of rules, statements and terms on the cases, as an audit would.

A mutant is killed when a case no longer comes out as it says: somebody else fires, a figure or an item changes, a gap
is reported that should not be, the query fails. A term has no cases: its mutants must be killed by a case of some rule
or statement that reads it. The tables of a case are loaded once, and all mutants still alive run on them.

The work is cut into tasks, one for each rule, statement and term, that need nothing of each other (`pool`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from auditor.documents import Path
from auditor.errors import TextPlace
from auditor.ledgers import Catalogue
from auditor.reconcile import run_statement_case
from auditor.rules import Rule, RuleSet, StatementRule, Term, columns_given, tables_read, terms_named, terms_used
from auditor.rules.mutants import Mutant, mutants_of
from auditor.signals import run_case
from auditor.tables import Engine, Tables
from auditor.trials import CaseResult, EngineFactory, case_tables

Owner: TypeAlias = "Rule | StatementRule"
"""What has cases."""
_UNIT = frozenset({"unit_kind", "unit", "unit_name"})
"""Columns of a statement's side that say to whom an item belongs: cases speak of items, and not of that."""
MutationProgress = Callable[[str, int, int], None]
"""Called after each task with the id of its rule or term, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and what became of it.

    Attributes:
        owner: id of the rule, statement or term whose query it is.
        part: query, gaps, runs_if, left, right, or term.
        place: where the changed part stands, in the owner's file.
        mutant: the change.
        killed_by: `GP01/case`, or empty for a survivor.
        failed: the engine refused the mutant, which kills it as well.
    """

    owner: str
    part: str
    place: TextPlace
    mutant: Mutant
    killed_by: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A rule, statement or term whose mutants are to be tried; `kind` is one of these words."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a task: its mutants, how many cases ran, and those that fail without any mutant."""

    task: Task
    trials: tuple[Trial, ...]
    cases: int
    broken: tuple[CaseResult, ...]


@dataclass(frozen=True, slots=True)
class MutationRun:
    """What the cases are worth.

    Attributes:
        rules, statements, terms: ids of those whose queries were mutated.
        cases: how many cases the rules and statements have.
        broken: cases that fail without any mutant: they prove nothing, and kill nothing.
        trials: every mutant, in the order of rules, then terms, and of their texts.
    """

    rules: tuple[str, ...]
    statements: tuple[str, ...]
    terms: tuple[str, ...]
    cases: int
    broken: tuple[CaseResult, ...]
    trials: tuple[Trial, ...]

    @property
    def survivors(self) -> tuple[Trial, ...]:
        """The mutants that no case noticed."""
        return tuple(trial for trial in self.trials if not trial.killed_by)


def _trials_of(rule: Rule) -> list[Trial]:
    parts: list[tuple[str, Path, tuple[Mutant, ...]]] = [("query", ("signal", "query"), mutants_of(rule.query))]
    if rule.covers is not None:
        parts.append(("gaps", ("covers", "gaps"), mutants_of(rule.covers.gaps, frozenset(rule.covers.unit))))
    if rule.runs_if is not None:
        parts.append(("runs_if", ("runs_if", "query"), mutants_of(rule.runs_if.query, None)))
    return [
        Trial(rule.id, part, rule.document.inside(path, mutant.line, mutant.column), mutant)
        for part, path, mutants in parts
        for mutant in mutants
    ]


def _trials_of_statement(one: StatementRule) -> list[Trial]:
    def seen(query: str) -> frozenset[str]:
        return frozenset(columns_given(query)) - _UNIT

    parts: list[tuple[str, Path, tuple[Mutant, ...]]] = [
        ("left", ("left", "query"), mutants_of(one.left.query, seen(one.left.query))),
        ("right", ("right", "query"), mutants_of(one.right.query, seen(one.right.query))),
    ]
    if one.covers is not None:
        parts.append(("gaps", ("covers", "gaps"), mutants_of(one.covers.gaps, frozenset(one.covers.unit))))
    if one.runs_if is not None:
        parts.append(("runs_if", ("runs_if", "query"), mutants_of(one.runs_if, None)))
    return [
        Trial(one.id, part, one.document.inside(path, mutant.line, mutant.column), mutant)
        for part, path, mutants in parts
        for mutant in mutants
    ]


def _trials_of_term(term: Term) -> list[Trial]:
    return [
        Trial(term.id, "term", term.document.inside(("query",), mutant.line, mutant.column), mutant)
        for mutant in mutants_of(term.query, None)
    ]


def _mutated(owner: Owner, ruleset: RuleSet, trial: Trial) -> tuple[Owner, RuleSet]:
    """The owner of cases and the rule set with the mutant in its place."""
    if trial.part == "term":
        term = replace(ruleset.terms[trial.owner], query=trial.mutant.sql)
        return _bare(owner), replace(ruleset, terms=MappingProxyType({**ruleset.terms, trial.owner: term}))
    changed = _with_rule(owner, trial) if isinstance(owner, Rule) else _with_statement(owner, trial)
    return changed, ruleset


def _bare(owner: Owner) -> Owner:
    """A rule without evidence, of which no case speaks."""
    return replace(owner, evidence=()) if isinstance(owner, Rule) else owner


def _with_rule(rule: Rule, trial: Trial) -> Rule:
    sql, bare = trial.mutant.sql, replace(rule, evidence=())
    if trial.part == "query":
        return replace(bare, query=sql)
    if trial.part == "gaps":
        assert rule.covers is not None
        return replace(bare, covers=replace(rule.covers, gaps=sql))
    assert rule.runs_if is not None
    return replace(bare, runs_if=replace(rule.runs_if, query=sql))


def _with_statement(one: StatementRule, trial: Trial) -> StatementRule:
    sql = trial.mutant.sql
    if trial.part == "left":
        return replace(one, left=replace(one.left, query=sql))
    if trial.part == "right":
        return replace(one, right=replace(one.right, query=sql))
    if trial.part == "gaps":
        assert one.covers is not None
        return replace(one, covers=replace(one.covers, gaps=sql))
    return replace(one, runs_if=sql)


def _tried_on(owner: Owner, ruleset: RuleSet, case: int, tables: Tables) -> CaseResult:
    """What comes of case number `case` of `owner`."""
    if isinstance(owner, Rule):
        return run_case(owner.cases[case], owner, ruleset, tables)
    return run_statement_case(owner.cases[case], owner, ruleset, tables)


def _given(owner: Owner, case: int, catalogue: Catalogue, engine: Engine) -> Tables:
    """The tables of case number `case` of `owner`."""
    given = owner.cases[case] if isinstance(owner, Rule) else owner.cases[case].given
    return case_tables(given, catalogue, engine)


def _terms_of(owner: Owner, ruleset: RuleSet) -> tuple[Term, ...]:
    if isinstance(owner, Rule):
        return terms_used(owner, ruleset)
    return terms_named((table for query in owner.selects for table in tables_read(query)), ruleset)


def tasks(owners: Sequence[Owner], ruleset: RuleSet) -> tuple[Task, ...]:
    """What there is to try for `owners`: each of them, and each term that they read."""
    terms = {term.id for owner in owners for term in _terms_of(owner, ruleset)}
    own = [Task("rule" if isinstance(owner, Rule) else "statement", owner.id) for owner in owners]
    return (*own, *(Task("term", name) for name in sorted(terms)))


def _readers(term: str, ruleset: RuleSet) -> list[Owner]:
    """Those who read `term`, first those that name it themselves: their cases are about it."""
    every: list[Owner] = [*ruleset.rules.values(), *ruleset.statements.values()]
    readers = [owner for owner in every if any(found.id == term for found in _terms_of(owner, ruleset))]
    return sorted(readers, key=lambda owner: not any(term in tables_read(query) for query in owner.selects))


def _owners(task: Task, ruleset: RuleSet) -> tuple[list[Owner], list[Trial]]:
    """Whose cases are tried, and the mutants."""
    if task.kind == "rule":
        rule = ruleset.rules[task.id]
        return [rule], _trials_of(rule)
    if task.kind == "statement":
        statement = ruleset.statements[task.id]
        return [statement], _trials_of_statement(statement)
    return _readers(task.id, ruleset), _trials_of_term(ruleset.terms[task.id])


def run_task(task: Task, ruleset: RuleSet, catalogue: Catalogue, engine_factory: EngineFactory) -> Tried:
    """Try the mutants of one rule or statement on its cases, those of one term on the cases of all that read it."""
    owners, alive = _owners(task, ruleset)
    done: list[Trial] = []
    broken: list[CaseResult] = []
    cases = 0
    for owner in owners:
        if not alive and task.kind == "term":
            break
        engine = engine_factory()
        try:
            for number in range(len(owner.cases)):
                cases += 1
                tables = _given(owner, number, catalogue, engine)
                plain = _tried_on(owner, ruleset, number, tables)
                if not plain.passed:
                    broken.append(plain)
                    continue
                living = []
                for trial in alive:
                    result = _tried_on(*_mutated(owner, ruleset, trial), number, tables)
                    if result.passed:
                        living.append(trial)
                    else:
                        by = f"{owner.id}/{result.name}"
                        done.append(replace(trial, killed_by=by, failed=bool(result.error)))
                alive = living
        finally:
            engine.close()
    return Tried(task, (*done, *alive), cases, tuple(broken))


def gathered(results: Iterable[Tried]) -> MutationRun:
    """All results together, in an order that does not depend on theirs."""
    every = sorted(results, key=lambda tried: (tried.task.kind, tried.task.id))
    with_cases = [tried for tried in every if tried.task.kind != "term"]
    broken = {(result.rule, result.name): result for tried in every for result in tried.broken}
    return MutationRun(
        rules=tuple(tried.task.id for tried in every if tried.task.kind == "rule"),
        statements=tuple(tried.task.id for tried in every if tried.task.kind == "statement"),
        terms=tuple(tried.task.id for tried in every if tried.task.kind == "term"),
        cases=sum(tried.cases for tried in with_cases),
        broken=tuple(broken[key] for key in sorted(broken)),
        trials=tuple(trial for tried in every for trial in sorted(tried.trials, key=_place)),
    )


def _place(trial: Trial) -> tuple[bool, int, int, str]:
    return trial.part != "query", trial.mutant.line, trial.mutant.column, trial.mutant.sql


def run_mutants(
    owners: Sequence[Owner],
    ruleset: RuleSet,
    catalogue: Catalogue,
    engine_factory: EngineFactory,
    *,
    progress: MutationProgress | None = None,
) -> MutationRun:
    """Try every mutant of `owners` and of the terms that they read, one task after the other.

    Args:
        owners: the rules and statements whose queries are mutated.
        ruleset: all rules, terms and parameters; other rules that read the same terms lend their cases to these.
        catalogue: the ledger kinds.
        engine_factory: makes the engine, one for each rule, which is closed afterwards.
        progress: told of each task when it is done.
    """
    todo = tasks(owners, ruleset)
    results = []
    for number, task in enumerate(todo, 1):
        results.append(run_task(task, ruleset, catalogue, engine_factory))
        if progress is not None:
            progress(task.id, number, len(todo))
    return gathered(results)

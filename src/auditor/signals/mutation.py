"""Do the cases notice mistakes? Runs every mutant of rules and terms on the cases, by the way that an audit goes.

A mutant is killed when a case no longer comes out as it says: somebody else fires, a gap is reported that should not
be, the query fails. A term has no cases: its mutants must be killed by a case of some rule that reads it. The tables of
a case are loaded once, and all mutants still alive run on them.

The work is cut into tasks, one for each rule and each term, that need nothing of each other (`mutation_pool`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from auditor.documents import Path
from auditor.errors import TextPlace
from auditor.ledgers import Catalogue
from auditor.rules import Rule, RuleSet, Term, tables_read, terms_used
from auditor.rules.mutants import Mutant, mutants_of
from auditor.signals.cases import CaseResult, EngineFactory, case_tables, run_case

MutationProgress = Callable[[str, int, int], None]
"""Called after each task with the id of its rule or term, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and what became of it.

    Attributes:
        owner: id of the rule or term whose query it is.
        part: query, gaps, runs_if, or term.
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
    """A rule or a term whose mutants are to be tried."""

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
        rules, terms: ids of those whose queries were mutated.
        cases: how many cases the rules have.
        broken: cases that fail without any mutant: they prove nothing, and kill nothing.
        trials: every mutant, in the order of rules, then terms, and of their texts.
    """

    rules: tuple[str, ...]
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


def _trials_of_term(term: Term) -> list[Trial]:
    return [
        Trial(term.id, "term", term.document.inside(("query",), mutant.line, mutant.column), mutant)
        for mutant in mutants_of(term.query, None)
    ]


def _mutated(rule: Rule, ruleset: RuleSet, trial: Trial) -> tuple[Rule, RuleSet]:
    """The rule and the rule set with the mutant in its place, without evidence, of which no case speaks."""
    sql = trial.mutant.sql
    bare = replace(rule, evidence=())
    if trial.part == "query":
        return replace(bare, query=sql), ruleset
    if trial.part == "gaps":
        assert rule.covers is not None
        return replace(bare, covers=replace(rule.covers, gaps=sql)), ruleset
    if trial.part == "runs_if":
        assert rule.runs_if is not None
        return replace(bare, runs_if=replace(rule.runs_if, query=sql)), ruleset
    term = replace(ruleset.terms[trial.owner], query=sql)
    return bare, replace(ruleset, terms=MappingProxyType({**ruleset.terms, trial.owner: term}))


def tasks(rules: Sequence[Rule], ruleset: RuleSet) -> tuple[Task, ...]:
    """What there is to try for `rules`: each of them, and each term that they read."""
    terms = {term.id for rule in rules for term in terms_used(rule, ruleset)}
    return (*(Task("rule", rule.id) for rule in rules), *(Task("term", name) for name in sorted(terms)))


def _readers(term: str, ruleset: RuleSet) -> list[Rule]:
    """The rules that read `term`, first those that name it themselves: their cases are about it."""
    readers = [r for r in ruleset.rules.values() if any(found.id == term for found in terms_used(r, ruleset))]
    return sorted(readers, key=lambda rule: not any(term in tables_read(query) for query in rule.selects))


def run_task(task: Task, ruleset: RuleSet, catalogue: Catalogue, engine_factory: EngineFactory) -> Tried:
    """Try the mutants of one rule on its cases, or those of one term on the cases of all rules that read it."""
    if task.kind == "rule":
        readers = [ruleset.rules[task.id]]
        alive = _trials_of(readers[0])
    else:
        readers = _readers(task.id, ruleset)
        alive = _trials_of_term(ruleset.terms[task.id])
    done: list[Trial] = []
    broken: list[CaseResult] = []
    cases = 0
    for rule in readers:
        if not alive and task.kind == "term":
            break
        engine = engine_factory()
        try:
            for case in rule.cases:
                cases += 1
                tables = case_tables(case, catalogue, engine)
                plain = run_case(case, rule, ruleset, tables)
                if not plain.passed:
                    broken.append(plain)
                    continue
                living = []
                for trial in alive:
                    result = run_case(case, *_mutated(rule, ruleset, trial), tables)
                    if result.passed:
                        living.append(trial)
                    else:
                        by = f"{rule.id}/{case.name}"
                        done.append(replace(trial, killed_by=by, failed=bool(result.error)))
                alive = living
        finally:
            engine.close()
    return Tried(task, (*done, *alive), cases, tuple(broken))


def gathered(results: Iterable[Tried]) -> MutationRun:
    """All results together, in an order that does not depend on theirs."""
    every = sorted(results, key=lambda tried: (tried.task.kind, tried.task.id))
    of_rules = [tried for tried in every if tried.task.kind == "rule"]
    broken = {(result.rule, result.name): result for tried in every for result in tried.broken}
    return MutationRun(
        rules=tuple(tried.task.id for tried in of_rules),
        terms=tuple(tried.task.id for tried in every if tried.task.kind == "term"),
        cases=sum(tried.cases for tried in of_rules),
        broken=tuple(broken[key] for key in sorted(broken)),
        trials=tuple(trial for tried in every for trial in sorted(tried.trials, key=_place)),
    )


def _place(trial: Trial) -> tuple[bool, int, int, str]:
    return trial.part != "query", trial.mutant.line, trial.mutant.column, trial.mutant.sql


def run_mutants(
    rules: Sequence[Rule],
    ruleset: RuleSet,
    catalogue: Catalogue,
    engine_factory: EngineFactory,
    *,
    progress: MutationProgress | None = None,
) -> MutationRun:
    """Try every mutant of `rules` and of the terms that they read, one task after the other.

    Args:
        rules: whose queries are mutated.
        ruleset: all rules, terms and parameters; other rules that read the same terms lend their cases to these.
        catalogue: the ledger kinds.
        engine_factory: makes the engine, one for each rule, which is closed afterwards.
        progress: told of each task when it is done.
    """
    todo = tasks(rules, ruleset)
    results = []
    for number, task in enumerate(todo, 1):
        results.append(run_task(task, ruleset, catalogue, engine_factory))
        if progress is not None:
            progress(task.id, number, len(todo))
    return gathered(results)

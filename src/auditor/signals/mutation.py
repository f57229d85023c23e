"""Do the cases notice mistakes? Runs every mutant of rules and terms on the cases, by the way that an audit goes.

A mutant is killed when a case no longer comes out as it says: somebody else fires, a gap is reported that should not
be, the query fails. A term has no cases: its mutants must be killed by a case of some rule that reads it. The tables of
a case are loaded once, and all mutants still alive run on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from auditor.documents import Path
from auditor.errors import TextPlace
from auditor.ledgers import Catalogue
from auditor.rules import Rule, RuleSet, Term, terms_used
from auditor.rules.mutants import Mutant, mutants_of
from auditor.signals.cases import CaseResult, EngineFactory, case_tables, run_case

MutationProgress = Callable[[str, int, int], None]
"""Called before each rule with its id, its number from 0 and how many there are."""


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
class MutationRun:
    """What the cases are worth.

    Attributes:
        rules, terms: ids of those whose queries were mutated.
        cases: how many cases ran.
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


class _Trials:
    """The mutants while they are being tried, the living ones by their owner."""

    def __init__(self, ruleset: RuleSet, catalogue: Catalogue, engine_factory: EngineFactory) -> None:
        self.ruleset, self.catalogue, self.engine_factory = ruleset, catalogue, engine_factory
        self.alive: dict[tuple[str, str], list[Trial]] = {}
        self.done: list[Trial] = []
        self.broken: list[CaseResult] = []
        self.cases = 0

    def add(self, trials: Iterable[Trial]) -> None:
        for trial in trials:
            self.alive.setdefault((trial.owner, "term" if trial.part == "term" else "rule"), []).append(trial)

    def run(self, rule: Rule) -> None:
        """Try on the cases of `rule` what is alive of it and of the terms that it reads."""
        owners = [(rule.id, "rule"), *((term.id, "term") for term in terms_used(rule, self.ruleset))]
        if not any(self.alive.get(owner) for owner in owners):
            return
        engine = self.engine_factory()
        try:
            for case in rule.cases:
                tables = case_tables(case, self.catalogue, engine)
                self.cases += 1
                plain = run_case(case, rule, self.ruleset, tables)
                if not plain.passed:
                    self.broken.append(plain)
                    continue
                for owner in owners:
                    living = []
                    for trial in self.alive.get(owner, ()):
                        result = run_case(case, *_mutated(rule, self.ruleset, trial), tables)
                        if result.passed:
                            living.append(trial)
                        else:
                            by = f"{rule.id}/{case.name}"
                            self.done.append(replace(trial, killed_by=by, failed=bool(result.error)))
                    self.alive[owner] = living
        finally:
            engine.close()


def run_mutants(
    rules: Sequence[Rule],
    ruleset: RuleSet,
    catalogue: Catalogue,
    engine_factory: EngineFactory,
    *,
    progress: MutationProgress | None = None,
) -> MutationRun:
    """Try every mutant of `rules` and of the terms that they read.

    Args:
        rules: whose queries are mutated.
        ruleset: all rules, terms and parameters; other rules that read the same terms lend their cases to these.
        catalogue: the ledger kinds.
        engine_factory: makes the engine, one for each rule, which is closed afterwards.
        progress: told of each rule before its cases run.
    """
    terms = {term.id: term for rule in rules for term in terms_used(rule, ruleset)}
    trials = _Trials(ruleset, catalogue, engine_factory)
    for rule in rules:
        trials.add(_trials_of(rule))
    for name in sorted(terms):
        trials.add(_trials_of_term(terms[name]))
    picked = {rule.id for rule in rules}
    lenders = [rule for rule in ruleset.rules.values() if rule.id not in picked]
    for number, rule in enumerate([*rules, *lenders]):
        if progress is not None and number < len(rules):
            progress(rule.id, number, len(rules))
        trials.run(rule)
    every = [*trials.done, *(trial for living in trials.alive.values() for trial in living)]
    every.sort(
        key=lambda t: (t.part == "term", t.owner, t.part != "query", t.mutant.line, t.mutant.column, t.mutant.sql)
    )
    return MutationRun(
        tuple(rule.id for rule in rules), tuple(sorted(terms)), trials.cases, tuple(trials.broken), tuple(every)
    )

"""Runs the rules: takes the rule set, the tables and the profile, gives every signal and what became of each rule.

Terms are computed once for all rules that run. Each rule is its query, one generated query for each part of its
evidence, and one for what it could not judge. A fault of a query (two rows for one grain, a subject that is NULL) is an
error of the catalogue and fails the audit: a result that cannot be trusted is not reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from types import MappingProxyType

import pyarrow as pa

from auditor.clues import EvidenceRow, Severity, Signal, Subject
from auditor.errors import EngineError, Problem, ProfileError, TextPlace
from auditor.profile import Profile
from auditor.rules import Rule, RuleSet, compile_condition, compile_query, resolve, terms_used
from auditor.rules.compiling import Filling
from auditor.rules.model import ANY_LEDGER, IDENTITY_MENTION, EvidenceQuery, Term
from auditor.signals.asked import relations_asked
from auditor.signals.mentions import cells_shown, load_mentions
from auditor.signals.months import PERIOD_MONTH, period_months
from auditor.signals.needs import readiness
from auditor.signals.numbers import IDENTITY_NUMBER, identity_numbers, numbers_written
from auditor.signals.outcome import NotEvaluated, Outcome, RunStatus, SignalRun
from auditor.signals.wording import measured, message
from auditor.tables import Tables
from auditor.tables.model import measure

Progress = Callable[[str, int, int], None]
"""Called before each rule with its id, its number from 0 and how many there are."""

SECONDS = 60.0
_HEAD = frozenset({"subject", "name", "period"})
_SIGNAL = "signal"


@dataclass(frozen=True, slots=True)
class _Audit:
    tables: Tables
    profile: Profile
    filling: Mapping[str, Filling]
    texts: Mapping[str, str]
    seconds: float

    def sql(self, query: str) -> str:
        return compile_query(query, self.filling, self.tables.engine.dialect)

    def rows(self, sql: str, place: TextPlace) -> pa.Table:
        try:
            return self.tables.engine.query(sql, seconds=self.seconds)
        except EngineError as error:
            raise _placed(error, place) from error


@dataclass(frozen=True, slots=True)
class _Behind:
    """The rows of one ledger behind a signal, and the columns to show of them, in order."""

    rows: set[int]
    show: dict[str, None]


def _placed(error: EngineError, place: TextPlace) -> EngineError:
    """The engine's error at the rule's place, which is what the author can change."""
    return EngineError(*(Problem(p.code, place, p.args) for p in error.problems))


def _severities(profile: Profile) -> None:
    known = {severity.value for severity in Severity}
    wrong = [
        Problem("severity-unknown", TextPlace(profile.file or "profile"), {"rule": rule, "text": word})
        for rule, word in profile.severities.items()
        if word not in known
    ]
    if wrong:
        raise ProfileError(*wrong)


def _whole_numbers(table: pa.Table) -> list[dict[str, object]]:
    """The rows; a sum of whole numbers comes from an engine as a decimal without places."""
    whole = {f.name for f in table.schema if pa.types.is_decimal(f.type) and f.type.scale == 0}
    rows: list[dict[str, object]] = table.to_pylist()
    for row in rows:
        for name in whole:
            value = row[name]
            row[name] = None if value is None else int(str(value))
    return rows


def _grains(rule: Rule, rows: Sequence[Mapping[str, object]]) -> list[tuple[str, date | None]]:
    """The (subject, period) of each row, all different.

    Raises:
        EngineError: a subject or period is NULL, or two rows stand for one grain.
    """
    place = rule.document.place(("signal", "query"))
    grains: list[tuple[str, date | None]] = []
    for row in rows:
        subject, period = row["subject"], row.get("period")
        if subject is None:
            raise EngineError(Problem("signal-without-subject", place, {"rule": rule.id}))
        if rule.has_period and not isinstance(period, date):
            raise EngineError(Problem("signal-without-period", place, {"rule": rule.id}))
        grains.append((str(subject), period if isinstance(period, date) else None))
    if len(set(grains)) != len(grains):
        raise EngineError(Problem("signal-grain-twice", place, {"rule": rule.id}))
    return grains


def _evidence(audit: _Audit, rule: Rule, result: pa.Table) -> list[tuple[EvidenceRow, ...]]:
    """For each row of `result` the ledger rows behind it, by one query for each part of the rule's evidence."""
    engine = audit.tables.engine
    found: list[dict[str, _Behind]] = [{} for _ in range(result.num_rows)]
    engine.load(_SIGNAL, result.append_column("_signal", pa.array(range(result.num_rows), pa.int64())))
    for number, part in enumerate(rule.evidence):
        if part.ledger not in {*audit.tables.present, ANY_LEDGER}:
            continue
        pairs = audit.rows(_pairs_sql(audit, part), rule.document.place(("evidence", number, "where")))
        columns = [pairs.column(name).to_pylist() for name in ("signal_no", "row_no", "ledger", "column_name")]
        for at, row, ledger, column in zip(*columns, strict=True):
            behind = found[at].setdefault(ledger, _Behind(set(), {}))
            behind.rows.add(row)
            kind = audit.tables.catalogue[ledger]
            behind.show.update(dict.fromkeys(part.show if column is None else cells_shown(kind, column, part.show)))
    engine.drop(_SIGNAL)
    return [
        tuple(
            row
            for ledger, behind in sorted(ledgers.items())
            for row in audit.tables.evidence(ledger, sorted(behind.rows), tuple(behind.show))
        )
        for ledgers in found
    ]


def _pairs_sql(audit: _Audit, part: EvidenceQuery) -> str:
    """Each signal with each row behind it; `column_name` is the person column where the part looks in any ledger."""
    condition = compile_condition(part.where, audit.filling, audit.tables.engine.dialect)
    row = f"{part.ledger}._row AS row_no, '{part.ledger}' AS ledger, NULL AS column_name"
    if part.ledger == ANY_LEDGER:
        row = ", ".join(f"{part.relation}.{name}" for name in ("row_no", "ledger", "column_name"))
    return f"SELECT {_SIGNAL}._signal AS signal_no, {row} FROM {_SIGNAL} CROSS JOIN {part.relation} WHERE ({condition})"


def _signals(audit: _Audit, rule: Rule) -> list[Signal]:
    result = audit.rows(audit.sql(rule.query), rule.document.place(("signal", "query")))
    if result.num_rows == 0:
        return []
    rows = _whole_numbers(result)
    grains = _grains(rule, rows)
    evidence = _evidence(audit, rule, result)
    severity = Severity(audit.profile.severities.get(rule.id, rule.severity))
    monthly, person = rule.grain.endswith("-month"), rule.subject == "person"
    signals = []
    for row, (subject, period), behind in zip(rows, grains, evidence, strict=True):
        values = {**audit.texts, **row}
        signals.append(
            Signal(
                rule=rule.id,
                version=rule.version,
                group=rule.group,
                violation=rule.violation,
                severity=severity,
                subject=Subject(rule.subject, subject, str(row.get("name") or "")),
                period=None if period is None else f"{period:%Y-%m}" if monthly else period.isoformat(),
                measures={name: measured(value) for name, value in row.items() if name not in _HEAD},
                message={
                    lang: message(rule.message.in_(lang), values, lang, monthly=monthly, person=person)
                    for lang in ("zh", "en")
                },
                evidence=behind,
            )
        )
    return signals


def _not_evaluated(audit: _Audit, rule: Rule) -> tuple[NotEvaluated, ...]:
    covers = rule.covers
    if covers is None:
        return ()
    columns = audit.tables.catalogue[covers.ledger].columns
    rows = _whole_numbers(audit.rows(audit.sql(covers.gaps), rule.document.place(("covers", "gaps"))))
    units = [
        NotEvaluated(
            {name: measure(row[name], columns[name].type if name in columns else None) for name in covers.unit},
            int(str(row["rows"])),
            int(str(row["people"])),
        )
        for row in rows
    ]
    return tuple(sorted(units, key=lambda unit: unit.key))


def _terms(rules: Sequence[Rule], ruleset: RuleSet) -> dict[str, Term]:
    """The terms of the rules that run, each after those that it needs."""
    return {term.id: term for rule in rules for term in terms_used(rule, ruleset)}


def run_rules(
    ruleset: RuleSet,
    tables: Tables,
    profile: Profile,
    *,
    progress: Progress | None = None,
    drafts: bool = False,
    seconds: float = SECONDS,
) -> SignalRun:
    """Run every rule of `ruleset` on `tables`.

    Args:
        ruleset: rules, terms and parameters.
        tables: the ledgers, loaded in their engine.
        profile: as-of date, period, and what the county changed.
        progress: told of each rule before it runs.
        drafts: run draft rules as well.
        seconds: how long a single query may take.

    Raises:
        EngineError: a query failed, took too long, or gave what no signal can be.
        ProfileError: the profile gives a severity or a parameter that there is not.
    """
    _severities(profile)
    resolved = resolve(ruleset, profile, profile.as_of)
    filling: dict[str, Filling] = {name: parameter.value for name, parameter in resolved.items()}
    filling |= {"as_of": profile.as_of, "period_from": profile.period.first, "period_to": profile.period.last}
    texts = {name: parameter.text for name, parameter in resolved.items()}
    audit = _Audit(tables, profile, MappingProxyType(filling), texts, seconds)
    rules = [ruleset.rules[name] for name in sorted(ruleset.rules)]
    ready = {rule.id: readiness(rule, tables.present, profile, drafts=drafts) for rule in rules}
    running = [rule for rule in rules if ready[rule.id].status is None]
    terms = _terms(running, ruleset)
    signals: list[Signal] = []
    outcomes: dict[str, Outcome] = {}
    engine = tables.engine
    try:
        engine.load(PERIOD_MONTH, period_months(profile.period))
        asked = frozenset[str]().union(*(relations_asked(rule, ruleset) for rule in running))
        if IDENTITY_MENTION in asked:
            load_mentions(tables, IDENTITY_MENTION)
        if IDENTITY_NUMBER in asked:
            engine.load(IDENTITY_NUMBER, identity_numbers(numbers_written(tables), profile.as_of))
        for term in terms.values():
            try:
                engine.materialise(term.id, audit.sql(term.query))
            except EngineError as error:
                raise _placed(error, term.document.place(("query",))) from error
        for number, rule in enumerate(rules):
            if progress is not None:
                progress(rule.id, number, len(rules))
            state = ready[rule.id]
            if state.status is not None:
                outcomes[rule.id] = Outcome(rule.id, state.status, state.reasons)
                continue
            started = perf_counter()
            fired = _signals(audit, rule)
            gaps = _not_evaluated(audit, rule)
            status = RunStatus.FIRED if fired else RunStatus.SILENT
            took = perf_counter() - started
            outcomes[rule.id] = Outcome(rule.id, status, (), state.reservations, gaps, len(fired), took)
            signals.extend(fired)
    finally:
        for name in (*terms, PERIOD_MONTH, IDENTITY_NUMBER, IDENTITY_MENTION, _SIGNAL):
            engine.drop(name)
    signals.sort(key=lambda s: (s.rule, s.subject, s.period or ""))
    return SignalRun(tuple(signals), MappingProxyType(outcomes))

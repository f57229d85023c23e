"""Runs the rules: takes the rule set, the tables and the profile, gives every signal and what became of each rule.

Terms are computed once for all rules that run. A rule that reads other rules' signals runs after them. Each rule is its
query, one generated query for each part of its evidence, and one for what it could not judge. A fault of a query (two
rows for one grain, a subject that is NULL) is an error of the catalogue and fails the audit: a result that cannot be
trusted is not reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from types import MappingProxyType
from typing import TypeAlias

import pyarrow as pa

from auditor.clues import EvidenceRow, Severity, Signal, Subject
from auditor.errors import EngineError, Problem, ProfileError
from auditor.profile import Profile
from auditor.relations import SECONDS, Relations, cells_shown, reference_shown
from auditor.rules import FIRED, Rule, RuleSet, in_strata, tables_read
from auditor.rules.compiling import condition_tables_read
from auditor.rules.model import ANY_REFERENCE, IN_ANY_LEDGER, EvidenceQuery
from auditor.rules.suggesting import nearest
from auditor.signals.fired import fired_rows, with_signals
from auditor.signals.needs import readiness
from auditor.signals.outcome import NotEvaluated, Outcome, Reason, RunStatus, SignalRun
from auditor.signals.wording import measured, message
from auditor.tables import Tables
from auditor.tables.model import measure

Progress = Callable[[str, int, int], None]
"""Called before each rule with its id, its number from 0 and how many there are."""

_HEAD = frozenset({"subject", "name", "period"})
_SIGNAL = "signal"
_Behind: TypeAlias = dict[str, dict[int, dict[str, None]]]
"""The rows behind a signal: ledger → `_row` → the columns to show of it, in order."""


@dataclass(frozen=True, slots=True)
class _Audit:
    relations: Relations
    texts: Mapping[str, str]
    unchecked: Mapping[str, tuple[str, ...]]

    @property
    def tables(self) -> Tables:
        return self.relations.tables

    @property
    def profile(self) -> Profile:
        return self.relations.profile


def _severities(profile: Profile) -> None:
    known = [severity.value for severity in Severity]
    wrong = [
        Problem(
            "severity-unknown", profile.place("severities", rule), {"text": word, "suggestion": nearest(word, known)}
        )
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
    found: list[_Behind] = [{} for _ in range(result.num_rows)]
    engine.load(_SIGNAL, result.append_column("_signal", pa.array(range(result.num_rows), pa.int64())))
    for number, part in enumerate(rule.evidence):
        if part.ledger not in {*audit.tables.present, *IN_ANY_LEDGER}:
            continue
        pairs = audit.relations.rows_of(_pairs_sql(audit, part), rule.document.place(("evidence", number, "where")))
        columns = [pairs.column(name).to_pylist() for name in ("signal_no", "row_no", "ledger", "column_name")]
        for at, row, ledger, column in zip(*columns, strict=True):
            show = _shown(audit.tables, part, ledger, column)
            found[at].setdefault(ledger, {}).setdefault(row, {}).update(dict.fromkeys(show))
    engine.drop(_SIGNAL)
    return [_evidence_rows(audit.tables, behind) for behind in found]


def _shown(tables: Tables, part: EvidenceQuery, ledger: str, column: str | None) -> Sequence[str]:
    """The columns of `ledger` that a row of `part` shows, found for its cell in `column` where it may be any ledger."""
    if column is None:
        return part.show
    if part.ledger == ANY_REFERENCE:
        return reference_shown(column, part.show)
    return cells_shown(tables.catalogue[ledger], column, part.show)


def _evidence_rows(tables: Tables, behind: _Behind) -> tuple[EvidenceRow, ...]:
    rows: list[EvidenceRow] = []
    for ledger, shown in behind.items():
        alike: dict[tuple[str, ...], list[int]] = {}
        for row, columns in shown.items():
            alike.setdefault(tuple(columns), []).append(row)
        for show, numbers in alike.items():
            rows.extend(tables.evidence(ledger, numbers, show))
    return tuple(sorted(rows, key=lambda row: (row.ledger, row.file, row.sheet or "", row.row or 0)))


def _pairs_sql(audit: _Audit, part: EvidenceQuery) -> str:
    """Each signal with each row behind it; `column_name` is the cell's column where the part looks in any ledger."""
    condition = audit.relations.condition(part.where)
    row = f"{part.ledger}._row AS row_no, '{part.ledger}' AS ledger, NULL AS column_name"
    if part.ledger in IN_ANY_LEDGER:
        row = ", ".join(f"{part.relation}.{name}" for name in ("row_no", "ledger", "column_name"))
    return f"SELECT {_SIGNAL}._signal AS signal_no, {row} FROM {_SIGNAL} CROSS JOIN {part.relation} WHERE ({condition})"


def _signals(audit: _Audit, rule: Rule) -> list[Signal]:
    result = audit.relations.rows(rule.query, rule.document.place(("signal", "query")))
    if result.num_rows == 0:
        return []
    rows = _whole_numbers(result)
    grains = _grains(rule, rows)
    evidence = _evidence(audit, rule, result)
    severity = Severity(audit.profile.severities.get(rule.id, rule.severity))
    monthly, person = rule.grain.endswith("-month"), rule.subject == "person"
    unchecked = {name: texts for name, texts in audit.unchecked.items() if name in rule.parameters}
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
                    lang: message(
                        rule.message.in_(lang), values, lang, monthly=monthly, person=person, unchecked=unchecked
                    )
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
    rows = _whole_numbers(audit.relations.rows(covers.gaps, rule.document.place(("covers", "gaps"))))
    units = [
        NotEvaluated(
            {name: measure(row[name], columns[name].type if name in columns else None) for name in covers.unit},
            int(str(row["rows"])),
            int(str(row["people"])),
        )
        for row in rows
    ]
    return tuple(sorted(units, key=lambda unit: unit.key))


def _nothing_to_say(audit: _Audit, rule: Rule) -> Reason | None:
    """Why the ledgers, though they are there, do not hold what the rule needs; None where they do."""
    if rule.runs_if is None or audit.relations.rows(rule.runs_if.query, rule.document.place(("runs_if",))).num_rows:
        return None
    return Reason("rule-runs-if", why=rule.runs_if.otherwise)


def _read(rule: Rule) -> Iterator[str]:
    """The ledgers, terms and built-in relations that a rule names in any of its queries."""
    for query in rule.selects:
        yield from tables_read(query)
    for part in rule.evidence:
        yield part.relation
        yield from condition_tables_read(part.where)


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
    with Relations(tables, ruleset, profile, seconds=seconds) as relations:
        return run_on(relations, progress=progress, drafts=drafts)


def run_on(relations: Relations, *, progress: Progress | None = None, drafts: bool = False) -> SignalRun:
    """Run every rule of the rule set of `relations`, which may serve others afterwards; see `run_rules`."""
    ruleset, tables, profile = relations.ruleset, relations.tables, relations.profile
    _severities(profile)
    texts = {name: p.text if p.value is not None else "—" for name, p in relations.parameters.items()}
    unchecked = {name: parameter.unchecked for name, parameter in relations.parameters.items()}
    audit = _Audit(relations, texts, unchecked)
    rules = in_strata(ruleset.rules)
    ready = {rule.id: readiness(rule, tables.present, profile, drafts=drafts) for rule in rules}
    signals: list[Signal] = []
    outcomes: dict[str, Outcome] = {}
    engine = tables.engine
    try:
        for rule in rules:
            if ready[rule.id].status is None:
                relations.make(_read(rule))
        for number, rule in enumerate(rules):
            if progress is not None:
                progress(rule.id, number, len(rules))
            state = with_signals(ready[rule.id], rule, outcomes)
            if state.status is not None:
                outcomes[rule.id] = Outcome(rule.id, state.status, state.reasons)
                continue
            started = perf_counter()
            if needed := rule.needs_signals.rules:
                engine.load(FIRED, fired_rows(signal for signal in signals if signal.rule in needed))
            if (nothing := _nothing_to_say(audit, rule)) is not None:
                outcomes[rule.id] = Outcome(rule.id, RunStatus.NOT_RUN, (nothing,))
                continue
            fired = _signals(audit, rule)
            gaps = _not_evaluated(audit, rule)
            status = RunStatus.FIRED if fired else RunStatus.SILENT
            took = perf_counter() - started
            outcomes[rule.id] = Outcome(rule.id, status, (), state.reservations, gaps, len(fired), took)
            signals.extend(fired)
    finally:
        for name in (FIRED, _SIGNAL):
            engine.drop(name)
    signals.sort(key=lambda s: (s.rule, s.subject, s.period or ""))
    return SignalRun(tuple(signals), MappingProxyType(outcomes))

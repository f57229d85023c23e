"""`fired`: the signals of other rules as a relation, for the rules that read them, which run only where those ran."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa

from auditor.clues import Signal
from auditor.rules import Rule
from auditor.signals.needs import Readiness
from auditor.signals.outcome import Outcome, Reason, RunStatus

_SCHEMA = pa.schema([("rule", pa.string()), ("subject", pa.string()), ("period", pa.date32())])
_RAN = frozenset({RunStatus.FIRED, RunStatus.SILENT})


def fired_rows(signals: Iterable[Signal]) -> pa.Table:
    """A row for each signal: `rule`, `subject` and `period` (a month's first day, a week's end, or NULL)."""
    rows = [(s.rule, s.subject.id, _day(s.period)) for s in signals]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table(dict(zip(_SCHEMA.names, columns, strict=True)), schema=_SCHEMA)


def _day(period: str | None) -> date | None:
    if period is None:
        return None
    return date.fromisoformat(period if len(period) > len("YYYY-MM") else f"{period}-01")


def with_signals(state: Readiness, rule: Rule, outcomes: Mapping[str, Outcome]) -> Readiness:
    """`state` after the rules that `rule` needs: one that was not run, or is off, says nothing either way."""
    needs = rule.needs_signals

    def missing(names: Iterable[str]) -> list[Reason]:
        absent = [name for name in names if name not in outcomes or outcomes[name].status not in _RAN]
        return [Reason("rule-signals-missing", {"rule": name}) for name in absent]

    reasons, reservations = [*state.reasons, *missing(needs.all)], list(state.reservations)
    for group in needs.any_of:
        absent = missing(group)
        if len(absent) == len(group):
            reasons.extend([Reason("rule-any-signals-missing", {"rules": ", ".join(group)}), *absent])
        else:
            reservations.extend(absent)
    status = state.status or (RunStatus.NOT_RUN if reasons else None)
    return Readiness(status, tuple(reasons), tuple(reservations))

"""Can this rule run on these ledgers? An absent ledger is never read as an empty one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.profile import Profile
from auditor.relations import number_columns, reference_columns
from auditor.rules import Rule, tables_read
from auditor.rules.model import EVIDENCE_REFERENCE, Status
from auditor.signals.outcome import Reason, RunStatus
from auditor.tables import LedgerTable


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a rule runs: `status` None means that it does."""

    status: RunStatus | None
    reasons: tuple[Reason, ...]
    reservations: tuple[Reason, ...]


def _missing(needed: Mapping[str, tuple[str, ...]], present: Mapping[str, LedgerTable]) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    for ledger, columns in needed.items():
        table = present.get(ledger)
        if table is None:
            reasons.append(Reason("rule-ledger-missing", {"ledger": ledger}))
            continue
        absent = [column for column in columns if column not in table.columns]
        reasons.extend(Reason("rule-column-missing", {"ledger": ledger, "column": column}) for column in absent)
    return tuple(reasons)


def readiness(rule: Rule, present: Mapping[str, LedgerTable], profile: Profile, *, drafts: bool) -> Readiness:
    """Whether `rule` runs, and if not, every reason; with `drafts` a draft rule runs as well."""
    if rule.status is Status.RETIRED:
        return Readiness(RunStatus.OFF, (Reason("rule-retired"),), ())
    if rule.id in profile.rules_off:
        return Readiness(RunStatus.OFF, (Reason("rule-off", {"why": profile.rules_off[rule.id]}),), ())
    if rule.status is Status.DRAFT and not drafts:
        return Readiness(RunStatus.OFF, (Reason("rule-draft"),), ())
    reasons = list(_missing(rule.needs.requires, present))
    reservations: list[Reason] = []
    for group in rule.needs.any_of:
        missing = {ledger: _missing({ledger: columns}, present) for ledger, columns in group.items()}
        absent = [reason for found in missing.values() for reason in found]
        if all(missing.values()):
            reasons.append(Reason("rule-any-of-missing", {"ledgers": ", ".join(group)}))
            reasons.extend(absent)
        else:
            reservations.extend(absent)
    if not rule.needs.requires and not rule.needs.any_of:
        of_files = EVIDENCE_REFERENCE in tables_read(rule.query)
        if not any(map(reference_columns if of_files else number_columns, present.values())):
            reasons.append(Reason("rule-no-reference-column" if of_files else "rule-no-person-column"))
    return Readiness(RunStatus.NOT_RUN if reasons else None, tuple(reasons), tuple(reservations))

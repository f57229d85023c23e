"""Can this statement be drawn up from these ledgers? An absent ledger is never read as an empty one."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.profile import Profile
from auditor.reconcile.model import NotReconciled
from auditor.rules import StatementRule, Status
from auditor.tables import LedgerTable


def readiness(
    statement: StatementRule, present: Mapping[str, LedgerTable], profile: Profile, *, drafts: bool = False
) -> tuple[tuple[NotReconciled, ...], tuple[NotReconciled, ...]]:
    """Every reason why it cannot be drawn up, and what it must do without; with `drafts` a draft is drawn up too."""
    if statement.status is Status.RETIRED:
        return (NotReconciled("rule-retired", {}),), ()
    if statement.id in profile.rules_off:
        return (NotReconciled("rule-off", {"why": profile.rules_off[statement.id]}),), ()
    if statement.status is Status.DRAFT and not drafts:
        return (NotReconciled("rule-draft", {}),), ()
    reasons = _missing(statement.needs.requires, present)
    reservations: list[NotReconciled] = []
    for group in statement.needs.any_of:
        missing = {ledger: _missing({ledger: columns}, present) for ledger, columns in group.items()}
        absent = [reason for found in missing.values() for reason in found]
        if all(missing.values()):
            reasons.append(NotReconciled("rule-any-of-missing", {"ledgers": ", ".join(group)}))
            reasons.extend(absent)
        else:
            reservations.extend(absent)
    return tuple(reasons), tuple(reservations)


def _missing(needed: Mapping[str, tuple[str, ...]], present: Mapping[str, LedgerTable]) -> list[NotReconciled]:
    reasons: list[NotReconciled] = []
    for ledger, columns in needed.items():
        table = present.get(ledger)
        if table is None:
            reasons.append(NotReconciled("rule-ledger-missing", {"ledger": ledger}))
            continue
        reasons.extend(
            NotReconciled("rule-column-missing", {"ledger": ledger, "column": column})
            for column in columns
            if column not in table.columns
        )
    return reasons

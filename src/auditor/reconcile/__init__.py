"""Two ledgers to a statement and the list of their differences (对账): takes relations, gives a `Reconciliation`."""

from auditor.reconcile.model import (
    Difference,
    Gap,
    Item,
    NotReconciled,
    Reconciliation,
    RowRef,
    Side,
    Standing,
    Statement,
    StatementOutcome,
    Tally,
    Unit,
)

__all__ = [
    "Difference",
    "Gap",
    "Item",
    "NotReconciled",
    "Reconciliation",
    "RowRef",
    "Side",
    "Standing",
    "Statement",
    "StatementOutcome",
    "Tally",
    "Unit",
]

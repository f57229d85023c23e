"""Two ledgers to a statement and the list of their differences (对账): takes relations, gives a `Reconciliation`."""

from auditor.reconcile.cases import run_statement_case, run_statement_cases
from auditor.reconcile.drawing import reconcile
from auditor.reconcile.figures import Figures, by_month, by_unit, has_money, unbalanced
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
from auditor.reconcile.roll_forward import Contradiction, RollForward, RollLine, roll_forward
from auditor.reconcile.showing import columns_shown
from auditor.reconcile.signals import ROWS_SHOWN, VIOLATIONS, statement_signals

__all__ = [
    "ROWS_SHOWN",
    "VIOLATIONS",
    "Contradiction",
    "Difference",
    "Figures",
    "Gap",
    "Item",
    "NotReconciled",
    "Reconciliation",
    "RollForward",
    "RollLine",
    "RowRef",
    "Side",
    "Standing",
    "Statement",
    "StatementOutcome",
    "Tally",
    "Unit",
    "by_month",
    "by_unit",
    "columns_shown",
    "has_money",
    "reconcile",
    "roll_forward",
    "run_statement_case",
    "run_statement_cases",
    "statement_signals",
    "unbalanced",
]

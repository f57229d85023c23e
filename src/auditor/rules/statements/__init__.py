"""Statement files (`rules/reconcile/*.yaml`): what is set against what, on which keys, and what is compared."""

from auditor.rules.statements.loading import build_statements
from auditor.rules.statements.model import Compared, Matching, StatementCase, StatementRule, StatementSide

__all__ = ["Compared", "Matching", "StatementCase", "StatementRule", "StatementSide", "build_statements"]

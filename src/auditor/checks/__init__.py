"""Is this ledger fit to be audited? Takes the upload and its tables, gives the LT signals, sorted."""

from auditor.checks.ledger_quality import SEVERITIES as QUALITY_RULES
from auditor.checks.run import check_ledgers
from auditor.checks.wrong_totals import totals_not_judged

__all__ = ["QUALITY_RULES", "check_ledgers", "totals_not_judged"]

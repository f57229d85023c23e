"""What the cases of rules and statements are tried on, and what comes of it: a case to tables, and its result."""

from auditor.trials.result import CaseResult
from auditor.trials.tables import EngineFactory, case_profile, case_reading, case_tables

__all__ = ["CaseResult", "EngineFactory", "case_profile", "case_reading", "case_tables"]

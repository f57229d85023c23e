"""Rules run on tables: takes a rule set, typed ledgers and the profile, gives signals and what became of each rule."""

from auditor.signals.cases import run_case, run_cases
from auditor.signals.links import household_members, workshop_members, workshop_names
from auditor.signals.outcome import NotEvaluated, Outcome, Reason, RunStatus, SignalRun
from auditor.signals.run import Progress, run_on, run_rules

__all__ = [
    "NotEvaluated",
    "Outcome",
    "Progress",
    "Reason",
    "RunStatus",
    "SignalRun",
    "household_members",
    "run_case",
    "run_cases",
    "run_on",
    "run_rules",
    "workshop_members",
    "workshop_names",
]

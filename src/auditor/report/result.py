"""All that an audit found, and all that it did not look at: what `pipeline` makes and the reports show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.clues import Signal
from auditor.errors import Problem
from auditor.findings import Finding
from auditor.intake import Upload
from auditor.profile import Profile
from auditor.reconcile import Reconciliation, RollForward
from auditor.rules import Resolved, RuleSet
from auditor.signals import SignalRun
from auditor.tables import Tables

NOTHING_RECONCILED = Reconciliation({})


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The result of an audit.

    Attributes:
        signals: the rules' signals, then the ledgers' own (LT), then the statements' (RX).
        problems: what must not pass silently: files and ledgers that could not be read.
        seconds: wall time of each stage.
        reconciliation: the statements (对账表); signals of theirs (RX) are among `signals`.
        rolls: the roll-forward checks.
    """

    profile: Profile
    upload: Upload
    tables: Tables
    rules: RuleSet
    parameters: Mapping[str, Resolved]
    run: SignalRun
    signals: tuple[Signal, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    seconds: Mapping[str, float]
    reconciliation: Reconciliation = NOTHING_RECONCILED
    rolls: tuple[RollForward, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read and how sound it is, before any rule is run: what the reading report shows."""

    upload: Upload
    tables: Tables
    quality: tuple[Signal, ...]

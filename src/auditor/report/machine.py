"""The machine-readable results: `signals.jsonl`, `findings.jsonl`, `reconciliation.json`, `coverage.json`, `run.json`.

The same inputs, rules, parameters and data directory give the same bytes, but for the times in `run.json`.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from auditor import __version__
from auditor.checks import totals_not_judged
from auditor.clues import Signal
from auditor.errors import Problem, TextPlace
from auditor.findings import Finding
from auditor.report.coverage import (
    Json,
    files_json,
    ledgers_json,
    outcome_json,
    parameters_json,
    problem_json,
    profile_json,
)
from auditor.report.files import json_lines, json_text
from auditor.report.masking import Veil
from auditor.report.reconciled import Reconciled
from auditor.report.reconciliation import outcome_json as statement_json
from auditor.report.reconciliation import reconciliation_json, roll_json
from auditor.report.result import AuditResult
from auditor.rules import Basis, Text

_LIBRARIES = ("duckdb", "sqlglot", "durable-rules", "pyarrow", "fastexcel", "python-calamine")


@dataclass(frozen=True, slots=True)
class MachineReport:
    """File name → text of each machine-readable result; `pieces` those that may be too long for one text.

    Pieces are made as they are written, once.
    """

    files: Mapping[str, str]
    pieces: Mapping[str, Iterable[str]] = field(default_factory=dict)

    @property
    def all(self) -> Mapping[str, str | Iterable[str]]:
        """Every result."""
        return {**self.files, **self.pieces}


def parameters_of(result: AuditResult) -> Mapping[str, list[Json]]:
    """For each rule the numbers it judged by, with whether anybody has checked them against their instrument."""
    told: dict[str, list[Json]] = {}
    for rule in result.rules.rules.values():
        known = [(name, result.parameters[name]) for name in rule.parameters if name in result.parameters]
        told[rule.id] = [{"name": name, "value": p.text, "checked": p.checked} for name, p in known]
    return told


def signal_json(signal: Signal, veil: Veil, parameters: Mapping[str, list[Json]] | None = None) -> Json:
    """A signal as a line of `signals.jsonl`; `parameters` are those of each rule."""
    return {
        "key": veil.signal_key(signal),
        "rule": signal.rule,
        "version": signal.version,
        "violation": signal.violation,
        "severity": signal.severity.value,
        "subject": veil.subject(signal.subject),
        "period": signal.period,
        "measures": veil.measures(signal.measures),
        "parameters": (parameters or {}).get(signal.rule, []),
        "message": veil.texts(signal.message),
        "evidence": [veil.evidence(row) for row in signal.evidence],
    }


def _both(text_: Text, veil: Veil) -> dict[str, str]:
    return {"zh": veil.sentence(text_.zh), "en": veil.sentence(text_.en)}


def _basis(basis: Basis) -> Json:
    return {
        "instrument": basis.instrument,
        "article": basis.article,
        "words": basis.words,
        "from": basis.in_force_from.isoformat() if basis.in_force_from else None,
        "to": basis.in_force_to.isoformat() if basis.in_force_to else None,
        "checked_by": basis.checked_by,
    }


def finding_json(finding: Finding, keys: Mapping[str, str], veil: Veil) -> Json:
    """A finding as a line of `findings.jsonl`; `keys` turns the signals' own keys into the pseudonymous ones."""
    return {
        "id": finding.id,
        "violation": finding.violation,
        "grade": finding.grade.value,
        "severity": finding.severity.value,
        "subject": veil.subject(finding.subject),
        "place": {
            "township": finding.place.township,
            "village": finding.place.village,
            "employer": finding.place.employer,
        },
        "title": _both(finding.title, veil),
        "signals": [keys[key] for key in finding.signals],
        "trace": [
            {
                "rule": step.rule,
                "grade": step.grade.value,
                "because": _both(step.because, veil),
                "signals": [keys[key] for key in step.signals],
            }
            for step in finding.trace
        ],
        "basis": [_basis(b) for b in finding.basis],
        "months": list(finding.months),
        "amount": None if finding.amount is None else f"{finding.amount:.2f}",
        "seen": _both(finding.seen, veil),
        "message": _both(finding.message, veil),
        "innocent": [_both(t, veil) for t in finding.innocent],
        "verify": [_both(t, veil) for t in finding.verify],
        "clears": [_both(t, veil) for t in finding.clears],
    }


def coverage(result: AuditResult, veil: Veil) -> Json:
    """`coverage.json`."""
    profile = result.profile
    return {
        "scope": {
            "as_of": profile.as_of.isoformat(),
            "period": {"from": profile.period.first.strftime("%Y-%m"), "to": profile.period.last.strftime("%Y-%m")},
            "county": profile.county,
        },
        "parameters": parameters_json(result.parameters),
        "profile": profile_json(profile, result.parameters, result.rules),
        "files": files_json(result.upload, veil),
        "ledgers": ledgers_json(result.tables),
        "totals_not_judged": [problem_json(p, veil) for p in totals_not_judged(result.tables)],
        "rules": [outcome_json(result.run.outcomes[r], result.rules, veil) for r in sorted(result.run.outcomes)],
        "statements": [statement_json(outcome, veil) for outcome in result.reconciliation.outcomes.values()],
        "roll_forward": [roll_json(roll, veil) for roll in result.rolls],
        "problems": [problem_json(p, veil) for p in (*result.problems, *_of_maps(result))],
    }


def _of_maps(result: AuditResult) -> tuple[Problem, ...]:
    """What is to be said of entries of a map or profile, which is no file of the upload."""
    return tuple(p for p in result.upload.problems if isinstance(p.where, TextPlace))


def run_record(result: AuditResult, veil: Veil) -> Json:
    """`run.json`: what ran on what. Times differ from run to run; nothing else does."""
    return {
        "product": {"name": "auditor", "version": __version__},
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "engine": result.tables.engine.name,
        "as_of": result.profile.as_of.isoformat(),
        "masked": not veil.unmask,
        "rules": {rule.id: rule.version for rule in result.rules.rules.values()},
        "inputs": [{"path": f.path, "size": f.size, "sha256": f.sha256} for f in result.upload.files],
        "rows": {name: table.rows for name, table in result.tables.present.items()},
        "counts": {"signals": len(result.signals), "findings": len(result.findings)},
        "seconds": dict(result.seconds),
    }


def machine_report(result: AuditResult, veil: Veil) -> MachineReport:
    """All machine-readable results as texts."""
    keys = {signal.key: veil.signal_key(signal) for signal in result.signals}
    parameters = parameters_of(result)
    reconciled = Reconciled(result.profile, result.tables, result.reconciliation, result.rolls)
    return MachineReport(
        {
            "signals.jsonl": json_lines(signal_json(s, veil, parameters) for s in result.signals),
            "findings.jsonl": json_lines(finding_json(f, keys, veil) for f in result.findings),
            "coverage.json": json_text(coverage(result, veil)),
            "run.json": json_text(run_record(result, veil)),
        },
        {"reconciliation.json": reconciliation_json(reconciled, veil)},
    )

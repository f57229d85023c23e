"""All checks of ledger quality over an upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.checks import ledger_quality as lt
from auditor.clues import Severity, Signal
from auditor.intake.reading import Upload
from auditor.tables import Tables


def check_ledgers(upload: Upload, tables: Tables, severities: Mapping[str, str] | None = None) -> tuple[Signal, ...]:
    """The LT signals of an upload, in order of rule and place; `severities` (rule → severity) is the profile's."""
    found = [
        *lt.missing_columns(upload),
        *lt.missing_values(tables),
        *lt.unclear_cells(tables),
        *lt.duplicate_rows(tables),
        *lt.wrong_totals(tables),
        *lt.hidden_data(upload),
        *lt.unrecognised_sheets(upload),
    ]
    changed = severities or {}
    graded = [replace(s, severity=Severity(changed[s.rule])) if s.rule in changed else s for s in found]
    return tuple(sorted(graded, key=_order))


def _order(signal: Signal) -> tuple[str, str, str, int, str]:
    first = signal.evidence[0]
    return (signal.rule, first.file, first.sheet or "", first.row or 0, signal.subject.id)

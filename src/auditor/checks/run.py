"""All checks of ledger quality over an upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.checks import ledger_quality as lt
from auditor.checks.row_totals import wrong_row_totals
from auditor.checks.unlinked import unlinked_rows
from auditor.checks.wrong_totals import wrong_totals
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
        *wrong_totals(tables),
        *wrong_row_totals(upload, tables.catalogue),
        *lt.hidden_data(upload),
        *lt.unrecognised_sheets(upload),
        *unlinked_rows(tables),
    ]
    changed = severities or {}
    # A cell that several rows of a ledger share (each month of a wide pay sheet has the same account) is told once.
    once = {(s.rule, s.subject.id, s.message["zh"]): s for s in found}.values()
    graded = [replace(s, severity=Severity(changed[s.rule])) if s.rule in changed else s for s in once]
    return tuple(sorted(graded, key=_order))


def _order(signal: Signal) -> tuple[str, str, str, int, str]:
    first = signal.evidence[0]
    return (signal.rule, first.file, first.sheet or "", first.row or 0, signal.subject.id)

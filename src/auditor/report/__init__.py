"""Findings for machines and for people: takes a result, gives texts and what the terminal shows; masked by default."""

from auditor.report.files import json_text, require_writable, write_all, write_text
from auditor.report.keyring import data_dir, pseudonym_key
from auditor.report.machine import machine_report
from auditor.report.masking import Veil
from auditor.report.proposing import proposed_map
from auditor.report.reading import print_reading, reading_report
from auditor.report.reading_page import reading_page
from auditor.report.reconciled import Reconciled, ReconcileResult, reason_told
from auditor.report.reconciliation import reconciliation_json
from auditor.report.reconciliation_items import Wanted, print_items
from auditor.report.reconciliation_tables import print_reconciliation
from auditor.report.result import AuditResult, ReadResult
from auditor.report.summary import print_summary
from auditor.report.ties import print_ties, ties_json, ties_view
from auditor.report.ties_page import ties_page
from auditor.report.trail import print_trail, trail_json
from auditor.report.workshop_trail import print_workshop, workshop_json

__all__ = [
    "AuditResult",
    "ReadResult",
    "ReconcileResult",
    "Reconciled",
    "Veil",
    "Wanted",
    "data_dir",
    "json_text",
    "machine_report",
    "print_items",
    "print_reading",
    "print_reconciliation",
    "print_summary",
    "print_ties",
    "print_trail",
    "print_workshop",
    "proposed_map",
    "pseudonym_key",
    "reading_page",
    "reading_report",
    "reason_told",
    "reconciliation_json",
    "require_writable",
    "ties_json",
    "ties_page",
    "ties_view",
    "trail_json",
    "workshop_json",
    "write_all",
    "write_text",
]

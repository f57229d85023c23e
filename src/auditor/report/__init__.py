"""Findings for machines and for people: takes a result, gives texts and what the terminal shows; masked by default."""

from auditor.report.files import json_text, require_writable, write_all
from auditor.report.keyring import data_dir, pseudonym_key
from auditor.report.machine import machine_report
from auditor.report.masking import Veil
from auditor.report.reading import print_reading, reading_report
from auditor.report.result import AuditResult
from auditor.report.summary import print_summary
from auditor.report.trail import print_trail, trail_json

__all__ = [
    "AuditResult",
    "Veil",
    "data_dir",
    "json_text",
    "machine_report",
    "print_reading",
    "print_summary",
    "print_trail",
    "pseudonym_key",
    "reading_report",
    "require_writable",
    "trail_json",
    "write_all",
]

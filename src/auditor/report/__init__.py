"""Findings for machines and for people: takes a result, gives texts and what the terminal shows; masked by default."""

from auditor.report.files import json_text, require_writable, write_all, write_text
from auditor.report.keyring import data_dir, pseudonym_key
from auditor.report.machine import machine_report
from auditor.report.masking import Veil
from auditor.report.proposing import proposed_map
from auditor.report.reading import print_reading, reading_report
from auditor.report.reading_page import reading_page
from auditor.report.result import AuditResult, ReadResult
from auditor.report.summary import print_summary
from auditor.report.trail import print_trail, trail_json

__all__ = [
    "AuditResult",
    "ReadResult",
    "Veil",
    "data_dir",
    "json_text",
    "machine_report",
    "print_reading",
    "print_summary",
    "print_trail",
    "proposed_map",
    "pseudonym_key",
    "reading_page",
    "reading_report",
    "require_writable",
    "trail_json",
    "write_all",
    "write_text",
]

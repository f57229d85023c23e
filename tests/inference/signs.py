"""Signals for the tests of inference and findings, from short tuples."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.clues import EvidenceCell, EvidenceRow, Measure, Severity, Signal, Subject

VIOLATIONS = {
    "GP": "ghost_payroll",
    "WG": "wages",
    "LT": "ledger",
    "IP": "ineligible_placement",
    "IM": "impersonation",
    "NP": "nepotism",
    "DH": "disguised_handout",
    "NE": "numbers_only_employment",
    "DS": "records",
    "SV": "services",
    "TS": "subsidy",
    "IS": "subsidy",
    "LN": "subsidy",
    "TG": "scale",
    "LC": "cooperation",
    "RC": "rectification",
    "EV": "evidence",
    "PV": "privacy",
    "RX": "ledger_match",
}
RULES = (
    *(f"GP{number:02d}" for number in range(1, 11)),
    *(f"WG{number:02d}" for number in range(1, 4)),
    *(f"LT{number:02d}" for number in range(1, 12)),
    *(f"IP{number:02d}" for number in range(1, 13)),
    *(f"IM{number:02d}" for number in range(1, 9)),
    *(f"NP{number:02d}" for number in range(1, 6)),
    *(f"DH{number:02d}" for number in range(1, 8)),
    *(f"NE{number:02d}" for number in (*range(1, 9), *range(11, 17), *range(21, 24))),
    *(f"DS{number:02d}" for number in range(1, 4)),
    *(f"SV{number:02d}" for number in range(1, 5)),
    *(f"TS{number:02d}" for number in range(1, 8)),
    *("IS01", "LN01", "LN02"),
    *(f"TG{number:02d}" for number in range(1, 6)),
    *(f"LC{number:02d}" for number in range(1, 4)),
    *(f"RC{number:02d}" for number in range(1, 4)),
    *("EV01", "EV02", "PV01"),
    *(f"RX{number:02d}" for number in (*range(1, 11), *range(21, 27))),
)


def sign(
    rule: str,
    id_: str = "p1",
    month: str | None = None,
    severity: str = "high",
    kind: str = "person",
    *,
    name: str = "",
    rows: tuple[EvidenceRow, ...] = (),
    measures: Mapping[str, Measure] | None = None,
) -> Signal:
    """A signal of `rule` about `id_`."""
    message = {"zh": f"{rule} 所见", "en": f"{rule} seen"}
    subject = Subject(kind, id_, name)
    return Signal(
        rule, 1, rule[:2], VIOLATIONS[rule[:2]], Severity(severity), subject, month, measures or {}, message, rows
    )


def paid(
    row: int, amount: str | None, *, ledger: str = "payroll", file: str = "发放.xlsx", **cells: str
) -> EvidenceRow:
    """A row of a pay ledger."""
    shown = {"amount": EvidenceCell(f"F{row}", amount, amount)}
    shown |= {column: EvidenceCell(f"B{row}", value, value) for column, value in cells.items()}
    return EvidenceRow(ledger, file, "1月", row, shown)

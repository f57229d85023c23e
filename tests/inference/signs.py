"""Signals for the tests of inference and findings, from short tuples."""

from __future__ import annotations

from auditor.clues import EvidenceCell, EvidenceRow, Severity, Signal, Subject

VIOLATIONS = {"GP": "ghost_payroll", "WG": "wages", "LT": "ledger", "IP": "ineligible_placement"}
RULES = (
    *(f"GP{number:02d}" for number in range(1, 11)),
    *(f"WG{number:02d}" for number in range(1, 4)),
    *(f"LT{number:02d}" for number in range(1, 12)),
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
) -> Signal:
    """A signal of `rule` about `id_`."""
    message = {"zh": f"{rule} 所见", "en": f"{rule} seen"}
    subject = Subject(kind, id_, name)
    return Signal(rule, 1, rule[:2], VIOLATIONS[rule[:2]], Severity(severity), subject, month, {}, message, rows)


def paid(
    row: int, amount: str | None, *, ledger: str = "payroll", file: str = "发放.xlsx", **cells: str
) -> EvidenceRow:
    """A row of a pay ledger."""
    shown = {"amount": EvidenceCell(f"F{row}", amount, amount)}
    shown |= {column: EvidenceCell(f"B{row}", value, value) for column, value in cells.items()}
    return EvidenceRow(ledger, file, "1月", row, shown)

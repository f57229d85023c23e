"""What the evidence of several signals says together: money counted once, the rows, the months and the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from auditor.clues import EvidenceRow, Signal
from auditor.findings.model import Place

STATEMENT = "statement"
# The ledgers whose `amount` is a payment to the subject. bank_payments is the same money, seen at the bank.
PAYING = frozenset({"payroll", "workshop_payroll", "transport_subsidy", "insurance_subsidy"})
# Their employer is where the person worked besides, and not where the matter lies.
_ELSEWHERE = frozenset({"social_insurance", "employment", "hr_pool", "migrant_work"})


def distinct_rows(signals: Iterable[Signal]) -> tuple[EvidenceRow, ...]:
    """Every row of evidence once, in order of ledger, file, sheet and row; the first signal that shows it wins."""
    rows: dict[tuple[str, str, str, int], EvidenceRow] = {}
    for signal in signals:
        for row in signal.evidence:
            known = rows.setdefault(_address(row), row)
            if "amount" in row.cells and "amount" not in known.cells:
                rows[_address(row)] = row
    return tuple(rows[address] for address in sorted(rows))


def at_stake(signals: Iterable[Signal], rows: Iterable[EvidenceRow]) -> Decimal | None:
    """The money of a finding, in yuan: of a statement by how much its sides differ, else the payments among `rows`.

    A statement's evidence shows some of its rows only, and those of both sides.
    """
    own = [signal for signal in signals if signal.subject.kind == STATEMENT]
    if not own:
        return money(rows)
    apart = [abs(Decimal(str(said))) for one in own if (said := one.measures.get("amount_difference")) is not None]
    return max(apart, default=Decimal(0)) or None


def money(rows: Iterable[EvidenceRow]) -> Decimal | None:
    """The payments among distinct `rows`, in yuan, so that a row of several rules counts once; None without any."""
    amounts = [amount for row in rows if row.ledger in PAYING and (amount := _amount(row)) is not None and amount > 0]
    return sum(amounts, Decimal(0)) if amounts else None


def months_of(signals: Iterable[Signal]) -> tuple[str, ...]:
    """The months that the signals are about, in order."""
    return tuple(sorted({signal.period[:7] for signal in signals if signal.period}))


def place_of(rows: Sequence[EvidenceRow]) -> Place:
    """The township, village and employer that most rows give; of equally many the first in order of characters."""
    return Place(_usual(rows, "township"), _usual(rows, "village"), _usual(_at_home(rows), "employer"))


def _at_home(rows: Sequence[EvidenceRow]) -> Sequence[EvidenceRow]:
    return [row for row in rows if row.ledger not in _ELSEWHERE]


def _address(row: EvidenceRow) -> tuple[str, str, str, int]:
    return row.ledger, row.file, row.sheet or "", row.row or 0


def _amount(row: EvidenceRow) -> Decimal | None:
    cell = row.cells.get("amount")
    if cell is None or cell.value is None or isinstance(cell.value, bool):
        return None
    try:
        return Decimal(str(cell.value))
    except InvalidOperation:  # a cell that could not be read is an empty cell; the reading stage has reported it
        return None


def _usual(rows: Sequence[EvidenceRow], column: str) -> str:
    seen = Counter(str(cell.value) for row in rows if (cell := row.cells.get(column)) is not None and cell.value)
    return min(seen, key=lambda value: (-seen[value], value), default="")

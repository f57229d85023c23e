"""Statements to signals: one for each statement and unit whose keys differ or whose money does.

A unit that the other ledger does not hold is a gap of the statement and stands in none of its figures, so nothing is
held against it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, zip_longest

from auditor.clues import EvidenceRow, Measure, Severity, Signal, Subject
from auditor.messages import LANGUAGES, text
from auditor.reconcile.figures import CENT, Figures, by_unit, has_money, money_apart
from auditor.reconcile.model import Item, Reconciliation, RowRef, Standing, Statement, Unit
from auditor.reconcile.showing import columns_shown
from auditor.tables import Tables

GROUP = "RX"
VIOLATIONS: Mapping[str, str] = {"ledgers": "ledger_match", "facts": "accounts_match"}
ROWS_SHOWN = 50
"""Rows of evidence that a signal carries; the whole list stands in the statement."""
_MATERIAL_PERCENT = 1


def statement_signals(
    reconciliation: Reconciliation, tables: Tables, severities: Mapping[str, str] | None = None
) -> tuple[Signal, ...]:
    """The signals of all statements, in order of statement and unit; `severities` (statement → severity) the profile's.

    A signal is `material` when more than 1 % of the unit's keys differ or stand on one side only, or its money differs.
    """
    changed = severities or {}
    return tuple(
        signal
        for statement in reconciliation.statements
        for signal in _of_statement(statement, tables, Severity(changed.get(statement.id, Severity.MEDIUM)))
    )


def _of_statement(statement: Statement, tables: Tables, severity: Severity) -> Iterator[Signal]:
    items: dict[Unit, list[Item]] = {}
    for item in statement.items:
        if item.standing is not Standing.MATCHED and item.standing not in statement.natural:
            items.setdefault(item.unit, []).append(item)
    for unit, figures in by_unit(statement).items():
        own = items.get(unit, [])
        apart = _money_differs(figures, own, statement)
        if figures.open or apart:
            yield _signal(statement, unit, figures, own, tables, severity, apart)


def _money_differs(figures: Figures, items: Iterable[Item], statement: Statement) -> bool:
    """Whether the unit's money differs, in the sum or, where differences cancel each other out, of a key."""
    difference = figures.amount_difference
    if difference is not None and abs(difference) > CENT:
        return True
    return any(money_apart(item, statement) for item in items)


def is_material(figures: Figures, *, money_differs: bool) -> bool:
    """Whether the difference is more than 1 % of the keys (exactly 1 % is not), or one of money."""
    return money_differs or figures.open * 100 > figures.keys * _MATERIAL_PERCENT


def _signal(
    statement: Statement,
    unit: Unit,
    figures: Figures,
    items: Sequence[Item],
    tables: Tables,
    severity: Severity,
    apart: bool,
) -> Signal:
    rows = tuple(dict.fromkeys(_rows(items)))
    measures: dict[str, Measure] = {
        "statement": statement.id,
        "kind": statement.kind,
        "unit_kind": unit.kind,
        "keys": figures.keys,
        "matched": figures.matched,
        "different": figures.different,
        "left_only": figures.left_only,
        "right_only": figures.right_only,
        "open": figures.open,
        "share": _share(figures),
        "amount_left": _yuan(figures.amount_left),
        "amount_right": _yuan(figures.amount_right),
        "amount_difference": _yuan(figures.amount_difference),
        "money_differs": apart,
        "material": is_material(figures, money_differs=apart),
        "rows": len(rows),
        "rows_shown": min(len(rows), ROWS_SHOWN),
    }
    return Signal(
        rule=statement.id,
        version=statement.version,
        group=GROUP,
        violation=VIOLATIONS[statement.kind],
        severity=severity,
        subject=Subject("statement", f"{statement.id}/{unit.id}", unit.name or unit.id),
        period=None,
        measures=measures,
        message={lang: _message(statement, unit, figures, len(rows), lang, apart=apart) for lang in LANGUAGES},
        evidence=_evidence(statement, rows[:ROWS_SHOWN], tables),
    )


def _rows(items: Sequence[Item]) -> Iterator[RowRef]:
    """The rows of items, of each standing in turn, so that the first of them show every kind of difference."""
    standing: dict[Standing, list[Item]] = {}
    for item in items:
        standing.setdefault(item.standing, []).append(item)
    for item in chain.from_iterable(zip_longest(*standing.values())):
        if item is not None:
            yield from (*item.left, *item.right, *(row for _, row in item.notes))


def _evidence(statement: Statement, rows: Iterable[RowRef], tables: Tables) -> tuple[EvidenceRow, ...]:
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.ledger, []).append(row.row)
    return tuple(
        row
        for ledger in sorted(wanted)
        for row in tables.evidence(ledger, wanted[ledger], columns_shown(statement, ledger, tables))
    )


def _message(statement: Statement, unit: Unit, figures: Figures, rows: int, lang: str, *, apart: bool) -> str:
    told = text(
        "statement-signal",
        lang,
        id=statement.id,
        title=statement.title.in_(lang),
        unit=unit.name or unit.id,
        left=statement.left.title.in_(lang),
        right=statement.right.title.in_(lang),
        keys=figures.keys,
        matched=figures.matched,
        different=figures.different,
        left_only=figures.left_only,
        right_only=figures.right_only,
    )
    for one in statement.natural:
        if count := getattr(figures, one):
            told += text("statement-signal-natural", lang, standing=text(f"standing-{one}", lang), count=count)
    if has_money(statement):
        amounts = {
            "left": f"{figures.amount_left or 0:,.2f}",
            "right": f"{figures.amount_right or 0:,.2f}",
            "difference": f"{abs(figures.amount_difference or Decimal(0)):,.2f}",
        }
        cancels = apart and not figures.amount_difference
        told += text("statement-signal-cancels" if cancels else "statement-signal-money", lang, **amounts)
    if rows > ROWS_SHOWN:
        told += text("statement-signal-rows", lang, rows=rows, shown=ROWS_SHOWN)
    return told


def _share(figures: Figures) -> str:
    """The open keys' part of all, as a decimal of four places."""
    part = Decimal(figures.open) / figures.keys if figures.keys else Decimal(0)
    return f"{part:.4f}"


def _yuan(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"

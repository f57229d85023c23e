"""What reports say alike of statements: the whole of it as a value, keys and figures masked, reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditor.clues import EvidenceRow, Measure, Signal
from auditor.errors import Problem
from auditor.ledgers import Catalogue, Column
from auditor.messages import LANGUAGES, TEXTS, text
from auditor.profile import Profile
from auditor.reconcile import (
    Item,
    NotReconciled,
    Reconciliation,
    RollForward,
    RowRef,
    Statement,
    Unit,
    columns_shown,
)
from auditor.report.coverage import reason_text
from auditor.report.masking import Veil
from auditor.rules import Text
from auditor.signals import Reason
from auditor.tables import Tables


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was reconciled: the statements, the roll-forward checks and the ledgers behind them.

    `everything` says that the statements' items hold the keys that match, too.
    """

    profile: Profile
    tables: Tables
    reconciliation: Reconciliation
    rolls: tuple[RollForward, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ReconcileResult:
    """The result of drawing up statements alone: with their signals, and what must not pass silently."""

    reconciled: Reconciled
    signals: tuple[Signal, ...]
    problems: tuple[Problem, ...]


def rows_behind(statement: Statement, refs: Iterable[RowRef], tables: Tables) -> Mapping[RowRef, EvidenceRow]:
    """The rows of a statement as evidence, with the cells that show them."""
    by_ledger: dict[str, list[int]] = {}
    for ref in refs:
        by_ledger.setdefault(ref.ledger, []).append(ref.row)
    return {
        RowRef(ledger, number): row
        for ledger, rows in by_ledger.items()
        for number, row in tables.evidence_by_row(ledger, rows, columns_shown(statement, ledger, tables)).items()
    }


def refs_of(items: Iterable[Item]) -> Iterator[RowRef]:
    """Every row behind items."""
    for item in items:
        yield from item.left
        yield from item.right
        yield from (ref for _, ref in item.notes)


def key_shown(statement: Statement, item: Item, veil: Veil) -> dict[str, Measure]:
    """The values of an item's key by their names, masked."""
    return {
        name: value_shown(statement, name, value, veil) for name, value in zip(statement.keys, item.key, strict=False)
    }


def value_shown(statement: Statement, name: str, value: Measure, veil: Veil) -> Measure:
    """A value of a statement's key or of a compared field, masked as a cell of that column is."""
    return veil.cell(value, column_of(statement, name, veil.catalogue)) if isinstance(value, str) else value


def column_of(statement: Statement, name: str, catalogue: Catalogue) -> Column | None:
    """The column that a word of a statement means in one of its ledgers: person is person_id."""
    for ledger in (*statement.left.ledgers, *statement.right.ledgers):
        if ledger in catalogue:
            for column in (name, f"{name}_id", f"{name}_no"):
                if column in catalogue[ledger].columns:
                    return catalogue[ledger].columns[column]
    return None


def field_title(statement: Statement, name: str, catalogue: Catalogue, lang: str) -> str:
    """A key or field in words: the ledger's own header in Chinese, its name in English."""
    column = column_of(statement, name, catalogue)
    if column is None:
        return text(f"field-{name}", lang) if f"field-{name}" in TEXTS else name.replace("_", " ")
    return column.header if lang == "zh" else name.replace("_", " ")


def unit_title(unit: Unit, veil: Veil, lang: str) -> str:
    """The name of a unit, masked; what stands for it where it has none."""
    if unit.kind == "county" and not (unit.name or unit.id):
        return text("unit-county", lang)
    return veil.sentence(unit.name or unit.id) or text("unit-unnamed", lang)


def reason_told(reason: NotReconciled, catalogue: Catalogue, lang: str) -> str:
    """Why a statement was not drawn up, or only in part."""
    zh, en = (str(reason.args[one]) if one in reason.args else None for one in LANGUAGES)
    why = Text(zh, en) if zh is not None and en is not None else None  # the statement's own words
    return reason_text(Reason(reason.code, reason.args, why), catalogue, lang)


def yuan(amount: Decimal | None) -> str | None:
    """An amount as results write it."""
    return None if amount is None else f"{amount:.2f}"


def measured(value: object) -> Measure:
    """A value as results write it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else f"{value}"

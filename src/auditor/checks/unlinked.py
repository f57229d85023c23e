"""LT11: rows of people that name nobody for certain."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.ledger_quality import MOST_ROWS, SEVERITIES
from auditor.checks.places import lt_signal
from auditor.clues import Signal
from auditor.tables import LedgerTable, Tables

_SHOWN = ("person_id", "name", "employer", "township", "village", "workshop_id", "workshop", "account_no")


def unlinked_rows(tables: Tables) -> Iterator[Signal]:
    """LT11: a row without identity number, in a ledger of people, that fits nobody or several, with the reason."""
    for table in tables.present.values():
        rows = table.links.unlinked.column("row_no").to_numpy()
        sheets = table.sheet_of[rows]
        for number, reading in enumerate(table.readings):
            mine = rows[sheets == number]
            for row in mine[:MOST_ROWS].tolist():
                yield _unlinked(tables, table, row)
            if len(mine) > MOST_ROWS:
                rest = {"rows": len(mine) - MOST_ROWS}
                yield lt_signal("LT11", SEVERITIES, reading.where(), rest, ledger=table.ledger.id, variant="more")


def _unlinked(tables: Tables, table: LedgerTable, row: int) -> Signal:
    link = table.links.of(row)
    assert link is not None, "only rows of `links` are asked for"
    where = table.where(row, "person_id")
    if where.column is None:
        where = table.where(row, "name")
    name = table.typed.column("name")[row].as_py() or ""
    evidence = tables.evidence(table.ledger.id, [row], _SHOWN)
    return lt_signal(
        "LT11",
        SEVERITIES,
        where,
        {"name": name, "fits": link.fits, "reason": link.reason},
        ledger=table.ledger.id,
        evidence=evidence,
        variant=link.reason,
    )

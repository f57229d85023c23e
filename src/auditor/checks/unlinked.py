"""LT11: rows of people that name nobody for certain."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.ledger_quality import MOST_ROWS, SEVERITIES
from auditor.checks.places import lt_signal
from auditor.clues import Signal
from auditor.messages import text
from auditor.tables import LedgerTable, Tables

_MASKED = "identity-masked"  # LT11 says so itself
_SHOWN = ("person_id", "name", "employer", "township", "village", "workshop_id", "workshop", "account_no")


def unlinked_rows(tables: Tables) -> Iterator[Signal]:
    """LT11: a row without identity number, in a ledger of people, that fits nobody or several, with the reason."""
    words = {(f.ledger, f.row): f.raw for f in tables.faults if f.column == "person_id" and f.code != _MASKED}
    for name, table in tables.present.items():
        rows = table.links.unlinked.column("row_no").to_numpy()
        sheets = table.sheet_of[rows]
        for number, reading in enumerate(table.readings):
            mine = rows[sheets == number]
            for row in mine[:MOST_ROWS].tolist():
                yield _unlinked(tables, table, row, words.get((name, row)))
            if len(mine) > MOST_ROWS:
                rest = {"rows": len(mine) - MOST_ROWS}
                yield lt_signal("LT11", SEVERITIES, reading.where(), rest, ledger=table.ledger.id, variant="more")


def _unlinked(tables: Tables, table: LedgerTable, row: int, words: str | None) -> Signal:
    """The signal of one row; `words` stand in the place of its number (同上, 待补)."""
    link = table.links.of(row)
    assert link is not None, "only rows of `links` are asked for"
    where = table.where(row, "person_id")
    if where.column is None:
        where = table.where(row, "name")
    name = table.typed.column("name")[row].as_py() or ""
    evidence = tables.evidence(table.ledger.id, [row], _SHOWN)
    header = table.header(row, "person_id")
    detail = (
        {lang: text("words-for-number", lang, header=header, raw=words) for lang in ("zh", "en")} if words else None
    )
    return lt_signal(
        "LT11",
        SEVERITIES,
        where,
        {"name": name, "fits": link.fits, "reason": link.reason},
        ledger=table.ledger.id,
        evidence=evidence,
        detail=detail,
        variant=link.reason,
    )

"""Who belongs to whom: households and workshops with their people, by whom conclusions about them can rest on these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from auditor.tables import Tables

HOUSEHOLD, WORKSHOP, PERSON = "household", "workshop", "person"
UNNUMBERED = "unnumbered"
"""The kind of a member of whom no number is known: nothing can be concluded about it, and yet it counts as one."""


def household_members(tables: Tables) -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
    """The people of each household of the roster, with or without a post, by kind and id; none without a roster."""
    rows = _pairs(
        tables,
        "roster",
        ("household_id", "person_id"),
        f"SELECT DISTINCT household_id, '{PERSON}' AS kind, person_id FROM roster "
        "WHERE household_id IS NOT NULL AND person_id IS NOT NULL ORDER BY household_id, person_id",
    )
    return _members(HOUSEHOLD, rows)


def workshop_members(tables: Tables, as_of: date) -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
    """The workers active in each workshop on `as_of` by its roll, by kind and id; none without a roll.

    A row without a number may be anybody's: each is a member of its own, so that nobody's share grows by its silence.
    """
    on = f"DATE '{as_of.isoformat()}'"
    rows = _pairs(
        tables,
        "workshop_workers",
        ("workshop_id", "person_id", "hired_on"),
        f"SELECT DISTINCT workshop_id, CASE WHEN person_id IS NULL THEN '{UNNUMBERED}' ELSE '{PERSON}' END AS kind, "
        "COALESCE(person_id, CAST(_row AS VARCHAR)) AS id FROM workshop_workers WHERE workshop_id IS NOT NULL "
        f"AND (hired_on IS NULL OR hired_on <= {on}) AND (left_on IS NULL OR left_on >= {on}) "
        "ORDER BY workshop_id, kind, id",
    )
    return _members(WORKSHOP, rows)


def workshop_names(tables: Tables) -> Mapping[tuple[str, str], str]:
    """What each workshop is called, by kind and id: as the register says, else the roll."""
    found: dict[tuple[str, str], str] = {}
    for ledger in ("workshop_workers", "workshops"):
        rows = _pairs(
            tables,
            ledger,
            ("workshop_id", "workshop"),
            f"SELECT workshop_id, MIN(workshop) AS workshop FROM {ledger} "
            "WHERE workshop_id IS NOT NULL AND workshop IS NOT NULL GROUP BY workshop_id",
        )
        found |= {(WORKSHOP, id_): name for id_, name in rows}
    return MappingProxyType(dict(sorted(found.items())))


def _pairs(tables: Tables, ledger: str, needed: Sequence[str], sql: str) -> list[tuple[str, ...]]:
    """The rows of `sql` over `ledger`; none where the ledger or one of the columns `needed` was not given."""
    given = tables.present.get(ledger)
    if given is None or not set(needed) <= set(given.columns):
        return []
    rows = tables.engine.query(sql)
    return list(zip(*(rows.column(number).to_pylist() for number in range(rows.num_columns)), strict=True))


def _members(kind: str, rows: Sequence[tuple[str, ...]]) -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for whole, member_kind, member in rows:
        found.setdefault((kind, whole), []).append((member_kind, member))
    return MappingProxyType(found)

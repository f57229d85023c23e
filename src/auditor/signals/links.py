"""Who belongs to whom: the members of households, by which conclusions about a household can rest on its people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from auditor.tables import Tables

_KEY = ("person_id", "household_id")


def household_members(tables: Tables) -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
    """The people of each household of the roster, with or without a post, by kind and id; none without a roster."""
    roster = tables.present.get("roster")
    if roster is None or not set(_KEY) <= set(roster.columns):
        return MappingProxyType({})
    rows = tables.engine.query(
        "SELECT DISTINCT household_id, person_id FROM roster "
        "WHERE household_id IS NOT NULL AND person_id IS NOT NULL ORDER BY household_id, person_id"
    )
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for household, person in zip(*(rows.column(name).to_pylist() for name in reversed(_KEY)), strict=True):
        found.setdefault(("household", household), []).append(("person", person))
    return MappingProxyType(found)

"""Those who are tied: their names, offices, and whether they hold a post or stand on a workshop's roll."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from auditor.tables import Tables
from auditor.ties.model import Tie


@dataclass(frozen=True, slots=True)
class Tied:
    """Somebody who is tied to others.

    Attributes:
        person: the identity number; None for the holder of an account whom the bank names alone.
        name: the first of their names.
        offices: what they are as an official; empty for others.
        posts, rolls: whether the register of posts, a workshop's roll has them, at whatever time.
    """

    person: str | None
    name: str
    offices: tuple[str, ...]
    posts: bool
    rolls: bool


def people_tied(ties: Sequence[Tie], tables: Tables) -> Mapping[str, Tied]:
    """Everybody of the ties, by node."""
    names: dict[str, set[str]] = {}
    numbers: dict[str, str | None] = {}
    for tie in ties:
        for end in tie.ends:
            numbers[end.node] = end.person
            names.setdefault(end.node, set()).update([end.name] if end.name else [])
    offices: dict[str, dict[str, None]] = {}
    for number, position in _pairs(tables, "officials", "position"):
        offices.setdefault(number, {}).update({position: None} if position else {})
    posts, rolls = (
        {number for number, _ in _pairs(tables, ledger, "name")} for ledger in ("posts", "workshop_workers")
    )
    return MappingProxyType(
        {
            node: Tied(
                number,
                min(names[node], default=""),
                tuple(offices[node]) or ("",) if node in offices else (),
                node in posts,
                node in rolls,
            )
            for node, number in sorted(numbers.items())
        }
    )


def _pairs(tables: Tables, ledger: str, column: str) -> Iterable[tuple[str, str | None]]:
    table = tables.present.get(ledger)
    if table is None:
        return ()
    columns = (table.typed.column(name).to_pylist() for name in ("person_id", column))
    return [(number, value) for number, value in zip(*columns, strict=True) if number]

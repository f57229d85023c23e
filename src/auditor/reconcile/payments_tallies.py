"""The figures of each unit and month of a payment statement: takes its entries, gives tallies."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.reconcile.model import Tally, Unit
from auditor.reconcile.pairing import Ints
from auditor.reconcile.payments import groups
from auditor.reconcile.payments_entries import STANDINGS, UNIT, Entries

_COUNTED = (*(standing.value for standing in STANDINGS), "rows_left", "rows_right")
_MONEY = ("amount_left", "amount_right")


def months(entries: Entries) -> pa.ChunkedArray:
    """The month of payment of each entry, YYYY-MM: the ledger's, where it has one."""
    return pc.strftime(entries.of_either(entries.columns.day), format="%Y-%m")


def units(entries: Entries, home: Unit) -> tuple[list[Unit], Ints]:
    """The different units in order, and for each entry the index of its own; `home` for those that have none."""
    own = pa.table({name: entries.of_left(name) for name in UNIT})
    (code,), _ = groups([own], UNIT)
    _, first, index = np.unique(code, return_index=True, return_inverse=True)
    named = [_unit(row, home) for row in own.take(pa.array(first)).to_pylist()]
    names: dict[tuple[str, str], str] = {}  # one name for each, however often and differently it is written
    for unit in sorted(named, key=lambda unit: (not unit.name, unit)):
        names.setdefault((unit.kind, unit.id), unit.name)
    known = sorted(Unit(*key, name) for key, name in names.items())
    place = {(unit.kind, unit.id): number for number, unit in enumerate(known)}
    rank = np.array([place[unit.kind, unit.id] for unit in named], np.int64)
    return known, rank[index]


def _unit(own: Mapping[str, str | None], home: Unit) -> Unit:
    kind, unit, name = (own[column] for column in UNIT)
    return home if kind is None or unit is None else Unit(kind, unit, name or "")


def tallies(entries: Entries, home: Unit) -> tuple[Tally, ...]:
    """The figures of each unit and month, in their order."""
    known, of_unit = units(entries, home)
    flags = [entries.standing == number for number in range(len(STANDINGS))]
    flags += [entries.left >= 0, entries.right >= 0]
    counted = {name: pa.array(flag.astype(np.int64)) for name, flag in zip(_COUNTED, flags, strict=True)}
    money = dict(zip(_MONEY, (of(entries.columns.money) for of in (entries.of_left, entries.of_right)), strict=True))
    table = pa.table({"unit": of_unit, "month": months(entries), **counted, **money})
    summed = table.group_by(["unit", "month"]).aggregate([(name, "sum") for name in (*_COUNTED, *_MONEY)])
    found = sorted(summed.to_pylist(), key=lambda row: (row["unit"], row["month"] or ""))
    return tuple(_tally(known[row["unit"]], row) for row in found)


def _tally(unit: Unit, row: Mapping[str, object]) -> Tally:
    month = row["month"]
    counts = {name: int(str(row[f"{name}_sum"])) for name in _COUNTED}
    left, right = (Decimal(str(row[f"{name}_sum"] or 0)) for name in _MONEY)
    return Tally(unit, None if month is None else str(month), **counts, amount_left=left, amount_right=right)

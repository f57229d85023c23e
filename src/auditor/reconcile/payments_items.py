"""The items of a payment statement that somebody must look at: takes its entries, gives them one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from auditor.reconcile.model import Difference, Item, RowRef, Standing, Unit
from auditor.reconcile.payments_entries import STANDINGS, Entries
from auditor.reconcile.payments_tallies import months, units
from auditor.tables.model import measure

Notes = Mapping[int, Sequence[tuple[str, RowRef]]]
"""What is to be said of entries, by their index: the code of a sentence, and a row."""


def items(
    entries: Entries, ledgers: tuple[str, str], home: Unit, notes: Notes, *, everything: bool = False
) -> tuple[Item, ...]:
    """The entries that are not simply matched, or have a double or a note; by standing, unit, month and key.

    Payments equal in all columns that name them have one key; they follow each other in the order of their rows.

    Args:
        entries: all of them.
        ledgers: the ledger of the left rows and that of the right ones.
        home: the unit of those without one.
        notes: what is to be said of them.
        everything: the simply matched ones as well.
    """
    shown = (entries.standing > 0) | entries.duplicate | everything
    shown[list(notes)] = True
    chosen = np.flatnonzero(shown)
    some = entries.at(chosen)
    known, of_unit = units(some, home)
    columns = some.columns
    naming = [some.of_either(name).to_pylist() for name in columns.naming]
    left, right = _refs(ledgers[0], some.of_left("row_no")), _refs(ledgers[1], some.of_right("row_no"))
    amount_left, amount_right = (of(columns.money).to_pylist() for of in (some.of_left, some.of_right))
    compared = {name: (some.of_left(name).to_pylist(), some.of_right(name).to_pylist()) for name in columns.compared}
    month = months(some).to_pylist()
    found = []
    for at, entry in enumerate(chosen.tolist()):
        standing = STANDINGS[some.standing[at]]
        found.append(
            Item(
                key=tuple(measure(part[at]) for part in naming),
                standing=standing,
                unit=known[of_unit[at]],
                month=month[at],
                left=left[at],
                right=right[at],
                amount_left=amount_left[at],
                amount_right=amount_right[at],
                differences=_differences(compared, at) if standing is Standing.DIFFERENT else (),
                duplicate=bool(some.duplicate[at]),
                notes=tuple(notes.get(entry, ())),
            )
        )
    return tuple(sorted(found, key=_order))


def _refs(ledger: str, rows: pa.ChunkedArray) -> list[tuple[RowRef, ...]]:
    return [() if row is None else (RowRef(ledger, row),) for row in rows.to_pylist()]


def _differences(compared: Mapping[str, Sequence[Sequence[object]]], at: int) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, measure(left[at]), measure(right[at]))
        for name, (left, right) in compared.items()
        if left[at] is not None and right[at] is not None and left[at] != right[at]
    )


def _order(item: Item) -> tuple[object, ...]:
    key = tuple((part is None, str(part)) for part in item.key)
    return STANDINGS.index(item.standing), item.unit, item.month or "", key

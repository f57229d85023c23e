"""Several payment ledgers against one pool of bank rows: takes Arrow tables, gives who claims which row of the pool.

The ledgers claim in their order, each what the ones before it left, so that a bank row stands in one statement at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.reconcile.pairing import Ints, Pairs, Rows, pair

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Who claims which row of a pool.

    Attributes:
        pairs: for each ledger, in order, indices of its rows and of the pool's rows that they claim.
        unclaimed: indices of the pool's rows that nobody claims, in order.
    """

    pairs: tuple[Pairs, ...]
    unclaimed: Ints


def claim(ledgers: Sequence[pa.Table], pool: pa.Table, keys: Sequence[str], day: str, window: int) -> Claims:
    """Pair the rows of `ledgers`, one ledger after the other, with rows of `pool`, each used once.

    Args:
        ledgers: the rows of each, in file order.
        pool: the bank's rows, in file order; the same columns.
        keys: the columns that must be equal, of one type on all sides; a row without one of them claims nothing.
        day: the DATE column that may differ by `window` days.
        window: in days.
    """
    sides = [*ledgers, pool]
    codes, whole = groups(sides, keys)
    usable = [np.flatnonzero(one & dated(side, day)) for one, side in zip(whole, sides, strict=True)]
    free = usable[-1]
    pairs: list[Pairs] = []
    for number, ledger in enumerate(ledgers):
        rows = usable[number]
        found = pair(_rows(codes[number], ledger, day, rows), _rows(codes[-1], pool, day, free), window)
        pairs.append(Pairs(rows[found.left], free[found.right]))
        free = np.delete(free, found.right)
    unclaimed = np.ones(pool.num_rows, np.bool_)
    for one in pairs:
        unclaimed[one.right] = False
    return Claims(tuple(pairs), np.flatnonzero(unclaimed))


def groups(sides: Sequence[pa.Table], keys: Sequence[str]) -> tuple[list[Ints], list[Flags]]:
    """For each side the group of each row, the same on all sides where all `keys` are equal; and if it has them all."""
    together = pa.concat_tables([side.select([*keys]) for side in sides])
    code = np.zeros(together.num_rows, np.int64)
    whole = np.ones(together.num_rows, np.bool_)
    for key in keys:
        encoded = together.column(key).combine_chunks().dictionary_encode()
        index = encoded.indices.fill_null(len(encoded.dictionary)).to_numpy(zero_copy_only=False).astype(np.int64)
        # numbered anew each time, so that the product of many keys stays within 64 bits
        code = np.unique(code * (len(encoded.dictionary) + 1) + index, return_inverse=True)[1].astype(np.int64)
        whole &= index < len(encoded.dictionary)
    bounds = np.cumsum([side.num_rows for side in sides])[:-1]
    return np.split(code, bounds), np.split(whole, bounds)


def dated(table: pa.Table, day: str) -> Flags:
    """Which rows have a day."""
    found: Flags = pc.is_valid(table.column(day)).to_numpy()
    return found


def _rows(group: Ints, table: pa.Table, day: str, at: Ints) -> Rows:
    days = pc.cast(table.column(day).take(pa.array(at)), pa.int32())
    return Rows(group[at], days.to_numpy().astype(np.int64))

"""Payment ledgers settled with the bank: takes the rows of all, gives the entries of each and what explains them.

Successful bank rows are claimed first. A failed one explains the payment that it tried: one that nobody received, if
there is such a payment in its account, amount and days, else one that was received, so after a second try.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from auditor.reconcile.pairing import Ints
from auditor.reconcile.payments import claim
from auditor.reconcile.payments_entries import Columns, Entries, entries


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """One ledger after the settling.

    Attributes:
        entries: its payments, and the bank rows that nobody claims if they are laid at its door.
        failed: for an entry the indices of the failed bank rows that tried it.
    """

    entries: Entries
    failed: Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Settlement:
    """All ledgers after the settling.

    Attributes:
        ledgers: each, in their order.
        unclaimed: indices of the successful bank rows that nobody claims.
        unexplained: indices of the failed bank rows that tried no payment of any ledger.
    """

    ledgers: tuple[Settled, ...]
    unclaimed: Ints
    unexplained: Ints


def settle(
    payments: Sequence[pa.Table], paid: pa.Table, failed: pa.Table, columns: Columns, window: int, bearer: int | None
) -> Settlement:
    """Settle `payments`, ledger by ledger in their order, with the bank's rows.

    Args:
        payments: the rows of each ledger; see `Entries`.
        paid: the bank's successful rows.
        failed: the bank's failed rows.
        columns: which columns decide.
        window: how many days apart.
        bearer: the ledger whose entries hold the successful rows that nobody claims; None: none's do.
    """
    claims = claim(payments, paid, columns.keys, columns.day, window)
    nobody = np.empty(0, np.int64)
    settled = [
        entries(rows, paid, pairs, claims.unclaimed if number == bearer else nobody, columns)
        for number, (rows, pairs) in enumerate(zip(payments, claims.pairs, strict=True))
    ]
    waiting = [np.flatnonzero((one.left >= 0) & (one.right < 0)) for one in settled]
    received = [np.flatnonzero((one.left >= 0) & (one.right >= 0)) for one in settled]
    tried = [*waiting, *received]  # left rows stand first in the entries, under their own index
    again = claim(
        [rows.take(pa.array(at)) for rows, at in zip([*payments, *payments], tried, strict=True)],
        failed,
        columns.keys,
        columns.day,
        window,
    )
    notes: list[dict[int, list[int]]] = [{} for _ in settled]
    for number, (at, pairs) in enumerate(zip(tried, again.pairs, strict=True)):
        for entry, row in zip(at[pairs.left].tolist(), pairs.right.tolist(), strict=True):
            notes[number % len(settled)].setdefault(entry, []).append(row)
    ledgers = (Settled(one, said) for one, said in zip(settled, notes, strict=True))
    return Settlement(tuple(ledgers), claims.unclaimed, again.unclaimed)

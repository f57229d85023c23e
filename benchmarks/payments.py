"""Payments one to one with the bank: `python -m benchmarks.payments [payments] [--window 5]`.

Settles 1,000,000 payments with 1,000,000 bank rows as RX21 does (pairs, how each stands, figures by unit and month,
items) and prints time and peak memory. 5 % of the payments are contended: a thousand equal ones in an account, on days
that the windows of several reach. In the same run the greedy as the catalogue words it, every candidate pair of a join
in pandas sorted and taken in a loop, works off a tenth of it; both must give the same pairs there.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from auditor.reconcile.model import Unit
from auditor.reconcile.payments import claim
from auditor.reconcile.payments_entries import STANDINGS, Columns
from auditor.reconcile.payments_items import items
from auditor.reconcile.payments_settled import settle
from auditor.reconcile.payments_tallies import tallies

COLUMNS = Columns(("account_no", "amount"), "paid_on", ("name",), "amount")
EQUAL = 1_000
_FIRST_DAY = 18_993  # 2022-01-01
_T = TypeVar("_T")


def made(count: int, seed: int = 1) -> tuple[pa.Table, pa.Table]:
    """Payments of `count` rows and the bank's: a twentieth in groups of `EQUAL`, some lost, some late, some renamed."""
    chance = np.random.default_rng(seed)
    contended = count // 20
    plain = count - contended
    account = np.concatenate([np.arange(plain) // 12, plain + np.arange(contended) // EQUAL])
    month = np.concatenate([np.arange(plain) % 12, chance.integers(0, 12, contended)])
    day = _FIRST_DAY + month * 30 + chance.integers(0, 10, count)
    names = np.char.add("张", (account % 5000).astype(str))
    ledger = _rows(account, day, names)
    late = chance.choice([0, 1, 2, 3, -1, 6], count, p=[0.6, 0.2, 0.1, 0.05, 0.04, 0.01])
    holder = np.where(chance.random(count) < 0.001, "王五", names)
    order = chance.permutation(count)
    return ledger, _rows(account[order], (day + late)[order], holder[order])


def _rows(account: np.ndarray, day: np.ndarray, name: np.ndarray) -> pa.Table:
    accounts = pa.array(np.char.add("6217", np.char.zfill(account.astype(str), 15)))
    cents = pa.array(600 + account % 7).cast(pa.decimal128(21, 2)).cast(pa.decimal128(18, 2))
    employer = pa.array(np.char.add("单位", (account % 400).astype(str)))
    return pa.table(
        {
            "row_no": pa.array(np.arange(len(account), dtype=np.int64)),
            "account_no": accounts,
            "amount": cents,
            "paid_on": pa.array(day.astype(np.int32), pa.int32()).cast(pa.date32()),
            "name": pa.array(name),
            "unit_kind": pa.array(["employer"]).take(pa.array(np.zeros(len(account), np.int64))),
            "unit": employer,
            "unit_name": pa.nulls(len(account), pa.string()),
        }
    )


def naive(ledger: pa.Table, bank: pa.Table, window: int) -> list[tuple[int, int]]:
    """Every candidate pair, sorted as the catalogue says, each row taken once."""
    sides = []
    for table in (ledger, bank):
        frame = table.select(["row_no", "account_no", "amount", "paid_on"]).to_pandas()
        frame["amount"] = frame["amount"].astype(str)
        frame["day"] = pd.to_datetime(frame["paid_on"]).astype("datetime64[s]").astype("int64") // 86_400
        sides.append(frame)
    joined = sides[0].merge(sides[1], on=["account_no", "amount"], suffixes=("_left", "_right"))
    joined["apart"] = (joined["day_left"] - joined["day_right"]).abs()
    joined = joined[joined["apart"] <= window].sort_values(
        ["apart", "day_left", "day_right", "row_no_left", "row_no_right"]
    )
    lefts, rights = np.zeros(ledger.num_rows, np.bool_), np.zeros(bank.num_rows, np.bool_)
    pairs = []
    for left, right in zip(joined["row_no_left"].tolist(), joined["row_no_right"].tolist(), strict=True):
        if not lefts[left] and not rights[right]:
            lefts[left] = rights[right] = True
            pairs.append((left, right))
    return sorted(pairs)


def timed(work: Callable[[], _T]) -> tuple[_T, float]:
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def peak() -> float:
    """The process's peak of resident memory, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("payments", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--window", type=int, default=5)
    given = parser.parse_args()
    with ProcessPoolExecutor(1) as elsewhere:  # so that the peak is not that of making the rows
        ledger, bank = elsewhere.submit(made, given.payments).result()
    before = peak()
    nothing = bank.slice(0, 0)
    settlement, took = timed(lambda: settle([ledger], bank, nothing, COLUMNS, given.window, 0))
    entries = settlement.ledgers[0].entries
    home = Unit("county", "")
    (shown, counted), told = timed(
        lambda: (items(entries, ("payroll", "bank_payments"), home, {}), tallies(entries, home))
    )
    print(f"{given.payments} payments, {bank.num_rows} bank rows, {given.window} days")
    print(f"  {', '.join(f'{s.value} {entries.number(s)}' for s in STANDINGS)}, duplicates {entries.duplicates}")
    print(f"  settled             {took:7.2f} s")
    print(f"  {len(shown):7d} items, {len(counted)} tallies {told:5.2f} s")
    print(f"  peak {peak():.0f} MB, of which {before:.0f} before")

    few, few_bank = made(given.payments // 10)
    plain, slow = timed(lambda: naive(few, few_bank, given.window))
    claims, quick = timed(lambda: claim([few], few_bank, COLUMNS.keys, COLUMNS.day, given.window))
    same = list(zip(claims.pairs[0].left.tolist(), claims.pairs[0].right.tolist(), strict=True)) == plain
    print(
        f"a tenth: greedy in pandas {slow:.2f} s, here {quick:.3f} s: {slow / quick:.0f} × as fast; same pairs: {same}"
    )
    print(f"  peak with it {peak():.0f} MB")
    if not same:
        raise SystemExit(1)


if __name__ == "__main__":
    main()

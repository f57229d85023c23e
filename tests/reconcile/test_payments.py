"""Ledgers that claim rows of one pool, each what those before it left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.reconcile.payments import claim

Row: TypeAlias = tuple[str | None, Decimal | None, date | None]
_START = date(2022, 2, 25)


def table(rows: Sequence[Row]) -> pa.Table:
    """The rows as the engine would give them."""
    schema = pa.schema([("account_no", pa.string()), ("amount", pa.decimal128(18, 2)), ("paid_on", pa.date32())])
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def naive(ledgers: Sequence[Sequence[Row]], pool: Sequence[Row], window: int) -> list[list[tuple[int, int]]]:
    """The rule catalogue's words, ledger after ledger, over all candidates."""
    used: set[int] = set()
    found = []
    for ledger in ledgers:
        candidates = sorted(
            (abs((one[2] - other[2]).days), one[2], other[2], i, j)
            for i, one in enumerate(ledger)
            for j, other in enumerate(pool)
            if None not in one and None not in other and one[:2] == other[:2]
            if one[2] is not None and other[2] is not None and abs((one[2] - other[2]).days) <= window
        )
        pairs: dict[int, int] = {}
        for _, _, _, i, j in candidates:
            if i not in pairs and j not in used:
                pairs[i] = j
                used.add(j)
        found.append(sorted(pairs.items()))
    return found


_ROWS = st.tuples(
    st.sampled_from(["6217", "6217", "6228", None]),
    st.sampled_from([Decimal("600.00"), Decimal("600.00"), Decimal("600.01"), None]),
    st.sampled_from([*(_START + timedelta(days=n) for n in range(9)), None]),
)


@settings(max_examples=60)
@given(st.lists(st.lists(_ROWS, max_size=14), min_size=1, max_size=3), st.lists(_ROWS, max_size=25))
def test_each_ledger_claims_what_those_before_it_left(ledgers: list[list[Row]], pool: list[Row]) -> None:
    claims = claim([table(ledger) for ledger in ledgers], table(pool), ["account_no", "amount"], "paid_on", 2)
    pairs = [list(zip(one.left.tolist(), one.right.tolist(), strict=True)) for one in claims.pairs]
    assert pairs == naive(ledgers, pool, 2)
    claimed = {row for one in pairs for _, row in one}
    assert claims.unclaimed.tolist() == [row for row in range(len(pool)) if row not in claimed]


def test_no_ledger_leaves_the_whole_pool() -> None:
    row = ("6217", Decimal(600), _START)
    claims = claim([], table([row, row]), ["account_no", "amount"], "paid_on", 5)
    assert claims.pairs == ()
    assert claims.unclaimed.tolist() == [0, 1]

"""How payments stand, in columns, against a reading of the words row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.reconcile.model import Standing, Tally, Unit
from auditor.reconcile.payments_entries import Columns, Entries
from auditor.reconcile.payments_items import items
from auditor.reconcile.payments_settled import Settlement, settle
from auditor.reconcile.payments_tallies import tallies

_COLUMNS = Columns(("account_no", "amount"), "paid_on", ("name",), "amount")
_HOME = Unit("county", "云山县")
_START = date(2022, 2, 25)
_WINDOW = 2


class Payment(NamedTuple):
    """A row of a ledger or of the bank."""

    account_no: str | None = "6217"
    amount: Decimal = Decimal(600)
    paid_on: date | None = _START
    name: str | None = "甲"
    unit: str | None = None


def table(rows: Sequence[Payment]) -> pa.Table:
    """The rows as the engine gives them."""
    units = [row.unit for row in rows]
    return pa.table(
        {
            "row_no": pa.array(range(100, 100 + len(rows)), pa.int64()),
            "account_no": pa.array([row.account_no for row in rows], pa.string()),
            "amount": pa.array([row.amount for row in rows], pa.decimal128(18, 2)),
            "paid_on": pa.array([row.paid_on for row in rows], pa.date32()),
            "name": pa.array([row.name for row in rows], pa.string()),
            "person_id": pa.array([row.name for row in rows], pa.string()),
            "unit_kind": pa.array([None if unit is None else "employer" for unit in units], pa.string()),
            "unit": pa.array(units, pa.string()),
            "unit_name": pa.array([None] * len(rows), pa.string()),
        }
    )


def settled(
    payments: Sequence[Sequence[Payment]],
    paid: Sequence[Payment],
    failed: Sequence[Payment] = (),
    bearer: int | None = 0,
) -> Settlement:
    return settle([table(rows) for rows in payments], table(paid), table(failed), _COLUMNS, _WINDOW, bearer)


def _differs(one: Payment, other: Payment) -> bool:
    return one.name is not None and other.name is not None and one.name != other.name


def _months(row: Payment) -> str | None:
    return None if row.paid_on is None else f"{row.paid_on:%Y-%m}"


def _expected(rows: Sequence[Payment], paid: Sequence[Payment], entries: Entries) -> list[Tally]:
    """The tallies of entries, of which only the pairs are taken on trust; they have an oracle of their own."""
    found: dict[tuple[Unit, str], Tally] = {}
    for left, right in zip(entries.left.tolist(), entries.right.tolist(), strict=True):
        one, other = (None if left < 0 else rows[left]), (None if right < 0 else paid[right])
        if one is None:
            standing = "right_only"
        elif other is None:
            standing = "left_only"
        else:
            standing = "different" if _differs(one, other) else "matched"
        shown = one or other
        assert shown is not None
        unit = _HOME if one is None or one.unit is None else Unit("employer", one.unit)
        month = _months(shown)
        tally = found.setdefault((unit, month or ""), Tally(unit, month, 0, 0, 0, 0, 0, 0, Decimal(0), Decimal(0)))
        found[unit, month or ""] = replace(
            tally,
            **{standing: getattr(tally, standing) + 1},
            rows_left=tally.rows_left + (one is not None),
            rows_right=tally.rows_right + (other is not None),
            amount_left=(tally.amount_left or Decimal(0)) + (one.amount if one is not None else 0),
            amount_right=(tally.amount_right or Decimal(0)) + (other.amount if other is not None else 0),
        )
    return [found[key] for key in sorted(found)]


_ROWS = st.builds(
    Payment,
    st.sampled_from(["6217", "6217", "6228", None]),
    st.sampled_from([Decimal("600.00"), Decimal("600.00"), Decimal("600.01")]),
    st.sampled_from([*(_START + timedelta(days=n) for n in range(9)), None]),
    st.sampled_from(["甲", "甲", "乙", None]),
    st.sampled_from(["云山镇", "平湖镇", None]),
)
_MANY = st.lists(_ROWS, max_size=16)


@settings(max_examples=60)
@given(_MANY, _MANY, _MANY)
def test_figures_doubles_and_items_are_those_of_a_reading_row_by_row(
    first: list[Payment], second: list[Payment], paid: list[Payment]
) -> None:
    settlement = settled([first, second], paid)
    for number, (rows, one) in enumerate(zip((first, second), settlement.ledgers, strict=True)):
        entries = one.entries
        assert list(tallies(entries, _HOME)) == _expected(rows, paid, entries)
        bank = [at for at in entries.right.tolist() if at >= 0 and at not in set(settlement.unclaimed.tolist())]
        assert len(bank) == len(set(bank))
        assert (entries.left < 0).sum() == (len(settlement.unclaimed) if number == 0 else 0)
        equal = Counter((row.account_no, row.amount, row.paid_on) for row in rows)
        doubles = {key for key, count in equal.items() if count > 1 and None not in key}
        assert entries.duplicates == len(doubles)
        shown = items(entries, ("payroll", "bank_payments"), _HOME, {})
        listed = Counter(item.standing for item in shown)
        for standing in (Standing.DIFFERENT, Standing.LEFT_ONLY, Standing.RIGHT_ONLY):
            assert listed[standing] == entries.number(standing)
        assert {item.key for item in shown if item.duplicate} == {
            (key[0], f"{key[1]:.2f}", key[2].isoformat()) for key in doubles if key[2] is not None
        }
    assert set(settlement.unclaimed.tolist()) | {
        at for one in settlement.ledgers for at in one.entries.right.tolist() if at >= 0
    } == set(range(len(paid)))


def test_an_item_names_the_payment_its_rows_and_what_differs() -> None:
    settlement = settled([[Payment(name="甲", unit="云山镇")]], [Payment(name="乙", paid_on=date(2022, 2, 26))])
    (item,) = items(settlement.ledgers[0].entries, ("payroll", "bank_payments"), _HOME, {})
    assert item.key == ("6217", "600.00", "2022-02-25")
    assert item.standing is Standing.DIFFERENT
    assert (item.unit, item.month) == (Unit("employer", "云山镇"), "2022-02")
    assert [(row.ledger, row.row) for row in (*item.left, *item.right)] == [("payroll", 100), ("bank_payments", 100)]
    assert [(d.field, d.left, d.right) for d in item.differences] == [("name", "甲", "乙")]
    assert (item.amount_left, item.amount_right, item.duplicate) == (Decimal(600), Decimal(600), False)


def test_what_nobody_claims_stands_with_the_county_and_only_with_the_ledger_that_bears_it() -> None:
    stray = Payment(account_no="6230")
    assert [len(one.entries.left) for one in settled([[Payment()], []], [Payment(), stray]).ledgers] == [2, 0]
    assert [len(one.entries.left) for one in settled([[], [Payment()]], [stray], bearer=None).ledgers] == [0, 1]
    (item,) = items(settled([[]], [stray]).ledgers[0].entries, ("payroll", "bank_payments"), _HOME, {})
    assert (item.standing, item.unit, item.left, item.amount_left) == (Standing.RIGHT_ONLY, _HOME, (), None)


def test_payments_alike_follow_each_other_in_their_order() -> None:
    entries = settled([[Payment(), Payment(), Payment()]], [Payment()]).ledgers[0].entries
    shown = items(entries, ("payroll", "bank_payments"), _HOME, {})
    assert [(item.standing, item.left[0].row) for item in shown] == [
        (Standing.MATCHED, 100),
        (Standing.LEFT_ONLY, 101),
        (Standing.LEFT_ONLY, 102),
    ]
    assert len({item.key for item in shown}) == 1
    assert entries.duplicates == 1


def test_a_unit_written_under_two_names_is_one() -> None:
    rows = table([Payment(unit="CJ01", name=str(n)) for n in range(3)])
    named = rows.set_column(rows.column_names.index("unit_name"), "unit_name", pa.array([None, "乙车间", "甲车间"]))
    entries = settle([named], table([]), table([]), _COLUMNS, _WINDOW, 0).ledgers[0].entries
    (tally,) = tallies(entries, _HOME)
    assert tally.unit == Unit("employer", "CJ01", min("乙车间", "甲车间"))
    assert tally.rows_left == 3


def test_a_failed_bank_row_explains_the_payment_that_nobody_received() -> None:
    alike = [Payment(), Payment()]
    settlement = settled([alike], [Payment()], [Payment(), Payment(account_no="6230")])
    (one,) = settlement.ledgers
    assert dict(one.failed) == {1: [0]}
    assert settlement.unexplained.tolist() == [1]


def test_a_failed_bank_row_goes_to_a_later_ledger_before_a_payment_that_was_received() -> None:
    settlement = settled([[Payment()], [Payment()]], [Payment()], [Payment(), Payment(), Payment()])
    assert [dict(one.failed) for one in settlement.ledgers] == [{0: [1]}, {0: [0]}]
    assert np.array_equal(settlement.unexplained, [2])

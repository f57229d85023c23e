"""The payment statements (RX21 to RX23): takes the rows of payment ledgers and of the bank, gives what stands in each.

An absent ledger is never read as an empty one. A successful bank row that nobody claims is *received, on no ledger*
only where every ledger was there to claim it; else it is left out, and counted in a reservation. A ledger that is
absent may also have claimed a row before the others: they say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.reconcile.model import Item, NotReconciled, RowRef, Standing, Tally, Unit
from auditor.reconcile.payments_entries import Columns
from auditor.reconcile.payments_items import items
from auditor.reconcile.payments_settled import Settlement, settle
from auditor.reconcile.payments_tallies import tallies

_FAILED = "payment-failed"
_PERSON = "person_id"


@dataclass(frozen=True, slots=True, eq=False)
class PaymentLedger:
    """A payment ledger that claims rows of the bank.

    Attributes:
        statement: the id of its statement.
        ledger: its ledger.
        rows: its payments in file order, with `person_id`, and what `Entries` asks for; None where it was not given.
        bears: its statement holds the successful bank rows that nobody claims.
    """

    statement: str
    ledger: str
    rows: pa.Table | None
    bears: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class BankRows:
    """The bank's rows in file order: the successful ones, and those that failed or came back."""

    ledger: str
    paid: pa.Table
    failed: pa.Table


@dataclass(frozen=True, slots=True)
class DrawnPayments:
    """What stands in one payment statement; `number` is by standing, the rest as in `Statement` and `Side`."""

    number: Mapping[Standing, int]
    rows_left: int
    rows_right: int
    people_left: int
    amount_left: Decimal
    amount_right: Decimal
    duplicates: int
    items: tuple[Item, ...]
    tallies: tuple[Tally, ...]
    reservations: tuple[NotReconciled, ...]


def draw_payments(
    ledgers: Sequence[PaymentLedger],
    bank: BankRows,
    columns: Columns,
    window: int,
    home: Unit,
    *,
    everything: bool = False,
) -> Mapping[str, DrawnPayments]:
    """The statements of the ledgers that were given, by id.

    Args:
        ledgers: all that the bank pays, given or not, in the order in which they claim.
        bank: its rows.
        columns: which columns decide.
        window: how many days apart a payment and the bank's row may be.
        home: the unit of what has none.
        everything: list the simply matched items as well.
    """
    given = [(one, one.rows) for one in ledgers if one.rows is not None]
    absent = [one.ledger for one in ledgers if one.rows is None]
    bearer = next((number for number, (one, _) in enumerate(given) if one.bears), None)
    settlement = settle(
        [rows for _, rows in given], bank.paid, bank.failed, columns, window, None if absent else bearer
    )
    drawn: dict[str, DrawnPayments] = {}
    for number, (one, rows) in enumerate(given):
        entries, failed = settlement.ledgers[number].entries, settlement.ledgers[number].failed
        refs = bank.failed.column("row_no")
        notes = {
            entry: [(_FAILED, RowRef(bank.ledger, refs[row].as_py())) for row in tried]
            for entry, tried in failed.items()
        }
        earlier = [other.ledger for other in ledgers[: ledgers.index(one)] if other.rows is None]
        reservations = [NotReconciled("payments-earlier-missing", {"ledgers": ", ".join(earlier)})] if earlier else []
        if number == (bearer or 0):
            reservations += _of_the_rest(settlement, bank, columns.money, absent)
        drawn[one.statement] = DrawnPayments(
            number={standing: entries.number(standing) for standing in Standing},
            rows_left=rows.num_rows,
            rows_right=int(np.count_nonzero(entries.right >= 0)),
            people_left=pc.count_distinct(rows.column(_PERSON), mode="only_valid").as_py(),
            amount_left=_total(rows.column(columns.money)),
            amount_right=_total(entries.of_right(columns.money)),
            duplicates=entries.duplicates,
            items=items(entries, (one.ledger, bank.ledger), home, notes, everything=everything),
            tallies=tallies(entries, home),
            reservations=tuple(reservations),
        )
    return drawn


def _of_the_rest(settlement: Settlement, bank: BankRows, money: str, absent: Sequence[str]) -> Iterator[NotReconciled]:
    """What the statements leave out: successful rows that an absent ledger may claim, failed ones that fit none."""
    if absent and len(settlement.unclaimed):
        left = bank.paid.column(money).take(pa.array(settlement.unclaimed))
        yield NotReconciled(
            "payments-unclaimed-not-judged",
            {"ledgers": ", ".join(absent), "rows": len(left), "amount": f"{_total(left):.2f}"},
        )
    if len(settlement.unexplained):
        yield NotReconciled("payments-failed-unexplained", {"rows": len(settlement.unexplained)})


def _total(money: pa.ChunkedArray) -> Decimal:
    found = pc.sum(money).as_py()
    return Decimal(0) if found is None else Decimal(found)

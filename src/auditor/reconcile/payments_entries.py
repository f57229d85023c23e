"""The entries of a payment statement: takes a ledger's rows, the bank's and their pairs, gives how each stands.

An *entry* is a pair, a payment without one, or a bank row that nobody claims. There may be a million of them, so they
are columns, not objects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.reconcile.model import Standing
from auditor.reconcile.pairing import Ints, Pairs
from auditor.reconcile.payments import Flags, groups

STANDINGS = (Standing.MATCHED, Standing.DIFFERENT, Standing.LEFT_ONLY, Standing.RIGHT_ONLY)
"""What the numbers in `Entries.standing` mean."""
UNIT = ("unit_kind", "unit", "unit_name")
"""The columns that say to whom a left row belongs."""
_MATCHED, _DIFFERENT, _LEFT_ONLY, _RIGHT_ONLY = range(4)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of both sides that decide: equal, within some days, compared, summed."""

    keys: tuple[str, ...]
    day: str
    compared: tuple[str, ...]
    money: str

    @property
    def naming(self) -> tuple[str, ...]:
        """The columns that name an entry."""
        return (*self.keys, self.day)


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """The entries of one statement, in order: the left rows, then the bank rows that nobody claims.

    Attributes:
        payments: the left rows: the columns, `row_no`, and `unit_kind`, `unit`, `unit_name`, NULL where there is none.
        bank: the bank's rows: the columns and `row_no`.
        columns: which columns decide.
        left: for each entry the index of its left row; -1 where it has none.
        right: for each entry the index of its bank row; -1 where it has none.
        standing: how it stands, as an index of `STANDINGS`.
        duplicate: its left row equals another in all naming columns, none of them empty.
    """

    payments: pa.Table
    bank: pa.Table
    columns: Columns
    left: Ints
    right: Ints
    standing: npt.NDArray[np.int64]
    duplicate: Flags

    def number(self, standing: Standing) -> int:
        """How many entries stand so."""
        return int(np.count_nonzero(self.standing == STANDINGS.index(standing)))

    @property
    def duplicates(self) -> int:
        """Different keys and days that two or more left rows have."""
        rows = self.payments.take(pa.array(self.left[self.duplicate]))
        return int(rows.group_by([*self.columns.naming]).aggregate([]).num_rows)

    def of_left(self, column: str) -> pa.ChunkedArray:
        """A column of the left rows for each entry, NULL where it has none."""
        return _taken(self.payments.column(column), self.left)

    def of_right(self, column: str) -> pa.ChunkedArray:
        """A column of the bank rows for each entry, NULL where it has none."""
        return _taken(self.bank.column(column), self.right)

    def of_either(self, column: str) -> pa.ChunkedArray:
        """A column of the left row of each entry, where it has one, else of the bank row."""
        return pc.if_else(pa.array(self.left >= 0), self.of_left(column), self.of_right(column))

    def at(self, chosen: Ints) -> Entries:
        """Some of the entries."""
        return replace(
            self,
            left=self.left[chosen],
            right=self.right[chosen],
            standing=self.standing[chosen],
            duplicate=self.duplicate[chosen],
        )


def entries(payments: pa.Table, bank: pa.Table, pairs: Pairs, alone: Ints, columns: Columns) -> Entries:
    """How each payment and each of the bank rows `alone` stands; see `Entries`."""
    count = payments.num_rows
    left = np.concatenate([np.arange(count, dtype=np.int64), np.full(len(alone), -1, np.int64)])
    right = np.concatenate([np.full(count, -1, np.int64), alone])
    right[pairs.left] = pairs.right
    standing = np.select([left < 0, right < 0], [_RIGHT_ONLY, _LEFT_ONLY], _MATCHED).astype(np.int64)
    standing[pairs.left[_differ(payments, bank, pairs, columns.compared)]] = _DIFFERENT
    duplicate = np.zeros(len(left), np.bool_)
    duplicate[:count] = _repeated(payments, columns.naming)
    return Entries(payments, bank, columns, left, right, standing, duplicate)


def _differ(payments: pa.Table, bank: pa.Table, pairs: Pairs, compared: tuple[str, ...]) -> Flags:
    """Which pairs differ in a compared column; an empty value never does."""
    found = np.zeros(len(pairs.left), np.bool_)
    for name in compared:
        unequal = pc.not_equal(_taken(payments.column(name), pairs.left), _taken(bank.column(name), pairs.right))
        found |= pc.fill_null(unequal, pa.scalar(value=False)).to_numpy()
    return found


def _repeated(payments: pa.Table, naming: tuple[str, ...]) -> Flags:
    """Which rows are equal to another in all of `naming`, none of them empty."""
    (code,), (whole,) = groups([payments], naming)
    found: Flags = whole & (np.bincount(code[whole], minlength=len(code))[code] > 1) if len(code) else whole
    return found


def _taken(column: pa.ChunkedArray, at: Ints) -> pa.ChunkedArray:
    """The values at `at`, NULL where that is below 0."""
    return column.take(pa.array(at, mask=at < 0))

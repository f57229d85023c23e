"""Rows of people without an identity number, and to whom each was linked by name, or why to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

SCHEMA = pa.schema(
    [
        ("row_no", pa.int64()),
        ("person_id", pa.string()),
        ("linked_by", pa.string()),
        ("witness_ledger", pa.string()),
        ("witness_row", pa.int64()),
        ("reason", pa.string()),
        ("fits", pa.int64()),
    ]
)
REASONS = ("masked", "nameless", "name-only", "nobody", "several", "contradicts", "stands-already", "status-list")


@dataclass(frozen=True, slots=True)
class RowLink:
    """What became of one row without a number.

    Attributes:
        person_id: whom it was linked to; None where it was not.
        by: the columns by which it was, `name` first.
        witness: ledger and `_row` of a row that gives the person's number with that name and one of those values.
        reason: why it was not linked (one of `REASONS`); empty where it was.
        fits: how many people fit; at least so many where there are several.
    """

    row: int
    person_id: str | None
    by: tuple[str, ...]
    witness: tuple[str, int] | None
    reason: str
    fits: int


@dataclass(frozen=True, slots=True)
class Links:
    """The rows of one ledger that came without a number: `table` has the columns of `SCHEMA`, in order of `row_no`."""

    table: pa.Table

    def of(self, row: int) -> RowLink | None:
        """What became of `_row` `row`; None where it has a number of its own, or one that cannot be read."""
        rows = self.table.column("row_no").to_numpy()
        at = int(np.searchsorted(rows, row))
        if at == len(rows) or rows[at] != row:
            return None
        return _row_link({name: self.table.column(name)[at].as_py() for name in SCHEMA.names})

    @property
    def linked(self) -> int:
        """How many rows were linked to a person."""
        return int(pc.count(self.table.column("person_id")).as_py())

    @property
    def rows_linked(self) -> npt.NDArray[np.int64]:
        """The `_row`s that were linked to a person."""
        done = self.table.filter(pc.is_valid(self.table.column("person_id")))
        rows: npt.NDArray[np.int64] = done.column("row_no").to_numpy()
        return rows

    @property
    def reasons(self) -> Mapping[str, int]:
        """Reason → how many rows were not linked for it."""
        counts = pc.value_counts(self.unlinked.column("reason").combine_chunks()).to_pylist()
        return {str(c["values"]): int(c["counts"]) for c in sorted(counts, key=lambda c: str(c["values"]))}

    @property
    def unlinked(self) -> pa.Table:
        """The rows that were not linked."""
        return self.table.filter(pc.is_null(self.table.column("person_id")))


def _row_link(found: Mapping[str, object]) -> RowLink:
    ledger, witness, person = found["witness_ledger"], found["witness_row"], found["person_id"]
    return RowLink(
        row=int(str(found["row_no"])),
        person_id=None if person is None else str(person),
        by=tuple(str(found["linked_by"] or "").split(",")) if person is not None else (),
        witness=None if ledger is None or person is None else (str(ledger), int(str(witness))),
        reason=str(found["reason"] or ""),
        fits=int(str(found["fits"])),
    )

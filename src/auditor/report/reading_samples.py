"""What stands in the columns of a table, as the reading report shows it: a few values, and what they were read as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.clues import EvidenceRow
from auditor.intake import Band, SheetReading
from auditor.report.masking import Veil
from auditor.tables import LedgerTable, Tables, measure

SAMPLES = 3
_LOOKED_AT = 20_000  # rows in which samples are looked for


@dataclass(frozen=True, slots=True)
class Sample:
    """A value of a column, masked as the veil masks.

    Attributes:
        text: as it stands.
        read: what it was read as where that differs, else None.
        unread: it could not be read.
    """

    text: str
    read: str | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a reading within the table of its ledger: [first, last)."""

    table: LedgerTable
    first: int
    last: int


class Values:
    """The typed values of an upload, looked up by reading."""

    def __init__(self, tables: Tables, veil: Veil, words: tuple[str, str]) -> None:
        """`words` are those for yes and no."""
        self._tables, self._veil, self._words = tables, veil, words
        self._unread = {(fault.ledger, fault.column, fault.row) for fault in tables.faults if not fault.readable}
        self._rows: dict[int, _Rows] = {}
        for table in tables.present.values():
            for number, reading in enumerate(table.readings):
                first, last = np.searchsorted(table.sheet_of, [number, number + 1])
                self._rows[id(reading)] = _Rows(table, int(first), int(last))

    def samples(self, reading: SheetReading, name: str) -> list[Sample]:
        """The first few different values of a ledger's column."""
        rows = self._rows.get(id(reading))
        if rows is None or name not in rows.table.columns:
            return []
        column = rows.table.ledger.columns[name]
        count = min(rows.last - rows.first, _LOOKED_AT)
        raw = rows.table.raw.column(name).slice(rows.first, count)
        raw = raw.combine_chunks() if isinstance(raw, pa.ChunkedArray) else raw
        typed = rows.table.typed.column(name)
        found: list[Sample] = []
        for text in _different(raw):
            row = rows.first + int(pc.index(raw, text).as_py())
            value = typed[row].as_py()
            shown = self._veil.cell(text, column)
            if value is None:
                found.append(Sample(shown, unread=(rows.table.ledger.id, name, row) in self._unread))
                continue
            said = measure(value, column.type)
            word = self._words[0 if said else 1] if isinstance(said, bool) else str(said)
            read = self._veil.cell(word, column)
            found.append(Sample(shown, None if _same(text, word, value) or read == shown else read))
        return found

    def plain_samples(self, reading: SheetReading, index: int) -> list[Sample]:
        """The first few different texts of a grid column that stands for nothing in the ledger."""
        positions = np.flatnonzero(reading.bands == Band.READ)[:_LOOKED_AT]
        cells = reading.raw.columns[index].text.take(pa.array(positions))
        return [Sample(self._veil.cell(text)) for text in _different(cells)]

    def links(self, reading: SheetReading, most: int) -> tuple[list[EvidenceRow], Mapping[str, int]]:
        """The first `most` rows that were linked to a person by name, and how many were (`linked`), or why not."""
        rows = self._rows.get(id(reading))
        if rows is None or not rows.table.links.table.num_rows:
            return [], {}
        links = rows.table.links.table
        mine = links.filter(
            pc.and_(
                pc.greater_equal(links.column("row_no"), rows.first),
                pc.less(links.column("row_no"), rows.last),
            )
        )
        linked = mine.filter(pc.is_valid(mine.column("person_id"))).column("row_no").to_pylist()
        counts = {"linked": len(linked)} if linked else {}
        reasons = mine.filter(pc.is_null(mine.column("person_id"))).column("reason").to_pylist()
        for reason in sorted(set(reasons)):
            counts[str(reason)] = reasons.count(reason)
        return list(self._tables.evidence(rows.table.ledger.id, linked[:most], ["name"])), counts


def _different(cells: pa.Array) -> list[str]:
    unique = pc.unique(cells.drop_null())
    filled = unique.filter(pc.not_equal(pc.utf8_trim_whitespace(unique), ""))
    return [str(text) for text in filled.slice(0, SAMPLES).to_pylist()]


def _same(text: str, word: str, value: object) -> bool:
    """Whether what was read is what stands there, but for zeros at the end of an amount."""
    if isinstance(value, Decimal):
        return _shortest(text.strip()) == _shortest(word)
    return text.strip() == word


def _shortest(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number

"""From sheet readings to typed tables on an engine: nothing inferred, nothing silently nulled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.errors import NO_ARGUMENTS
from auditor.intake.raw import SourceFile
from auditor.intake.reading import Band, SheetReading
from auditor.ledgers import Catalogue, Column, Ledger
from auditor.tables.columns import (
    CellReader,
    TypedColumn,
    arrow_type,
    constant_column,
    empty_column,
    type_column,
)
from auditor.tables.engine import Engine
from auditor.tables.linking import link_rows
from auditor.tables.model import CellFault, LedgerTable, Tables, engine_table
from auditor.values import Hints, Read, lt_rule, reader

ExtraCodes = Mapping[str, Mapping[str, Mapping[str, str]]]


class _Readers:
    """Cell readers, one for each column and what its sheet says, so that they are made once for many sheets."""

    def __init__(self, codes: ExtraCodes) -> None:
        self._codes = codes
        self._known: dict[tuple[str, str, Hints], CellReader] = {}

    def of(self, ledger: Ledger, column: Column, hints: Hints) -> CellReader:
        key = (ledger.id, column.name, hints)
        if key not in self._known:
            extra = self._codes.get(ledger.id, {}).get(column.name, {})
            spellings = {**column.spellings, **extra}
            self._known[key] = reader(column.type.value, column.codes, spellings, hints)
        return self._known[key]


@dataclass(slots=True)
class _Growing:
    """A ledger while its sheets are put together."""

    ledger: Ledger
    count: int = 0
    columns: set[str] = field(default_factory=set)
    typed: dict[str, list[pa.Array]] = field(default_factory=dict)
    raw: dict[str, list[pa.Array]] = field(default_factory=dict)
    sheet_of: list[npt.NDArray[np.int32]] = field(default_factory=list)
    numbers: list[npt.NDArray[np.int32]] = field(default_factory=list)
    readings: list[SheetReading] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)

    def add(self, reading: SheetReading, readers: _Readers) -> None:
        positions = np.nonzero(reading.bands == Band.READ)[0].astype(np.int64)
        mapped = {m.column: m for m in reading.columns}
        for name, column in self.ledger.columns.items():
            unit = reading.unit(mapped[name]) if name in mapped else reading.money_unit
            read = readers.of(self.ledger, column, Hints(reading.year_hint, reading.raw.date_1904, unit))
            if name in mapped:
                self.columns.add(name)
                one = mapped[name]
                typed = type_column(reading.cells(one), positions, column, read)
                if one.stood is not None:
                    typed = replace(typed, raw=one.stood.take(pa.array(positions)))
            elif name in reading.context:
                self.columns.add(name)
                typed = constant_column(reading.context[name].text, len(positions), column, read)
            else:
                typed = empty_column(len(positions), column)
            self._take(name, typed)
        self.sheet_of.append(np.full(len(positions), len(self.readings), dtype=np.int32))
        self.numbers.append((positions + reading.raw.first_row).astype(np.int32))
        self.readings.append(reading)
        self.count += len(positions)

    def _take(self, name: str, typed: TypedColumn) -> None:
        self.typed.setdefault(name, []).append(typed.values)
        self.raw.setdefault(name, []).append(typed.raw)
        for unclear in typed.unclear:
            result = unclear.result
            code = (result.note or "") if isinstance(result, Read) else result.code
            args = NO_ARGUMENTS if isinstance(result, Read) else result.args
            if not lt_rule(code):
                continue  # a harmless note, such as an open end
            self.faults.extend(
                CellFault(
                    self.ledger.id, name, self.count + position, code, args, unclear.raw, isinstance(result, Read)
                )
                for position in unclear.positions.tolist()
            )

    def done(self) -> LedgerTable:
        columns = self.ledger.columns
        typed = {name: pa.chunked_array(self.typed[name], arrow_type(columns[name])) for name in columns}
        raw = {name: pa.chunked_array(self.raw[name], pa.string()) for name in columns if name in self.columns}
        return LedgerTable(
            ledger=self.ledger,
            rows=self.count,
            columns=frozenset(self.columns),
            raw=pa.table(raw).combine_chunks(),
            typed=pa.table(typed).combine_chunks(),
            sheet_of=np.concatenate(self.sheet_of),
            row_numbers=np.concatenate(self.numbers),
            readings=tuple(self.readings),
        )


def build_tables(
    readings: Sequence[SheetReading],
    catalogue: Catalogue,
    engine: Engine,
    codes: ExtraCodes | None = None,
    files: Sequence[SourceFile] = (),
) -> Tables:
    """Load the READ rows of all `readings` into `engine`, a table for each ledger kind; link those without a number.

    Args:
        readings: the sheets; those without a ledger are passed over.
        catalogue: the ledger kinds.
        engine: where the tables go.
        codes: ledger → column → other spelling → code, from the county profile.
        files: every file of the upload, among which the ledgers' evidence is looked for.
    """
    readers = _Readers(codes or {})
    growing: dict[str, _Growing] = {}
    for reading in readings:
        if reading.ledger is not None:
            growing.setdefault(reading.ledger, _Growing(catalogue[reading.ledger])).add(reading, readers)
    present = {name: growing[name].done() for name in sorted(growing)}
    for name, ledger in catalogue.items():
        table = present.get(name)
        engine.load(name, engine_table(ledger, table.typed if table is not None else None))
    faults = tuple(
        sorted((f for g in growing.values() for f in g.faults), key=lambda f: (f.ledger, f.row, f.column, f.code))
    )
    return link_rows(Tables(engine, catalogue, present, faults, tuple(sorted(files, key=lambda file: file.path))))

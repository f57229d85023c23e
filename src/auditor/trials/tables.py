"""The small ledgers of a case as tables: each goes the way of a real one, from sheet to tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from auditor.intake.files.sources import role_of
from auditor.intake.raw import RawColumn, RawSheet, SourceFile
from auditor.intake.reading import Band, MappedColumn, SheetReading
from auditor.ledgers import Catalogue, Ledger
from auditor.profile import Period, Profile, default_period
from auditor.rules import case_files, case_table
from auditor.rules.model import Case
from auditor.tables import Engine, Tables, build_tables
from auditor.values import CellKind

EngineFactory = Callable[[], Engine]


def case_reading(ledger: Ledger, rows: Sequence[Sequence[str]]) -> SheetReading:
    """A case's table (header first; catalogue names or accepted headers) as the reading of a sheet of texts."""
    by_header = {text: column.name for column in ledger.columns.values() for text in (column.name, *column.headers)}
    header, columns, mapped = rows[0], [], []
    for index, title in enumerate(header):
        texts = [row[index] or None for row in rows]
        kinds = [CellKind.BLANK if text is None else CellKind.TEXT for text in texts]
        columns.append(RawColumn(pa.array(texts, pa.string()), np.array(kinds, dtype=np.uint8)))
        mapped.append(MappedColumn(by_header[title], index, chr(65 + index), title, 1.0))
    bands = np.full(len(rows), Band.READ, dtype=np.uint8)
    bands[0] = Band.HEADER
    return SheetReading(
        source=SourceFile(f"{ledger.id}.case", 0, "", "workbook"),
        raw=RawSheet(None, 1, 1, tuple(columns), len(rows)),
        ledger=ledger.id,
        confidence=1.0,
        candidates=((ledger.id, 1.0),),
        header=(0, 1),
        columns=tuple(mapped),
        unknown=(),
        context={},
        year_hint=None,
        bands=bands,
        reasons={},
        totals=(),
        problems=(),
    )


def case_profile(case: Case) -> Profile:
    """The date, period, county and parameters of `case`."""
    months = default_period(case.as_of)
    period = Period(case.period_from or months.first, case.period_to or months.last)
    return Profile(as_of=case.as_of, period=period, county=case.county, parameters=case.parameters, dated=case.dated)


def case_tables(case: Case, catalogue: Catalogue, engine: Engine) -> Tables:
    """The ledgers of `case`, in `engine`, and the other files of its upload."""
    readings = [case_reading(catalogue[name], case_table(text)) for name, text in case.ledgers.items()]
    named = () if case.files is None else case_files(case.files)
    files = [SourceFile(one.path, 0, one.content, role_of(one.path), one.picture) for one in named]
    return build_tables(readings, catalogue, engine, files=files)

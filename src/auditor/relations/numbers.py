"""`identity_number`: what the identity numbers of the upload say, as a relation that every query may read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from auditor.relations.mentions import number_columns
from auditor.tables import Tables
from auditor.values import birth_date, is_valid, sex

IDENTITY_NUMBER = "identity_number"

_SCHEMA = pa.schema(
    [("person_id", pa.string()), ("valid", pa.bool_()), ("birth_date", pa.date32()), ("sex", pa.string())]
)


def identity_numbers(numbers: Iterable[str], as_of: date) -> pa.Table:
    """A row for each of `numbers`: `person_id`, `valid` (on `as_of`), `birth_date` and `sex` (男, 女).

    Birth date and sex come from a valid number only; they are NULL for another.
    """
    rows: dict[str, list[object]] = {name: [] for name in _SCHEMA.names}
    for number in numbers:
        valid = is_valid(number, as_of)
        row = (number, valid, birth_date(number) if valid else None, sex(number) if valid else None)
        for column, value in zip(rows.values(), row, strict=True):
            column.append(value)
    return pa.table(rows, schema=_SCHEMA)


def numbers_written(tables: Tables) -> list[str]:
    """Every different number of any column of type person_id of any ledger, sorted."""
    parts = [
        f"SELECT {name} AS person_id FROM {table.ledger.id} WHERE {name} IS NOT NULL"
        for table in tables.present.values()
        for name in number_columns(table)
    ]
    if not parts:
        return []
    found: list[str] = tables.engine.query(" UNION ".join(parts)).column("person_id").to_pylist()
    return sorted(found)

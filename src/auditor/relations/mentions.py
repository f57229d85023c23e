"""`identity_mention`: every place where a ledger gives an identity number, as a relation that every query may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.ledgers import ColumnType, Ledger
from auditor.tables import LedgerTable, Tables

_NUMBER, _NAME = "person_id", "name"
_OF_NONE = (
    "SELECT CAST(NULL AS VARCHAR) AS ledger, CAST(NULL AS BIGINT) AS row_no, CAST(NULL AS VARCHAR) AS column_name, "
    "CAST(NULL AS VARCHAR) AS person_id, CAST(NULL AS VARCHAR) AS name WHERE 1 = 0"
)


def name_beside(ledger: Ledger, number: str) -> str | None:
    """The column with the name of whom the person column `number` gives: name for person_id, owner for owner_id."""
    column = ledger.columns.get(_NAME if number == _NUMBER else number.removesuffix("_id"))
    return column.name if column is not None and column.type is ColumnType.NAME else None


def number_columns(table: LedgerTable) -> list[str]:
    """The person columns of a ledger that some sheet has."""
    columns = table.ledger.columns.items()
    return [name for name, column in columns if column.type is ColumnType.PERSON_ID and name in table.columns]


def cells_shown(ledger: Ledger, number: str, show: Sequence[str]) -> list[str]:
    """The columns of `ledger` that show a mention in its column `number`; `show` of person_id and name."""
    columns = {_NUMBER: number, _NAME: name_beside(ledger, number)}
    return [name for part in show if (name := columns[part]) is not None]


def mentions_query(present: Mapping[str, LedgerTable]) -> str:
    """A SELECT with a row for each cell of a person column that holds a number; name NULL where there is none."""
    parts = []
    for table in present.values():
        for number in number_columns(table):
            name = name_beside(table.ledger, number) or "NULL"
            parts.append(
                f"SELECT '{table.ledger.id}' AS ledger, _row AS row_no, '{number}' AS column_name, "
                f"{number} AS person_id, CAST({name} AS VARCHAR) AS name "
                f"FROM {table.ledger.id} WHERE {number} IS NOT NULL"
            )
    return " UNION ALL ".join(parts) or _OF_NONE


def load_mentions(tables: Tables, name: str) -> None:
    """Make the mentions of all ledgers of `tables` readable in their engine as `name`."""
    tables.engine.materialise(name, mentions_query(tables.present))

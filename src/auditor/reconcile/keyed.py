"""A statement on keys, in SQL: both sides grouped by the keys, every key with how it stands, as tables of the engine.

A side's query gives a row for each row that counts; all that is done with them is done by the engine, so that a million
rows a side are matched in a second. A key's rows that give several values in a compared field agree with the other side
where one value is common; an empty value never differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.reconcile.model import Standing
from auditor.relations import Relations
from auditor.rules import StatementRule, StatementSide, columns_given, tables_read
from auditor.tables import quoted

LEFT, RIGHT, KEYS = "statement_left", "statement_right", "statement_key"
TABLES = (LEFT, RIGHT, KEYS)
SEPARATOR = "\x1f"
"""Stands between kind, id and name of a unit, where they are one text."""
_SEPARATOR_SQL = "CHR(31)"
_CENT = "0.01"


@dataclass(frozen=True, slots=True)
class SideTable:
    """A side as a table of the engine: its name, its columns, and the side itself."""

    table: str
    columns: frozenset[str]
    side: StatementSide

    def has(self, column: str) -> bool:
        """Whether its query gives `column`."""
        return column in self.columns

    def value(self, column: str, otherwise: str = "NULL") -> str:
        """The column in a query over it, or what stands for it where it has none."""
        return quoted(column) if column in self.columns else otherwise


def load_sides(statement: StatementRule, relations: Relations) -> tuple[SideTable, SideTable]:
    """Run the queries of both sides, each once.

    Raises:
        EngineError: one failed or took too long; its place is told by the caller's statement.
    """
    sides = []
    for table, side in ((LEFT, statement.left), (RIGHT, statement.right)):
        relations.make(tables_read(side.query))
        relations.engine.materialise(table, relations.sql(side.query), seconds=relations.seconds)
        sides.append(SideTable(table, frozenset(columns_given(side.query)), side))
    return sides[0], sides[1]


def whole(statement: StatementRule) -> str:
    """The condition that a row of a side has no empty key."""
    return " AND ".join(f"{quoted(key)} IS NOT NULL" for key in statement.keys)


def _unit(side: SideTable) -> str:
    """Kind, id and name of a row's unit as one text, so that the least of several is one of them and not a mixture."""
    if not side.has("unit"):
        return "CAST(NULL AS VARCHAR)"
    name = f"COALESCE({side.value('unit_name')}, '')" if side.has("unit_name") else "''"
    parts = f" || {_SEPARATOR_SQL} || ".join((quoted("unit_kind"), quoted("unit"), name))
    return f"CASE WHEN {quoted('unit_kind')} IS NOT NULL AND {quoted('unit')} IS NOT NULL THEN {parts} END"


def _grouped(statement: StatementRule, side: SideTable) -> str:
    """A row for each key of a side: how many rows, the money, the unit, the month, and what is compared."""
    keys = ", ".join(map(quoted, statement.keys))
    parts = [
        keys,
        "CAST(1 AS BIGINT) AS n" if side.side.counted else "COUNT(*) AS n",
        f"SUM({quoted(statement.money)}) AS amount"
        if statement.money is not None
        else "CAST(NULL AS DECIMAL) AS amount",
        f"MIN({_unit(side)}) AS unit",
        f"MIN({side.value('month', 'CAST(NULL AS DATE)')}) AS month",
    ]
    for number, one in enumerate(statement.compared):
        column = quoted(one.field)
        if one.how == "sum":
            parts.append(f"SUM({column}) AS sum_{number}")
        else:
            parts.append(f"MIN({column}) AS low_{number}, MAX({column}) AS high_{number}")
    return f"SELECT {', '.join(parts)} FROM {side.table} WHERE {whole(statement)} GROUP BY {keys}"


def _money(statement: StatementRule) -> str:
    """The sum of the statement's money, NULL where it has none."""
    return "CAST(NULL AS DECIMAL)" if statement.money is None else f"SUM({quoted(statement.money)})"


def _on(keys: Sequence[str], left: str, right: str) -> str:
    return " AND ".join(f"{left}.{quoted(key)} = {right}.{quoted(key)}" for key in keys)


def keys_query(statement: StatementRule, left: SideTable, right: SideTable) -> str:
    """The SELECT of all keys of both sides: their figures, how each stands, whether a side has it more than once."""
    keys = statement.keys
    both = [f"COALESCE(l.{quoted(key)}, r.{quoted(key)}) AS {quoted(key)}" for key in keys]
    carried = [
        "COALESCE(l.n, 0) AS n_left, COALESCE(r.n, 0) AS n_right",
        "l.amount AS amount_left, r.amount AS amount_right",
        "COALESCE(l.unit, r.unit) AS unit, COALESCE(l.month, r.month) AS month",
        "COALESCE(l.n, 0) > 1 OR COALESCE(r.n, 0) > 1 AS twice",
    ]
    unlike, unsure = [], {}
    for number, one in enumerate(statement.compared):
        if one.how == "sum":
            carried.append(f"l.sum_{number} AS sum_left_{number}, r.sum_{number} AS sum_right_{number}")
            unlike.append(f"COALESCE(ABS(k.sum_left_{number} - k.sum_right_{number}) > {_CENT}, FALSE)")
            continue
        carried.append(f"COALESCE(l.low_{number} <> r.low_{number}, FALSE) AS apart_{number}")
        carried.append(
            f"COALESCE(l.low_{number} <> l.high_{number} OR r.low_{number} <> r.high_{number}, FALSE) AS many_{number}"
        )
        unsure[number] = one.field
        unlike.append(f"(k.apart_{number} AND a_{number}.found IS NULL)")
    joined = (
        f"SELECT {', '.join((*both, *carried))} FROM left_keys AS l FULL JOIN right_keys AS r ON {_on(keys, 'l', 'r')}"
    )
    agree = [
        f"a_{number} AS (SELECT DISTINCT {', '.join(f's.{quoted(key)}' for key in keys)}, 1 AS found FROM joined AS s "
        f"JOIN {LEFT} AS x ON {_on(keys, 's', 'x')} JOIN {RIGHT} AS y ON {_on(keys, 's', 'y')} "
        f"AND x.{quoted(field)} = y.{quoted(field)} WHERE s.apart_{number} AND s.many_{number})"
        for number, field in unsure.items()
    ]
    joins = " ".join(f"LEFT JOIN a_{number} ON {_on(keys, 'k', f'a_{number}')}" for number in unsure)
    differs = " OR ".join(unlike) or "FALSE"
    standing = (
        f"CASE WHEN k.n_right = 0 THEN '{Standing.LEFT_ONLY}' WHEN k.n_left = 0 THEN '{Standing.RIGHT_ONLY}' "
        f"WHEN {differs} THEN '{Standing.DIFFERENT}' ELSE '{Standing.MATCHED}' END"
    )
    with_ = ", ".join(
        [f"left_keys AS ({_grouped(statement, left)})", f"right_keys AS ({_grouped(statement, right)})",
         f"joined AS ({joined})", *agree]
    )  # fmt: skip
    return f"WITH {with_} SELECT k.*, {standing} AS standing FROM joined AS k {joins}"

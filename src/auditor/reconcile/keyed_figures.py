"""The figures of a statement on keys: takes the tables of both sides and of the keys, gives sides and tallies.

The sides are counted from their own rows and not from the keys, so that a statement that loses a row shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditor.reconcile.keyed import KEYS, SEPARATOR, SideTable, whole
from auditor.reconcile.model import RowRef, Side, Standing, Tally, Unit
from auditor.relations import Relations
from auditor.rules import StatementRule
from auditor.tables import quoted


@dataclass(frozen=True, slots=True)
class UnitNames:
    """Units from their texts: `home` for what has none, one name for each however it is written."""

    home: Unit
    names: Mapping[tuple[str, str], str]

    def unit(self, text: str | None) -> Unit:
        """The unit of a text of the engine's."""
        if text is None:
            return self.home
        kind, id_, _ = text.split(SEPARATOR)
        return Unit(kind, id_, self.names.get((kind, id_), ""))


def unit_names(relations: Relations, home: Unit) -> UnitNames:
    """The names of all units of the keys."""
    found: dict[tuple[str, str], str] = {}
    rows = relations.engine.query(f"SELECT DISTINCT unit FROM {KEYS} WHERE unit IS NOT NULL ORDER BY unit")
    for text in rows.column("unit").to_pylist():
        kind, id_, name = text.split(SEPARATOR)
        if name and not found.get((kind, id_)):
            found[kind, id_] = name
    return UnitNames(home, found)


def month_text(value: object) -> str | None:
    """YYYY-MM of a month's first day."""
    return value.strftime("%Y-%m") if isinstance(value, date) else None


def money(value: object) -> Decimal | None:
    """An amount of the engine's in yuan and cents."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


def tallies(statement: StatementRule, relations: Relations, names: UnitNames) -> tuple[Tally, ...]:
    """The figures of each unit and month, in their order."""
    counted = ", ".join(
        f"CAST(SUM(CASE WHEN standing = '{standing}' THEN 1 ELSE 0 END) AS BIGINT) AS {standing}"
        for standing in Standing
    )
    rows = relations.engine.query(
        f"SELECT unit, month, {counted}, CAST(SUM(n_left) AS BIGINT) AS rows_left, CAST(SUM(n_right) AS BIGINT) AS "
        f"rows_right, SUM(amount_left) AS amount_left, SUM(amount_right) AS amount_right FROM {KEYS} "
        "GROUP BY unit, month",
        seconds=relations.seconds,
    ).to_pylist()
    sums: dict[tuple[Unit, str | None], dict[str, object]] = {}
    for row in rows:
        at = names.unit(row.pop("unit")), month_text(row.pop("month"))
        before = sums.get(at)
        sums[at] = row if before is None else {name: _plus(before[name], value) for name, value in row.items()}
    return tuple(
        _tally(unit, month, found, with_money=statement.money is not None)
        for (unit, month), found in sorted(sums.items(), key=lambda one: (one[0][0], one[0][1] or ""))
    )


def _tally(unit: Unit, month: str | None, found: Mapping[str, object], *, with_money: bool) -> Tally:
    def number(name: str) -> int:
        return int(str(found[name]))

    def amount(name: str) -> Decimal | None:
        return (money(found[name]) or Decimal(0)) if with_money else None

    return Tally(
        unit=unit,
        month=month,
        matched=number("matched"),
        different=number("different"),
        left_only=number("left_only"),
        right_only=number("right_only"),
        rows_left=number("rows_left"),
        rows_right=number("rows_right"),
        amount_left=amount("amount_left"),
        amount_right=amount("amount_right"),
    )


def _plus(one: object, other: object) -> object:
    return other if one is None else one if other is None else Decimal(str(one)) + Decimal(str(other))


def side_of(statement: StatementRule, side: SideTable, relations: Relations) -> Side:
    """One side, counted from its own rows."""
    engine, keys = relations.engine, ", ".join(map(quoted, statement.keys))
    people = "COUNT(DISTINCT person_id)" if side.has("person_id") else "CAST(NULL AS BIGINT)"
    amount = f"SUM({quoted(statement.money)})" if statement.money is not None else "CAST(NULL AS BIGINT)"
    (sums,) = engine.query(
        f"SELECT COUNT(*) AS n, {people} AS people, {amount} AS amount FROM {side.table} WHERE {whole(statement)}",
        seconds=relations.seconds,
    ).to_pylist()
    (counted,) = engine.query(
        f"SELECT COUNT(*) AS n, COALESCE(SUM(CASE WHEN times > 1 THEN 1 ELSE 0 END), 0) AS twice FROM (SELECT {keys}, "
        f"COUNT(*) AS times FROM {side.table} WHERE {whole(statement)} GROUP BY {keys}) AS grouped",
        seconds=relations.seconds,
    ).to_pylist()
    unkeyed: tuple[RowRef, ...] = ()
    if side.has("row_no"):
        ledger = side.value("ledger", f"'{side.side.ledger}'")
        rows = engine.query(
            f"SELECT DISTINCT {ledger} AS ledger, row_no FROM {side.table} WHERE NOT ({whole(statement)}) "
            "AND row_no IS NOT NULL ORDER BY 1, 2",
            seconds=relations.seconds,
        ).to_pylist()
        unkeyed = tuple(RowRef(row["ledger"], row["row_no"]) for row in rows)
    return Side(
        title=side.side.title,
        ledgers=ledgers_of(statement, side),
        rows=counted["n"] if side.side.counted else sums["n"],
        keys=counted["n"],
        people=sums["people"],
        amount=None if statement.money is None else money(sums["amount"]) or Decimal(0),
        duplicates=0 if side.side.counted else int(counted["twice"]),
        unkeyed=unkeyed,
    )


def ledgers_of(statement: StatementRule, side: SideTable) -> tuple[str, ...]:
    """The ledgers whose rows stand on a side; those that the statement needs where the query names them itself."""
    if side.side.ledger is not None:
        return (side.side.ledger,)
    needs = statement.needs
    named = (*needs.requires, *(ledger for group in needs.any_of for ledger in group), *needs.optional)
    return tuple(dict.fromkeys(name for name in named if f"'{name}'" in side.side.query))

"""The items of a statement on keys: every key that is not simply matched, with the rows behind it and what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa

from auditor.clues import Measure
from auditor.errors import EngineError, Problem
from auditor.ledgers import ColumnType
from auditor.reconcile.keyed import KEYS, SideTable
from auditor.reconcile.keyed_figures import UnitNames, money, month_text
from auditor.reconcile.model import Difference, Item, RowRef, Standing
from auditor.relations import MOST, Relations
from auditor.rules import StatementRule
from auditor.tables import quoted
from auditor.tables.model import measure

OPEN = "statement_open"
"""The keys that are listed, as a table of the engine while their rows are looked up."""
_CENT = Decimal("0.01")
_ORDER = tuple(Standing)


@dataclass(slots=True)
class _Behind:
    """What the rows of a side give for one key."""

    refs: list[RowRef] = field(default_factory=list)
    values: dict[str, set[object]] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)


def items(
    statement: StatementRule,
    left: SideTable,
    right: SideTable,
    relations: Relations,
    names: UnitNames,
    *,
    everything: bool = False,
) -> tuple[Item, ...]:
    """The items of the keys in the engine; with `everything` those that are simply matched as well.

    Raises:
        EngineError: they are more than can be listed, or a query failed.
    """
    which = "TRUE" if everything else f"standing <> '{Standing.MATCHED}' OR twice"
    place = statement.document.place(("keys",))
    found = relations.engine.query(f"SELECT * FROM {KEYS} WHERE {which} LIMIT {MOST + 1}", seconds=relations.seconds)
    if found.num_rows > MOST:
        raise EngineError(Problem("engine-too-many", place, {"limit": MOST}))
    if found.num_rows == 0:
        return ()
    numbered = found.select(statement.keys).append_column("item_no", pa.array(range(found.num_rows), pa.int64()))
    relations.engine.load(OPEN, numbered)
    try:
        behind = [_behind(statement, side, relations) for side in (left, right)]
    finally:
        relations.engine.drop(OPEN)
    built = [
        _item(statement, row, names, behind[0].get(number, _Behind()), behind[1].get(number, _Behind()))
        for number, row in enumerate(found.to_pylist())
    ]
    return tuple(sorted(built, key=_order))


def _behind(statement: StatementRule, side: SideTable, relations: Relations) -> Mapping[int, _Behind]:
    ledger = side.value("ledger", "NULL" if side.side.ledger is None else f"'{side.side.ledger}'")
    compared = "".join(f", t.{quoted(one.field)} AS {quoted(one.field)}" for one in statement.compared)
    on = " AND ".join(f"o.{quoted(key)} = t.{quoted(key)}" for key in statement.keys)
    row_no = "t.row_no" if side.has("row_no") else "CAST(NULL AS BIGINT)"
    ledger = f"t.{ledger}" if side.has("ledger") else ledger
    rows = relations.engine.query(
        f"SELECT o.item_no, {ledger} AS ledger, {row_no} AS row_no{compared} FROM {OPEN} AS o "
        f"JOIN {side.table} AS t ON {on} ORDER BY 1, 2, 3",
        seconds=relations.seconds,
    )
    found: dict[int, _Behind] = {}
    for row in rows.to_pylist():
        one = found.setdefault(row["item_no"], _Behind())
        if row["row_no"] is not None and row["ledger"] is not None:
            ref = RowRef(row["ledger"], row["row_no"])
            if ref not in one.refs[-1:]:
                one.refs.append(ref)
        for compared_ in statement.compared:
            value = row[compared_.field]
            if value is None:
                continue
            if compared_.how == "sum":
                one.sums[compared_.field] = one.sums.get(compared_.field, Decimal(0)) + Decimal(str(value))
            else:
                one.values.setdefault(compared_.field, set()).add(value)
    return found


def _item(statement: StatementRule, row: Mapping[str, object], names: UnitNames, left: _Behind, right: _Behind) -> Item:
    standing = Standing(str(row["standing"]))
    unit = row["unit"]
    return Item(
        key=tuple(key_measure(name, row[name]) for name in statement.keys),
        standing=standing,
        unit=names.unit(unit if isinstance(unit, str) else None),
        month=month_text(row["month"]),
        left=tuple(left.refs),
        right=tuple(right.refs),
        amount_left=money(row["amount_left"]) if statement.money is not None else None,
        amount_right=money(row["amount_right"]) if statement.money is not None else None,
        differences=_differences(statement, left, right) if standing is Standing.DIFFERENT else (),
        duplicate=bool(row["twice"]),
    )


def key_measure(name: str, value: object) -> Measure:
    """A value of a key as results write it; a key called month is one."""
    return measure(value, ColumnType.MONTH if name == "month" else None)


def _differences(statement: StatementRule, left: _Behind, right: _Behind) -> tuple[Difference, ...]:
    found = []
    for one in statement.compared:
        if one.how == "sum":
            sums = left.sums.get(one.field), right.sums.get(one.field)
            if sums[0] is not None and sums[1] is not None and abs(sums[0] - sums[1]) > _CENT:
                found.append(Difference(one.field, measure(sums[0]), measure(sums[1])))
            continue
        values = left.values.get(one.field, set()), right.values.get(one.field, set())
        if values[0] and values[1] and not values[0] & values[1]:
            found.append(Difference(one.field, _listed(values[0]), _listed(values[1])))
    return tuple(found)


def _listed(values: set[object]) -> Measure:
    """One value as it is, several as one text, in order."""
    texts: Sequence[Measure] = [measure(value) for value in values]
    return texts[0] if len(texts) == 1 else "、".join(sorted(str(text) for text in texts))


def _order(item: Item) -> tuple[object, ...]:
    key = tuple((part is None, str(part)) for part in item.key)
    return _ORDER.index(item.standing), item.unit, item.month or "", key

"""Statements that match one to one, drawn up together: takes them and the relations, gives each as a `Statement`.

They share one pool of bank rows, so each is drawn up with all the others, those that the profile switched off included:
what a ledger claims does not hang on whether its own statement is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from auditor.errors import EngineError
from auditor.reconcile.figures import unbalanced
from auditor.reconcile.model import Side, Standing, Statement, Unit
from auditor.reconcile.payments_drawing import BankRows, DrawnPayments, PaymentLedger, draw_payments
from auditor.reconcile.payments_entries import UNIT, Columns
from auditor.relations import Relations
from auditor.rules import StatementRule, StatementSide
from auditor.rules.statements import Matching

_ROW, _PERSON, _RECEIVED = "row_no", "person_id", "received"
_BOTH = (Standing.MATCHED, Standing.DIFFERENT)


def payment_statements(
    statements: Sequence[StatementRule], relations: Relations, *, everything: bool = False
) -> Mapping[str, Statement]:
    """Those of `statements` whose ledgers are there, by id.

    Args:
        statements: all that match one to one, in the order in which they claim. Those with the same right query share
            its rows. A right row that was not `received` (it failed, it came back) is claimed by nobody: it explains.
        relations: ledgers, terms and parameters.
        everything: list the simply matched items as well.

    Raises:
        EngineError: a query failed, or a statement does not balance.
    """
    pools: dict[str, list[StatementRule]] = {}
    for one in statements:
        pools.setdefault(one.right.query, []).append(one)
    found: dict[str, Statement] = {}
    for pool in pools.values():
        found |= _of_pool(pool, relations, everything=everything)
    if problems := [problem for statement in found.values() for problem in unbalanced(statement)]:
        raise EngineError(*problems)
    return found


def _of_pool(statements: Sequence[StatementRule], relations: Relations, *, everything: bool) -> Mapping[str, Statement]:
    """The statements that share one right side."""
    given = [one for one in statements if _given(one, relations)]
    if not given:
        return {}
    columns, right = _columns(given[0]), given[0].right
    ledgers = [
        PaymentLedger(
            one.id,
            str(one.left.ledger),
            _left(one, relations) if one in given else None,
            bears=_matching(one).unclaimed,
        )
        for one in statements
    ]
    bank = _right(given[0], relations)
    received = bank.column(_RECEIVED)
    window = relations.parameters[_matching(given[0]).within].value
    drawn = draw_payments(
        ledgers,
        BankRows(str(right.ledger), bank.filter(received), bank.filter(pc.invert(received))),
        columns,
        int(str(window)),
        Unit("county", relations.profile.county, relations.profile.county),
        everything=everything,
    )
    return {one.id: _statement(one, drawn[one.id]) for one in given}


def _given(statement: StatementRule, relations: Relations) -> bool:
    present = relations.tables.present
    needed = statement.needs.requires.items()
    return all(ledger in present and set(columns) <= present[ledger].columns for ledger, columns in needed)


def _matching(statement: StatementRule) -> Matching:
    assert statement.matching is not None  # whoever calls chooses them by it
    return statement.matching


def _columns(statement: StatementRule) -> Columns:
    day = _matching(statement).day
    compared = tuple(one.field for one in statement.compared)
    assert statement.money is not None  # a lint sees to it
    return Columns(tuple(key for key in statement.keys if key != day), day, compared, statement.money)


def _rows(side: StatementSide, name: str, statement: StatementRule, relations: Relations) -> pa.Table:
    """The side's rows in the order of its ledger."""
    return relations.rows(side.query, statement.document.place((name, "query"))).sort_by(_ROW)


def _left(statement: StatementRule, relations: Relations) -> pa.Table:
    rows = _rows(statement.left, "left", statement, relations)
    for column in (*UNIT, _PERSON):
        if column not in rows.column_names:
            rows = rows.append_column(column, pa.nulls(rows.num_rows, pa.string()))
    return rows


def _right(statement: StatementRule, relations: Relations) -> pa.Table:
    rows = _rows(statement.right, "right", statement, relations)
    if _RECEIVED not in rows.column_names:
        rows = rows.append_column(_RECEIVED, pa.array([True]).take(pa.array([0] * rows.num_rows, pa.int64())))
    return rows


def _statement(rule: StatementRule, drawn: DrawnPayments) -> Statement:
    both = sum(drawn.number[standing] for standing in _BOTH)
    left_only, right_only = drawn.number[Standing.LEFT_ONLY], drawn.number[Standing.RIGHT_ONLY]
    return Statement(
        id=rule.id,
        version=rule.version,
        kind=rule.kind,
        title=rule.title,
        keys=rule.keys,
        compared=tuple(one.field for one in rule.compared),
        left=Side(
            rule.left.title,
            (str(rule.left.ledger),),
            drawn.rows_left,
            both + left_only,
            drawn.people_left,
            drawn.amount_left,
            drawn.duplicates,
        ),
        right=Side(
            rule.right.title,
            (str(rule.right.ledger),),
            drawn.rows_right,
            both + right_only,
            None,
            drawn.amount_right,
            0,
        ),
        matched=drawn.number[Standing.MATCHED],
        different=drawn.number[Standing.DIFFERENT],
        left_only=left_only,
        right_only=right_only,
        duplicates=drawn.duplicates,
        items=drawn.items,
        tallies=drawn.tallies,
        reservations=drawn.reservations,
    )

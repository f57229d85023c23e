"""Draws up the statements of the catalogue: takes relations, gives a `Reconciliation`.

A statement whose ledgers are absent is *not drawn up, because*. One that does not balance in keys, rows and money on
both sides is an error of ours and fails: a figure that cannot be trusted is not reported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from auditor.errors import EngineError
from auditor.reconcile.figures import unbalanced
from auditor.reconcile.keyed import KEYS, TABLES, keys_query, load_sides
from auditor.reconcile.keyed_figures import side_of, tallies, unit_names
from auditor.reconcile.keyed_items import items
from auditor.reconcile.model import (
    Gap,
    NotReconciled,
    Reconciliation,
    Standing,
    Statement,
    StatementOutcome,
    Unit,
)
from auditor.reconcile.payments_statements import payment_statements
from auditor.reconcile.readiness import readiness
from auditor.relations import Relations, placed
from auditor.rules import StatementRule, Status
from auditor.tables.model import measure


def reconcile(
    relations: Relations, only: Collection[str] = (), *, everything: bool = False, drafts: bool = False
) -> Reconciliation:
    """Every statement of the rule set of `relations`.

    Args:
        relations: the ledgers and what is made of them.
        only: the ids of the statements to be drawn up; empty for all.
        everything: list the keys that are simply matched as well.
        drafts: draw up drafts, too.

    Raises:
        EngineError: a query failed, took too long, or a statement does not balance.
    """
    outcomes: dict[str, StatementOutcome] = {}
    paired: Mapping[str, Statement] | None = None  # drawn up together, when the first of them is asked for
    for name, statement in relations.ruleset.statements.items():
        if only and name not in only:
            continue
        reasons, reservations = readiness(statement, relations.tables.present, relations.profile, drafts=drafts)
        reasons = reasons or _nothing_to_say(statement, relations)
        if reasons:
            drawn = None
        elif statement.matching is not None:
            paired = paired or payment_statements(_one_to_one(relations, drafts), relations, everything=everything)
            drawn = replace(paired[name], reservations=(*reservations, *paired[name].reservations))
        else:
            drawn = draw(statement, relations, reservations, everything=everything)
        outcomes[name] = StatementOutcome(name, statement.title, drawn, reasons)
    return Reconciliation(MappingProxyType(outcomes))


def _one_to_one(relations: Relations, drafts: bool) -> list[StatementRule]:
    """The statements that share one pool of rows, in their order; one that the profile switched off claims as well."""
    wanted = {Status.STABLE, Status.DRAFT} if drafts else {Status.STABLE}
    statements = relations.ruleset.statements.values()
    return [one for one in statements if one.matching is not None and one.status in wanted]


def draw(
    statement: StatementRule,
    relations: Relations,
    reservations: tuple[NotReconciled, ...] = (),
    *,
    everything: bool = False,
) -> Statement:
    """One statement on keys, balanced.

    Raises:
        EngineError: a query failed, took too long, or the statement does not balance.
    """
    home = Unit("county", relations.profile.county, relations.profile.county)
    engine = relations.engine
    try:
        left, right = load_sides(statement, relations)
        engine.materialise(KEYS, keys_query(statement, left, right), seconds=relations.seconds)
        names = unit_names(relations, home)
        sides = side_of(statement, left, relations), side_of(statement, right, relations)
        counted = tallies(statement, relations, names)
        number = {standing: sum(getattr(tally, standing) for tally in counted) for standing in Standing}
        found = Statement(
            id=statement.id,
            version=statement.version,
            kind=statement.kind,
            title=statement.title,
            keys=statement.keys,
            compared=tuple(one.field for one in statement.compared),
            left=sides[0],
            right=sides[1],
            matched=number[Standing.MATCHED],
            different=number[Standing.DIFFERENT],
            left_only=number[Standing.LEFT_ONLY],
            right_only=number[Standing.RIGHT_ONLY],
            duplicates=_twice(relations),
            items=items(statement, left, right, relations, names, everything=everything),
            tallies=counted,
            gaps=_gaps(statement, relations),
            reservations=reservations,
            natural=tuple(map(Standing, statement.natural)),
        )
    except EngineError as error:
        raise placed(error, statement.document.place(("left", "query"))) from error
    finally:
        for table in TABLES:
            engine.drop(table)
    if problems := unbalanced(found):
        raise EngineError(*problems)
    return found


def _twice(relations: Relations) -> int:
    """Keys with two or more rows on a side."""
    (row,) = relations.engine.query(f"SELECT COUNT(*) AS n FROM {KEYS} WHERE twice").to_pylist()
    return int(row["n"])


def _nothing_to_say(statement: StatementRule, relations: Relations) -> tuple[NotReconciled, ...]:
    """Why the ledgers, though they are there, do not hold what the statement needs; none where they do."""
    if statement.runs_if is None or statement.otherwise is None:
        return ()
    if relations.rows(statement.runs_if, statement.document.place(("runs_if",))).num_rows:
        return ()
    return (NotReconciled("rule-runs-if", {"zh": statement.otherwise.zh, "en": statement.otherwise.en}),)


def _gaps(statement: StatementRule, relations: Relations) -> tuple[Gap, ...]:
    """The units that the other ledger does not hold, in their order."""
    covers = statement.covers
    if covers is None:
        return ()
    columns = relations.tables.catalogue[covers.ledger].columns
    rows = relations.rows(covers.gaps, statement.document.place(("covers", "gaps"))).to_pylist()
    found = [
        Gap(
            {name: measure(row[name], columns[name].type if name in columns else None) for name in covers.unit},
            int(row["rows"]),
            int(row["people"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda gap: tuple("" if v is None else str(v) for v in gap.unit.values())))

"""`reconciliation.json`: every statement with its figures and items, piece by piece, since one may have 100,000 items.

One item stands on a line of its own. The same inputs, rules and parameters give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from auditor.clues import EvidenceRow, Subject
from auditor.ledgers import ColumnType
from auditor.messages import LANGUAGES, text
from auditor.reconcile import (
    Contradiction,
    Figures,
    Gap,
    Item,
    NotReconciled,
    RollForward,
    RollLine,
    RowRef,
    Side,
    Standing,
    Statement,
    StatementOutcome,
    Unit,
    by_month,
    by_unit,
)
from auditor.report.coverage import Json
from auditor.report.masking import Veil
from auditor.report.reconciled import (
    Reconciled,
    column_of,
    key_shown,
    measured,
    reason_told,
    refs_of,
    rows_behind,
    value_shown,
    yuan,
)
from auditor.rules import Text

_TOGETHER = 1000  # items whose rows are looked up at once


def reconciliation_json(reconciled: Reconciled, veil: Veil) -> Iterator[str]:
    """The file in pieces; joined they are one JSON object, its statements in order of their ids."""
    profile = reconciled.profile
    head: Json = {
        "scope": {
            "as_of": profile.as_of.isoformat(),
            "period": {"from": f"{profile.period.first:%Y-%m}", "to": f"{profile.period.last:%Y-%m}"},
            "county": profile.county,
        },
        "masked": not veil.unmask,
        "items": "all" if reconciled.everything else "open",
        "note": _said("items-all" if reconciled.everything else "items-open"),
        "not_drawn_up": [
            outcome_json(one, veil) for one in reconciled.reconciliation.outcomes.values() if one.statement is None
        ],
        "roll_forward": [_roll(roll, reconciled, veil) for roll in reconciled.rolls],
    }
    yield _open(head) + ',\n"statements":['
    for number, statement in enumerate(reconciled.reconciliation.statements):
        yield ",\n" if number else "\n"
        yield from _statement(statement, reconciled, veil)
    yield "\n]}\n"


def outcome_json(outcome: StatementOutcome, veil: Veil) -> Json:
    """Whether a statement was drawn up, why not or only in part, and what it left out."""
    drawn = outcome.statement
    gaps = drawn.gaps if drawn is not None else ()
    return {
        "id": outcome.id,
        "title": _both(outcome.title),
        "status": "not_drawn_up" if drawn is None else "drawn_up",
        "reasons": [_reason(one, veil) for one in outcome.reasons],
        "reservations": [_reason(one, veil) for one in (drawn.reservations if drawn is not None else ())],
        "gaps": {
            "units": len(gaps),
            "rows": sum(gap.rows for gap in gaps),
            "people": sum(gap.people for gap in gaps),
            "items": [_gap(gap, veil) for gap in gaps],
        },
    }


def roll_json(roll: RollForward, veil: Veil) -> Json:
    """Whether a roll could be checked, and against what."""
    return {
        "ledger": roll.ledger,
        "unit_kind": roll.unit_kind,
        "against": {"paid": roll.paid_by, "attended": roll.attended_by},
        "reasons": [_reason(one, veil) for one in roll.reasons],
    }


def _statement(statement: Statement, reconciled: Reconciled, veil: Veil) -> Iterator[str]:
    head: Json = {
        "id": statement.id,
        "version": statement.version,
        "kind": statement.kind,
        "title": _both(statement.title),
        "keys": list(statement.keys),
        "compared": list(statement.compared),
        "no_difference": [one.value for one in statement.natural],
        "left": _side(statement, statement.left, reconciled, veil),
        "right": _side(statement, statement.right, reconciled, veil),
        "matched": statement.matched,
        "different": statement.different,
        "left_only": statement.left_only,
        "right_only": statement.right_only,
        "duplicates": statement.duplicates,
        "rows_left": statement.left.rows,
        "rows_right": statement.right.rows,
        "amount_left": yuan(statement.left.amount),
        "amount_right": yuan(statement.right.amount),
        "amount_difference": yuan(statement.amount_difference),
        "by_unit": [{"unit": _unit(unit, veil), **_figures(f)} for unit, f in by_unit(statement).items()],
        "by_month": [{"month": month, **_figures(f)} for month, f in by_month(statement).items()],
        "tallies": [
            {
                "unit": _unit(tally.unit, veil),
                "month": tally.month,
                "matched": tally.matched,
                "different": tally.different,
                "left_only": tally.left_only,
                "right_only": tally.right_only,
                "rows_left": tally.rows_left,
                "rows_right": tally.rows_right,
                "amount_left": yuan(tally.amount_left),
                "amount_right": yuan(tally.amount_right),
            }
            for tally in statement.tallies
        ],
        "gaps": [_gap(gap, veil) for gap in statement.gaps],
        "reservations": [_reason(one, veil) for one in statement.reservations],
        "items_of": {
            standing.value: sum(item.standing is standing for item in statement.items) for standing in Standing
        },
    }
    yield _open(head) + ',"items":['
    for start in range(0, len(statement.items), _TOGETHER):
        together = statement.items[start : start + _TOGETHER]
        rows = rows_behind(statement, refs_of(together), reconciled.tables)
        for number, item in enumerate(together, start):
            yield (",\n" if number else "\n") + _line(item_json(statement, item, rows, veil))
    yield "\n]}" if statement.items else "]}"


def item_json(statement: Statement, item: Item, rows: Mapping[RowRef, EvidenceRow], veil: Veil) -> Json:
    """An item with the cells of every row behind it; `ref` names it without naming the person."""
    whole = "|".join("" if part is None else str(part) for part in item.key)
    return {
        "ref": veil.pseudonymiser.key_of(f"item/{statement.id}", whole),
        "key": key_shown(statement, item, veil),
        **_person(statement, item, veil),
        "standing": item.standing.value,
        "unit": _unit(item.unit, veil),
        "month": item.month,
        "duplicate": item.duplicate,
        "amount_left": yuan(item.amount_left),
        "amount_right": yuan(item.amount_right),
        "differences": [
            {
                "field": one.field,
                "left": value_shown(statement, one.field, measured(one.left), veil),
                "right": value_shown(statement, one.field, measured(one.right), veil),
            }
            for one in item.differences
        ],
        "left": [veil.evidence(rows[ref]) for ref in item.left],
        "right": [veil.evidence(rows[ref]) for ref in item.right],
        "notes": [{"code": code, **_said(code), "row": veil.evidence(rows[ref])} for code, ref in item.notes],
    }


def _person(statement: Statement, item: Item, veil: Veil) -> Json:
    """The person of the key, with the keyed hash by which masked results can be joined."""
    for name, value in zip(statement.keys, item.key, strict=False):
        column = column_of(statement, name, veil.catalogue)
        if column is not None and column.type is ColumnType.PERSON_ID and isinstance(value, str):
            return {"subject": veil.subject(Subject("person", value))}
    return {}


def _side(statement: Statement, side: Side, reconciled: Reconciled, veil: Veil) -> Json:
    unkeyed = rows_behind(statement, side.unkeyed, reconciled.tables)
    return {
        "title": _both(side.title),
        "ledgers": list(side.ledgers),
        "rows": side.rows,
        "keys": side.keys,
        "people": side.people,
        "amount": yuan(side.amount),
        "duplicates": side.duplicates,
        "unkeyed": len(side.unkeyed),
        "unkeyed_rows": [veil.evidence(unkeyed[ref]) for ref in side.unkeyed],
    }


def _figures(figures: Figures) -> Json:
    return {
        "keys": figures.keys,
        "matched": figures.matched,
        "different": figures.different,
        "left_only": figures.left_only,
        "right_only": figures.right_only,
        "open": figures.open,
        "rows_left": figures.rows_left,
        "rows_right": figures.rows_right,
        "amount_left": yuan(figures.amount_left),
        "amount_right": yuan(figures.amount_right),
        "amount_difference": yuan(figures.amount_difference),
    }


def _roll(roll: RollForward, reconciled: Reconciled, veil: Veil) -> Json:
    return {
        **roll_json(roll, veil),
        "lines": [_roll_line(line, veil) for line in roll.lines],
        "contradictions": [_contradiction(one, reconciled, veil) for one in roll.contradictions],
    }


def _roll_line(line: RollLine, veil: Veil) -> Json:
    return {
        "unit": _unit(line.unit, veil),
        "month": line.month,
        "opening": line.opening,
        "joined": line.joined,
        "left": line.left,
        "closing": line.closing,
        "imbalance": line.imbalance,
        "active": line.active,
        "paid": line.paid,
        "paid_difference": None if line.paid is None else line.paid - line.active,
        "attended": line.attended,
        "attended_difference": None if line.attended is None else line.attended - line.active,
        "marked": line.marked,
    }


def _contradiction(one: Contradiction, reconciled: Reconciled, veil: Veil) -> Json:
    shown = ("post_id", "post_type", "employer", "workshop_id", "workshop", "person_id", "name", "hired_on", "left_on")
    tables = reconciled.tables
    return {
        "code": one.code,
        "message": _said(one.code),
        "unit": _unit(one.unit, veil),
        "months": list(one.months),
        "rows": [
            veil.evidence(row)
            for ref in one.rows
            for row in tables.evidence(
                ref.ledger, (ref.row,), [c for c in shown if c in tables.catalogue[ref.ledger].columns]
            )
        ],
    }


def _gap(gap: Gap, veil: Veil) -> Json:
    return {"unit": veil.measures(gap.unit), "rows": gap.rows, "people": gap.people}


def _unit(unit: Unit, veil: Veil) -> Json:
    shown = veil.subject(Subject(unit.kind, unit.id, unit.name))
    return {"kind": shown["kind"], "id": shown["id"], "name": shown["name"]}


def _reason(reason: NotReconciled, veil: Veil) -> Json:
    told = {lang: veil.sentence(reason_told(reason, veil.catalogue, lang)) for lang in LANGUAGES}
    return {"code": reason.code, "args": dict(reason.args), **told}


def _said(code: str) -> dict[str, str]:
    return {lang: text(code, lang) for lang in LANGUAGES}


def _both(title: Text) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}


def _line(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _open(value: Mapping[str, object]) -> str:
    """An object whose end is still to be written."""
    return _line(value)[:-1]

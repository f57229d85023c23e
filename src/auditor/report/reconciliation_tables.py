"""Statements for people: what was drawn up, how each ties out, over time and by unit, and where it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.messages import text
from auditor.reconcile import Figures, Reconciliation, Side, Standing, Statement, Unit, by_month, by_unit, has_money
from auditor.report.masking import Veil
from auditor.report.reconciled import Reconciled, field_title, reason_told, unit_title
from auditor.report.roll_forward_table import roll_forward_tables

SHOWN_UNITS = 5
_NOTHING = "·"


def print_reconciliation(reconciled: Reconciled, veil: Veil, console: Console, lang: str = "zh") -> None:
    """Print every statement: all in one table, then each that does not agree, then the roll-forward checks."""
    console.print(Text(_scope(reconciled, lang), style="dim"))
    console.print(_head("tie-head", lang))
    console.print(Text(text("tie-how", lang), style="dim"))
    console.print(overview(reconciled.reconciliation, veil, lang))
    for lines in not_drawn(reconciled.reconciliation, veil, lang):
        console.print(Padding(lines, (0, 0, 0, 2)))
    for statement in reconciled.reconciliation.statements:
        console.print()
        console.print(_statement(statement, veil, lang))
    if reconciled.rolls:
        console.print()
        console.print(_head("roll-head", lang))
        for roll in reconciled.rolls:
            console.print(roll_forward_tables(roll, reconciled.tables, veil, lang))


def overview(reconciliation: Reconciliation, veil: Veil, lang: str) -> RenderableType:
    """One line a statement."""
    statements = reconciliation.statements
    if not statements:
        return Text(text("tie-none-drawn", lang))
    clean = sum(not _open(s) for s in statements)
    counts = {"drawn": len(statements), "clean": clean, "open": len(statements) - clean}
    table = _table(lang, ("tie-id", "tie-title"), ("standing-matched", *_STANDINGS, "tie-duplicates", "tie-apart"))
    for statement in statements:
        title = f"{veil.sentence(statement.title.in_(lang))} [{text(f'statement-kind-{statement.kind}', lang)}]"
        table.add_row(
            statement.id,
            Text(title),
            f"{statement.matched:,}",
            *_standing(statement, statement),
            _count(statement.duplicates),
            _apart(statement.amount_difference),
            style="" if _open(statement) else "dim",
        )
    notes = [Text(text("tie-natural", lang), style="dim")] if any(s.natural for s in statements) else []
    return Group(table, Text(text("tie-drawn", lang, **counts)), *notes)


def not_drawn(reconciliation: Reconciliation, veil: Veil, lang: str) -> list[Text]:
    """The statements that were not drawn up, those with the same reason in one line."""
    waiting: dict[str, list[str]] = {}
    for outcome in reconciliation.outcomes.values():
        if outcome.statement is None:
            why = ("；" if lang == "zh" else "; ").join(reason_told(r, veil.catalogue, lang) for r in outcome.reasons)
            waiting.setdefault(veil.sentence(why), []).append(f"{outcome.id} {outcome.title.in_(lang)}")
    comma = "、" if lang == "zh" else ", "
    return [
        Text(text("summary-not-drawn", lang, rules=comma.join(ids), reason=why), style="yellow")
        for why, ids in waiting.items()
    ]


def not_compared(reconciliation: Reconciliation, veil: Veil, lang: str) -> list[Text]:
    """What the statements that were drawn up could not compare."""
    lines = []
    for statement in reconciliation.statements:
        args = {"id": statement.id, "title": statement.title.in_(lang)}
        told = _left_out(statement, veil, lang)
        if told:
            missing = ("；" if lang == "zh" else "; ").join(line.rstrip("。.") for line in told)
            lines.append(Text(text("summary-statement-partly", lang, missing=missing, **args), style="yellow"))
    return lines


def _statement(statement: Statement, veil: Veil, lang: str) -> RenderableType:
    """How a statement ties out; a line where everything agrees."""
    title = Text(f"{statement.id} {statement.title.in_(lang)}", style="bold")
    title.append(f"  {text(f'statement-kind-{statement.kind}', lang)}", style="dim")
    fields = _words(statement, statement.compared, veil, lang) or text("tie-nothing-compared", lang)
    keyed = text("tie-keyed", lang, keys=_words(statement, statement.keys, veil, lang), compared=fields)
    parts: list[RenderableType] = [title, Text(keyed, style="dim"), _tie_out(statement, veil, lang)]
    parts += [Text(line) for line in _left_out(statement, veil, lang)]
    if _open(statement):
        months = by_month(statement)
        if len(months) > 1:
            parts += [Text(text("tie-by-month", lang), style="underline"), _by_month(statement, months, lang)]
        parts += _worst(statement, veil, lang)
        parts.append(Text(text("tie-next", lang, id=statement.id), style="dim"))
    else:
        parts.append(Text(text("tie-all-matched", lang), style="green"))
    return Group(parts[0], *(Padding(part, (0, 0, 0, 2)) for part in parts[1:]))


def _tie_out(statement: Statement, veil: Veil, lang: str) -> RenderableType:
    """Both sides, their difference, and how the keys stand."""
    money, people = has_money(statement), statement.left.people is not None or statement.right.people is not None
    columns = ["tie-rows", "tie-keys", *(["tie-people"] if people else []), *(["tie-amount"] if money else [])]
    columns.append("tie-duplicates")
    if statement.left.unkeyed or statement.right.unkeyed:
        columns.append("tie-unkeyed")
    table = _table(lang, ("tie-side",), columns)
    sides = {"tie-left": statement.left, "tie-right": statement.right}
    cells = {name: _cells(side, columns) for name, side in sides.items()}
    for name, side in sides.items():
        table.add_row(Text(f"{text(name, lang)} {veil.sentence(side.title.in_(lang))}"), *map(_figure, cells[name]))
    differences = [
        left - right if left is not None and right is not None else None
        for left, right in zip(*cells.values(), strict=True)
    ]
    table.add_row(text("tie-difference", lang), *map(_figure, differences), style="bold")
    colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
    natural = {f"standing-{one}" for one in statement.natural}
    standing = comma.join(
        f"{text(name, lang)}{colon}{count:,}{text('tie-natural-mark', lang) if count and name in natural else ''}"
        for name, count in (
            ("standing-matched", statement.matched),
            ("standing-different", statement.different),
            ("standing-left_only", statement.left_only),
            ("standing-right_only", statement.right_only),
            ("tie-duplicates", statement.duplicates),
        )
    )
    return Group(table, Text(standing, style="bold"))


def _cells(side: Side, columns: Sequence[str]) -> list[int | Decimal | None]:
    values: Mapping[str, int | Decimal | None] = {
        "tie-rows": side.rows,
        "tie-keys": side.keys,
        "tie-people": side.people,
        "tie-amount": side.amount,
        "tie-duplicates": side.duplicates,
        "tie-unkeyed": len(side.unkeyed),
    }
    return [values[name] for name in columns]


def _by_month(statement: Statement, months: Mapping[str, Figures], lang: str) -> Table:
    table = _table(lang, ("tie-month",), _figure_columns(statement))
    for month, figures in months.items():
        table.add_row(month, *_figures(figures, statement), style="" if figures.open else "dim")
    return table


def _worst(statement: Statement, veil: Veil, lang: str) -> list[RenderableType]:
    """The units with the most open keys, then the most money apart."""
    units = by_unit(statement)
    differing = [(unit, figures) for unit, figures in units.items() if figures.open or figures.amount_difference]
    if not differing or (len(units) == 1 and next(iter(units)).kind == "county"):
        return []
    differing.sort(key=lambda one: (-one[1].open, -abs(one[1].amount_difference or Decimal(0)), one[0]))
    shown = differing[:SHOWN_UNITS]
    counts = {"shown": len(shown), "unit": text(_kind_code(units), lang), "units": len(units), "open": len(differing)}
    table = _table(lang, (_kind_code(units),), (*_figure_columns(statement), "tie-share"))
    for unit, figures in shown:
        share = f"{Decimal(figures.open) / figures.keys:.1%}" if figures.keys else _NOTHING
        table.add_row(Text(unit_title(unit, veil, lang)), *_figures(figures, statement), share)
    return [Text(text("tie-worst", lang, **counts), style="underline"), table]


def _kind_code(units: Mapping[Unit, Figures]) -> str:
    kinds = {unit.kind for unit in units}
    return f"unit-{kinds.pop()}" if len(kinds) == 1 else "tie-unit"


def _left_out(statement: Statement, veil: Veil, lang: str) -> list[str]:
    """The gaps and reservations of a statement, in words."""
    told = []
    if statement.gaps:
        rows = sum(gap.rows for gap in statement.gaps)
        told.append(text("tie-gaps", lang, units=len(statement.gaps), rows=rows))
    reserved = (reason_told(reason, veil.catalogue, lang) for reason in statement.reservations)
    return [*told, *(veil.sentence(text("tie-reserved", lang, why=why)) for why in reserved)]


def _words(statement: Statement, names: Sequence[str], veil: Veil, lang: str) -> str:
    comma = "、" if lang == "zh" else ", "
    return comma.join(field_title(statement, name, veil.catalogue, lang) for name in names)


def _figure_columns(statement: Statement) -> tuple[str, ...]:
    return ("standing-matched", *_STANDINGS, *(("tie-apart",) if has_money(statement) else ()))


def _figures(figures: Figures, statement: Statement) -> list[str]:
    cells = [f"{figures.matched:,}"]
    cells += _standing(figures, statement)
    return [*cells, _apart(figures.amount_difference)] if has_money(statement) else cells


def _standing(figures: Statement | Figures, statement: Statement) -> list[str]:
    """What does not match; in brackets what is on one side only by the nature of the sides."""
    counts = {
        Standing.DIFFERENT: figures.different,
        Standing.LEFT_ONLY: figures.left_only,
        Standing.RIGHT_ONLY: figures.right_only,
    }
    return [f"({count:,})" if count and one in statement.natural else _count(count) for one, count in counts.items()]


def _open(statement: Statement) -> int:
    """Keys that differ or stand on one side only, and should not."""
    left_only = 0 if Standing.LEFT_ONLY in statement.natural else statement.left_only
    right_only = 0 if Standing.RIGHT_ONLY in statement.natural else statement.right_only
    return statement.different + left_only + right_only


def _table(lang: str, words: Sequence[str], figures: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False)
    for code in words:
        table.add_column(text(code, lang), overflow="fold", no_wrap=code == "tie-id")
    for code in figures:
        table.add_column(text(code, lang), justify="right", no_wrap=True)
    return table


def _count(number: int) -> str:
    return f"{number:,}" if number else _NOTHING


def _apart(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}" if amount else _NOTHING


def _figure(value: Decimal | int | None) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"


def _scope(reconciled: Reconciled, lang: str) -> str:
    profile = reconciled.profile
    first, last = (f"{month:%Y-%m}" for month in (profile.period.first, profile.period.last))
    county = f" · {profile.county}" if profile.county else ""
    return text("tie-scope", lang, as_of=profile.as_of.isoformat(), first=first, last=last, county=county)


def _head(code: str, lang: str) -> Text:
    return Text(text(code, lang), style="bold underline")


_STANDINGS = ("standing-different", "standing-left_only", "standing-right_only")

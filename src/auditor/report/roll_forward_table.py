"""The roll-forward check for people: heads from month to month, who was paid and attended against them, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.messages import text
from auditor.reconcile import Contradiction, RollForward, RollLine, Unit
from auditor.report.masking import Veil
from auditor.report.reconciled import reason_told, unit_title
from auditor.tables import Tables

SHOWN_LINES = 8
_COLUMNS = ("roll-opening", "roll-joined", "roll-left", "roll-closing", "roll-imbalance", "roll-active")


def roll_forward_tables(roll: RollForward, tables: Tables, veil: Veil, lang: str) -> RenderableType:
    """A roll by month over all units, the units and months furthest apart, and the rows that contradict."""
    title = Text(text(f"roll-{roll.ledger}", lang), style="bold")
    if roll.reasons:
        told = [text("roll-missing", lang, why=reason_told(reason, veil.catalogue, lang)) for reason in roll.reasons]
        return Group(title, *(Padding(Text(veil.sentence(line)), (0, 0, 0, 2)) for line in told))
    parts: list[RenderableType] = [_by_month(roll, lang)]
    if roll.paid_by or roll.attended_by:
        parts.append(Text(text("roll-total-note", lang), style="dim"))
    parts += _worst(roll, veil, lang)
    parts += _contradictions(roll.contradictions, tables, veil, lang)
    return Group(title, *(Padding(part, (0, 0, 0, 2)) for part in parts))


def _by_month(roll: RollForward, lang: str) -> Table:
    months: dict[str, list[RollLine]] = {}
    for line in roll.lines:
        months.setdefault(line.month, []).append(line)
    against = _against(roll)
    table = Table(box=None, pad_edge=False)
    table.add_column(text("tie-month", lang), no_wrap=True)
    for code in (*_COLUMNS, *against):
        table.add_column(text(code, lang), justify="right", no_wrap=True)
    for month, lines in months.items():
        figures = [sum(getattr(line, name) for line in lines) for name in ("opening", "joined", "left", "closing")]
        off = sum(line.imbalance for line in lines)
        cells = [*(f"{n:,}" for n in figures), _signed(off), f"{sum(line.active for line in lines):,}"]
        table.add_row(month, *cells, *(_total(lines, name.removeprefix("roll-"), lang) for name in against))
    return table


def _total(lines: Sequence[RollLine], name: str, lang: str) -> str:
    """Heads over the units that are covered, with the difference from those on their rolls."""
    covered = [(getattr(line, name), line.active) for line in lines if getattr(line, name) is not None]
    if not covered:
        return text("roll-not-covered", lang)
    heads, active = (sum(column) for column in zip(*covered, strict=True))
    return _against_active(heads, active)


def _worst(roll: RollForward, veil: Veil, lang: str) -> list[RenderableType]:
    marked = [line for line in roll.lines if line.marked]
    if not roll.lines:
        return []
    if not marked:
        return [Text(text("roll-agree", lang), style="green")]
    units: dict[Unit, list[RollLine]] = {}
    for line in marked:
        units.setdefault(line.unit, []).append(line)
    worst = [(min(own, key=_order), len(own)) for own in units.values()]
    worst.sort(key=lambda one: _order(one[0]))
    shown = worst[:SHOWN_LINES]
    table = Table(box=None, pad_edge=False)
    table.add_column(text(f"unit-{roll.unit_kind}", lang), overflow="fold")
    table.add_column(text("roll-months", lang), justify="right", no_wrap=True)
    table.add_column(text("roll-worst-month", lang), no_wrap=True)
    against = _against(roll)
    for code in (*_COLUMNS, *against):
        table.add_column(text(code, lang), justify="right", no_wrap=True)
    for line, months in shown:
        heads = (line.paid if code == "roll-paid" else line.attended for code in against)
        table.add_row(
            Text(unit_title(line.unit, veil, lang)),
            f"{months:,}",
            line.month,
            *(f"{n:,}" for n in (line.opening, line.joined, line.left, line.closing)),
            _signed(line.imbalance),
            f"{line.active:,}",
            *(text("roll-not-covered", lang) if n is None else _against_active(n, line.active) for n in heads),
        )
    counts = {"shown": len(shown), "units": len(units)}
    return [Text(text("roll-worst", lang, **counts), style="underline"), table]


def _contradictions(found: Sequence[Contradiction], tables: Tables, veil: Veil, lang: str) -> list[RenderableType]:
    if not found:
        return []
    lines: list[RenderableType] = [Text(text("roll-contradictions", lang, count=len(found)), style="underline")]
    for one in found[:SHOWN_LINES]:
        rows = [tables.present[ref.ledger].where(ref.row) for ref in one.rows]
        places = ("、" if lang == "zh" else ", ").join(str(where) for where in rows)
        colon = "：" if lang == "zh" else ": "
        lines.append(Text(f"{unit_title(one.unit, veil, lang)}{colon}{text(one.code, lang)}（{places}）"))
    if len(found) > SHOWN_LINES:
        lines.append(Text(text("roll-more", lang, count=len(found) - SHOWN_LINES), style="dim"))
    return lines


def _order(line: RollLine) -> tuple[int, Unit, str]:
    """The months furthest apart first."""
    heads = [line.imbalance, *(n - line.active for n in (line.paid, line.attended) if n is not None)]
    return -max(abs(n) for n in heads), line.unit, line.month


def _against(roll: RollForward) -> tuple[str, ...]:
    paid = ("roll-paid",) if roll.paid_by else ()
    return (*paid, "roll-attended") if roll.attended_by else paid


def _against_active(heads: int, active: int) -> str:
    return f"{heads:,}" if heads == active else f"{heads:,} ({heads - active:+,})"


def _signed(number: int) -> str:
    return f"{number:+,}" if number else "·"

"""The items of one statement for people: each key, how it stands, and the cells of every row behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from auditor.clues import EvidenceRow, Measure
from auditor.ledgers import ColumnType
from auditor.messages import text
from auditor.reconcile import Item, RowRef, Standing, Statement
from auditor.report.masking import Veil
from auditor.report.reconciled import (
    Reconciled,
    column_of,
    field_title,
    key_shown,
    measured,
    refs_of,
    rows_behind,
    unit_title,
    value_shown,
)

SHOWN_ROWS = 12
"""Rows of a side that are shown of one item: a count may have thousands behind it."""
_ROWS_OF_ONE = 4
_STYLES = {Standing.DIFFERENT: "yellow", Standing.MATCHED: "green"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items of a statement are shown: of one standing, of one unit (its id or name), so many at most."""

    standing: Standing | None = None
    unit: str | None = None
    limit: int = 20

    def of(self, items: Sequence[Item]) -> list[Item]:
        """Those of `items` that are wanted, without the limit: those that match come last."""
        found = [
            item
            for item in items
            if self.standing in {None, item.standing} and self.unit in {None, item.unit.id, item.unit.name}
        ]
        return sorted(found, key=lambda item: item.standing is Standing.MATCHED)


def print_items(
    statement: Statement, wanted: Wanted, reconciled: Reconciled, veil: Veil, console: Console, lang: str = "zh"
) -> None:
    """Print the wanted items, each with its differences and the cells of its rows."""
    found = wanted.of(statement.items)
    shown = found[: wanted.limit]
    counts = {"count": len(found), "shown": len(shown)}
    title = veil.sentence(statement.title.in_(lang))
    console.print(Text(text("show-head", lang, id=statement.id, title=title, **counts), style="bold underline"))
    for side, code in ((statement.left, "tie-left"), (statement.right, "tie-right")):
        console.print(Text(f"{text(code, lang)}: {veil.sentence(side.title.in_(lang))}", style="dim"))
    if not found:
        console.print(text("show-none", lang))
    rows = rows_behind(statement, refs_of(shown), reconciled.tables)
    for number, item in enumerate(shown, 1):
        console.print()
        console.print(_heading(number, statement, item, _names(item, rows, veil), veil, lang))
        for line in _differences(statement, item, veil, lang):
            console.print(Padding(Text(line), (0, 0, 0, 4)))
        for code, refs in (("tie-left", item.left), ("tie-right", item.right)):
            for ref in refs[:SHOWN_ROWS]:
                console.print(Padding(Text(f"{text(code, lang)} {row_told(rows[ref], veil, lang)}"), (0, 0, 0, 4)))
            if len(refs) > SHOWN_ROWS:
                more = text("show-more-rows", lang, count=len(refs) - SHOWN_ROWS)
                console.print(Padding(Text(f"{text(code, lang)} {more}", style="dim"), (0, 0, 0, 4)))
        for code, ref in item.notes:
            console.print(Padding(Text(f"{text(code, lang)} {row_told(rows[ref], veil, lang)}"), (0, 0, 0, 4)))
    if len(found) > len(shown):
        console.print(Text(text("show-more", lang, count=len(found) - len(shown)), style="dim"))


def row_told(row: EvidenceRow, veil: Veil, lang: str) -> str:
    """`发放表.xlsx[5月] 第 5 行：姓名 B5 张三、…`: where the row stands, and each cell with its address."""
    ledger = veil.catalogue[row.ledger]
    cells = veil.evidence(row)["cells"]
    assert isinstance(cells, dict)
    parts = []
    for name, cell in cells.items():
        value = cell["value"] if cell["value"] is not None else cell["raw"]
        if value in {None, ""}:
            continue
        header = ledger.columns[name].header if lang == "zh" else name
        parts.append(" ".join(part for part in (header, cell["cell"], _plain(value, lang)) if part))
    sheet = f"[{row.sheet}]" if row.sheet else ""
    place = "" if row.row is None else " " + text("show-row", lang, row=row.row)
    colon, comma = ("：", "、") if lang == "zh" else (": ", ", ")
    linked = "" if row.linked is None else row.linked.sentence(lang)
    return f"{ledger.title(lang)} {row.file}{sheet}{place}{colon}{comma.join(parts)}{linked}"


def _names(item: Item, rows: Mapping[RowRef, EvidenceRow], veil: Veil) -> str:
    """How the item's rows call their person, each spelling once; empty where they are of several people."""
    names = [_name(rows[ref], veil) for ref in (*item.left, *item.right)]
    return " / ".join(dict.fromkeys(filter(None, names))) if 0 < len(names) <= _ROWS_OF_ONE else ""


def _name(row: EvidenceRow, veil: Veil) -> str:
    cell = row.cells.get("name") or row.cells.get("account_name")
    return veil.sentence(str(cell.value)) if cell is not None and cell.value else ""


def _heading(number: int, statement: Statement, item: Item, name: str, veil: Veil, lang: str) -> Text:
    comma = "、" if lang == "zh" else ", "
    key = comma.join(
        f"{field_title(statement, name, veil.catalogue, lang)} {_plain(value, lang)}"
        for name, value in key_shown(statement, item, veil).items()
    )
    head = Text(f"{number}. ")
    head.append(text(f"standing-{item.standing.value}", lang), style=_STYLES.get(item.standing, "red"))
    head.append(f"  {key}", style="bold")
    head.append(f"  {name}" if name else "")
    parts = [text("show-unit", lang, kind=text(f"unit-{item.unit.kind}", lang), name=unit_title(item.unit, veil, lang))]
    if item.month and item.month not in {str(part) for part in item.key}:
        parts.append(item.month)
    if item.duplicate:
        parts.append(text("show-duplicate", lang))
    return head.append("  " + " · ".join(parts), style="dim")


def _differences(statement: Statement, item: Item, veil: Veil, lang: str) -> list[str]:
    told = []
    for one in item.differences:
        left, right = (
            _plain(value_shown(statement, one.field, measured(v), veil), lang) for v in (one.left, one.right)
        )
        field = field_title(statement, one.field, veil.catalogue, lang)
        told.append(text("show-difference", lang, field=field, left=left, right=right))
    amounts = [None if amount is None else f"{amount:,.2f}" for amount in (item.amount_left, item.amount_right)]
    if any(amounts) and not any(_is_money(statement, one.field, veil) for one in item.differences):
        left, right = (amount or text("show-empty", lang) for amount in amounts)
        told.append(text("show-money", lang, left=left, right=right))
    return told


def _is_money(statement: Statement, field: str, veil: Veil) -> bool:
    column = column_of(statement, field, veil.catalogue)
    return column is not None and column.type is ColumnType.MONEY


def _plain(value: Measure, lang: str) -> str:
    if value is None or value == "":
        return text("show-empty", lang)
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    return str(value)

"""`auditor ledgers list|show`: the ledger kinds."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.ledgers import default_catalogue
from auditor.messages import text


@click.group("ledgers")
def command() -> None:
    """台账种类 The ledger kinds."""


@command.command("list")
@lang_option
@speaks
def list_(lang: str) -> None:
    """列出全部台账种类 List all kinds."""
    table = Table(box=None, pad_edge=False)
    for code in ("ledgers-id", "ledgers-title", "ledgers-columns", "ledgers-system"):
        table.add_column(text(code, lang), overflow="fold")
    for ledger in default_catalogue().values():
        table.add_row(ledger.id, ledger.title(lang), str(len(ledger.columns)), ledger.system)
    Console().print(table)


@command.command("show")
@click.argument("ledger_id", metavar="ID")
@lang_option
@speaks
def show(ledger_id: str, lang: str) -> None:
    """列出一种台账的列、类型、表头与代码 Show a kind's columns."""
    ledger = default_catalogue().get(ledger_id)
    if ledger is None:
        click.echo(text("no-such-ledger", lang, id=ledger_id, known=", ".join(default_catalogue())), err=True)
        raise SystemExit(Exit.FAILED)
    console = Console()
    console.print(f"[bold]{ledger.id}[/] {ledger.title(lang)} · {ledger.system}", highlight=False)
    table = Table(box=None, pad_edge=False)
    for code in ("ledgers-column", "ledgers-type", "ledgers-required", "ledgers-headers", "ledgers-codes"):
        table.add_column(text(code, lang), overflow="fold")
    for column in ledger.columns.values():
        name = f"{column.name} 🔑" if column.name in ledger.key else column.name
        required = "✓" if column.required else ""
        table.add_row(name, column.type.value, required, "、".join(column.headers), "、".join(column.codes))
    console.print(table)

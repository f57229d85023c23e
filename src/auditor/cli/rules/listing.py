"""`auditor rules list`."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.rules.catalogue import load, picked, rules_option
from auditor.messages import render, text


@click.command("list")
@rules_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
@speaks
def list_(folders: tuple[Path, ...], form: str, lang: str) -> None:
    """列出规则 List the rules."""
    loaded = load(folders)
    rules = picked(loaded, (), lang)
    if form == "json":
        rows = [
            {
                "id": r.id,
                "version": r.version,
                "status": r.status.value,
                "title": {"zh": r.title.zh, "en": r.title.en},
                "violation": r.violation,
                "severity": r.severity,
                "grain": r.grain,
                "cases": len(r.cases),
            }
            for r in rules
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        table = Table(box=None, pad_edge=False)
        for code in ("rules-id", "rules-title", "rules-violation", "rules-severity", "rules-grain", "rules-cases"):
            table.add_column(text(code, lang), overflow="fold")
        for r in rules:
            severity = text(f"severity-{r.severity}", lang)
            table.add_row(
                r.id, r.title.in_(lang), text(f"violation-{r.violation}", lang), severity, r.grain, str(len(r.cases))
            )
        Console().print(table)
    for problem in loaded.problems:
        click.echo(render(problem, lang), err=True)
    if loaded.problems:
        raise SystemExit(Exit.FAILED)

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
from auditor.reconcile import VIOLATIONS
from auditor.rules import Rule, StatementRule


def _violation(one: Rule | StatementRule) -> str:
    return one.violation if isinstance(one, Rule) else VIOLATIONS[one.kind]


@click.command("list")
@rules_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
@speaks
def list_(folders: tuple[Path, ...], form: str, lang: str) -> None:
    """列出规则和对账表 List the rules and statements."""
    loaded = load(folders)
    rules = picked(loaded, (), lang)
    if form == "json":
        rows = [
            {
                "id": r.id,
                "version": r.version,
                "status": r.status.value,
                "title": {"zh": r.title.zh, "en": r.title.en},
                "violation": _violation(r),
                "severity": r.severity if isinstance(r, Rule) else "medium",
                "grain": r.grain if isinstance(r, Rule) else "statement",
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
            severity, grain = (r.severity, r.grain) if isinstance(r, Rule) else ("medium", "statement")
            words = text(f"violation-{_violation(r)}", lang), text(f"severity-{severity}", lang)
            table.add_row(r.id, r.title.in_(lang), *words, grain, str(len(r.cases)))
        Console().print(table)
    for problem in loaded.problems:
        click.echo(render(problem, lang), err=True)
    if loaded.problems:
        raise SystemExit(Exit.FAILED)

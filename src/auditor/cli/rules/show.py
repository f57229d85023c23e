"""`auditor rules show ID`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.syntax import Syntax

from auditor.cli.exits import lang_option, speaks
from auditor.cli.rules.catalogue import load, picked, rules_option
from auditor.messages import text


@click.command("show")
@click.argument("rule_id", metavar="ID")
@rules_option
@lang_option
@speaks
def show(rule_id: str, folders: tuple[Path, ...], lang: str) -> None:
    """显示一条规则：依据、查询、排除情形、核查办法 Show a rule."""
    rule = picked(load(folders), (rule_id,), lang)[0]
    console = Console()
    console.print(f"[bold]{rule.id}[/] v{rule.version} {rule.title.zh} · {rule.title.en}", highlight=False)
    console.print(
        text(
            "rules-show-kind",
            lang,
            violation=text(f"violation-{rule.violation}", lang),
            severity=text(f"severity-{rule.severity}", lang),
            grain=rule.grain,
        ),
        highlight=False,
    )
    for basis in rule.basis:
        checked = basis.checked_by or text("rules-unchecked", lang)
        console.print(
            f"  {basis.instrument} {basis.article}：{basis.words}（{checked}）", highlight=False, markup=False
        )
    for name, columns in {**rule.needs.requires}.items():
        console.print(f"  {text('rules-requires', lang)} {name}: {', '.join(columns)}", highlight=False, markup=False)
    console.print(Syntax(rule.query, "sql", word_wrap=True, background_color="default"))
    for false_positive in rule.false_positives:
        console.print(
            f"  {text('rules-innocent', lang)} {false_positive.what.in_(lang)} [{false_positive.handled}]",
            markup=False,
            highlight=False,
        )
    for blind in rule.blind_spots:
        console.print(f"  {text('rules-blind', lang)} {blind.in_(lang)}", markup=False, highlight=False)
    for step in rule.verify:
        console.print(f"  {text('rules-verify', lang)} {step.in_(lang)}", markup=False, highlight=False)

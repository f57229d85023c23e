"""`auditor rules show ID`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.syntax import Syntax

from auditor.cli.exits import lang_option, speaks
from auditor.cli.rules.catalogue import load, picked, rules_option
from auditor.messages import text
from auditor.reconcile import VIOLATIONS
from auditor.rules import Rule, StatementRule


def _head(one: Rule | StatementRule, console: Console, lang: str) -> None:
    """Basis, and what must be there."""
    for basis in one.basis:
        checked = basis.checked_by or text("rules-unchecked", lang)
        console.print(
            f"  {basis.instrument} {basis.article}：{basis.words}（{checked}）", highlight=False, markup=False
        )
    for name, columns in one.needs.requires.items():
        console.print(f"  {text('rules-requires', lang)} {name}: {', '.join(columns)}", highlight=False, markup=False)


def show_statement(one: StatementRule, console: Console, lang: str) -> None:
    """A statement: its sides, keys and what is compared."""
    console.print(f"[bold]{one.id}[/] v{one.version} {one.title.zh} · {one.title.en}", highlight=False)
    console.print(text(f"violation-{VIOLATIONS[one.kind]}", lang), highlight=False)
    _head(one, console, lang)
    compared = ", ".join(f"{c.field} ({c.how})" for c in one.compared) or "—"
    for code, said in (("statement-keys", ", ".join(one.keys)), ("statement-compared", compared)):
        console.print(f"  {text(code, lang)} {said}", highlight=False, markup=False)
    for side, code in ((one.left, "statement-left"), (one.right, "statement-right")):
        console.print(f"  {text(code, lang)} {side.title.in_(lang)}", highlight=False, markup=False)
        console.print(Syntax(side.query, "sql", word_wrap=True, background_color="default"))
    for why in one.explains:
        line = f"  {text('rules-innocent', lang)} {why.what.in_(lang)} [{why.handled}]"
        console.print(line, markup=False, highlight=False)
    for step in one.verify:
        console.print(f"  {text('rules-verify', lang)} {step.in_(lang)}", markup=False, highlight=False)


@click.command("show")
@click.argument("rule_id", metavar="ID")
@rules_option
@lang_option
@speaks
def show(rule_id: str, folders: tuple[Path, ...], lang: str) -> None:
    """显示一条规则或一张对账表：依据、查询、排除情形、核查办法 Show a rule or a statement."""
    rule = picked(load(folders), (rule_id,), lang)[0]
    console = Console()
    if isinstance(rule, StatementRule):
        show_statement(rule, console, lang)
        return
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
    _head(rule, console, lang)
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

"""`auditor rules test`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.rules.catalogue import load, picked, rules_option
from auditor.ledgers import default_catalogue
from auditor.messages import render, text
from auditor.reconcile import run_statement_cases
from auditor.rules import Rule, RuleSet, StatementRule
from auditor.signals import run_cases
from auditor.tables import DuckEngine
from auditor.trials import CaseResult


def differences(result: CaseResult, lang: str) -> Iterator[str]:
    """What came otherwise than the case says, a line each."""
    for code, names in (
        ("case-missed", result.missed),
        ("case-extra", result.extra),
        ("case-accused", result.accused),
        ("case-gaps-missed", result.gaps_missed),
        ("case-gaps-extra", result.gaps_extra),
        ("case-figures", result.figures),
    ):
        if names:
            yield text(code, lang, names="、".join(names))
    if not result.ran_as_said:
        yield text("case-ran" if result.ran else "case-not-run", lang)
    if result.error:
        yield result.error


def _results(one: Rule | StatementRule, ruleset: RuleSet) -> tuple[CaseResult, ...]:
    if isinstance(one, Rule):
        return run_cases(one, ruleset, default_catalogue(), DuckEngine)
    return run_statement_cases(one, ruleset, default_catalogue(), DuckEngine)


@click.command("test")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@rules_option
@lang_option
@speaks
def test(ids: tuple[str, ...], folders: tuple[Path, ...], lang: str) -> None:
    """运行规则和对账文件内的用例 Run the cases inside the rule and statement files."""
    loaded = load(folders)
    for problem in loaded.problems:
        click.echo(render(problem, lang), err=True)
    total = failed = 0
    for rule in picked(loaded, ids, lang):
        for result in _results(rule, loaded.ruleset):
            total += 1
            if not result.passed:
                failed += 1
                click.echo(
                    text(
                        "rules-case-failed",
                        lang,
                        rule=rule.id,
                        case=result.name,
                        place=str(rule.document.place(("tests", "cases"))),
                    )
                )
                for line in differences(result, lang):
                    click.echo(f"    {line}")
    click.echo(text("rules-test-done", lang, passed=total - failed, failed=failed))
    if failed or loaded.problems:
        raise SystemExit(Exit.FOUND)

"""`auditor rules list|show|lint|test`: the catalogue for those who write and trust it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.ledgers import default_catalogue
from auditor.messages import render, text
from auditor.rules import Loaded, Rule, default_folders, load_rules
from auditor.signals import CaseResult, run_cases
from auditor.tables import DuckEngine

rules_option = click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="另加规则目录 extra rule folder",
)


@click.group("rules")
def command() -> None:
    """规则目录 The rule catalogue."""


def _load(folders: tuple[Path, ...]) -> Loaded:
    return load_rules([*default_folders(), *folders], default_catalogue())


def _picked(loaded: Loaded, wanted: tuple[str, ...], lang: str) -> list[Rule]:
    known = loaded.ruleset.rules
    unknown = [name for name in wanted if name.upper() not in known]
    if unknown:
        click.echo(text("rule-unknown", lang, id=", ".join(unknown), known=", ".join(sorted(known))), err=True)
        raise SystemExit(Exit.FAILED)
    return [known[name.upper()] for name in wanted] if wanted else [known[name] for name in sorted(known)]


@command.command("list")
@rules_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
@speaks
def list_(folders: tuple[Path, ...], form: str, lang: str) -> None:
    """列出规则 List the rules."""
    loaded = _load(folders)
    rules = _picked(loaded, (), lang)
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


@command.command("show")
@click.argument("rule_id", metavar="ID")
@rules_option
@lang_option
@speaks
def show(rule_id: str, folders: tuple[Path, ...], lang: str) -> None:
    """显示一条规则：依据、查询、排除情形、核查办法 Show a rule."""
    rule = _picked(_load(folders), (rule_id,), lang)[0]
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


@command.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@lang_option
@speaks
def lint(paths: tuple[Path, ...], lang: str) -> None:
    """检查规则文件，一次列出全部错误及其行列 Check rule files; every mistake with line and column."""
    from auditor.pipeline import shipped_conclusions  # noqa: PLC0415  only lint needs both catalogues

    loaded = _load(paths)
    problems = list(loaded.problems)
    if not problems:
        shipped_conclusions(loaded.ruleset)
    for problem in problems:
        click.echo(render(problem, lang))
    count = len(loaded.ruleset.rules)
    click.echo(text("rules-lint-done", lang, rules=count, problems=len(problems)))
    if problems:
        raise SystemExit(Exit.FOUND)


def differences(result: CaseResult, lang: str) -> Iterator[str]:
    """What came otherwise than the case says, a line each."""
    for code, names in (
        ("case-missed", result.missed),
        ("case-extra", result.extra),
        ("case-accused", result.accused),
        ("case-gaps-missed", result.gaps_missed),
        ("case-gaps-extra", result.gaps_extra),
    ):
        if names:
            yield text(code, lang, names="、".join(names))
    if not result.ran_as_said:
        yield text("case-ran" if result.ran else "case-not-run", lang)
    if result.error:
        yield result.error


@command.command("test")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@rules_option
@lang_option
@speaks
def test(ids: tuple[str, ...], folders: tuple[Path, ...], lang: str) -> None:
    """运行规则文件内的用例 Run the cases inside the rule files."""
    loaded = _load(folders)
    for problem in loaded.problems:
        click.echo(render(problem, lang), err=True)
    total = failed = 0
    for rule in _picked(loaded, ids, lang):
        for result in run_cases(rule, loaded.ruleset, default_catalogue(), DuckEngine):
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

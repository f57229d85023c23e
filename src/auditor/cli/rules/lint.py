"""`auditor rules lint`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.rules.catalogue import load
from auditor.messages import render, text


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@lang_option
@speaks
def lint(paths: tuple[Path, ...], lang: str) -> None:
    """检查规则文件，一次列出全部错误及其行列 Check rule files; every mistake with line and column."""
    from auditor.pipeline import shipped_conclusions  # noqa: PLC0415  only lint needs both catalogues

    loaded = load(paths)
    problems = list(loaded.problems)
    if not problems:
        shipped_conclusions(loaded.ruleset)
    for problem in problems:
        click.echo(render(problem, lang))
    statements = len(loaded.ruleset.statements)
    click.echo(
        text("rules-lint-done", lang, rules=len(loaded.ruleset.rules), statements=statements, problems=len(problems))
    )
    if problems:
        raise SystemExit(Exit.FOUND)

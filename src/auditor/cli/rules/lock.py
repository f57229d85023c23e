"""`auditor rules lock`: the versions as they are, for the lint to hold the rules to."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.rules.catalogue import load
from auditor.errors import RuleError
from auditor.messages import render, text
from auditor.rules import default_folders
from auditor.rules.locking import LOCK, write_lock


@click.command("lock")
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@lang_option
@speaks
def lock(folder: Path | None, lang: str) -> None:
    """写出版本锁 Write lock.yaml of a rule folder (the product's own unless DIR is given).

    判定内容变了而版本没有提高的，拒绝写出。Refused while a rule decides otherwise and keeps its version.
    """
    loaded = load(() if folder is None else (folder,))
    target = folder or default_folders()[0]
    try:
        changed = write_lock(target, loaded.ruleset)
    except RuleError as error:
        for problem in error.problems:
            click.echo(render(problem, lang))
        raise SystemExit(Exit.FOUND) from error
    for rule in changed:
        click.echo(f"{rule.id} v{rule.version}")
    click.echo(text("lock-written", lang, file=str(target / LOCK), changed=len(changed)))

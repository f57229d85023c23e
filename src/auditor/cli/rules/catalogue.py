"""What every command on rules takes and does alike: the extra folders, loading, picking by id."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.exits import Exit
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.rules import Loaded, Rule, StatementRule, default_folders, load_rules

rules_option = click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="另加规则目录 extra rule folder",
)


def load(folders: tuple[Path, ...]) -> Loaded:
    """The shipped rules and those of the extra folders."""
    return load_rules([*default_folders(), *folders], default_catalogue())


def picked(loaded: Loaded, wanted: tuple[str, ...], lang: str) -> list[Rule | StatementRule]:
    """The rules and statements of the ids `wanted`, or all; an unknown id ends the command."""
    known: dict[str, Rule | StatementRule] = {**loaded.ruleset.rules, **loaded.ruleset.statements}
    unknown = [name for name in wanted if name.upper() not in known]
    if unknown:
        click.echo(text("rule-unknown", lang, id=", ".join(unknown), known=", ".join(sorted(known))), err=True)
        raise SystemExit(Exit.FAILED)
    return [known[name.upper()] for name in wanted] if wanted else [known[name] for name in sorted(known)]

"""`auditor rules docs`: the catalogue for people, in both languages."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.exits import lang_option, speaks
from auditor.cli.rules.catalogue import load, rules_option
from auditor.errors import OutputError, RuleError, raise_if
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.report.rule_docs import rule_pages


@click.command("docs")
@rules_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs/rules"),
    show_default=True,
    help="写到哪个目录 where to write",
)
@lang_option
@speaks
def docs(folders: tuple[Path, ...], out: Path, lang: str) -> None:
    """写出规则目录（中、英）Write the catalogue of the rules, in zh and en."""
    loaded = load(folders)
    raise_if(loaded.problems, RuleError)
    pages = rule_pages(loaded.ruleset, default_catalogue())
    try:
        for old in (page for folder in ("zh", "en") for page in (out / folder).glob("*.md")):
            if old.relative_to(out).as_posix() not in pages:
                old.unlink()  # a page of a violation that has no rules any more
        for name, page in pages.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError.at("output-unwritable", str(out), detail=error.strerror or str(error)) from error
    click.echo(text("docs-written", lang, pages=len(pages), folder=str(out)))

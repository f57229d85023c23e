"""`auditor person`: one person's trail over all ledgers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from auditor.cli.exits import Exit, speaks
from auditor.cli.screen import screen
from auditor.cli.subjects import audited, audited_options, whole_number
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.report import json_text, print_trail, trail_json
from auditor.trails import people_of, trail_of


@click.command("person")
@click.argument("person", metavar="ID")
@audited_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@speaks
def command(
    person: str,
    paths: tuple[Path, ...],
    as_of: datetime | None,
    profile_file: Path | None,
    map_file: Path | None,
    form: str,
    unmask: bool,
    data: Path | None,
    password: str | None,
    lang: str,
) -> None:
    """一个人在所有台账中的轨迹：按时间排列，标出相互矛盾之处。ID 为身份证号，或掩码结果中的 key。

    One person's trail over all ledgers. ID is the identity number, or the `key` of a subject in masked results.
    """
    done = audited(paths, as_of, profile_file, map_file, data, password, lang, unmask=unmask)
    tables = done.result.tables
    number = whole_number(person, people_of(tables), done.pseudonymiser)
    if number is None:
        click.echo(text("trail-unknown", lang, id=person if len(person) < len("1" * 17) else "…"), err=True)
        raise SystemExit(Exit.FAILED)
    trail = trail_of(number, tables, done.result.signals)
    if form == "json":
        click.echo(json_text(trail_json(trail, done.veil)), nl=False)
    else:
        print_trail(trail, default_catalogue(), done.veil, screen(), lang)

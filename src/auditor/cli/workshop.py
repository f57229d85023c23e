"""`auditor workshop`: one workshop's trail over all ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

import click

from auditor.cli.exits import Exit, speaks
from auditor.cli.screen import screen
from auditor.cli.subjects import audited, audited_options
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.report import json_text, print_workshop, workshop_json
from auditor.report.visible import visible
from auditor.trails import named, workshop_trail, workshops_of

_MOST_TOLD = 20


@click.command("workshop")
@click.argument("workshop", metavar="ID")
@audited_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@speaks
def command(
    workshop: str,
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
    """一个帮扶车间在所有台账中的轨迹：登记、走访、花名册、工资、参保、贷款，标出相互矛盾之处。ID 为车间编号或名称。

    One workshop's trail over all ledgers: register, visits, roll, pay, insurance, loans. ID is its id or its name.
    """
    done = audited(paths, as_of, profile_file, map_file, data, password, lang, unmask=unmask)
    tables, profile = done.result.tables, done.result.profile
    known = workshops_of(tables)
    meant = named(workshop, known) or tuple(w for w in known if done.pseudonymiser.key_of("workshop", w) == workshop)
    if len(meant) != 1:
        click.echo(visible(done.veil.sentence(_not_one(workshop, meant, known, lang))), err=True)
        raise SystemExit(Exit.FAILED)
    trail = workshop_trail(meant[0], tables, done.result.signals, profile.period, profile.as_of)
    if form == "json":
        click.echo(json_text(workshop_json(trail, done.veil)), nl=False)
    else:
        print_workshop(trail, default_catalogue(), done.veil, screen(), lang)


def _not_one(given: str, meant: tuple[str, ...], known: Mapping[str, tuple[str, ...]], lang: str) -> str:
    """Why `given` is not one workshop, with what may have been meant."""
    if meant:
        ids = "、".join(meant[:_MOST_TOLD])
        return text("workshop-ambiguous", lang, id=given, count=len(meant), ids=ids)
    near = get_close_matches(given, dict.fromkeys([*known, *(name for names in known.values() for name in names)]), 3)
    suggestion = text("workshop-suggestion", lang, names="、".join(near)) if near else ""
    return text("workshop-unknown", lang, id=given, suggestion=suggestion)

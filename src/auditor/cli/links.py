"""`auditor links`: who is tied to whom, each tie with the rows that say so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from auditor.cli.exits import Exit, speaks
from auditor.cli.screen import screen
from auditor.cli.subjects import audited, audited_options, whole_number
from auditor.messages import text
from auditor.report import json_text, print_ties, ties_json, ties_page, ties_view, write_text
from auditor.report.visible import visible
from auditor.ties import TieKind, around, collect_ties
from auditor.trails import people_of

_LONGEST = 17  # what is longer may be an identity number, and is not repeated


@click.command("links")
@audited_options
@click.option(
    "--of", "person", metavar="ID", help="只看与此人相连的 only those whom this person reaches (number or key)"
)
@click.option("--steps", type=click.IntRange(min=1), help="与 --of 合用：几步以内 with --of: within so many ties")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice([kind.value for kind in TieKind]),
    multiple=True,
    help="只看这种关联，可重复 only ties of this kind; may be repeated",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写入文件 write to this file")
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="图中最多几组 groups drawn")
@speaks
def command(
    paths: tuple[Path, ...],
    as_of: datetime | None,
    profile_file: Path | None,
    map_file: Path | None,
    person: str | None,
    steps: int | None,
    kinds: tuple[str, ...],
    form: str,
    out: Path | None,
    limit: int,
    unmask: bool,
    data: Path | None,
    password: str | None,
    lang: str,
) -> None:
    """谁与谁有关联：同户、申报的亲属、同一账户、同一电话、审批，每条关联注明出处；html 为一张图，不联网即可打开。

    Who is tied to whom by household, declared kinship, account, phone and approver, each tie with its source; html is
    one self-contained picture.
    """
    if form == "html" and out is None:
        raise click.UsageError(text("ties-out", lang))
    if form == "text" and out is not None:
        raise click.UsageError(text("ties-out-text", lang))
    if steps is not None and person is None:
        raise click.UsageError(text("ties-steps", lang))
    done = audited(paths, as_of, profile_file, map_file, data, password, lang, unmask=unmask)
    tables = done.result.tables
    ties = collect_ties(tables, [TieKind(kind) for kind in kinds] or tuple(TieKind))
    if person is not None:
        number = whole_number(person, people_of(tables), done.pseudonymiser)
        ties = around(ties, number, steps) if number is not None else ()
        if not ties:
            shown = visible(person) if len(person) < _LONGEST else "…"
            click.echo(text("ties-unknown", lang, id=shown), err=True)
            raise SystemExit(Exit.FAILED)
    view = ties_view(ties, tables, done.result.findings, done.veil)
    if form == "html" and out is not None:
        page = ties_page(view, limit, lang)
        write_text(out, page)
        drawn = min(limit, len(view.groups))
        told = text("ties-written", lang, file=str(out), drawn=drawn, groups=len(view.groups), rest=view.rest)
        click.echo(visible(told))
    elif form == "json":
        written = json_text(ties_json(view))
        if out is None:
            click.echo(written, nl=False)
        else:
            write_text(out, written)
    else:
        print_ties(view, screen(), lang)

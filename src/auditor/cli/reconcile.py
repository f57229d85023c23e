"""`auditor reconcile`: the statements alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.inputs import map_option, password_option, paths_argument, profile_of
from auditor.cli.progress import stage_progress
from auditor.cli.screen import screen
from auditor.clues import Severity
from auditor.ledgers import default_catalogue
from auditor.messages import render, text
from auditor.pipeline import reconcile_ledgers
from auditor.reconcile import Standing, Statement
from auditor.report import (
    Reconciled,
    ReconcileResult,
    Veil,
    Wanted,
    data_dir,
    print_items,
    print_reconciliation,
    pseudonym_key,
    reason_told,
    reconciliation_json,
    require_writable,
    write_all,
)
from auditor.report.visible import visible
from auditor.values.pseudonym import Pseudonymiser

FILE = "reconciliation.json"
LIMIT = 20


def _ids(_: click.Context, __: click.Parameter, given: str | None) -> tuple[str, ...]:
    return tuple(part.strip().upper() for part in (given or "").replace("，", ",").split(",") if part.strip())


@click.command("reconcile")
@paths_argument
@click.option("--only", callback=_ids, help="只编制这些对账表，如 RX21,RX02 these statements alone")
@click.option(
    "--show", metavar="ID", help="列出一张对账表的各项及其单元格 the items of one statement, with their cells"
)
@click.option("--standing", type=click.Choice([one.value for one in Standing]), help="只列此类 items that stand so")
@click.option("--unit", help="只列此单位（村、车间……）items of this unit, by id or name")
@click.option("--limit", type=click.IntRange(min=1), help=f"最多列出几项 at most so many items [default: {LIMIT}]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help=f"把 {FILE} 写入此目录 write {FILE} into this folder")
@click.option(
    "--items",
    type=click.Choice(["open", "all"]),
    default="open",
    show_default=True,
    help="逐项列出不一致的或全部 list items that do not match, or all",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="审核基准日 the audit date")
@click.option("--profile", "profile_file", type=click.Path(path_type=Path), help="区县配置 county profile (YAML)")
@map_option
@click.option(
    "--fail-on",
    type=click.Choice(["critical", "high", "medium", "low", "never"]),
    default="high",
    show_default=True,
    help="达到此严重程度时退出码为 1 severity from which the exit status is 1",
)
@click.option("--unmask", is_flag=True, help="显示完整号码 show identity numbers, accounts and phones whole")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 data directory with the pseudonym key")
@password_option
@lang_option
@speaks
def command(
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    show: str | None,
    standing: str | None,
    unit: str | None,
    limit: int | None,
    form: str,
    out: Path | None,
    items: str,
    as_of: datetime | None,
    profile_file: Path | None,
    map_file: Path | None,
    fail_on: str,
    unmask: bool,
    data: Path | None,
    password: str | None,
    lang: str,
) -> None:
    """只对账：两本台账之间（账账）、台账与实际之间（账实），每张表两方的行数、人数、金额及逐项差异。

    The statements alone: ledgers against each other, and against bank, site and evidence; how each ties out, and the
    items behind each figure.
    """
    if show is None and (standing, unit, limit) != (None, None, None):
        raise click.UsageError(text("standing-option-alone", lang))
    show = show.strip().upper() if show is not None else None
    ids = tuple(sorted({*only, show} if show is not None else set(only)))
    profile = profile_of(profile_file, as_of.date() if as_of is not None else None, map_file)
    if out is not None:
        require_writable(out)
    key = pseudonym_key(data_dir(data))
    everything = items == "all" or standing == Standing.MATCHED.value
    with stage_progress(lang) as tell:
        result = reconcile_ledgers(
            list(paths), profile, only=ids, everything=everything, progress=tell, password=password
        )
    veil = Veil(default_catalogue(), Pseudonymiser(key), unmask)
    if out is not None:
        write_all(out, {FILE: reconciliation_json(result.reconciled, veil)})
    if form == "json":
        for piece in reconciliation_json(result.reconciled, veil):
            click.echo(piece, nl=False)
    elif show is not None:
        wanted = Wanted(Standing(standing) if standing else None, unit, limit or LIMIT)
        print_items(_drawn(show, result.reconciled, lang), wanted, result.reconciled, veil, screen(), lang)
    else:
        print_reconciliation(result.reconciled, veil, screen(), lang)
    for problem in result.problems:
        click.echo(visible(veil.sentence(render(problem, lang))), err=True)
    if out is not None:
        click.echo(text("reconciliation-written", lang, file=str(out / FILE)), err=True)
    raise SystemExit(status(result, fail_on))


def status(result: ReconcileResult, fail_on: str) -> Exit:
    """The exit status: what could not be read, or does not add up, comes before what differs."""
    if result.problems:
        return Exit.FAILED
    if fail_on != "never" and any(s.severity.rank >= Severity(fail_on).rank for s in result.signals):
        return Exit.FOUND
    return Exit.CLEAN


def _drawn(id_: str, reconciled: Reconciled, lang: str) -> Statement:
    """The statement that is to be shown.

    Raises:
        SystemExit: it could not be drawn up; the sentence says why.
    """
    outcome = reconciled.reconciliation.outcomes[id_]
    if outcome.statement is None:
        why = "；".join(reason_told(reason, default_catalogue(), lang) for reason in outcome.reasons)
        click.echo(text("statement-not-drawn", lang, id=id_, why=why), err=True)
        raise SystemExit(Exit.FAILED)
    return outcome.statement

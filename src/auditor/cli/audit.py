"""`auditor audit`: the main job."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from loguru import logger

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.inputs import map_option, password_option, paths_argument, profile_of
from auditor.cli.logs import set_up
from auditor.cli.progress import stage_progress
from auditor.cli.screen import screen
from auditor.clues import Severity
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.pipeline import audit
from auditor.report import (
    AuditResult,
    Veil,
    data_dir,
    machine_report,
    print_summary,
    pseudonym_key,
    require_writable,
    write_all,
)
from auditor.values.pseudonym import Pseudonymiser

LEVELS = [severity.value for severity in reversed(Severity)]


@click.command("audit")
@paths_argument
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="审核基准日 the audit date")
@click.option("--profile", "profile_file", type=click.Path(path_type=Path), help="区县配置 county profile (YAML)")
@map_option
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="输出目录 folder of results"
)
@click.option(
    "--engine", type=click.Choice(["duckdb"]), default="duckdb", show_default=True, help="数据引擎 SQL engine"
)
@click.option(
    "--fail-on",
    type=click.Choice(["critical", "high", "medium", "low", "never"]),
    default="high",
    show_default=True,
    help="达到此严重程度时退出码为 1 severity from which the exit status is 1",
)
@click.option("--unmask", is_flag=True, help="结果文件写完整号码 write numbers whole into the machine-readable files")
@click.option(
    "--data", type=click.Path(path_type=Path), help="数据目录（化名密钥）data directory with the pseudonym key"
)
@click.option("--log-file", type=click.Path(path_type=Path), help="日志文件 also log to this file")
@password_option
@lang_option
@speaks
def command(
    paths: tuple[Path, ...],
    as_of: datetime | None,
    profile_file: Path | None,
    map_file: Path | None,
    out: Path,
    engine: str,
    fail_on: str,
    unmask: bool,
    data: Path | None,
    log_file: Path | None,
    password: str | None,
    lang: str,
) -> None:
    """审核文件夹、文件或压缩包中的台账，列出疑点及其所在单元格。

    Audit the ledgers in folders, files and zips: who and what must be looked into, and why, with the cells.
    """
    set_up(file=log_file)
    profile = profile_of(profile_file, as_of.date() if as_of is not None else None, map_file)
    require_writable(out)
    key = pseudonym_key(data_dir(data))
    logger.info("audit of {} paths as of {} on {}", len(paths), profile.as_of, engine)
    with stage_progress(lang) as tell:
        result = audit(list(paths), profile, key, progress=tell, password=password)
    veil = Veil(default_catalogue(), Pseudonymiser(key), unmask)
    write_all(out, machine_report(result, veil).all)
    print_summary(result, Veil(veil.catalogue, veil.pseudonymiser), screen(), lang)
    click.echo(text("audit-written", lang, out=str(out)))
    raise SystemExit(status(result, fail_on))


def status(result: AuditResult, fail_on: str) -> Exit:
    """The exit status: what could not be read comes before what was found."""
    if result.problems:
        return Exit.FAILED
    if fail_on != "never" and any(f.severity.rank >= Severity(fail_on).rank for f in result.findings):
        return Exit.FOUND
    return Exit.CLEAN

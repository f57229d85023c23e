"""`auditor read`: the reading report."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.inputs import paths_argument, profile_of
from auditor.cli.progress import stage_progress
from auditor.errors import Gravity
from auditor.intake import read_upload
from auditor.ledgers import default_catalogue
from auditor.report import Veil, data_dir, json_text, print_reading, pseudonym_key, reading_report
from auditor.values.pseudonym import Pseudonymiser


@click.command("read")
@paths_argument
@click.option("--profile", "profile_file", type=click.Path(path_type=Path), help="区县配置 county profile (YAML)")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--unmask", is_flag=True, help="显示完整号码 write identity numbers, accounts and phones whole")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 data directory (pseudonym key)")
@lang_option
@speaks
def command(
    paths: tuple[Path, ...], profile_file: Path | None, form: str, unmask: bool, data: Path | None, lang: str
) -> None:
    """读表报告：每张表被认作什么台账，表头在哪一行，各列对应什么，哪些行没有读入及原因。

    What each sheet was taken for: header row, columns, rows set aside, rows not understood.
    """
    profile = profile_of(profile_file, None)
    with stage_progress(lang) as tell:
        upload = read_upload(
            list(paths), default_catalogue(), headers=profile.headers, progress=lambda *step: tell("read", *step)
        )
    veil = Veil(default_catalogue(), Pseudonymiser(pseudonym_key(data_dir(data))), unmask)
    if form == "json":
        click.echo(json_text(reading_report(upload, veil)), nl=False)
    else:
        print_reading(upload, default_catalogue(), veil, Console(), lang)
    failed = any(p.gravity is Gravity.ERROR for p in upload.problems)
    if failed or not any(r.ledger is not None for r in upload.readings):
        raise SystemExit(Exit.FAILED)

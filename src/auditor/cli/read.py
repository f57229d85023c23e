"""`auditor read`: the reading report."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.inputs import map_option, password_option, paths_argument, profile_of
from auditor.cli.progress import stage_progress
from auditor.cli.screen import screen
from auditor.errors import Gravity, OutputError
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.pipeline import read_ledgers
from auditor.report import (
    ReadResult,
    Veil,
    data_dir,
    json_text,
    print_reading,
    proposed_map,
    pseudonym_key,
    reading_page,
    reading_report,
    write_text,
)
from auditor.values.pseudonym import Pseudonymiser


@click.command("read")
@paths_argument
@click.option("--profile", "profile_file", type=click.Path(path_type=Path), help="区县配置 county profile (YAML)")
@map_option
@click.option("--write-map", type=click.Path(path_type=Path), help="提出一份待确认的对应表 propose a map to be edited")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="写入文件（html、json）write html or json to this file")
@click.option("--unmask", is_flag=True, help="显示完整号码 write identity numbers, accounts and phones whole")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 data directory (pseudonym key)")
@password_option
@lang_option
@speaks
def command(
    paths: tuple[Path, ...],
    profile_file: Path | None,
    map_file: Path | None,
    write_map: Path | None,
    form: str,
    out: Path | None,
    unmask: bool,
    data: Path | None,
    password: str | None,
    lang: str,
) -> None:
    """读表报告：每张表被认作什么台账，表头在哪一行，各列对应什么，哪些行没有读入及原因。

    What each sheet was taken for: header row, columns with samples, rows set aside, what was not understood.
    """
    if out is not None and form == "text":
        raise click.UsageError(text("out-without-form", lang))
    profile = profile_of(profile_file, None, map_file)
    if write_map is not None and write_map.exists():
        raise OutputError.at("map-exists", str(write_map))
    with stage_progress(lang) as tell:
        result = read_ledgers(list(paths), profile, progress=tell, password=password)
    veil = Veil(default_catalogue(), Pseudonymiser(pseudonym_key(data_dir(data))), unmask)
    if form == "text":
        print_reading(result, veil, screen(), lang)
    else:
        page = json_text(reading_report(result, veil)) if form == "json" else reading_page(result, veil, lang)
        if out is None:
            click.echo(page, nl=False)
        else:
            write_text(out, page)
            click.echo(text("page-written", lang, file=str(out)), err=True)
    if write_map is not None:
        proposed, count = proposed_map(result, Veil(veil.catalogue, veil.pseudonymiser), lang)
        write_text(write_map, proposed)
        click.echo(text("map-written" if count else "map-nothing-open", lang, file=str(write_map)), err=True)
    if _failed(result):
        raise SystemExit(Exit.FAILED)


def _failed(result: ReadResult) -> bool:
    """Whether a file could not be read, or no sheet is a ledger."""
    upload = result.upload
    return any(p.gravity is Gravity.ERROR for p in upload.problems) or not any(
        reading.ledger is not None for reading in upload.readings
    )

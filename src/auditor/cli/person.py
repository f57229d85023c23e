"""`auditor person`: one person's trail over all ledgers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.inputs import map_option, password_option, paths_argument, profile_of
from auditor.cli.progress import stage_progress
from auditor.cli.screen import screen
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.pipeline import audit
from auditor.report import Veil, data_dir, json_text, print_trail, pseudonym_key, trail_json
from auditor.trails import people_of, trail_of
from auditor.values import CellKind, Pseudonymiser, Read, read_cell


@click.command("person")
@click.argument("person", metavar="ID")
@paths_argument
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="审核基准日 the audit date")
@click.option("--profile", "profile_file", type=click.Path(path_type=Path), help="区县配置 county profile (YAML)")
@map_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--unmask", is_flag=True, help="显示完整号码 show identity numbers, accounts and phones whole")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 data directory with the pseudonym key")
@password_option
@lang_option
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
    profile = profile_of(profile_file, as_of.date() if as_of is not None else None, map_file)
    key = pseudonym_key(data_dir(data))
    pseudonymiser = Pseudonymiser(key)
    with stage_progress(lang) as tell:
        result = audit(list(paths), profile, key, progress=tell, password=password)
    number = whole_number(person, people_of(result.tables), pseudonymiser)
    if number is None:
        click.echo(text("trail-unknown", lang, id=person if len(person) < len("1" * 17) else "…"), err=True)
        raise SystemExit(Exit.FAILED)
    veil = Veil(default_catalogue(), pseudonymiser, unmask)
    trail = trail_of(number, result.tables, result.signals)
    if form == "json":
        click.echo(json_text(trail_json(trail, veil)), nl=False)
    else:
        print_trail(trail, default_catalogue(), veil, screen(), lang)


def whole_number(given: str, people: frozenset[str], pseudonymiser: Pseudonymiser) -> str | None:
    """The number that `given` stands for: itself when a ledger holds it, or the one whose key it is."""
    read = read_cell("person_id", given, CellKind.TEXT)
    number = str(read.value) if isinstance(read, Read) and read.value is not None else given
    if number in people:
        return number
    return next((one for one in sorted(people) if pseudonymiser.key_of("person", one) == given), None)

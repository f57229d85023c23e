"""What the commands about one subject take alike, and the audit that they rest on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from auditor.cli.exits import lang_option
from auditor.cli.inputs import map_option, password_option, paths_argument, profile_of
from auditor.cli.progress import stage_progress
from auditor.ledgers import default_catalogue
from auditor.pipeline import audit
from auditor.report import AuditResult, Veil, data_dir, pseudonym_key
from auditor.values import CellKind, Pseudonymiser, Read, read_cell

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    paths_argument,
    click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="审核基准日 the audit date"),
    click.option("--profile", "profile_file", type=click.Path(path_type=Path), help="区县配置 county profile (YAML)"),
    map_option,
    click.option("--unmask", is_flag=True, help="显示完整号码 show identity numbers, accounts and phones whole"),
    click.option("--data", type=click.Path(path_type=Path), help="数据目录 data directory with the pseudonym key"),
    password_option,
    lang_option,
)


def audited_options(command: F) -> F:
    """The paths and options from which `audited` makes its audit."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit, and what masks its people."""

    result: AuditResult
    pseudonymiser: Pseudonymiser
    veil: Veil


def audited(
    paths: tuple[Path, ...],
    as_of: datetime | None,
    profile_file: Path | None,
    map_file: Path | None,
    data: Path | None,
    password: str | None,
    lang: str,
    *,
    unmask: bool,
) -> Audited:
    """Audit the ledgers of `paths` as the options of `audited_options` say.

    Raises:
        AuditorError: the work could not be done.
    """
    day: date | None = as_of.date() if as_of is not None else None
    profile = profile_of(profile_file, day, map_file)
    key = pseudonym_key(data_dir(data))
    pseudonymiser = Pseudonymiser(key)
    with stage_progress(lang) as tell:
        result = audit(list(paths), profile, key, progress=tell, password=password)
    return Audited(result, pseudonymiser, Veil(default_catalogue(), pseudonymiser, unmask))


def whole_number(given: str, people: frozenset[str], pseudonymiser: Pseudonymiser) -> str | None:
    """The number that `given` stands for: itself when a ledger holds it, or the one whose key it is."""
    read = read_cell("person_id", given, CellKind.TEXT)
    number = str(read.value) if isinstance(read, Read) and read.value is not None else given
    if number in people:
        return number
    return next((one for one in sorted(people) if pseudonymiser.key_of("person", one) == given), None)

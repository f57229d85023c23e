"""`auditor rules new ID`: a skeleton in its place, and what is left to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import click

from auditor.cli.exits import lang_option, speaks
from auditor.cli.rules.catalogue import load
from auditor.errors import OutputError, Problem, RuleError, TextPlace
from auditor.messages import render, text
from auditor.rules import RuleSet
from auditor.rules.skeleton import skeleton
from auditor.rules.suggesting import nearest

_ID = re.compile(r"^[A-Z]+[0-9]+$")


def _violation_of(id_: str, wanted: str | None, known: RuleSet) -> str:
    group = id_.rstrip("0123456789")
    if wanted is None:
        found = next((v.id for v in known.violations.values() if group in v.groups), None)
        if found is None:
            raise RuleError(Problem("new-group-unknown", TextPlace(id_), {"group": group}))
        return found
    if wanted not in known.violations:
        args = {"text": wanted, "suggestion": nearest(wanted, list(known.violations))}
        raise RuleError(Problem("violation-unknown", TextPlace(id_), args))
    return wanted


@click.command("new")
@click.argument("rule_id", metavar="ID")
@click.option("--violation", help="违规类型 what it points at (violations.yaml); 默认按编号字母 by the letters of ID")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("rules"),
    show_default=True,
    help="规则目录 the rule folder",
)
@lang_option
@speaks
def new(rule_id: str, violation: str | None, folder: Path, lang: str) -> None:
    """写出一条新规则的骨架，并列出要填的地方 Write the skeleton of a rule, and list what to fill in."""
    id_ = rule_id.upper()
    if not _ID.match(id_):
        raise RuleError(Problem("rule-id-form", TextPlace(rule_id), {"id": rule_id}))
    known = load(()).ruleset
    if id_ in known.rules:
        args = {"id": id_, "file": known.rules[id_].document.file}
        raise RuleError(Problem("id-twice", TextPlace(rule_id), args))
    word = _violation_of(id_, violation, known)
    path = folder / "signals" / word / f"{id_.lower()}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(skeleton(id_, word))
    except OSError as error:
        raise OutputError.at("output-unwritable", str(path), detail=error.strerror or str(error)) from error
    click.echo(text("new-written", lang, file=str(path)))
    for problem in load((folder,)).problems:
        if isinstance(problem.where, TextPlace) and problem.where.file.endswith(f"/{word}/{path.name}"):
            click.echo(render(problem, lang))

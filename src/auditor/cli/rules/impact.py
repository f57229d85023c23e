"""`auditor rules impact RULE.yaml PATH...`: a dry run of one rule on an upload."""

from __future__ import annotations

import json
from pathlib import Path

import click

from auditor.cli.exits import lang_option, speaks
from auditor.cli.inputs import password_option, profile_of
from auditor.cli.progress import stage_progress
from auditor.clues import Signal
from auditor.errors import RuleError, raise_if
from auditor.intake import read_upload
from auditor.ledgers import default_catalogue
from auditor.messages import text
from auditor.pipeline import load_catalogues, require_ledgers
from auditor.report import Veil, data_dir, pseudonym_key
from auditor.rules import default_folders, load_candidate
from auditor.signals.impact import Impact, impact_of
from auditor.signals.outcome import Outcome
from auditor.tables import DuckEngine, build_tables
from auditor.values.pseudonym import Pseudonymiser

SHOWN = 10


def _line(signal: Signal, veil: Veil, lang: str) -> str:
    who = veil.subject(signal.subject)
    period = f" {signal.period}" if signal.period else ""
    return f"{signal.rule} {who['id']}{period} {veil.sentence(signal.message[lang])}"


def _outcome(outcome: Outcome | None, lang: str) -> str:
    if outcome is None:
        return text("impact-new", lang)
    reasons = "".join(f" {text(reason.code, lang, **reason.args)}" for reason in outcome.reasons)
    return text(f"impact-{outcome.status.value.replace('_', '-')}", lang, count=outcome.count) + reasons


def _told(impact: Impact, veil: Veil, lang: str, shown: int) -> None:
    click.echo(text("impact-before", lang, outcome=_outcome(impact.before, lang)))
    click.echo(text("impact-after", lang, outcome=_outcome(impact.after, lang)))
    for code, signals in (
        ("impact-appeared", impact.appeared),
        ("impact-vanished", impact.vanished),
        ("impact-changed", impact.changed),
    ):
        click.echo(text(code, lang, count=len(signals)))
        for signal in signals[:shown]:
            click.echo(f"    {_line(signal, veil, lang)}")
        if len(signals) > shown:
            click.echo(f"    {text('impact-more', lang, count=len(signals) - shown)}")
    click.echo(text("impact-kept", lang, count=impact.kept))


def _as_json(impact: Impact, veil: Veil) -> str:
    def told(signal: Signal) -> dict[str, object]:
        return {
            "rule": signal.rule,
            "version": signal.version,
            "subject": veil.subject(signal.subject),
            "period": signal.period,
            "measures": veil.measures(signal.measures),
            "message": veil.texts(signal.message),
        }

    return json.dumps(
        {
            "before": impact.before.count if impact.before is not None else None,
            "after": impact.after.count,
            "status": impact.after.status.value,
            "appeared": [told(signal) for signal in impact.appeared],
            "vanished": [told(signal) for signal in impact.vanished],
            "changed": [told(signal) for signal in impact.changed],
            "kept": impact.kept,
        },
        ensure_ascii=False,
        indent=1,
    )


@click.command("impact")
@click.argument("rule_file", metavar="RULE.yaml", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--profile", "profile_file", type=click.Path(path_type=Path), help="区县配置 county profile (YAML)")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--show", "shown", type=click.IntRange(0), default=SHOWN, show_default=True, help="各列几条 how many")
@click.option("--unmask", is_flag=True, help="显示完整号码 write numbers whole")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 data directory (pseudonym key)")
@password_option
@lang_option
@speaks
def impact(
    rule_file: Path,
    paths: tuple[Path, ...],
    profile_file: Path | None,
    form: str,
    shown: int,
    unmask: bool,
    data: Path | None,
    password: str | None,
    lang: str,
) -> None:
    """试运行一条规则：与现有同编号规则相比，会多出和消失哪些疑点 Dry run: what would appear and vanish."""
    profile = profile_of(profile_file, None)
    catalogue = default_catalogue()
    ruleset = load_catalogues(profile.rule_folders).rules
    candidate, problems = load_candidate(rule_file, [*default_folders(), *profile.rule_folders], catalogue)
    raise_if(problems, RuleError)
    assert candidate is not None
    with stage_progress(lang) as tell:
        upload = read_upload(
            list(paths),
            catalogue,
            headers=profile.headers,
            progress=lambda *step: tell("read", *step),
            password=password,
        )
    require_ledgers(upload)
    engine = DuckEngine()
    try:
        found = impact_of(candidate, ruleset, build_tables(upload.readings, catalogue, engine, profile.codes), profile)
    finally:
        engine.close()
    veil = Veil(catalogue, Pseudonymiser(pseudonym_key(data_dir(data))), unmask)
    if form == "json":
        click.echo(_as_json(found, veil))
    else:
        _told(found, veil, lang, shown)

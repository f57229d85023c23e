"""`auditor rules mutate`: would the cases notice a mistake in a query?"""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

import click

from auditor.cli.exits import Exit, lang_option, speaks
from auditor.cli.progress import stage_progress
from auditor.cli.rules.catalogue import load, picked, rules_option
from auditor.cli.rules.test import differences
from auditor.messages import render, text
from auditor.mutation import MutationRun, Trial, run_mutants_of_folders
from auditor.rules import default_folders


def _as_json(run: MutationRun, seconds: float) -> str:
    def told(trial: Trial) -> dict[str, object]:
        mutant = trial.mutant
        return {
            "owner": trial.owner,
            "part": trial.part,
            "place": str(trial.place),
            "kind": mutant.kind,
            "before": mutant.before,
            "after": mutant.after,
            "killed_by": trial.killed_by or None,
            "failed": trial.failed,
        }

    return json.dumps(
        {
            "rules": list(run.rules),
            "statements": list(run.statements),
            "terms": list(run.terms),
            "cases": run.cases,
            "mutants": len(run.trials),
            "survivors": [told(trial) for trial in run.survivors],
            "broken_cases": [f"{result.rule}/{result.name}" for result in run.broken],
            "seconds": round(seconds, 1),
            "trials": [told(trial) for trial in run.trials],
        },
        ensure_ascii=False,
        indent=1,
    )


def _told(run: MutationRun, seconds: float, lang: str) -> None:
    for broken in run.broken:
        click.echo(text("mutate-case-broken", lang, rule=broken.rule, case=broken.name))
        for line in differences(broken, lang):
            click.echo(f"    {line}")
    for trial in run.survivors:
        how = text(trial.mutant.kind, lang, before=trial.mutant.before, after=trial.mutant.after)
        click.echo(text("mutate-survivor", lang, place=str(trial.place), owner=trial.owner, how=how))
    click.echo(
        text(
            "mutate-done",
            lang,
            rules=len(run.rules),
            statements=len(run.statements),
            terms=len(run.terms),
            cases=run.cases,
            mutants=len(run.trials),
            killed=len(run.trials) - len(run.survivors),
            survivors=len(run.survivors),
            seconds=f"{seconds:.1f}",
        )
    )


@click.command("mutate")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@rules_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--jobs", type=click.IntRange(1), help="进程数，默认为核数 processes; one a core by default")
@lang_option
@speaks
def mutate(ids: tuple[str, ...], folders: tuple[Path, ...], form: str, jobs: int | None, lang: str) -> None:
    """逐个改动规则和对账的查询，看用例能否发现 Change each predicate; the rules' own cases must notice."""
    loaded = load(folders)
    for problem in loaded.problems:
        click.echo(render(problem, lang), err=True)
    rules = picked(loaded, ids, lang)
    started = perf_counter()
    with stage_progress(lang) as tell:
        run = run_mutants_of_folders(
            rules,
            loaded.ruleset,
            [*default_folders(), *folders],
            jobs=jobs,
            progress=lambda what, done, of: tell("mutate", done, of, what),
        )
    seconds = perf_counter() - started
    if form == "json":
        click.echo(_as_json(run, seconds))
    else:
        _told(run, seconds, lang)
    if run.survivors or run.broken or loaded.problems:
        raise SystemExit(Exit.FOUND)

"""Mutants on all cores: each process loads the rule folders for itself, and takes one task after the other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from auditor.ledgers import default_catalogue
from auditor.mutation.mutants import (
    MutationProgress,
    MutationRun,
    Owner,
    Task,
    Tried,
    gathered,
    run_mutants,
    run_task,
    tasks,
)
from auditor.rules import RuleSet, load_rules
from auditor.tables import DuckEngine

_WORTH_IT = 4  # a process needs a second to start: for fewer tasks one does
_engine = partial(DuckEngine, threads=1)
_loaded: list[RuleSet] = []  # of this process


def _load(folders: Sequence[Path]) -> None:
    _loaded[:] = [load_rules(folders, default_catalogue()).ruleset]


def _run(task: Task) -> Tried:
    return run_task(task, _loaded[0], default_catalogue(), _engine)


def run_mutants_of_folders(
    owners: Sequence[Owner],
    ruleset: RuleSet,
    folders: Sequence[Path],
    *,
    jobs: int | None = None,
    progress: MutationProgress | None = None,
) -> MutationRun:
    """As `run_mutants`, with as many processes as there are cores.

    Args:
        owners: the rules and statements whose queries are mutated.
        ruleset: what `load_rules(folders, default_catalogue())` gave.
        folders: the rule folders.
        jobs: how many processes; None for one a core.
        progress: told of each rule, statement and term when it is done.
    """
    todo = tasks(owners, ruleset)
    workers = min(jobs or os.cpu_count() or 1, len(todo))
    if workers < 2 or len(todo) < _WORTH_IT:  # noqa: PLR2004  one process is no pool
        return run_mutants(owners, ruleset, default_catalogue(), _engine, progress=progress)
    results = []
    # Spawned, not forked: Arrow and DuckDB have threads, which a fork would cut in two.
    with ProcessPoolExecutor(workers, get_context("spawn"), _load, (tuple(folders),)) as pool:
        for number, done in enumerate(as_completed([pool.submit(_run, task) for task in todo]), 1):
            results.append(done.result())
            if progress is not None:
                progress(results[-1].task.id, number, len(todo))
    return gathered(results)

"""Progress of long work: a bar on a terminal, plain lines elsewhere, both on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from auditor.messages import text

Tell = Callable[[str, int, int, str], None]
_PLAIN_EVERY = 5.0


@contextmanager
def stage_progress(lang: str) -> Iterator[Tell]:
    """Gives a function to be told (stage, done, of how many, what)."""
    if sys.stderr.isatty():
        with _bars(lang) as tell:
            yield tell
    else:
        yield _lines(lang)


@contextmanager
def _bars(lang: str) -> Iterator[Tell]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}", markup=False),  # the name of a file, which may hold [/brackets]
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks: dict[str, int] = {}

        def tell(stage: str, done: int, of: int, what: str) -> None:
            if stage not in tasks:
                tasks[stage] = int(progress.add_task(text(f"stage-{stage}", lang), total=of, what=""))
            progress.update(progress.task_ids[tasks[stage]], completed=done, total=of, what=what)

        yield tell


def _lines(lang: str) -> Tell:
    last: dict[str, float] = {}

    def tell(stage: str, done: int, of: int, what: str) -> None:  # noqa: ARG001
        now = time.monotonic()
        if now - last.get(stage, 0.0) >= _PLAIN_EVERY:
            click.echo(f"{text(f'stage-{stage}', lang)} {done}/{of}", err=True)
            last[stage] = now

    return tell

"""Exit statuses, and the one place where exceptions become sentences on stderr."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import IntEnum
from typing import ParamSpec, TypeVar

import click

from auditor.errors import AuditorError
from auditor.messages import render_error

P = ParamSpec("P")
R = TypeVar("R")


class Exit(IntEnum):
    """What the exit status of a command means."""

    CLEAN = 0  # nothing at or above --fail-on
    FOUND = 1  # findings at or above it
    FAILED = 2  # the command could not do its work, or not all of it


def speaks(function: Callable[P, R]) -> Callable[P, R]:
    """A command whose `AuditorError` ends it with its sentences (in the command's `lang`) and exit status 2."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except AuditorError as error:
            lang = str(kwargs.get("lang") or "zh")
            from auditor.report.visible import visible  # noqa: PLC0415 - only an error pays for it

            for line in render_error(error, lang).splitlines():  # names of files are a stranger's words
                click.echo(visible(line), err=True)
            raise SystemExit(Exit.FAILED) from error

    return wrapped


lang_option = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 language of what is shown"
)

"""A defect of ours, told plainly: what happened, where, and that no result may be taken from it."""

from __future__ import annotations

import traceback

import click

from auditor.cli.exits import Exit
from auditor.messages import text
from auditor.values import mask_text


def report_crash(error: Exception) -> Exit:
    """Say that the product failed, with the trace (numbers masked) for whoever mends it; gives the status."""
    for lang in ("zh", "en"):
        click.echo(text("internal-error", lang, error=f"{type(error).__name__}: {mask_text(str(error))}"), err=True)
    click.echo(mask_text("".join(traceback.format_exception(error))), err=True)
    return Exit.FAILED

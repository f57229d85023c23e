"""loguru: to stderr, and to a file if asked for; never with a whole identity number, account or phone in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loguru import logger

from auditor.errors import OutputError
from auditor.values import mask_text

if TYPE_CHECKING:
    from loguru import Record


def _masked(record: Record) -> None:
    record["message"] = mask_text(record["message"])
    error = record["exception"]
    if error is not None and error.value is not None:
        error.value.args = tuple(mask_text(a) if isinstance(a, str) else a for a in error.value.args)


def set_up(level: str = "WARNING", file: Path | None = None) -> None:
    """Log to stderr at `level`, and everything from DEBUG to `file`.

    `diagnose` stays off: loguru's tracebacks would print the values of variables, which are people's data.

    Raises:
        OutputError: the file cannot be written.
    """
    logger.remove()
    logger.configure(patcher=_masked)
    form = "{time:YYYY-MM-DD HH:mm:ss} {level} {name}: {message}"
    logger.add(sys.stderr, level=level, format=form, diagnose=False, backtrace=False)
    if file is not None:
        try:
            logger.add(file, level="DEBUG", format=form, diagnose=False, backtrace=False, encoding="utf-8")
        except OSError as error:
            raise OutputError.at("output-unwritable", str(file), detail=error.strerror or str(error)) from error

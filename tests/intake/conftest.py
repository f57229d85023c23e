"""Fixtures of the intake's tests: one pool of reading processes for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.errors import Problem
from auditor.intake.files.jail import ReadingPool
from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import expand
from auditor.intake.raw import RawFile, RawSheet
from auditor.values.model import CellKind

Read = Callable[[Path], RawFile]
Fail = Callable[[Path], Problem]


@pytest.fixture(scope="session")
def pool() -> Iterator[ReadingPool]:
    with ReadingPool(Limits()) as pool:
        yield pool


@pytest.fixture(scope="session")
def read(pool: ReadingPool) -> Read:
    """The file's sheets; fails where it cannot be read."""

    def reading(path: Path) -> RawFile:
        sources, problems = expand([path], Limits())
        assert problems == ()
        result = pool.read(sources[0])
        assert isinstance(result, RawFile), result
        return result

    return reading


@pytest.fixture(scope="session")
def fail(pool: ReadingPool) -> Fail:
    """The one problem of a file that cannot be read."""

    def failing(path: Path) -> Problem:
        sources, problems = expand([path], Limits())
        if not problems:
            result = pool.read(sources[0])
            assert not isinstance(result, RawFile)
            problems = result
        assert len(problems) == 1
        return problems[0]

    return failing


def cells(sheet: RawSheet) -> dict[tuple[int, int], str]:
    """The filled cells of a sheet by (row, column), as the spreadsheet numbers them."""
    return {
        (sheet.first_row + i, sheet.first_column + j): text
        for j, column in enumerate(sheet.columns)
        for i, text in enumerate(column.text.to_pylist())
        if text is not None
    }


def kinds(sheet: RawSheet) -> dict[tuple[int, int], CellKind]:
    """The kinds of the cells that are not blank."""
    return {
        (sheet.first_row + i, sheet.first_column + j): CellKind(kind)
        for j, column in enumerate(sheet.columns)
        for i, kind in enumerate(column.kind.tolist())
        if kind
    }

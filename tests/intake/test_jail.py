"""The reading processes: what a file may cost, and that it costs nobody else anything."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from auditor.intake.files.jail import ReadingPool
from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import Source, expand
from auditor.intake.raw import RawFile

_LIMITS = Limits()


def _csv(folder: Path, name: str, rows: int = 3) -> None:
    (folder / name).write_text("姓名,金额\n" + "张三,1\n" * rows, encoding="utf-8")


def _sources(folder: Path) -> tuple[Source, ...]:
    return expand([folder], _LIMITS)[0]


def test_results_come_in_the_order_of_the_files_with_progress(tmp_path: Path) -> None:
    for i in range(9):
        _csv(tmp_path, f"{i}.csv", rows=20_000 if i == 0 else i)
    sources = _sources(tmp_path)
    told: list[tuple[int, int, str]] = []

    with ReadingPool(_LIMITS) as pool:
        results = list(pool.read_many(sources, lambda done, total, path: told.append((done, total, path))))

    counts = [result.sheets[0].row_count for result in results if isinstance(result, RawFile)]
    assert counts == [20_001, 2, 3, 4, 5, 6, 7, 8, 9]
    assert told == [(i + 1, 9, f"{i}.csv") for i in range(9)]


def _large(folder: Path) -> None:
    book = xlsxwriter.Workbook(str(folder / "a.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(30_000):
        sheet.write_row(row, 0, [f"{row}甲{column}" for column in range(12)])
    book.close()


def test_memory_over_the_limit_ends_that_file_only(tmp_path: Path) -> None:
    _large(tmp_path)
    _csv(tmp_path, "b.csv")
    limits = replace(_LIMITS, child_memory=310 << 20)

    with ReadingPool(limits, workers=1) as pool:
        large, small = pool.read_many(_sources(tmp_path))

    assert isinstance(large, tuple)
    assert [p.code for p in large] == ["file-limit-memory"]
    assert isinstance(small, RawFile)


def test_wall_time_over_the_limit_ends_that_file_only(tmp_path: Path) -> None:
    fifo = tmp_path / "a.csv"
    os.mkfifo(fifo)  # a reader of a pipe that nobody writes to waits for ever
    _csv(tmp_path, "b.csv")
    good = _sources(tmp_path)[0]
    stuck = replace(good, file=replace(good.file, path="a.csv"), location=fifo)
    limits = replace(_LIMITS, wall_seconds=2)

    with ReadingPool(limits, workers=1) as pool:
        first, second = pool.read_many([stuck, good])

    assert isinstance(first, tuple)
    assert [(p.code, str(p.where), p.args["limit"]) for p in first] == [("file-limit-wall", "a.csv", 2)]
    assert isinstance(second, RawFile)


def test_processor_time_over_the_limit_ends_that_file_only(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n" * 4_000_000, encoding="utf-8")
    _csv(tmp_path, "b.csv")
    limits = replace(_LIMITS, cpu_seconds=0)

    with ReadingPool(limits, workers=1) as pool:
        large, small = pool.read_many(_sources(tmp_path))

    assert isinstance(large, tuple)
    assert [p.code for p in large] == ["file-limit-time"]
    assert isinstance(small, RawFile)


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    upload = tmp_path / "upload"
    upload.mkdir()
    (upload / "a.xlsx").write_bytes(b"PK\x03\x04broken")
    _csv(upload, "b.csv")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    with ReadingPool(_LIMITS) as pool:
        results = list(pool.read_many(_sources(upload)))

    assert [isinstance(result, RawFile) for result in results] == [False, True]
    assert list(temporary.iterdir()) == []

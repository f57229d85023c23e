"""What came of an upload, read by the real intake in a process of its own, whose memory and end can be seen."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from auditor.errors import Problem
from auditor.intake import Band, Limits, SheetReading, read_upload
from auditor.intake.reading import sheet_bands
from auditor.ledgers import default_catalogue
from auditor.messages import TEXTS, render

_PLACE = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as it is told: where (the file's path), code, the sentence in both languages.

    `layout`: it is about how the cells of a sheet lie, not about the file.
    """

    path: str
    code: str
    sentences: tuple[str, str]
    layout: bool = False

    def fault(self) -> str | None:
        """What is wrong with the telling itself: no text, or an argument that the text names and nobody gave."""
        if self.code not in TEXTS:
            return f"{self.code} has no text"
        if any(_PLACE.search(sentence) for sentence in self.sentences):
            return f"{self.code} lacks an argument: {self.sentences[1]}"
        return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: rows in all, rows that have a band, its cells' different texts."""

    path: str
    ledger: str | None
    rows: int
    banded: int
    cells: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of all files.

    Attributes:
        files: path → size of each file taken for a workbook.
        attachments: paths of the others.
        sheets, told: of all files.
        before, peak: resident memory of the reading process in bytes, before it read and at most.
    """

    files: Mapping[str, int]
    attachments: frozenset[str]
    sheets: tuple[Sheet, ...]
    told: tuple[Told, ...]
    before: int
    peak: int

    def sheets_of(self, path: str) -> list[Sheet]:
        """The sheets of a file or, where it is a zip or folder, of all that is in it."""
        return [sheet for sheet in self.sheets if _within(sheet.path, path)]

    def told_of(self, path: str) -> list[Told]:
        """The problems of a file or of all that is in it."""
        return [told for told in self.told if _within(told.path, path)]


def outcome_of(folder: Path, limits: Limits | None = None, *, keep_cells: bool = True) -> Outcome:
    """Read `folder` as one upload.

    Raises:
        Exception: whatever the intake raises; BrokenProcessPool where its process dies.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_read, folder, limits or Limits(), keep_cells).result()


def _read(folder: Path, limits: Limits, keep_cells: bool) -> Outcome:
    catalogue = default_catalogue()
    before = _resident("VmRSS")
    upload = read_upload([folder], catalogue, limits=limits)
    told = [_told(problem) for problem in upload.problems]
    told += [_told(problem, layout=True) for reading in upload.readings for problem in reading.problems]
    return Outcome(
        files={file.path: file.size for file in upload.files if file.role == "workbook"},
        attachments=frozenset(file.path for file in upload.files if file.role != "workbook"),
        sheets=tuple(_sheet(readings, keep_cells) for readings in by_sheet(upload.readings)),
        told=tuple(told),
        before=before,
        peak=_resident("VmHWM"),
    )


def by_sheet(readings: Sequence[SheetReading]) -> list[list[SheetReading]]:
    """The readings of each sheet: one of each of its tables."""
    return [list(group) for _, group in groupby(readings, key=lambda reading: (reading.source.path, id(reading.raw)))]


def rows_told(readings: Sequence[SheetReading]) -> int:
    """How many rows of a sheet are something in one of its tables."""
    bands = sheet_bands(readings)
    known = sum(np.count_nonzero(bands == band) for band in Band if band is not Band.ELSEWHERE)
    return int(known) if len(bands) == readings[0].raw.row_count else -1


def _sheet(readings: Sequence[SheetReading], keep_cells: bool) -> Sheet:
    raw, ledgers = readings[0].raw, [reading.ledger for reading in readings if reading.ledger is not None]
    texts = (column.text.unique().drop_null().to_pylist() for column in raw.columns)
    cells = frozenset(text for column in texts for text in column) if keep_cells else frozenset()
    ledger = ledgers[0] if ledgers else None
    return Sheet(readings[0].source.path, ledger, raw.row_count, rows_told(readings), cells)


def _told(problem: Problem, *, layout: bool = False) -> Told:
    path = getattr(problem.where, "file", "")
    return Told(path, problem.code, (render(problem, "zh"), render(problem, "en")), layout)


def _within(path: str, of: str) -> bool:
    return path == of or path.startswith(f"{of}/")


def _resident(field: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(re.search(rf"^{field}:\s+(\d+) kB", status, re.MULTILINE)[1]) << 10  # type: ignore[index]

"""The intake as a whole: paths in, every file read in its child process, every sheet taken for what it is.

Photos that a ledger names are looked at last, in the same processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from auditor.errors import InputError, Problem, Where
from auditor.intake.files.formulas import formula_problems
from auditor.intake.files.jail import ReadingPool
from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import expand
from auditor.intake.photos_named import photos_named
from auditor.intake.reading import SheetReading, Upload
from auditor.intake.settled import unused_entries
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import Catalogue
from auditor.maps import SheetEntry

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, path of the file)."""


def read_upload(
    paths: Sequence[Path],
    catalogue: Catalogue,
    *,
    headers: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    settled: Sequence[SheetEntry] = (),
    limits: Limits | None = None,
    progress: Progress | None = None,
    password: str | None = None,
) -> Upload:
    """Read every file of `paths` (folders, files, zips).

    Args:
        paths: what was given.
        catalogue: the ledger kinds to recognise.
        headers: extra accepted headers (ledger → column → headers) from the county profile.
        settled: what a person settled about sheets, in a map or the profile; an entry wins over those after it.
        limits: of size, memory and time; the product's own by default.
        progress: told after each workbook, then after each photo.
        password: opens the workbooks and zips that have one; it is written nowhere.

    Raises:
        InputError: there is nothing to read at all.
    """
    bounds = limits or Limits()
    sources, problems = expand(paths, bounds, password)
    if not sources:
        raise InputError(*(problems or (_nothing(paths),)))
    readings: list[SheetReading] = []
    found: list[Problem] = list(problems)
    workbooks = [source for source in sources if source.file.role == "workbook"]
    with ReadingPool(bounds, password=password) as pool:
        for number, (source, result) in enumerate(zip(workbooks, pool.read_many(workbooks), strict=True), start=1):
            if isinstance(result, tuple):
                found.extend(result)
            else:
                found.extend(result.problems)
                for sheet in result.sheets:
                    found.extend(formula_problems(sheet, source.file))
                    readings.extend(read_sheet(source.file, sheet, catalogue, headers or {}, settled))
            if progress is not None:
                progress(number, len(workbooks), source.file.path)
        photos = photos_named(sources, readings, catalogue)
        pictures: dict[str, str] = {}
        for number, (same, seen) in enumerate(zip(photos, pool.photos([same[0] for same in photos]), strict=True), 1):
            if isinstance(seen, str):
                pictures.update((one.file.path, seen) for one in same)
            else:
                found.extend(replace(problem, where=Where(one.file.path)) for one in same for problem in seen)
            if progress is not None:
                progress(len(workbooks) + number, len(workbooks) + len(photos), same[0].file.path)
    found.extend(unused_entries(settled, ((r.source.path, r.raw.name) for r in readings)))
    files = (replace(source.file, picture=pictures.get(source.file.path)) for source in sources)
    return Upload(tuple(sorted(files, key=lambda f: f.path)), tuple(readings), tuple(found))


def _nothing(paths: Sequence[Path]) -> Problem:
    return replace(InputError.at("upload-empty", ", ".join(str(p) for p in paths)).problems[0])

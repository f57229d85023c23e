"""Each limit, set low: the file that goes over it is refused by its name, and the file beside it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hostile.ledger import (
    HEADERS,
    PEOPLE,
    RELATIONS,
    WORKBOOK,
    cell,
    csv_bytes,
    payroll,
    relations,
    row,
    workbook,
    worksheet,
    xlsx,
)
from tests.hostile.making_archives import zip_of

from auditor.errors import Where
from auditor.intake import Limits, read_upload
from auditor.ledgers import default_catalogue

_LIMITS = Limits()
_MB = 1 << 20


def _sheet(path: Path) -> None:
    xlsx(path, worksheet(payroll(cell("H3", "远")), after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))


def _merged(path: Path) -> None:
    merges = "".join(f'<mergeCell ref="G{i}:H{i}"/>' for i in range(1, 4))
    xlsx(path, worksheet(payroll(), after=f"<mergeCells>{merges}</mergeCells>"))


def _many_times_one_sheet(path: Path) -> None:
    """A sheet of five thousand rows, listed two thousand times: a small file that is ten million rows."""
    count = 2_000
    more = {
        WORKBOOK: workbook(*(f"表{i}" for i in range(count))),
        RELATIONS: relations(*[("worksheet", "worksheets/sheet1.xml")] * count),
    }
    xlsx(path, worksheet("".join(row(i, PEOPLE[i % 2]) for i in range(1, 5_000))), more)


def _many_rows(path: Path) -> None:
    path.write_bytes(csv_bytes((HEADERS, *[PEOPLE[0]] * 60_000)))


def _nested(path: Path) -> None:
    """Three inner zips, each within the sum of 2 MB, all together over it."""
    inner = zip_of(("a.csv", csv_bytes((HEADERS, *[PEOPLE[0]] * 12_000))))
    path.write_bytes(zip_of(*((f"{i}.zip", inner) for i in range(3))))


@pytest.mark.parametrize(
    ("name", "make", "limits", "code"),
    [
        ("a.xlsx", _sheet, replace(_LIMITS, columns=7), "file-limit-columns"),
        ("a.xlsx", _sheet, replace(_LIMITS, rows=2), "file-limit-rows"),
        ("a.xlsx", _sheet, replace(_LIMITS, cells=20), "file-limit-cells"),
        ("a.xlsx", _merged, replace(_LIMITS, merges=2), "file-limit-merges"),
        ("a.xlsx", _sheet, replace(_LIMITS, entries=2), "file-limit-entries"),
        ("a.xlsx", _sheet, replace(_LIMITS, entry_bytes=1_000), "file-limit-entry"),
        ("a.xlsx", _sheet, replace(_LIMITS, inflated_bytes=1_500), "file-limit-inflated"),
        ("a.xlsx", _sheet, replace(_LIMITS, ratio=1, ratio_from=100), "file-limit-ratio"),
        ("a.csv", _many_rows, replace(_LIMITS, columns=5), "file-limit-columns"),
        ("a.csv", _many_rows, replace(_LIMITS, cells=60_000), "file-limit-cells"),
        ("a.csv", _many_rows, replace(_LIMITS, cell_characters=10), "file-limit-cell-length"),
        ("a.csv", _many_rows, replace(_LIMITS, file_bytes=_MB), "file-limit-size"),
        ("a.csv", _many_rows, replace(_LIMITS, result_bytes=_MB), "file-limit-result"),
        ("a.xlsx", _many_times_one_sheet, replace(_LIMITS, cpu_seconds=2), "file-limit-time"),
        ("a.xlsx", _many_times_one_sheet, replace(_LIMITS, wall_seconds=3), "file-limit-wall"),
        ("a.zip", _nested, replace(_LIMITS, inflated_bytes=2 * _MB), "file-limit-inflated"),
        ("a.zip", _nested, replace(_LIMITS, archive_bytes=1_000), "file-limit-size"),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_a_file_over_a_limit_costs_itself_only(
    tmp_path: Path, name: str, make: Callable[[Path], None], limits: Limits, code: str
) -> None:
    make(tmp_path / name)
    small = "甲,乙\n1,2\n".encode()
    (tmp_path / "b.csv").write_bytes(small)

    upload = read_upload([tmp_path], default_catalogue(), limits=limits)

    told = [problem for problem in upload.problems if isinstance(problem.where, Where)]
    assert {problem.code for problem in told} == {code}
    assert all(str(problem.where).startswith(name) for problem in told)
    beside = [reading.raw.row_count for reading in upload.readings if reading.source.path == "b.csv"]
    assert beside == [2]


def test_a_file_that_goes_while_the_upload_is_read_is_told(tmp_path: Path) -> None:
    for i in range(9):
        (tmp_path / f"{i}.csv").write_bytes(csv_bytes())

    def remove(done: int, of: int, path: str) -> None:
        if done == 1:  # a few files are read ahead, the last of nine is not
            (tmp_path / "8.csv").unlink()

    upload = read_upload([tmp_path], default_catalogue(), progress=remove)

    assert [(str(p.where), p.code) for p in upload.problems] == [("8.csv", "file-unreadable")]
    assert len(upload.readings) == 8

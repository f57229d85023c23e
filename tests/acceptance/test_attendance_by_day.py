"""Attendance by the day, village by village and without identity numbers, gives the signals of the tidy ledger."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from tests.sheets import grid, source

from auditor.intake import SheetReading, read_upload
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.pipeline import load_catalogues
from auditor.profile import Profile, load_profile
from auditor.signals import run_rules
from auditor.tables import DuckEngine, Tables, build_tables

SAMPLES = Path(__file__).resolve().parents[2] / "sample_ledgers"
HEADER = ["序号", "姓名", "用人单位", "应出勤天数", *range(1, 32), "本人签字"]
Row = dict[str, object]


def _signals(tables: Tables, profile: Profile) -> Counter[tuple[str, str, str | None]]:
    run = run_rules(load_catalogues().rules, tables, profile)
    return Counter((one.rule, one.subject.id, one.period) for one in run.signals)


def _marks(row: Row) -> list[str | None]:
    """The days present, then those on leave, then crosses up to the end of the month; 31 columns in every month."""
    month, present, leave = row["month"], row["days_present"], row["leave_days"] or 0
    assert isinstance(month, date)
    assert isinstance(present, int)
    assert isinstance(leave, int)
    length = monthrange(month.year, month.month)[1]
    marked: list[str | None] = [*["√"] * present, *["事"] * leave]
    return [*marked, *["×"] * (length - len(marked))]


def _by_day(attendance: list[Row]) -> list[SheetReading]:
    """A sheet for each village and month, as it would be drawn by hand."""
    sheets: dict[tuple[str, date], list[Row]] = defaultdict(list)
    for row in attendance:
        month = row["month"]
        assert isinstance(month, date)
        sheets[str(row["village"] or ""), month].append(row)
    readings: list[SheetReading] = []
    for (village, month), rows in sheets.items():
        name = f"{village}{month.year}年{month.month}月公益性岗位考勤表"
        drawn = [
            [number, row["name"], row["employer"], row["days_required"], *_padded(_marks(row)), row["signed_by"]]
            for number, row in enumerate(rows, start=1)
        ]
        raw = grid([[name], HEADER, *drawn, ["图例：出勤√ 事假事 缺勤×"], ["考勤员（签字）："]])
        readings += read_sheet(source(f"{name}.xlsx"), raw, default_catalogue())
    return readings


def _padded(marks: list[str | None]) -> list[str | None]:
    return [*marks, *[None] * (31 - len(marks))]


@pytest.mark.parametrize("county", ["clean", "planted"])
def test_a_county_that_marks_days_gives_the_same_signals(county: str) -> None:
    profile = load_profile(SAMPLES / county / "profile.yaml", today=date(2022, 12, 31))
    upload = read_upload([SAMPLES / county / "upload"], default_catalogue())
    with DuckEngine() as engine:
        tidy = build_tables(upload.readings, default_catalogue(), engine)
        expected = _signals(tidy, profile)
        attendance = tidy.present["attendance"].typed.to_pylist()
    others = [reading for reading in upload.readings if reading.ledger != "attendance"]
    by_day = _by_day(attendance)
    with DuckEngine() as engine:
        drawn = build_tables([*others, *by_day], default_catalogue(), engine)
        read = drawn.present["attendance"]
        assert read.rows == len(attendance)
        assert Counter(read.typed.column("days_present").to_pylist()) == Counter(r["days_present"] for r in attendance)
        assert not [fault for fault in drawn.faults if fault.ledger == "attendance"]
        found = _signals(drawn, profile)
        unlinked = {row["name"] for row in read.typed.to_pylist() if row["person_id"] is None}
    names = {row["person_id"]: row["name"] for row in attendance}
    assert found - expected == Counter()  # nobody is accused because nobody knows whose row it is
    assert {names[subject] for _, subject, _ in expected - found} <= unlinked
    assert len(list((expected - found).elements())) <= 1

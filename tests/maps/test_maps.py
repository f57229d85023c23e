"""A map: its form, its places, what it may say, and what wins over what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.errors import ProfileError, TextPlace
from auditor.ledgers import default_catalogue
from auditor.maps import SheetEntry, check_map, headers_over, load_map, spellings_over
from auditor.messages import TEXTS, render
from auditor.profile import load_profile, with_map

HERE = TextPlace("map.yaml", 2, 5)


def write(folder: Path, text: str, name: str = "map.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_map_is_read_whole(tmp_path: Path) -> None:
    text = (
        "sheets:\n"
        "  - {file: 发放*.xlsx, sheet: 10月, ledger: payroll, header: 3-4, columns: {C: amount, 补助款: ignore}}\n"
        "  - {sheet: 填表说明, ignore: true}\n"
        "headers: {payroll: {amount: [补助款]}}\n"
        "codes: {roster: {employed: {上班: 是}}}\n"
    )
    settled = load_map(write(tmp_path, text))
    first, second = settled.sheets
    assert (first.file, first.sheet, first.ledger, first.header) == ("发放*.xlsx", "10月", "payroll", (3, 4))
    assert (first.letters, first.headers) == ({"C": "amount"}, {"补助款": "ignore"})
    assert (first.place.line, first.place_of("columns", "C").line) == (2, 2)
    assert (second.ignore, second.file, second.ledger) == (True, "*", None)
    assert settled.headers == {"payroll": {"amount": ("补助款",)}}
    assert check_map(settled, default_catalogue()) == ()


def test_json_is_a_map_too(tmp_path: Path) -> None:
    settled = load_map(write(tmp_path, '{"sheets": [{"sheet": "说明", "ignore": true}]}', "map.json"))
    assert [entry.sheet for entry in settled.sheets] == ["说明"]


def test_a_map_of_which_nothing_was_taken_settles_nothing(tmp_path: Path) -> None:
    text = "sheets:\n  # - sheet: 1\nheaders:\n  payroll:\n    # amount: [x]\ncodes:\n  roster:\n    employed:\n"
    settled = load_map(write(tmp_path, text))
    assert settled.sheets == ()
    assert check_map(settled, default_catalogue()) == ()


@pytest.mark.parametrize(("rows", "expected"), [("4", (4, 4)), ("4-5", (4, 5)), ("[4, 5]", (4, 5)), ("4至6", (4, 6))])
def test_header_rows_are_written_in_several_ways(tmp_path: Path, rows: str, expected: tuple[int, int]) -> None:
    (entry,) = load_map(write(tmp_path, f"sheets: [{{ledger: payroll, header: {rows}}}]")).sheets
    assert entry.header == expected


MISTAKES = [
    ("yaml-key-unknown", "sheets:\n  - {ledgr: payroll}\n", 2),
    ("yaml-value-invalid", "sheets:\n  - ledger: payroll\n    header: 5-4\n", 3),
    ("yaml-value-invalid", "sheets:\n  - ledger: payroll\n    header: 4-40\n", 3),
    ("yaml-value-invalid", "sheets: 3\n", 1),
    ("yaml-key-twice", "sheets: []\nsheets: []\n", 2),
    ("map-ignored-and-mapped", "sheets:\n  - {sheet: x, ignore: true, ledger: payroll}\n", 2),
    ("map-entry-empty", "sheets:\n  - {sheet: x}\n", 2),
    ("map-columns-no-ledger", "sheets:\n  - sheet: x\n    header: 2\n    columns: {A: amount}\n", 4),
    ("profile-ledger-unknown", "sheets:\n  - sheet: x\n    ledger: payrol\n", 3),
    ("column-unknown", "sheets:\n  - ledger: payroll\n    columns:\n      A: amout\n", 4),
    ("map-column-twice", "sheets:\n  - ledger: payroll\n    columns:\n      A: amount\n      B: amount\n", 5),
    ("profile-header-taken", "headers: {payroll: {amount: [姓名]}}\n", 1),
    ("profile-code-unknown", "codes: {roster: {employed: {上班: 也许}}}\n", 1),
]


@pytest.mark.parametrize(("code", "text", "line"), MISTAKES)
def test_each_mistake_is_told_at_its_place(tmp_path: Path, code: str, text: str, line: int) -> None:
    try:
        problems = check_map(load_map(write(tmp_path, text)), default_catalogue())
    except ProfileError as error:
        problems = error.problems
    (problem,) = problems
    assert problem.code == code
    assert isinstance(problem.where, TextPlace)
    assert problem.where.line == line
    assert "map.yaml" in render(problem)


def test_the_same_mistakes_are_told_of_a_profile(tmp_path: Path) -> None:
    profile = load_profile(
        write(tmp_path, "county: x\nsheets:\n  - {ledger: payroll, header: 4}\n"), today=date(2022, 1, 1)
    )
    assert [(e.ledger, e.header, e.place.line) for e in profile.sheets] == [("payroll", (4, 4), 3)]
    with pytest.raises(ProfileError) as caught:
        load_profile(write(tmp_path, "sheets:\n  - {ledgr: payroll}\n"), today=date(2022, 1, 1))
    assert [(p.code, getattr(p.where, "line", 0)) for p in caught.value.problems] == [("yaml-key-unknown", 2)]


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        load_map(tmp_path / "absent.yaml")
    assert caught.value.problems[0].code == "map-unreadable"
    assert "map-unreadable" in TEXTS


@pytest.mark.parametrize(
    ("pattern", "file", "sheet", "fits"),
    [
        (("*", "*"), "a/发放.xlsx", None, True),
        (("发放.xlsx", "*"), "县/发放.xlsx", "10月", True),
        (("县/*", "10月"), "县/发放.xlsx", "10月", True),
        (("县/*", "10月"), "县/发放.xlsx", "11月", False),
        (("发放[3月].xlsx", "*"), "发放[3月].xlsx", "x", True),
        (("500299********1234.xlsx", "*"), "500299199001011234.xlsx", "x", True),
        (("考勤.xlsx", "*"), "发放.xlsx", "x", False),
    ],
)
def test_which_sheets_an_entry_is_about(pattern: tuple[str, str], file: str, sheet: str | None, fits: bool) -> None:
    assert SheetEntry(HERE, *pattern, ignore=True).fits(file, sheet) is fits


def test_the_map_of_the_command_line_wins(tmp_path: Path) -> None:
    profile = load_profile(
        write(
            tmp_path,
            "sheets: [{sheet: x, ignore: true}]\n"
            "headers: {payroll: {amount: [款, 钱], name: [人]}}\ncodes: {roster: {employed: {上班: 是, 休息: 否}}}\n",
            "profile.yaml",
        ),
        today=date(2022, 1, 1),
    )
    settled = load_map(
        write(
            tmp_path,
            "sheets: [{sheet: x, ledger: payroll}]\n"
            "headers: {payroll: {name: [钱]}}\ncodes: {roster: {employed: {上班: 否}}}\n",
        )
    )
    both = with_map(profile, settled)
    assert [entry.ignore for entry in both.sheets] == [False, True]
    assert both.headers == {"payroll": {"amount": ("款",), "name": ("钱", "人")}}
    assert both.codes == {"roster": {"employed": {"上班": "否", "休息": "否"}}}


def test_nothing_over_something_leaves_it() -> None:
    assert headers_over({}, {"payroll": {"amount": ("款",)}}) == {"payroll": {"amount": ("款",)}}
    assert spellings_over({}, {"roster": {"employed": {"上班": "是"}}}) == {"roster": {"employed": {"上班": "是"}}}

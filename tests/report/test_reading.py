"""The reading report on the screen and for machines, and the map that it proposes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tests.report.reading_county import ACCOUNT, OTHER, PERSON, county, payroll, veil
from tests.sheets import grid

from auditor.ledgers import default_catalogue
from auditor.maps import check_map, load_map
from auditor.report import ReadResult, print_reading, proposed_map, reading_report


def shown(result: ReadResult, lang: str = "zh", *, unmask: bool = False) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_reading(result, veil(unmask=unmask), console, lang)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def sheet_of(result: ReadResult, number: int = 0, *, unmask: bool = False) -> dict[str, Any]:
    files: Any = reading_report(result, veil(unmask=unmask))["files"]
    sheet: dict[str, Any] = files[0]["sheets"][number]
    return sheet


def column(sheet: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [c for c in sheet["columns"] if c["column"] == name]
    return dict(found)


def test_three_samples_of_each_column_and_what_they_were_read_as() -> None:
    sheet = sheet_of(county())
    assert column(sheet, "person_id")["samples"] == [
        {"raw": "500299********0010", "value": "500299********0010"},
        {"raw": "500299********1238", "value": "500299********1238"},
    ]
    assert column(sheet, "amount")["samples"] == [
        {"raw": "600", "value": "600"},
        {"raw": "六0零", "value": None},
    ]
    assert len(column(sheet, "paid_on")["samples"]) == 3
    unknown = {u["header"]: [s["raw"] for s in u["samples"]] for u in sheet["unknown_columns"]}
    assert unknown["备用说明"] == ["说明0", "说明1", "说明2"]


def test_numbers_are_masked_unless_asked_for() -> None:
    result = county()
    for text in (shown(result), str(reading_report(result, veil()))):
        assert PERSON not in text
        assert OTHER not in text
        assert ACCOUNT not in text
    assert PERSON in shown(result, unmask=True)
    assert PERSON in str(reading_report(result, veil(unmask=True)))


def test_each_fault_is_listed_with_its_cell_and_how_to_mend_it() -> None:
    sheet = sheet_of(county())
    faults = {fault["rule"]: fault for fault in sheet["faults"]}
    assert faults["LT03"]["evidence"][0]["cells"]["amount"]["cell"] == "F4"
    assert faults["LT08"]
    text = shown(county())
    assert "F4" in text
    assert "六0零" in text
    assert "LT09" in text


def test_what_was_carried_down_is_said() -> None:
    assert column(sheet_of(county()), "village")["made"] == "made-carried"
    assert "合并单元格已填入下面各行" in shown(county())


def test_a_sheet_that_nobody_can_tell_leads_to_a_map() -> None:
    text = shown(county(), "en")
    assert "no ledger we know" in text
    assert "auditor read … --write-map map.yaml" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hostile_text_cannot_move_the_cursor_or_turn_the_line(lang: str) -> None:
    text = shown(county(), lang)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "⟨U+202E⟩" in text


def test_a_long_list_of_faults_is_cut_and_counted() -> None:
    rows = [["身份证号", "姓名", "死亡日期"], *[[PERSON, f"人{i}", "2022-02-31"] for i in range(40)]]
    result = county(grid(rows, name="死亡"))
    text = shown(result)
    assert text.count("2022-02-31") < 40
    assert "……另有" in text
    assert len(sheet_of(result)["faults"]) >= 40


def test_the_proposed_map_settles_nothing_as_it_is(tmp_path: Path) -> None:
    text, count = proposed_map(county(), veil(), "zh")
    assert count >= 2
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    settled = load_map(path)
    assert (settled.sheets, settled.headers, settled.codes) == ((), {"payroll": {}}, {})
    assert check_map(settled, default_catalogue()) == ()


def test_to_take_the_marks_away_settles_what_is_proposed(tmp_path: Path) -> None:
    text, _ = proposed_map(county(), veil(), "zh")
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("  # - file"))
    end = lines.index("", start)
    lines[start:end] = [line.replace("# ", "", 1) for line in lines[start:end]]
    path = tmp_path / "map.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    (entry,) = load_map(path).sheets
    assert (entry.file, entry.sheet, entry.ignore) == ("清溪镇/发放.xlsx", "不明", True)


def test_a_nearest_header_is_proposed_for_its_column() -> None:
    sheet = grid(
        [
            ["公益性岗位补贴发放表"],
            ["身份证号", "姓名", "发放月份", "发放金额", "发放日斯"],
            [PERSON, "张三", "2022-10", 600, "2022-11-01"],
        ],
        name="10月",
    )
    text, _ = proposed_map(county(sheet), veil(), "zh")
    assert '    # paid_on: ["发放日斯"]' in text


def test_a_word_that_is_no_code_is_proposed_with_the_codes() -> None:
    sheet = grid(
        [
            ["身份证号", "姓名", "性别", "死亡日期", "死亡原因"],
            [PERSON, "张三", "女性的", "2022-03-04", "病"],
        ],
        name="死亡名单",
    )
    result = county(sheet)
    text, count = proposed_map(result, veil(), "zh")
    lt04 = [signal for signal in result.quality if signal.rule == "LT04"]
    assert ("女性的" in text) == bool(lt04)
    assert count >= len(lt04)


def test_a_file_name_with_a_number_in_it_is_proposed_masked_and_still_fits(tmp_path: Path) -> None:
    result = county(payroll(), grid([["甲", "乙"], ["1", "2"]], name="不明"), file=f"{PERSON}.xlsx")
    text, _ = proposed_map(result, veil(), "zh")
    assert PERSON not in text
    line = next(line for line in text.splitlines() if "- file" in line)
    path = tmp_path / "map.yaml"
    path.write_text("sheets:\n" + line.replace("# - ", "- ", 1) + "\n    ignore: true\n", encoding="utf-8")
    (entry,) = load_map(path).sheets
    assert entry.fits(f"{PERSON}.xlsx", "不明")

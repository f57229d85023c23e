"""Attendance by the day: marks are counted, the sheet's own totals kept and compared, what is unclear is told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sheets import grid, only, sheet, source

from auditor.errors import Problem
from auditor.intake import Band, MappedColumn, SheetReading
from auditor.intake.sheets.day_marks import legend, worth
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

Row = Sequence[object]

DAYS = [str(day) for day in range(1, 32)]
TITLE = "清溪镇清星村2022年3月公益性岗位考勤表"
ZHANG, LI = "500299199001011234", "500299199001011235"


def marks(text: str) -> list[str | None]:
    """A mark for each character, blank for a dot."""
    return [None if mark == "." else mark for mark in text]


def read(*rows: Row, file: str = "考勤.xlsx", name: str = "Sheet1", **more: object) -> SheetReading:
    return only(read_sheet(source(file), grid(rows, name=name, **more), default_catalogue()))


def column(reading: SheetReading, name: str) -> MappedColumn:
    return next(one for one in reading.columns if one.column == name)


def values(reading: SheetReading, name: str) -> list[str | None]:
    """The texts of a column in the rows that are read."""
    texts = reading.cells(column(reading, name)).text.to_pylist()
    return [texts[position] for position in np.flatnonzero(reading.bands == Band.READ)]


def told(reading: SheetReading, code: str) -> list[Problem]:
    return [problem for problem in reading.problems if problem.code == code]


def test_marks_are_counted_and_stay_visible() -> None:
    reading = read(
        [TITLE],
        ["序号", "姓名", "身份证号", *DAYS, "备注"],
        ["1", "张三", ZHANG, *marks("√√√√√..√√√√√..√√√√√..√√√√√..√√√")],
        ["2", "李四", LI, *marks("√√√√√..事事√√√..√√√√√..√×√○√..√√√")],
    )
    assert reading.ledger == "attendance"
    assert values(reading, "days_present") == ["23", "19"]
    assert values(reading, "leave_days") == ["0", "2"]
    days = column(reading, "days_present")
    assert days.address(3) == "D3:AH3"
    assert days.header == "1…31"
    assert days.made == "made-counted"
    assert days.stood is not None
    assert days.stood[2].as_py() == " ".join("√√√√√··√√√√√··√√√√√··√√√√√··√√√")
    assert [one.header for one in reading.unknown] == ["序号", "备注"]
    assert reading.context["month"].text == "2022-03"
    assert reading.problems == ()


@pytest.mark.parametrize(
    "header",
    [
        [f"{day:02d}" for day in range(1, 32)],
        [f"{day}日" for day in range(1, 32)],
        [f"{day}号" for day in range(1, 32)],
        [f"3/{day}" for day in range(1, 32)],
        [f"3月{day}日" for day in range(1, 32)],
        [f"2022-03-{day:02d}" for day in range(1, 32)],
        [f"{day}({'一二三四五六日'[day % 7]})" for day in range(1, 32)],
        [*range(1, 32)],
    ],
)
def test_days_in_all_their_spellings(header: Row) -> None:
    reading = read([TITLE], ["姓名", "身份证号", *header], ["张三", ZHANG, *["√"] * 20])
    assert values(reading, "days_present") == ["20"]
    assert reading.unknown == ()


def test_whole_dates_over_the_days_say_the_month() -> None:
    header = [f"2022-02-{day:02d}" for day in range(1, 29)]
    reading = read(["考勤表"], ["姓名", "身份证号", *header], ["张三", ZHANG, *["√"] * 20])
    assert reading.context["month"].text == "2022-02"
    assert reading.context["month"].origin == "header"
    assert told(reading, "column-missing") == []


def test_days_under_a_common_header_with_weekdays() -> None:
    reading = read(
        [TITLE],
        ["姓名", "身份证号", "出勤情况", *[None] * 30, "签字"],
        [None, None, *DAYS, None],
        [None, None, *("一二三四五六日" * 5)[:31], None],
        ["张三", ZHANG, *["√"] * 22],
        merges=((2, 1, 4, 1), (2, 2, 4, 2), (2, 3, 2, 33), (2, 34, 4, 34)),
    )
    assert reading.header == (1, 4)
    assert values(reading, "days_present") == ["22"]
    assert "signed_by" in {one.column for one in reading.columns}


def test_a_day_with_two_columns_is_two_halves() -> None:
    header = [cell for day in range(1, 32) for cell in (str(day), None)]
    reading = read(
        [TITLE],
        ["姓名", "身份证号", *header, "备注"],
        [None, None, *["上午", "下午"] * 31, None],
        ["张三", ZHANG, *["√", "√"] * 20],
        ["李四", LI, *["√", "事"] * 20],
        merges=tuple((2, 3 + 2 * day, 2, 4 + 2 * day) for day in range(31)),
    )
    assert values(reading, "days_present") == ["20", "10"]
    assert values(reading, "leave_days") == ["0", "10"]


def test_a_morning_row_over_an_afternoon_row_is_one_person() -> None:
    reading = read(
        [TITLE],
        ["姓名", "身份证号", "时段", *DAYS],
        ["张三", ZHANG, "上午", *["√"] * 20],
        [None, None, "下午", *["√"] * 10],
        ["李四", LI, "上午", *["√"] * 8],
        [None, None, "下午", *["√"] * 8],
        merges=((3, 1, 4, 1), (3, 2, 4, 2), (5, 1, 6, 1), (5, 2, 6, 2)),
    )
    assert [Band(band) for band in reading.bands[2:]] == [Band.READ, Band.CONTINUED, Band.READ, Band.CONTINUED]
    assert values(reading, "days_present") == ["15", "8"]
    assert reading.reasons == {}


def test_half_months_below_each_other_are_one_person() -> None:
    reading = read(
        [TITLE],
        ["姓名", "身份证号", *range(1, 16), None],
        [None, None, *range(16, 32)],
        ["张三", ZHANG, *["√"] * 15],
        [None, None, *["√"] * 5],
        ["李四", LI, *["√"] * 3],
        [None, None, *[None] * 16],
        merges=((2, 1, 3, 1), (2, 2, 3, 2), (4, 1, 5, 1), (4, 2, 5, 2), (6, 1, 7, 1), (6, 2, 7, 2)),
    )
    assert reading.header == (1, 3)
    assert values(reading, "days_present") == ["20", "3"]


def test_a_month_from_the_26th_to_the_25th_is_whole() -> None:
    header = [*range(26, 29), *range(1, 26)]
    reading = read([TITLE], ["姓名", "身份证号", *header], ["张三", ZHANG, *["√"] * 28])
    assert values(reading, "days_present") == ["28"]
    assert reading.problems == ()


def test_the_sheets_own_total_is_kept_and_compared() -> None:
    for header in ("出勤天数", "合计"):
        reading = read(
            [TITLE],
            ["姓名", "身份证号", *DAYS, header],
            ["张三", ZHANG, *marks("√" * 20 + "." * 11), "20"],
            ["李四", LI, *marks("√" * 20 + "." * 11), "26天"],
            ["王五", ZHANG, *marks("√" * 10 + "." * 21), 10],
        )
        assert values(reading, "days_present") == ["20", "26天", "10"]
        [wrong] = reading.row_totals
        assert (wrong.position, wrong.index, wrong.said, wrong.counted) == (3, 33, "26天", "20")


def test_a_total_that_nobody_filled_in_is_no_total() -> None:
    reading = read([TITLE], ["姓名", "身份证号", *DAYS, "出勤天数"], ["张三", ZHANG, *["√"] * 20])
    assert values(reading, "days_present") == ["20"]
    assert reading.row_totals == ()


def test_another_sum_after_the_days_is_not_taken_for_the_days_present() -> None:
    rows = [[f"张{n}", f"50029919900101{n}234", *marks("√" * 20 + "." * 11), 30 + n] for n in range(5)]
    reading = read([TITLE], ["姓名", "身份证号", *DAYS, "合计"], *rows)
    assert values(reading, "days_present") == ["20"] * 5
    assert [one.header for one in reading.unknown] == ["合计"]


def test_an_unknown_mark_leaves_its_row_unread_and_is_told() -> None:
    reading = read(
        [TITLE],
        ["姓名", "身份证号", *DAYS],
        ["张三", ZHANG, *marks("√" * 20 + "." * 11)],
        ["李四", LI, *marks("√" * 20 + "?" + "." * 10)],
    )
    assert values(reading, "days_present") == ["20", "、".join([*["√"] * 20, "?", *["·"] * 10])]
    [problem] = told(reading, "mark-unknown")
    assert problem.args == {"mark": "?", "rows": 1, "marks": 1}
    assert str(problem.where).endswith("W4")


def test_numbers_that_are_no_marks_never_become_a_count() -> None:
    reading = read([TITLE], ["姓名", "身份证号", *DAYS], ["张三", ZHANG, *["8"] * 22], ["李四", LI, *["√"] * 3])
    first, second = values(reading, "days_present")
    assert first is not None
    assert first.startswith("8、8、8")
    assert second == "3"


def test_half_days_are_not_rounded() -> None:
    reading = read([TITLE], ["姓名", "身份证号", *DAYS], ["张三", ZHANG, *["√"] * 20, "0.5"], ["李四", LI, "×"])
    assert values(reading, "days_present") == ["20.5", "0"]
    assert values(reading, "attended") == ["是", None]


def test_the_legend_of_the_sheet_overrides_custom() -> None:
    for legend_row in (["说明：出勤○ 旷工√ 事假△"], ["○出勤 √旷工 △事假"], ["注：出勤打“○”，旷工打“√”，事假打“△”。"]):
        reading = read(
            [TITLE],
            ["姓名", "身份证号", *DAYS],
            ["张三", ZHANG, *["○"] * 20, "√", "△"],
            legend_row,
        )
        assert values(reading, "days_present") == ["20"], legend_row
        assert values(reading, "leave_days") == ["1"], legend_row
        assert Band(reading.bands[-1]) is Band.NOTE


def test_a_legend_that_contradicts_itself_makes_the_mark_unknown() -> None:
    reading = read(
        [TITLE],
        ["说明：出勤√ 事假○ 病假△ 旷工○"],
        ["姓名", "身份证号", *DAYS],
        ["张三", ZHANG, *["√"] * 20],
        ["李四", LI, *["√"] * 20, "○"],
    )
    assert [problem.args for problem in told(reading, "marks-explained-twice")] == [{"marks": "○"}]
    first, second = values(reading, "days_present")
    assert first == "20"
    assert second is not None
    assert second.endswith("√、○、·、·、·、·、·、·、·、·、·、·")


def test_blanks_with_a_meaning_are_not_counted() -> None:
    reading = read(
        [TITLE], ["说明：空白为出勤，事假△，旷工×"], ["姓名", "身份证号", *DAYS], ["张三", ZHANG, "△", *[None] * 30]
    )
    assert len(told(reading, "blank-explained")) == 1
    [text] = values(reading, "days_present")
    assert text is not None
    assert text.startswith("△、·")


def test_a_table_of_absences_alone_is_not_counted_as_nobody_present() -> None:
    reading = read([TITLE], ["姓名", "身份证号", *DAYS], ["张三", ZHANG, "事", "事"], ["李四", LI, None, None, "×"])
    assert len(told(reading, "grid-nothing-present")) == 1
    assert "0" not in values(reading, "days_present")


def test_a_form_that_nobody_filled_in_says_nothing() -> None:
    reading = read([TITLE], ["姓名", "身份证号", *DAYS], ["张三", ZHANG], ["李四", LI])
    assert values(reading, "days_present") == [None, None]


def test_blank_among_marked_rows_is_absent() -> None:
    reading = read([TITLE], ["姓名", "身份证号", *DAYS], ["张三", ZHANG, *["√"] * 20], ["李四", LI])
    assert values(reading, "days_present") == ["20", "0"]


def test_marks_on_days_that_the_month_has_not_are_counted_and_told() -> None:
    reading = read(
        ["云山县2022年2月公益性岗位考勤表"],
        ["姓名", "身份证号", *DAYS],
        ["张三", ZHANG, *["√"] * 31],
        ["李四", LI, *["√"] * 28, "/", "/", "/"],
    )
    assert values(reading, "days_present") == ["31", "28"]
    [problem] = told(reading, "mark-outside-month")
    assert problem.args == {"rows": 1}
    assert str(problem.where).endswith("AE3")


def test_numbers_of_columns_are_no_days() -> None:
    names = ["姓名", "身份证号", "发放月份", "发放金额", "银行账号", "发放日期", *(f"项目{n}" for n in range(18))]
    reading = read(
        ["公益性岗位补贴发放表（出勤核定）"],
        names,
        [*range(1, 25)],
        ["张三", ZHANG, "2022-01", 600, "6222020008979882746", "2022-02-01"],
    )
    assert reading.ledger == "payroll"
    assert values(reading, "amount")[-1] == "600"


def test_days_without_a_word_of_attendance_are_no_attendance() -> None:
    reading = read(["2022年3月体温登记"], ["姓名", "身份证号", *DAYS], ["张三", ZHANG, *["36.5"] * 31], file="表.xlsx")
    assert reading.ledger != "attendance"


def test_a_grid_without_identity_numbers_is_still_attendance() -> None:
    reading = read(["清星村2022年3月考勤表"], ["序号", "姓名", *DAYS], ["1", "张三", *["√"] * 20], file="a.xlsx")
    assert reading.ledger == "attendance"
    assert [problem.args["column"] for problem in told(reading, "column-missing")] == ["person_id"]


def test_every_row_has_one_band_however_the_marks_fall() -> None:
    reading = sheet(
        f"""
        {TITLE}
        序号 | 姓名 | {" | ".join(DAYS)} | 合计 | 备注
        1 | 张三 | {" | ".join("√" * 31)} | 31 |
        合计 | | | | | 31
        考勤员（签字）：王芳
    """,
        file="考勤.xlsx",
    )
    assert [Band(band).name for band in reading.bands] == ["TITLE", "HEADER", "READ", "TOTAL", "SIGNATURE"]


@given(
    st.lists(st.lists(st.sampled_from(["√", "×", "事", "半", None]), min_size=31, max_size=31), min_size=1, max_size=8)
)
def test_counting_by_columns_is_counting_by_cells(rows: list[list[str | None]]) -> None:
    rows = [["√"] * 31, *rows]
    reading = read(
        [TITLE],
        ["姓名", "身份证号", *DAYS],
        *(["张三", f"5002991990010{number:05d}", *row] for number, row in enumerate(rows)),
    )
    halves = [sum({"√": 2, "半": 1}.get(mark or "", 0) for mark in row) for row in rows]
    assert values(reading, "days_present") == [f"{h // 2}" if h % 2 == 0 else f"{h / 2:.1f}" for h in halves]


@pytest.mark.parametrize(
    ("mark", "present", "leave"),
    [
        ("✔", 2, 0),
        ("\uff36", 2, 0),
        ("1.0", 2, 0),
        ("½", 1, 0),
        ("√/×", 1, 0),
        ("√事", 1, 1),
        ("休", 0, 0),
        ("病假", 0, 2),
    ],
)
def test_marks_of_custom(mark: str, present: int, leave: int) -> None:
    found = worth(mark, {})
    assert found is not None
    assert (found.present, found.leave) == (present, leave)


def test_what_is_no_mark_is_unknown() -> None:
    assert [worth(text, {}) for text in ("8", "11", "Y", "36.5", "张三", "√√√")] == [None] * 6


def test_prose_is_no_legend() -> None:
    assert legend(["2022年出勤情况 - 全镇", "迟到V 早退", "出勤率100%", "请于每月5日前报送考勤表（一式三份）"]) == {}

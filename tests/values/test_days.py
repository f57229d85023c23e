# ruff: noqa: RUF001 - the odd characters are what is tested
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.values import CellKind, Hints, Read, Unread, read_cell
from auditor.values.numerals import numeral

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SPELLINGS = (
    "{y}-{m:02d}-{d:02d}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}-{m}-{d}", "{y}年{m}月{d}日", "{y}年{m:02d}月{d:02d}号",
    "{y}{m:02d}{d:02d}",
    " {y} 年 {m} 月 {d} 日 ", "{y}。{m}。{d}", "{y}-{m:02d}-{d:02d} 09:30:00", "{y}-{m:02d}-{d:02d}T09:30:00Z",
    "{y}/{m}/{d} 9:30", "{y}年{m}月{d}日 9时30分",
    "{y}年{m}月{d}日星期五", "{y}{m:02d}{d:02d}093000", "{y}年{m}月{d}日（周五）", "{y}-{m:02d}-{d:02d} （星期五）",
    "{y} {m} {d}", "{y}/{m}/{d} 上午9:30", "{y}/{m}/{d} 下午 3:30:00", "{y}-{m}-{d} 9:30:00 AM",
    "{y}.{m}.{d}.", "{y}—{m}—{d}",
)  # fmt: skip
MONTH_SPELLINGS = (
    "{y}.{m:02d}.", "{y}{m:02d}", "{y}-{m:02d}", "{y}-{m}", "{y}/{m}", "{y}.{m:02d}", "{y}年{m}月", "{y}年{m}月份",
    "{y} 年 {m:02d} 月",
)  # fmt: skip
RANGES = (
    "2022年{a}-{b}月", "{a}—{b}月", "{a}月-{b}月", "{a}至{b}月", "{a}~{b}月", "{a}～{b}月份",
    "2022年{a}月至2022年{b}月",
    "2022.{a}-2022.{b}", "2022-{a:02d}至2022-{b:02d}", "2022{a:02d}-2022{b:02d}", "2022年{a}月—{b}月", "2022.{a}-{b}月",
)  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789/.-", "０１２３４５６７８９／．－")


def day(text: str, kind: CellKind = CellKind.TEXT, hints: Hints = Hints()) -> Read | Unread:  # noqa: B008
    return read_cell("date", text, kind, hints=hints)


def month(text: str, kind: CellKind = CellKind.TEXT, hints: Hints = Hints()) -> Read | Unread:  # noqa: B008
    return read_cell("month", text, kind, hints=hints)


@given(DAYS, st.sampled_from(SPELLINGS))
def test_any_day_reads_back_from_any_spelling(when: date, spelling: str) -> None:
    text = spelling.format(y=when.year, m=when.month, d=when.day)
    assert day(text) == Read(when)
    assert day(text.translate(FULL_WIDTH)) == Read(when)
    assert month(text) == Read(when.replace(day=1))


@given(DAYS, st.sampled_from(MONTH_SPELLINGS))
def test_any_month_reads_back_from_any_spelling(when: date, spelling: str) -> None:
    first = when.replace(day=1)
    text = spelling.format(y=when.year, m=when.month)
    assert month(text) == Read(first)
    assert month(text.translate(FULL_WIDTH)) == Read(first)
    assert day(text) == Read(first, "date-month-only")


@given(st.dates(date(1955, 1, 1), date(2100, 12, 31)), st.booleans())
def test_any_serial_reads_back(when: date, from_1904: bool) -> None:
    serial = (when - date(1899, 12, 30)).days
    hints = Hints(date_1904=from_1904)
    stored = serial - 1462 if from_1904 else serial
    if stored < 20_000:
        return
    for text, kind in ((str(stored), CellKind.NUMBER), (f"{stored}.75", CellKind.NUMBER), (str(stored), CellKind.TEXT)):
        assert day(text, kind, hints) == Read(when)
        if stored > 20_999:
            assert month(text, kind, hints) == Read(when.replace(day=1))


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_two_digit_years(when: date) -> None:
    for text in (f"{when:%y}.{when.month}.{when.day}", f"{when:%y}年{when.month}月{when.day}日"):
        assert day(text) == Read(when, "year-two-digits")
    assert month(f"{when:%y}年{when.month}月") == Read(when.replace(day=1), "year-two-digits")


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_days_in_chinese_numerals(when: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(when.year))
    for zero in "〇零○\uff2fO":
        written = year.replace("〇", zero)
        assert day(f"{written}年{numeral(when.month)}月{numeral(when.day)}日") == Read(when)
    assert day(f"{when.year}年{numeral(when.month)}月{numeral(when.day)}日（周五）") == Read(when)


@pytest.mark.parametrize("text", ["贰零贰贰年壹拾壹月零肆日", "贰〇贰贰年拾壹月零肆日"])
def test_days_as_cheques_write_them(text: str) -> None:
    assert day(text) == Read(date(2022, 11, 4))


@given(st.integers(1, 12), st.integers(1, 12), st.sampled_from(RANGES))
def test_several_months_are_told_and_never_become_one(first: int, last: int, spelling: str) -> None:
    text = spelling.format(a=first, b=last)
    for hints in (Hints(), Hints(year=2022)):
        result = month(text, hints=hints)
        if first != last:
            assert result == Unread("month-range", {"text": text})
        elif isinstance(result, Read):
            assert result.value == date(2022, first, 1)


@pytest.mark.parametrize(
    "text",
    ["一季度", "第四季度", "2022年第一季度", "2022年一季度", "二〇二二年第一季度",
     "上半年", "2022年下半年", "全年", "2022年度", "2022年",
     "Q1", "2022Q4",
     "前三季度", "1、2、3月", "1月、2月", "2022年1、2月"],
)  # fmt: skip
def test_quarters_and_years_are_several_months(text: str) -> None:
    assert month(text, hints=Hints(year=2022)) == Unread("month-range", {"text": text})


@pytest.mark.parametrize(
    "text", ["2022.3.1-3.31", "2022年3月1日至31日", "2022-03-01至2022-03-31", "2022.3.1—2022.3.31"]
)
def test_days_of_one_month_are_that_month(text: str) -> None:
    assert month(text) == Read(date(2022, 3, 1))


@pytest.mark.parametrize(
    "text",
    [
        "长期",
        "至今",
        "在岗",
        "现在",
        "仍在岗",
        "目前",
        "未到期",
        "无期",
        "未离岗",
        "今",
        "永久",
        " 至 今 ",
        "9999-12-31",
        "99991231",
        "9999/12/31",
    ],
)
def test_open_ends(text: str) -> None:
    assert day(text) == Read(None, "open-end")
    assert month(text) == Read(None, "open-end")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2022-02-30", "date-impossible"), ("2022-13-05", "date-impossible"), ("20221304", "date-impossible"),
        ("2022年2月30日", "date-impossible"),
        ("1899-12-31", "date-impossible"), ("2101-01-01", "date-impossible"), ("2022-11-0", "date-impossible"),
        ("0000-00-00", "date-impossible"),
        ("不详", "date-unreadable"), ("2022", "date-unreadable"), ("2022年", "date-unreadable"),
        ("2022年11月4日前", "date-unreadable"),
        ("2022-01-01至2022-12-31", "date-range"), ("2022.11.4-11.10", "date-range"),
        ("2022年11月4日至10日", "date-range"),
        ("2022.1.1至今", "date-range"), ("2022年1-3月", "date-range"), ("2022.1-3", "date-range"),
        ("0", "date-unreadable"), ("12345", "date-unreadable"),
        ("221104", "date-unreadable"),
        # The first may be the month or the day.
        ("11/4/22", "date-unreadable"), ("11/4/2022", "date-unreadable"), ("22.11", "date-unreadable"),
        ("11月", "date-without-year"), ("11月4日", "date-without-year"),
    ],
)  # fmt: skip
def test_days_that_are_none(text: str, code: str) -> None:
    assert day(text) == Unread(code, {"text": text})


@pytest.mark.parametrize("text", ["2022-13", "1-3", "13", "22.10", "2022", "202200", "20221"])
def test_months_that_are_none(text: str) -> None:
    assert month(text, hints=Hints(year=2022)) == Unread("month-unreadable", {"text": text})


def test_the_sheets_year_completes_a_month() -> None:
    hints = Hints(year=2022)
    for text in ("10月", "10月份", "十月", "10", "10月4日"):
        assert month(text, hints=hints) == Read(date(2022, 10, 1))
        assert month(text) == Unread("month-without-year", {"text": text})
    assert day("11月", hints=hints) == Read(date(2022, 11, 1), "date-month-only")
    assert day("11月4日", hints=hints) == Read(date(2022, 11, 4))


def test_a_number_2022_point_1_may_be_january_or_october() -> None:
    assert month("2022.1", CellKind.NUMBER) == Unread("month-ambiguous", {"text": "2022.1"})
    assert day("2022.1", CellKind.NUMBER) == Unread("month-ambiguous", {"text": "2022.1"})
    assert month("2022.1") == Read(date(2022, 1, 1))
    assert month("2022.11", CellKind.NUMBER) == Read(date(2022, 11, 1))
    assert month("2022.2", CellKind.NUMBER) == Read(date(2022, 2, 1))


def test_stored_dates_and_english_displays() -> None:
    assert day("2022-11-04", CellKind.DATE) == Read(date(2022, 11, 4))
    assert day("2022-11-04 09:30:00", CellKind.DATE) == Read(date(2022, 11, 4))
    assert month("2022-11-04 00:00:00", CellKind.DATE) == Read(date(2022, 11, 1))
    assert month("Oct-22") == Read(date(2022, 10, 1), "year-two-digits")
    assert day("4-Nov-22") == Read(date(2022, 11, 4), "year-two-digits")
    assert day("4-Nov-2022") == Read(date(2022, 11, 4))
    assert isinstance(day("true", CellKind.BOOLEAN), Unread)


@given(
    st.text("0123456789年月日.-/: T至今十月", max_size=14),
    st.sampled_from((CellKind.TEXT, CellKind.NUMBER, CellKind.DATE)),
)
def test_no_text_makes_it_fail(text: str, kind: CellKind) -> None:
    for result in (day(text, kind), month(text, kind, Hints(year=2022))):
        if isinstance(result, Read) and result.value is not None:
            assert isinstance(result.value, date)
            assert 1900 <= result.value.year <= 2100

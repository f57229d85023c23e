# ruff: noqa: RUF001 - the odd characters are what is tested
from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.values import CellKind, Hints, Read, Unread, read_cell
from auditor.values.numerals import numeral, parse_numeral

AMOUNTS = st.decimals("-9999999.99", "9999999.99", places=2)
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


def money(text: str, kind: CellKind = CellKind.TEXT, unit: int = 1) -> Read | Unread:
    return read_cell("money", text, kind, hints=Hints(money_unit=unit))


@given(
    AMOUNTS, st.sampled_from(("{:.2f}", "{:,.2f}", "{:.2f}元", "¥{:,.2f}", " {:.2f} 元/月", "人民币{:.2f}元整", "{:f}"))
)
def test_any_amount_reads_back_from_any_spelling(amount: Decimal, spelling: str) -> None:
    expected = Read(amount + 0)
    assert money(spelling.format(amount)) == expected
    assert money(spelling.format(amount).translate(FULL_WIDTH)) == expected


@given(st.floats(-1e9, 1e9))
def test_any_stored_number_is_rounded_to_the_cent(stored: float) -> None:
    read = money(repr(stored), CellKind.NUMBER)
    assert isinstance(read, Read)
    assert isinstance(read.value, Decimal)
    assert read.value.as_tuple().exponent == -2
    assert abs(float(read.value) - stored) <= 0.005 + 1e-6


@given(st.integers(0, 10**12 - 1))
def test_any_numeral_reads_back(number: int) -> None:
    assert parse_numeral(numeral(number)) == number


@given(st.text("零一二三四五六七八九十百千万亿", max_size=8))
def test_a_numeral_is_read_only_as_what_it_would_be_written_like(text: str) -> None:
    number = parse_numeral(text)
    if number is not None:
        assert parse_numeral(numeral(number)) == number


@given(st.text("0123456789.,-+()元万百零一二十百壹/月¥ eE×", max_size=10))
def test_no_text_makes_it_fail(text: str) -> None:
    for kind in (CellKind.TEXT, CellKind.NUMBER):
        for type_name in ("money", "int"):
            assert isinstance(read_cell(type_name, text, kind), Read | Unread)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,200.00", "1200"), ("１２００", "1200"), ("600元", "600"), ("600块", "600"), ("￥600.00", "600"),
        ("600.00元/月", "600"),
        ("600元/人/月", "600"), ("600元每月", "600"), ("每月600元", "600"), ("600/月", "600"), ("1.2万", "12000"),
        ("1.2万元", "12000"), ("3千", "3000"),
        ("600元5角", "600.5"), ("600元5角8分", "600.58"), ("(600)", "-600"), ("（600.5元）", "-600.5"),
        ("-600", "-600"), ("−600", "-600"),
        ("－600", "-600"), ("¥-600", "-600"), ("+600", "600"), ("0.005", "0.01"), ("-0.004", "0"), (".5", "0.5"),
        ("600.", "600"),
        ('="600"', "600"), ("600元整", "600"), ("1 200", "1200"),
    ],
)  # fmt: skip
def test_amounts_in_digits(text: str, amount: str) -> None:
    assert money(text) == Read(Decimal(amount).quantize(Decimal("0.01")))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("六百", "600"), ("六百元整", "600"), ("壹仟贰佰元伍角", "1200.5"), ("陆佰圆整", "600"),
        ("伍万元整", "50000"), ("两百", "200"),
        ("壹拾万叁仟元", "103000"), ("壹拾万零叁仟元", "103000"), ("一万零五十", "10050"), ("十", "10"), ("零", "0"),
        ("一亿零一", "100000001"),
        ("陆佰元零伍分", "600.05"), ("廿五元", "25"), ("负", None), ("二〇", None),
        # Two readings each: 105 or 150, 1002 or 1200, 2 or 3.
        ("壹佰伍", None), ("一千二", None), ("两三", None), ("十二三", None), ("万", None), ("百", None),
        ("六百十十", None), ("一千五十", None),
    ],
)  # fmt: skip
def test_amounts_in_words_are_read_and_noted(text: str, amount: str | None) -> None:
    read = money(text)
    if amount is None:
        assert read == Unread("money-unreadable", {"text": text})
    else:
        assert read == Read(Decimal(amount).quantize(Decimal("0.01")), "number-in-words")


@pytest.mark.parametrize(
    "text", ["约600", "1,20", "12,00,000", "600-700", "600元左右", "6OO", "1.2E+3", "--600", "¥", "()", "600.5元5角",
    "-(600)", "(-600)", "9" * 16]
)  # fmt: skip
def test_amounts_that_are_none(text: str) -> None:
    assert (
        money(text) == Unread("money-unreadable", {"text": "9999******9999" if text == "9" * 16 else text})
        or text[0] == "9"
    )
    assert isinstance(money(text), Unread)


def test_stored_amounts() -> None:
    assert money("599.9999999", CellKind.NUMBER) == Read(Decimal("600.00"))
    assert money("1e3", CellKind.NUMBER) == Read(Decimal("1000.00"))
    assert isinstance(money("1e16", CellKind.NUMBER), Unread)
    assert isinstance(money("nan", CellKind.NUMBER), Unread)
    assert isinstance(money("2022-11-04", CellKind.DATE), Unread)
    assert isinstance(money("true", CellKind.BOOLEAN), Unread)


def test_the_sheets_unit_holds_for_bare_numbers_only() -> None:
    assert money("1.2", unit=10_000) == Read(Decimal("12000.00"))
    assert money("1.2", CellKind.NUMBER, 10_000) == Read(Decimal("12000.00"))
    assert money("600元", unit=10_000) == Read(Decimal("600.00"))
    assert money("1.2万", unit=10_000) == Read(Decimal("12000.00"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20", 20),
        ("20.0", 20),
        ("20天", 20),
        ("２０", 20),
        ("-3", -3),
        ("1,200", 1200),
        ("6个月", 6),
        ("0", 0),
        ("19.9999999", 20),
    ],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert read_cell("int", text, CellKind.TEXT) == Read(number)


def test_whole_numbers_in_words_are_read_and_noted() -> None:
    assert read_cell("int", "二十", CellKind.TEXT) == Read(20, "number-in-words")
    assert read_cell("int", "二十三天", CellKind.TEXT) == Read(23, "number-in-words")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0.5", "int-fraction"),
        ("20.5天", "int-fraction"),
        ("六个月左右", "int-unreadable"),
        ("20+", "int-unreadable"),
        ("1/2", "int-unreadable"),
    ],
)
def test_whole_numbers_that_are_none(text: str, code: str) -> None:
    assert read_cell("int", text, CellKind.TEXT) == Unread(code, {"text": text})


@given(st.integers(-(10**14), 10**14))
def test_any_whole_number_reads_back(number: int) -> None:
    assert read_cell("int", str(number), CellKind.NUMBER) == Read(number)
    assert read_cell("int", f"{number:,}", CellKind.TEXT) == Read(number)
    assert read_cell("int", f"{number}.0", CellKind.NUMBER) == Read(number)

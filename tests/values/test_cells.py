"""The door, what is alike for all types, and every row of domain.md 4.18 that is about values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.ledgers import ColumnType
from auditor.messages import TEXTS, text
from auditor.values import (
    CODES,
    CellKind,
    Hints,
    Read,
    Unread,
    Value,
    check_digit,
    lt_rule,
    read_cell,
    reader,
    upgraded,
)

TYPES = tuple(str(each) for each in ColumnType)
NUMBER = "50029919900101123" + check_digit("50029919900101123")
ANOTHER = "50029919820105345" + check_digit("50029919820105345")
KEEPING_WORDS = {"text": ("无", "空", "暂无", "N/A", "null", "none"), "bool": ("无",)}


@pytest.mark.parametrize("type_name", TYPES)
@pytest.mark.parametrize(
    "nothing",
    ["", " ", "\u3000\n", "—", "——", "－", "-", "/", "／", "\\", "无", "暂无", "N/A", "n/a", "空", "null", "None"],
)
def test_what_means_nothing_is_empty(type_name: str, nothing: str) -> None:
    result = read_cell(type_name, nothing, CellKind.TEXT)
    if nothing.lower() in {word.lower() for word in KEEPING_WORDS.get(type_name, ())}:
        assert isinstance(result, Read)
        assert result.value is not None
    else:
        assert result == Read(None)


@pytest.mark.parametrize("type_name", TYPES)
def test_a_blank_cell_is_empty_and_an_error_is_told(type_name: str) -> None:
    assert read_cell(type_name, "#REF!", CellKind.TEXT) == Unread("cell-error", {"text": "#REF!"}), "as a csv has it"
    assert read_cell(type_name, "", CellKind.BLANK) == Read(None)
    assert read_cell(type_name, "#N/A", CellKind.ERROR) == Unread("cell-error", {"text": "#N/A"})


@pytest.mark.parametrize("type_name", TYPES)
@pytest.mark.parametrize("ditto", ["同上", " 同 上 ", "〃"])
def test_as_above_is_told_and_never_taken_for_a_value(type_name: str, ditto: str) -> None:
    assert read_cell(type_name, ditto, CellKind.TEXT) == Unread("same-as-above", {"text": ditto.strip()})


@pytest.mark.parametrize("type_name", TYPES)
@given(content=st.text(max_size=25), kind=st.sampled_from(CellKind))
def test_every_cell_is_read_or_told(type_name: str, content: str, kind: CellKind) -> None:
    read = reader(type_name, ("是", "否"))
    result = read(content, kind)
    assert result == read(content, kind) == read_cell(type_name, content, kind, codes=("是", "否"))
    if isinstance(result, Unread):
        assert lt_rule(result.code) in {"LT03", "LT04", "LT06"}
        assert "{" not in text(result.code, "zh", **result.args).replace(str(result.args["text"]), "")
    elif result.note is not None:
        assert result.note in CODES


def test_a_type_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        reader("colour")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_sentence_in_both_languages(code: str) -> None:
    zh, en = TEXTS[code]
    assert zh
    assert en
    fields = [{name for _, name, _, _ in Formatter().parse(sentence) if name} for sentence in (zh, en)]
    assert fields[0] == fields[1]
    assert fields[0] <= {"text", "codes"}


def test_rules_of_codes() -> None:
    assert lt_rule("money-unreadable") == "LT03"
    assert lt_rule("not-in-code-list") == "LT04"
    assert lt_rule("account-rounded") == "LT06"
    assert lt_rule("identity-upgraded") == "LT10"
    assert lt_rule("open-end") == ""
    with pytest.raises(KeyError):
        lt_rule("no-such-code")


OLD = "500299900101123"
LOWER_X = next(body + "x" for order in range(1000) if check_digit(body := f"50029919900101{order:03d}") == "X")


@pytest.mark.parametrize(
    ("type_name", "dirt", "kind", "clean"),
    [
        # ID as number
        ("person_id", "5.00101E+17", CellKind.TEXT, "identity-rounded"),
        ("person_id", "500101199001011000", CellKind.NUMBER, "identity-rounded"),
        ("person_id", f"'{NUMBER}", CellKind.TEXT, NUMBER),
        ("person_id", f'="{NUMBER}"', CellKind.TEXT, NUMBER),
        # ID shape
        ("person_id", LOWER_X, CellKind.TEXT, LOWER_X.upper()),
        ("person_id", LOWER_X[:-1] + "Ｘ", CellKind.TEXT, LOWER_X.upper()),
        ("person_id", f"{NUMBER[:6]} {NUMBER[6:14]}\u00a0{NUMBER[14:]}\n", CellKind.TEXT, NUMBER),
        ("person_id", OLD, CellKind.TEXT, upgraded(OLD)),
        ("person_id", f"{NUMBER}43", CellKind.TEXT, NUMBER),
        ("person_id", "500299********1234", CellKind.TEXT, "identity-masked"),
        ("person_id", f"{NUMBER} {NUMBER}", CellKind.TEXT, NUMBER),
        ("person_id", f"{NUMBER} {ANOTHER}", CellKind.TEXT, "identity-several"),
        # names
        ("name", "张 三", CellKind.TEXT, "张三"),
        ("name", "张\u3000三", CellKind.TEXT, "张三"),
        ("name", "张三（小）", CellKind.TEXT, "张三（小）"),
        ("name", "买买提•吐尔逊", CellKind.TEXT, "买买提·吐尔逊"),
        # dates
        ("date", "2022.11.4", CellKind.TEXT, date(2022, 11, 4)),
        ("date", "2022/11/4", CellKind.TEXT, date(2022, 11, 4)),
        ("date", "2022年11月", CellKind.TEXT, date(2022, 11, 1)),
        ("date", "202211", CellKind.NUMBER, date(2022, 11, 1)),
        ("date", "20221104", CellKind.NUMBER, date(2022, 11, 4)),
        ("date", "44869", CellKind.NUMBER, date(2022, 11, 4)),
        ("date", "11月", CellKind.TEXT, date(2022, 11, 1)),
        ("date", "长期", CellKind.TEXT, None),
        ("date", "至今", CellKind.TEXT, None),
        ("date", "22.11.4", CellKind.TEXT, date(2022, 11, 4)),
        # numbers
        ("money", "1,200.00", CellKind.TEXT, Decimal("1200.00")),
        ("money", "600元", CellKind.TEXT, Decimal("600.00")),
        ("money", "０１２３４５６７８９", CellKind.TEXT, Decimal("123456789.00")),
        ("money", "—", CellKind.TEXT, None),
        ("money", "/", CellKind.TEXT, None),
        ("money", "无", CellKind.TEXT, None),
        ("money", "", CellKind.BLANK, None),
        # keys: an identifier kept as text keeps its zeros
        ("text", "0012", CellKind.TEXT, "0012"),
    ],
)
def test_typical_dirt(type_name: str, dirt: str, kind: CellKind, clean: Value | None) -> None:
    result = read_cell(type_name, dirt, kind, hints=Hints(year=2022))
    assert (result.code if isinstance(result, Unread) else result.value) == clean

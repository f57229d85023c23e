# ruff: noqa: RUF001 - the odd characters are what is tested
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.values import CellKind, Read, Unread, fold, normalise_header, read_cell, split_refs


def read(type_name: str, text: str, kind: CellKind = CellKind.TEXT) -> Read | Unread:
    return read_cell(type_name, text, kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张 三", "张三"), ("张　三", "张三"), (" 张\u200b三\n", "张三"), ("张三(代)", "张三（代）"),
        ("张三（小）", "张三（小）"), ("张三2", "张三2"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"), ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉‧买买提", "阿卜杜拉·买买提"), ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"), ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提"), ("J.Smith", "J.Smith"),
        ("张喆", "张喆"), ("张㛃", "张㛃"),
    ],
)  # fmt: skip
def test_names(text: str, name: str) -> None:
    assert read("name", text) == Read(name)


@pytest.mark.parametrize("text", ["√", "本人", "已签字", "手印"])
def test_a_mark_of_having_signed_is_no_name(text: str) -> None:
    assert read("name", text) == Read(None)


@pytest.mark.parametrize("text", ["张*", "张*三", "张＊＊", "张××", "张●三"])
def test_masked_names_are_told(text: str) -> None:
    assert read("name", text) == Unread("name-masked", {"text": text})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" 云山县 [某某] 公司 ", "云山县（某某）公司"), ("云山县【某某】公司", "云山县（某某）公司"),
        ("云山县〔某某〕公司", "云山县（某某）公司"), ("A  B\nC", "A B C"),
        ("某某 A 公司", "某某A公司"), ("ＡＢ１２", "AB12"), ("无", "无"), ("N/A", "N/A"), ('="0012"', "0012"),
        ("'0012", "0012"), ("'quoted'", "quoted'"),
    ],
)  # fmt: skip
def test_text(text: str, value: str) -> None:
    assert read("text", text) == Read(value)


@given(st.text(max_size=30))
def test_reading_a_read_text_again_changes_nothing(text: str) -> None:
    for type_name in ("name", "text", "ref"):
        first = read(type_name, text)
        if (
            isinstance(first, Read)
            and isinstance(first.value, str)
            and not first.value.startswith(("'", "‘", "’", "`", "="))
        ):
            assert read(type_name, first.value) == first


def test_a_long_identifier_held_as_a_number_is_rounded() -> None:
    rounded = Unread("identifier-rounded", {"text": "5002****0000"})
    assert read("text", "50029900000000010000", CellKind.NUMBER) == rounded
    assert read("text", "5.0029900E+19") == Unread("identifier-rounded", {"text": "5.0029900E+19"})
    assert read("text", "500299000000001", CellKind.NUMBER) == Read("500299000000001")
    assert read("text", "50029900000000010000") == Read("50029900000000010000")


def test_references() -> None:
    assert read("ref", "a.pdf；b.pdf、 c.pdf\nd(1).pdf,e.pdf，f.pdf;") == Read("a.pdf;b.pdf;c.pdf;d(1).pdf;e.pdf;f.pdf")
    assert read("ref", "；") == Read(None)
    assert read("ref", "佐证/合同 1.pdf") == Read("佐证/合同 1.pdf")
    assert split_refs("a.pdf;b.pdf") == ("a.pdf", "b.pdf")
    assert split_refs("") == ()


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("发放金额\n(元)", "发放金额"), ("发放金额（元）", "发放金额"), ("* 姓 名", "姓名"), ("＊姓名", "姓名"),
        ("★姓名", "姓名"), ("备　注", "备注"), ("村（社区）", "村"),
        ("县(市、区、旗)", "县"), ("金额【元〔整〕】", "金额"), ("（姓名）", "姓名"), ("金额（元", "金额"),
        ("ＮＯ．", "no."), ("", ""), ("姓名_x000D_\n", "姓名"),
    ],
)  # fmt: skip
def test_headers(header: str, key: str) -> None:
    assert normalise_header(header) == key


@given(st.text(max_size=30))
def test_keys_are_their_own_keys(text: str) -> None:
    assert fold(fold(text)) == fold(text) or not text.isascii()
    assert normalise_header(f"\n{text} ") == normalise_header(text)


def test_fold_unifies_width_space_brackets_and_case() -> None:
    assert fold("ＩＭＧ （１）．JPG") == fold("img(1).jpg") == fold(" IMG【1】.jpg\u200b")


CODES = ("普通劳动力", "弱劳动力", "无")
SPELLINGS = {"弱（半）劳动力": "弱劳动力", "半劳力": "弱劳动力"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("普通劳动力", "普通劳动力"),
        (" 普通\n劳动力", "普通劳动力"),
        ("弱(半)劳动力", "弱劳动力"),
        ("半 劳力", "弱劳动力"),
        ("无", "无"),
        ("—", None),
        ("N/A", None),
    ],
)
def test_codes(text: str, code: str | None) -> None:
    assert read_cell("code", text, CellKind.TEXT, codes=CODES, spellings=SPELLINGS) == Read(code)


def test_a_code_that_is_none_is_told_with_the_list() -> None:
    result = read_cell("code", "一般农户", CellKind.TEXT, codes=CODES)
    assert result == Unread("not-in-code-list", {"text": "一般农户", "codes": "普通劳动力、弱劳动力、无"})


@pytest.mark.parametrize("text", ["是", "有", "√", "Y", "yes", "TRUE", "1", " 是 ", "Ｙ", "已就业"])
def test_yes(text: str) -> None:
    assert read_cell("bool", text, CellKind.TEXT, spellings={"已就业": "是", "未就业": "否"}) == Read(value=True)


@pytest.mark.parametrize("text", ["否", "无", "×", "N", "no", "false", "0", "未就业"])
def test_no(text: str) -> None:
    assert read_cell("bool", text, CellKind.TEXT, spellings={"已就业": "是", "未就业": "否"}) == Read(value=False)


def test_neither_yes_nor_no() -> None:
    assert read("bool", "已就业") == Unread("not-in-code-list", {"text": "已就业", "codes": "是、否"})
    assert read("bool", "true", CellKind.BOOLEAN) == Read(value=True)
    assert read("bool", "/") == Read(None)

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.values import CellKind, Read, Unread, check_digit, read_cell, upgraded

NUMBER = "50029919900101123" + check_digit("50029919900101123")
ENDS_IN_X = next(body + "X" for order in range(1000) if check_digit(body := f"50029919900101{order:03d}") == "X")
OTHER = "50029919820105345" + check_digit("50029919820105345")
OLD = "500299900101123"
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
NOISE = st.sampled_from(("", " ", "\u00a0", "\u3000", "\n", "\t", "\u200b", "\ufeff"))


def read(type_name: str, text: str, kind: CellKind = CellKind.TEXT) -> Read | Unread:
    return read_cell(type_name, text, kind)


def code(type_name: str, text: str, kind: CellKind = CellKind.TEXT) -> str | None:
    result = read(type_name, text, kind)
    return result.code if isinstance(result, Unread) else None


@given(st.dates(date(1900, 1, 1), date(2022, 12, 31)), st.integers(1, 999), st.lists(NOISE, min_size=19, max_size=19))
def test_a_number_reads_back_through_any_noise(born: date, order: int, noise: list[str]) -> None:
    body = f"500299{born:%Y%m%d}{order:03d}"
    number = body + check_digit(body)
    noisy = "".join(gap + letter for gap, letter in zip(noise, number + " ", strict=True))
    assert read("person_id", noisy) == Read(number)
    assert read("person_id", number.lower().translate(FULL_WIDTH)) == Read(number)


@pytest.mark.parametrize("text", [f"'{NUMBER}", f'="{NUMBER}"', f'= "{NUMBER}"', f"\t{NUMBER}", f"{NUMBER}_x000D_"])
def test_text_guards_are_taken_off(text: str) -> None:
    assert read("person_id", text) == Read(NUMBER)


@pytest.mark.parametrize("letter", ["x", "Ｘ", "ｘ", "×", "\u0425", "\u0445", "\u03a7"])
def test_what_looks_like_x_at_the_end_is_x(letter: str) -> None:
    assert read("person_id", ENDS_IN_X[:-1] + letter) == Read(ENDS_IN_X)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5.00299E+17", CellKind.TEXT),
        ("5.00299e+17", CellKind.NUMBER),
        ("5.00299E17", CellKind.TEXT),
        ("500299199001011230.0", CellKind.TEXT),
        ("500,299,199,001,011,230", CellKind.TEXT),
        ("500299199001010000", CellKind.NUMBER),
        (NUMBER, CellKind.NUMBER),
        ("500299199001011000", CellKind.NUMBER),
        ("500299199001011000", CellKind.TEXT),  # the float's last digits, in a csv
    ],
)
def test_rounded_numbers_are_never_repaired(text: str, kind: CellKind) -> None:
    assert code("person_id", text, kind) == "identity-rounded"


def test_a_right_number_that_ends_in_000_is_kept() -> None:
    body = next(
        body for day in range(1, 29) for order in range(0, 1000, 100)
        if check_digit(body := f"500299199001{day:02d}{order:03d}") == "0"
    )  # fmt: skip
    assert read("person_id", body + "0") == Read(body + "0")


def test_an_old_number_is_upgraded_with_a_note() -> None:
    assert read("person_id", OLD) == Read(upgraded(OLD), "identity-upgraded")
    assert read("person_id", OLD, CellKind.NUMBER) == Read(upgraded(OLD), "identity-upgraded")
    assert read("person_id", "500299901301123") == Read("500299901301123")  # no 13th month: IM01 judges it


def test_a_disability_card_holds_the_number() -> None:
    assert read("person_id", NUMBER + "43") == Read(NUMBER, "identity-from-disability-card")
    assert read("person_id", NUMBER + "43B1") == Read(NUMBER, "identity-from-disability-card")
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1") + "43"
    assert read("person_id", wrong) == Read(wrong)


@pytest.mark.parametrize(
    "text", ["500299********1234", "500299xxxxxxxx1234", "500299××××××××1234", "5002991990****1234"]
)
def test_a_masked_number_is_unread(text: str) -> None:
    assert code("person_id", text) == "identity-masked"


@pytest.mark.parametrize("text", ["123", NUMBER + "1", NUMBER[:-1], "50029919900101AB34", f"{NUMBER}/5002991990010112"])
def test_what_is_no_number_is_kept_for_im01(text: str) -> None:
    assert read("person_id", text) == Read(text)


@pytest.mark.parametrize("text", ["待补", "不详", "张三", "身份证丢失", "?"])
def test_words_in_place_of_a_number_name_nobody(text: str) -> None:
    assert code("person_id", text) == "identity-unreadable"


@pytest.mark.parametrize("gap", ["/", "、", " ", "\n", "；", "", "和"])
def test_two_numbers_in_one_cell_are_told(gap: str) -> None:
    assert code("person_id", f"{NUMBER}{gap}{OTHER}") == "identity-several"
    assert read("person_id", f"{NUMBER}{gap}{NUMBER}") == Read(NUMBER, "identity-picked-out")


def test_an_old_and_a_new_number_in_one_cell_are_told() -> None:
    assert code("person_id", f"{NUMBER}（旧{OLD}）") == "identity-several"


@pytest.mark.parametrize("text", [f"{NUMBER};", f'"{NUMBER}"', f"{NUMBER}，", f"（{NUMBER}）", f"{NUMBER}。"])
def test_marks_around_a_number_are_no_part_of_it(text: str) -> None:
    assert read("person_id", text) == Read(NUMBER)


@pytest.mark.parametrize("text", [f"身份证{NUMBER}", f"ID:{NUMBER}", f"{NUMBER}（张三）", f"{NUMBER}张三"])
def test_a_right_number_is_picked_out_of_words_and_told(text: str) -> None:
    assert read("person_id", text) == Read(NUMBER, "identity-picked-out")


@pytest.mark.parametrize("gap", ["-", "—", ".", "·"])
def test_a_number_in_groups(gap: str) -> None:
    assert read("person_id", gap.join((NUMBER[:6], NUMBER[6:14], NUMBER[14:]))) == Read(NUMBER)


@given(st.text("0123456789X", min_size=1, max_size=40))
def test_a_number_is_never_made_up(text: str) -> None:
    result = read("person_id", text)
    if isinstance(result, Read) and result.value is not None and result.note is None:
        assert result.value == text


@given(st.text("0123456789", min_size=6, max_size=23), st.sampled_from((" ", "-", "\n", "\u3000", "—")))
def test_an_account_reads_back_from_groups(account: str, gap: str) -> None:
    grouped = gap.join(account[start : start + 4] for start in range(0, len(account), 4))
    assert read("account", grouped) == Read(account)
    assert read("account", f"'{account}".translate(FULL_WIDTH)) == Read(account)


@given(st.integers(10**15, 10**22))
def test_an_account_held_as_a_long_number_is_rounded(account: int) -> None:
    assert code("account", str(account), CellKind.NUMBER) == "account-rounded"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("6.21700123E+18", CellKind.TEXT, "account-rounded"),
        ("6.21700123e+18", CellKind.NUMBER, "account-rounded"),
        ("6217****0123", CellKind.TEXT, "account-masked"),
        ("6217xxxxxxxx0123", CellKind.TEXT, "account-masked"),
        ("12345", CellKind.TEXT, "account-unreadable"),
        ("农行6217001234567890123", CellKind.TEXT, "account-unreadable"),
        ("2022-11-04", CellKind.DATE, "account-unreadable"),
        ("6217.5", CellKind.NUMBER, "account-unreadable"),
        ("621700123456789", CellKind.NUMBER, None),
        ("6217000012345670000", CellKind.TEXT, "account-rounded"),  # as a spreadsheet writes the rounded number out
        ("6217 0000 1234 567 0000", CellKind.TEXT, "account-rounded"),
        ("6217000010000030000", CellKind.TEXT, None),  # its check digit is right
        ("8823000012345670000", CellKind.TEXT, None),  # no card
    ],
)
def test_accounts_that_are_none(text: str, kind: CellKind, expected: str | None) -> None:
    assert code("account", text, kind) == expected


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13800001234", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("008613800001234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("131-8340-0865", "13183400865"),  # 0086 in the middle is no country
        ("１３８００００１２３４", "13800001234"),
        ("023-12345678", "02312345678"),
        ("（023）12345678", "02312345678"),
        ("86123456", "86123456"),  # a fixed phone may begin with 86
        ("12345678", "12345678"),
    ],
)
def test_phones(text: str, phone: str) -> None:
    assert read("phone", text) == Read(phone)


@pytest.mark.parametrize(
    "text", ["123456", "13800001234、13900001234", "138****1234", "1.38E+10", "见附件", "1380000123412"]
)
def test_phones_that_are_none(text: str) -> None:
    assert code("phone", text) == "phone-unreadable"


def test_a_phone_held_as_a_number_is_whole_and_a_date_is_no_phone() -> None:
    assert read("phone", "13800001234", CellKind.NUMBER) == Read("13800001234")
    assert code("phone", "2022-11-04", CellKind.DATE) == "phone-unreadable"


def test_credit_codes() -> None:
    assert read("uscc", " 91500299ma5u12345x ") == Read("91500299MA5U12345X")
    assert read("uscc", "500299000012345") == Read("500299000012345")
    assert code("uscc", "91500299") == "uscc-unreadable"
    assert code("uscc", "915002990000123456", CellKind.NUMBER) == "identifier-rounded"
    assert code("uscc", "9.15003E+17") == "identifier-rounded"


@pytest.mark.parametrize("type_name", ["person_id", "account", "phone", "uscc"])
def test_refusals_show_no_whole_number(type_name: str) -> None:
    for text in (f"{NUMBER}或{NUMBER}?", f"工行{NUMBER}1", f"{NUMBER}00", "电话13800001234或13900001234"):
        result = read(type_name, text)
        if isinstance(result, Unread):
            assert not any(part in str(result.args["text"]) for part in (NUMBER, "13800001234"))

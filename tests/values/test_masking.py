from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.values import Pseudonymiser, check_digit, mask_account, mask_identity, mask_phone, mask_text

NUMBER = "50029919900101123" + check_digit("50029919900101123")
CARD = "6217001234567890123"
LONG_RUN = re.compile(r"[0-9]{15}")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"证号{NUMBER}，", f"证号500299********{NUMBER[-4:]}，"),
        ("50029919900101123x", "500299********123x"),
        ("500299900101123", "500299*****1123"),
        (f"账号{CARD}。", "账号6217****0123。"),
        ("6217 0012 3456 7890 123", "6217****0123"),
        ("6217-0012-3456-7890", "621700******7890"),
        ("500299 19900101 1234", "500299********1234"),
        ("电话13800001234", "电话138****1234"),
        ("138 0000 1234、139-0000-5678", "138****1234、139****5678"),
        (f"{NUMBER}43", "5002****" + NUMBER[-2:] + "43"),
        (NUMBER + NUMBER, "5002****" + NUMBER[-4:]),
        ("123456789012", "1234****9012"),
        ("DF2022000006882999", "DF202200******2999"),
        ("tel13800001234", "tel138****1234"),
        (" ".join(NUMBER), "500299********" + NUMBER[-4:]),
        ("５００２９９１９９００１０１１２３４", "５００２９９********１２３４"),
    ],
)
def test_numbers_in_text_are_masked(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2022-11-04 09:30:00", "2022年11月4日", "20221104", "202211", "20221104093000", "202211040930",
        "2022-11-04 2022-11-05", "600.00 600.00 1,200.00",
        "1200 600 1200", "GY000023", "CJ0001", "DF2022000006882", "A17", "023-12345678", "91500299MA5U12345X",
        "12345678901", "第3行第7列", "",
    ],
)  # fmt: skip
def test_dates_amounts_and_other_ids_stay(text: str) -> None:
    assert mask_text(text) == text


@given(st.text("0123456789Xx -\u3000*号DF.、\n", max_size=60))
def test_masking_is_idempotent_and_leaves_no_long_run(text: str) -> None:
    masked = mask_text(text)
    assert mask_text(masked) == masked
    assert not LONG_RUN.search(masked)


@given(
    st.dates(date(1930, 1, 1), date(2010, 12, 31)),
    st.integers(0, 999),
    st.text("号：，a ", max_size=4),
    st.text("号，b ", max_size=4),
)
def test_no_identity_number_survives(born: date, order: int, before: str, after: str) -> None:
    body = f"500299{born:%Y%m%d}{order:03d}"
    number = body + check_digit(body)
    masked = mask_text(before + number + after)
    assert number[6:14] not in masked
    assert masked == before + mask_identity(number) + after


@given(st.text("0123456789X", max_size=24))
def test_single_masks_hide_and_are_idempotent(number: str) -> None:
    for mask in (mask_identity, mask_account, mask_phone):
        masked = mask(number)
        assert "****" in masked
        assert mask(masked) == masked
        assert len(re.sub(r"\*", "", masked)) <= max(0, len(number) - 3)


def test_single_masks() -> None:
    assert mask_identity("500299199001011234") == "500299********1234"
    assert mask_identity("500299900101123") == "500299*****1123"
    assert mask_identity("张三") == "****"
    assert mask_account("6217001234567890123") == "6217****0123"
    assert mask_account("1234567890") == "****7890"
    assert mask_account("123456") == "****56"
    assert mask_phone("13800001234") == "138****1234"
    assert mask_phone("12345678") == "****5678"
    assert mask_phone("123") == "****"


def test_pseudonyms_are_stable_keyed_and_kept_apart_by_kind() -> None:
    one, other = Pseudonymiser(b"key"), Pseudonymiser(b"another key")
    # HMAC-SHA256 of "person\0500299" under "key", as openssl gives it.
    assert one.key_of("person", "500299") == "1344336a060e428b"
    assert one.key_of("person", "500299") != other.key_of("person", "500299")
    assert one.key_of("person", "CJ0001") != one.key_of("workshop", "CJ0001")
    with pytest.raises(ValueError, match="key"):
        Pseudonymiser(b"")

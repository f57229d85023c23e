"""Masked by default, whole when asked for, correlatable either way."""

from __future__ import annotations

from dataclasses import replace

from auditor.clues import EvidenceCell, EvidenceRow, Severity, Signal, Subject
from auditor.ledgers import default_catalogue
from auditor.report import Veil
from auditor.report.files import json_lines
from auditor.report.machine import signal_json
from auditor.values import Pseudonymiser

ID, ACCOUNT, PHONE = "500299197503121231", "6217000012345678901", "13800001234"
ROW = EvidenceRow(
    "posts",
    "a.xlsx",
    "S",
    3,
    {
        "person_id": EvidenceCell("A3", "５００２９９ 19750312 1231", ID),
        "account_no": EvidenceCell("B3", "6217 0000 1234 5678 901", ACCOUNT),
        "phone": EvidenceCell("C3", PHONE, PHONE),
        "category": EvidenceCell("D3", f"本人电话{PHONE}", f"本人电话{PHONE}"),
        "monthly_wage": EvidenceCell("E3", "600.00", "600.00"),
    },
)
SIGNAL = Signal(
    "GP05",
    1,
    "GP",
    "ghost_payroll",
    Severity.HIGH,
    Subject("person", ID, "张三"),
    None,
    {"amount": "600.00"},
    {"zh": f"张三（{ID}）不在册", "en": f"{ID} is on no register"},
    (ROW,),
)


def veil(key: bytes = b"k" * 32, *, unmask: bool = False) -> Veil:
    return Veil(default_catalogue(), Pseudonymiser(key), unmask)


def test_no_whole_number_is_left() -> None:
    text = json_lines([signal_json(SIGNAL, veil())])
    for number in (ID, ACCOUNT, PHONE, "19750312", "５００２９９", "0000 1234", "1234 5678"):
        assert number not in text
    assert "500299********1231" in text
    assert "600.00" in text
    assert "张三" in text


def test_numbers_of_things_are_no_numbers_of_persons() -> None:
    household = replace(
        SIGNAL, subject=Subject("household", "50029908010001"), message={"zh": "", "en": ""}, evidence=()
    )
    assert signal_json(household, veil())["subject"]["id"] == "50029908010001"  # type: ignore[index]
    headed = replace(household, subject=Subject("household", ID))
    assert ID not in json_lines([signal_json(headed, veil())])


def test_unmask_writes_everything() -> None:
    text = json_lines([signal_json(SIGNAL, veil(unmask=True))])
    for number in (ID, ACCOUNT, PHONE, "５００２９９ 19750312 1231"):
        assert number in text


def test_the_key_is_the_same_masked_or_not_and_depends_on_the_secret() -> None:
    masked, whole = signal_json(SIGNAL, veil()), signal_json(SIGNAL, veil(unmask=True))
    assert masked["key"] == whole["key"]
    assert signal_json(SIGNAL, veil(b"x" * 32))["key"] != masked["key"]
    assert ID not in str(masked["key"])


def test_a_signal_says_which_numbers_it_was_judged_by_and_who_checked_them() -> None:
    numbers: dict[str, list[dict[str, object]]] = {"GP05": [{"name": "pay_days", "value": "30", "checked": False}]}
    assert signal_json(SIGNAL, veil(), numbers)["parameters"] == numbers["GP05"]
    assert signal_json(SIGNAL, veil(), {})["parameters"] == []


def test_cells_that_are_no_columns_of_the_ledger_are_masked_as_text() -> None:
    """The total at the end of a row of months is evidence too, though no column of the ledger."""
    row = replace(
        ROW, cells={"合计": EvidenceCell("I8", f"1600 {ID}", "1600"), "D:AH": EvidenceCell("D8:AH8", "√√", "2")}
    )
    text = json_lines([signal_json(replace(SIGNAL, evidence=(row,)), veil())])
    assert "1600 500299********1231" in text
    assert "√√" in text

"""Numbers that name something: people, accounts, phones, businesses. Digits lost to a spreadsheet stay lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stdnum import luhn

from auditor.values.identity import check_digit, has_right_check_digit, upgraded
from auditor.values.model import CellKind, Read, Unread
from auditor.values.shown import unread, unread_number
from auditor.values.wording import DASHES, bare, is_nothing, plain, unguarded

EXACT_DIGITS = 15  # a spreadsheet's numbers keep no more
_READY = re.compile(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]*)?[eE]\+?[0-9]{2}")
_FORMATTED = re.compile(r"[0-9]{16,}\.0+|[0-9]{1,3}(?:,[0-9]{3}){5,}(?:\.0+)?")  # as only numbers are shown
_MASKED = re.compile("[*●○]|[×X✕]{2,}")
_LOOKS_LIKE_X = re.compile("(?<=^[0-9]{17})[×✕\u0425\u03a7](?=[0-9]{2}$|$)")  # multiplication sign, Cyrillic, Greek
_DISABILITY_CARD = re.compile(r"([0-9]{17}[0-9X])[0-9]{2}(?:B[0-9])?")
_DIGIT = re.compile("[0-9]")
_RUN = re.compile("[0-9]+X?")
_LENGTH, _LENGTHS = 18, {15, 18}
_MARKS = re.compile(r"[\s\"'“”‘’;,，；。.、:()\[\]]*")  # what a csv or a slip of the key leaves around a number
_GROUPING = re.compile(f"[{DASHES}.·]")
_HYPHENS = re.compile(f"[{DASHES}]")
_ACCOUNT = re.compile(r"[0-9A-Z]{6,}")
_PLAIN_ACCOUNT = re.compile(r"[0-9]{12,24}")
_ROUNDED_CARD = re.compile("62[0-9]{13}0000")
_MASKED_ACCOUNT = re.compile("[*●○×✕]|X{3,}")
_PHONE_NOISE = re.compile(f"[{DASHES}().·]")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))")
_PHONE = re.compile(r"[0-9]{7,12}")
_USCC = re.compile(r"[0-9A-Z]{18}|[0-9A-Z]{15}")


def is_rounded(text: str, kind: CellKind) -> bool:
    """Whether digits of an identifier are lost: a number of more than 15 digits, or the text of one (5.00101E+17)."""
    if kind == CellKind.NUMBER:
        return len(text.lstrip("-").partition(".")[0]) > EXACT_DIGITS or "e" in text.lower()
    return _SCIENTIFIC.fullmatch(text) is not None or _FORMATTED.fullmatch(text) is not None


def read_person_id(text: str, kind: CellKind) -> Read | Unread:
    """An identity number of 18 characters where one can be had; any other text as it stands, for IM01 to judge."""
    if kind == CellKind.TEXT and _READY.fullmatch(text):  # nearly every cell
        number = text
    else:
        number = bare(unguarded(plain(text))).upper()
        if is_nothing(number):
            return Read(None)
        if is_rounded(number, kind):
            return unread_number("identity-rounded", text)
        number = _LOOKS_LIKE_X.sub("X", number)
        if not _READY.fullmatch(number):
            return _odd_person_id(number, text)
    if number.endswith("000") and check_digit(number[:17]) != number[17]:
        return unread_number("identity-rounded", text)
    return Read(number)


def _odd_person_id(number: str, text: str) -> Read | Unread:
    if _MASKED.search(number):
        return unread_number("identity-masked", text)
    if not _DIGIT.search(number):
        return unread_number("identity-unreadable", text)  # 同上, 待补: no two such rows are one person
    if (longer := upgraded(number)) is not None:
        return Read(longer, "identity-upgraded")
    card = _DISABILITY_CARD.fullmatch(number)
    if card and has_right_check_digit(card[1]):
        return Read(card[1], "identity-from-disability-card")
    return _picked_out(number, text)


def _picked_out(number: str, text: str) -> Read | Unread:
    """The one right number among other words, marks or groups; a number with anything else wrong stays as it is."""
    runs = _RUN.findall(number)
    right = [run for run in runs if has_right_check_digit(run)]
    if len(runs) > 1 and all(len(run) in _LENGTHS for run in runs) and right:
        return _one_of(runs, text)
    halves = (number[:_LENGTH], number[_LENGTH:])
    if all(has_right_check_digit(half) for half in halves):
        return _one_of(halves, text)
    if len(runs) == 1 and right:
        note = None if _MARKS.fullmatch(number.replace(right[0], "")) else "identity-picked-out"
        return Read(right[0], note)
    together = _GROUPING.sub("", number)
    return Read(together if has_right_check_digit(together) else number)


def _one_of(numbers: Sequence[str], text: str) -> Read | Unread:
    if len(set(numbers)) == 1:
        return Read(numbers[0], "identity-picked-out")
    return unread_number("identity-several", text)


def read_account(text: str, kind: CellKind) -> Read | Unread:
    """A bank account: digits and capital letters, six or more."""
    if kind == CellKind.TEXT and _PLAIN_ACCOUNT.fullmatch(text):  # nearly every cell
        return unread_number("account-rounded", text) if _is_rounded_card(text) else Read(text)
    account = bare(unguarded(plain(text))).upper()
    if is_nothing(account):
        return Read(None)
    if is_rounded(account, kind):
        return unread_number("account-rounded", text)
    if _MASKED_ACCOUNT.search(account):
        return unread_number("account-masked", text)
    account = _HYPHENS.sub("", account)
    if kind not in {CellKind.TEXT, CellKind.NUMBER} or not _ACCOUNT.fullmatch(account):
        return unread_number("account-unreadable", text)
    return unread_number("account-rounded", text) if _is_rounded_card(account) else Read(account)


def _is_rounded_card(account: str) -> bool:
    """A bank card of 19 digits with 15 left of them. Every card has a right check digit (ISO/IEC 7812)."""
    return _ROUNDED_CARD.fullmatch(account) is not None and not luhn.is_valid(account)


def read_phone(text: str, kind: CellKind) -> Read | Unread:
    """The digits of a mobile or fixed phone, 7 to 12, without the country's 86."""
    phone = bare(unguarded(plain(text)))
    if is_nothing(phone):
        return Read(None)
    if kind == CellKind.TEXT:
        phone = _COUNTRY.sub("", _PHONE_NOISE.sub("", phone), count=1)
    if kind not in {CellKind.TEXT, CellKind.NUMBER} or not _PHONE.fullmatch(phone):
        return unread_number("phone-unreadable", text)
    return Read(phone)


def read_uscc(text: str, kind: CellKind) -> Read | Unread:
    """A unified social credit code of 18 characters, or the old registration number of 15."""
    code = bare(unguarded(plain(text))).upper()
    if is_nothing(code):
        return Read(None)
    if is_rounded(code, kind):
        return unread("identifier-rounded", text)
    return Read(code) if _USCC.fullmatch(code) else unread("uscc-unreadable", text)

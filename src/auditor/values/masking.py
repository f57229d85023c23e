"""Identity numbers, accounts and phones shown in part, alone and inside running text.

In text, a run of digits is masked by what it can be:

- 15 to 18 characters (the last may be X): an identity number, or an account; first 6 and last 4 stay;
- 12 to 14, and 19 and more: an account; first 4 and last 4 stay;
- 11 from 13… to 19…: a mobile phone; first 3 and last 4 stay;
- groups with a space or hyphen between them, where the groups are those of a card (4 4 4 …, 13 digits and more),
  of an identity number (6 8 4, 6 4 4 4, or any grouping of one with the right check character) or of a mobile
  phone (3 4 4).

Left alone: shorter runs (dates, months, amounts, ids such as GY000023), a point of time of 12 or 14 digits
(20221104093000), and up to 14 digits that follow a letter (voucher numbers such as DF2022000006882), unless they are a
mobile phone's 11. Four and more amounts of four digits each with nothing but single spaces between them are taken for a
card: too much hidden is the lesser harm.
"""

from __future__ import annotations

import re
from datetime import datetime

from auditor.values.identity import has_right_check_digit
from auditor.values.wording import bare, plain

_STARS = "****"
_ID_LENGTH = 18
_LONG = 15
_SHORT_ACCOUNT, _WHOLE_ACCOUNT = 8, 12
_PHONE_LENGTH, _SHORT_PHONE = 11, 7
_TIMES = {12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}

_GAP = r"[ \t\u00a0\u3000-]"
_GROUPS = re.compile(
    rf"(?<!\d)(?:\d{{4}}(?:{_GAP}\d{{4}}){{2,4}}{_GAP}\d{{1,4}}|\d{{6}}{_GAP}(?:\d{{8}}|\d{{4}}{_GAP}\d{{4}}){_GAP}\d{{3}}[\dXxＸｘ]"
    rf"|1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}})(?!\d)"
)
_LOOSE = re.compile(r"(?<!\d)\d(?:[\s\u200b-\u200d\ufeff-]{0,3}\d){16}[\s\u200b-\u200d\ufeff-]{0,3}[\dXxＸｘ](?!\d)")
_RUN = re.compile(r"(?<!\d)(?:\d{14,17}[XxＸｘ]|\d{11,})")
_MOBILE = re.compile(r"1[3-9]\d{9}")


def mask_identity(number: str) -> str:
    """`500299********1234`; a shorter text is masked as an account is."""
    if "*" in number:
        return number
    if len(number) < _LONG:
        return mask_account(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def mask_account(account: str) -> str:
    """First 4, `****`, last 4; of a text under 12 characters only its end, of one under 5 nothing."""
    if "*" in account:
        return account
    if len(account) >= _WHOLE_ACCOUNT:
        return account[:4] + _STARS + account[-4:]
    if len(account) > _SHORT_ACCOUNT:
        return _STARS + account[-4:]
    return _STARS + account[-2:] if len(account) > len(_STARS) else _STARS


def mask_phone(phone: str) -> str:
    """`138****1234`; of a number under 11 digits only the last 4, of one under 7 nothing."""
    if "*" in phone:
        return phone
    if len(phone) >= _PHONE_LENGTH:
        return phone[:3] + _STARS + phone[-4:]
    return _STARS + phone[-4:] if len(phone) >= _SHORT_PHONE else _STARS


def mask_text(text: str) -> str:
    """`text` with every identity number, bank account and mobile phone in it masked (see the module). Idempotent."""
    while True:
        masked = _LOOSE.sub(_mask_loose, text)
        masked = _GROUPS.sub(lambda found: _mask_digits(re.sub(_GAP, "", found[0])), masked)
        masked = _RUN.sub(_mask_run, masked)
        if masked == text:
            return text
        text = masked


def _mask_loose(found: re.Match[str]) -> str:
    """18 characters with gaps anywhere are hidden only where they prove to be an identity number."""
    together = re.sub("-", "", bare(plain(found[0]))).upper()
    return mask_identity(together) if has_right_check_digit(together) else found[0]


def _mask_run(found: re.Match[str]) -> str:
    run = found[0]
    before = found.string[found.start() - 1 : found.start()]
    is_mobile = _MOBILE.fullmatch(plain(run)) is not None
    if len(run) < _LONG and before.isascii() and before.isalpha() and not is_mobile:
        return run
    if len(run) == _PHONE_LENGTH and not is_mobile:
        return run
    return run if _is_time(run) else _mask_digits(run)


def _mask_digits(digits: str) -> str:
    if len(digits) == _PHONE_LENGTH:
        return mask_phone(digits)
    return mask_identity(digits) if _LONG <= len(digits) <= _ID_LENGTH else mask_account(digits)


def _is_time(digits: str) -> bool:
    shape = _TIMES.get(len(digits))
    if shape is None or digits[:2] not in {"19", "20"}:
        return False
    try:
        datetime.strptime(digits, shape)  # noqa: DTZ007
    except ValueError:
        return False
    return True

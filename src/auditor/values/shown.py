"""The refusal of a cell: its text is shown masked, since problems go into logs and onto screens."""

from __future__ import annotations

import re

from auditor.errors import Argument
from auditor.values.masking import mask_account, mask_text
from auditor.values.model import Unread

_LONGEST = 60
_DIGITS = re.compile(r"\d{7,}")


def unread(code: str, text: str, **args: Argument) -> Unread:
    """`Unread` of a cell with `text`."""
    return Unread(code, {"text": _short(mask_text(text.strip())), **args})


def unread_number(code: str, text: str) -> Unread:
    """`Unread` of a cell for an identity number, account or phone: what is not quite one is masked as well."""
    return Unread(code, {"text": _short(_DIGITS.sub(lambda found: mask_account(found[0]), mask_text(text.strip())))})


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

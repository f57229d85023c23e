"""What people type in cells, parsed: a cell's text and kind in, a value of the column's type or the reason why not out.

Pure: no files, no catalogue, no state. Also the identity numbers' own arithmetic, and the ways to hide a number.
"""

from auditor.values.cells import CODES, CellReader, lt_rule, read_cell, reader
from auditor.values.identity import birth_date, check_digit, has_right_check_digit, is_valid, sex, upgraded
from auditor.values.masking import mask_account, mask_identity, mask_phone, mask_text
from auditor.values.model import CellKind, Hints, Read, Unread, Value
from auditor.values.pseudonym import Pseudonymiser
from auditor.values.texts import FilePath, base_name, file_path, split_refs
from auditor.values.wording import fold, normalise_header

__all__ = [
    "CODES",
    "CellKind",
    "CellReader",
    "FilePath",
    "Hints",
    "Pseudonymiser",
    "Read",
    "Unread",
    "Value",
    "base_name",
    "birth_date",
    "check_digit",
    "file_path",
    "fold",
    "has_right_check_digit",
    "is_valid",
    "lt_rule",
    "mask_account",
    "mask_identity",
    "mask_phone",
    "mask_text",
    "normalise_header",
    "read_cell",
    "reader",
    "sex",
    "split_refs",
    "upgraded",
]

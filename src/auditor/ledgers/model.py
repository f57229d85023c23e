"""What a ledger is: its columns, their types, the headers and codes that stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """The type of a ledger column; `auditor.values` parses each."""

    PERSON_ID = "person_id"  # 18-digit resident identity number; 15-digit ones are upgraded
    NAME = "name"
    TEXT = "text"
    MONEY = "money"  # yuan, two places
    INT = "int"
    DATE = "date"
    MONTH = "month"
    BOOL = "bool"  # 是/否
    ACCOUNT = "account"  # bank account
    PHONE = "phone"
    USCC = "uscc"  # unified social credit code
    CODE = "code"  # one of `codes`
    REF = "ref"  # file names in the evidence folder


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger kind.

    Attributes:
        name: the English identifier used in rules and results.
        type: what its values are.
        required: the template demands the column and a value in each row.
        headers: accepted headers, the canonical one first.
        codes: allowed codes of a code column, empty for the other types.
        spellings: other spellings → the code that they mean (for bool columns: 是 or 否).
    """

    name: str
    type: ColumnType
    required: bool
    headers: tuple[str, ...]
    codes: tuple[str, ...]
    spellings: Mapping[str, str]

    @property
    def header(self) -> str:
        """The canonical header, as the template prints it."""
        return self.headers[0]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger kind.

    Attributes:
        key: the columns that identify one row.
        span: the columns that say when a row holds: one (a day or month) or two (from, to); empty where it has no time.
    """

    id: str
    zh: str
    en: str
    system: str
    key: tuple[str, ...]
    span: tuple[str, ...]
    columns: Mapping[str, Column]

    def title(self, lang: str) -> str:
        """Its name in `lang` (zh or en)."""
        return self.zh if lang == "zh" else self.en


Catalogue = Mapping[str, Ledger]

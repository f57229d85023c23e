"""The tie: what two or more people have in common, by rows of ledgers. It is a fact of the ledgers, no accusation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Row: TypeAlias = tuple[str, int]
"""A row of a ledger: its id and `_row`, by which `Tables.evidence` shows it."""


class TieKind(StrEnum):
    """What ties people together."""

    HOUSEHOLD = "household"
    KINSHIP = "kinship"
    ACCOUNT = "account"
    PHONE = "phone"
    APPROVER = "approver"


class Role(StrEnum):
    """What somebody is in a tie."""

    MEMBER = "member"
    OFFICIAL = "official"
    RELATIVE = "relative"
    USER = "user"
    HOLDER = "holder"
    APPROVER = "approver"
    PLACED = "placed"


@dataclass(frozen=True, slots=True)
class End:
    """Somebody in a tie.

    Attributes:
        person: the identity number; None for the holder of an account, whom the bank names without one.
        name: a name that stands beside it.
        role: what they are in the tie.
        rows: the rows that say so, in order of ledger and row.
    """

    person: str | None
    name: str
    role: Role
    rows: tuple[Row, ...]

    @property
    def node(self) -> str:
        """What tells this person from others: the number; two holders of one name need not be one person."""
        return self.person if self.person is not None else f"?{self.name}|{self.rows[0][1]}"


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties the people of `ends` together.

    Attributes:
        kind: household, kinship, account, phone or approver.
        value: the household's id, the word of kinship, the account, the phone, the approver's number.
        ends: two or more people; in kinship the official and the relative, of an approver first the approver.
        by_name: the approver is known by a name that one official alone has, not by a number.
    """

    kind: TieKind
    value: str
    ends: tuple[End, ...]
    by_name: bool = False

    @property
    def nodes(self) -> frozenset[str]:
        """The people of the tie."""
        return frozenset(end.node for end in self.ends)

    @property
    def key(self) -> tuple[str, str, tuple[str, ...], bool]:
        """What orders ties, and tells one from another."""
        return self.kind.value, self.value, tuple(end.node for end in self.ends), self.by_name

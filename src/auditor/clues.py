"""The signal (疑点): one clue about one subject, with the rows behind it. Clues are no accusations.

Signals come from rules (`signals`) and from the ledgers themselves (`checks`, group LT); inference grades them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from auditor.errors import Where
from auditor.messages import text

Measure: TypeAlias = str | int | bool | None  # money is its decimal text, a month YYYY-MM, a date YYYY-MM-DD


class Severity(StrEnum):
    """How grave the matter is if it is true. It says nothing about how sure we are: that is the finding's grade."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """3 for critical … 0 for low."""
        return ("low", "medium", "high", "critical").index(self.value)


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Whom or what a signal is about.

    `kind`: person, workshop, household, employer, village, area, loan, issue, provider or row.
    """

    kind: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """One cell of the evidence: its address (D17; empty when the value stands in a title or name), text and value."""

    cell: str
    raw: str | None
    value: Measure


@dataclass(frozen=True, slots=True)
class Linked:
    """How a row that gives no identity number was linked to its person.

    Attributes:
        by: the columns in which both agree, `name` first.
        ledger, file, sheet, row: a row that gives the number with the same name and one of these values.
    """

    by: tuple[str, ...]
    ledger: str
    file: str
    sheet: str | None
    row: int | None

    def sentence(self, lang: str) -> str:
        """The link in words."""
        by = ("、" if lang == "zh" else ", ").join(text(f"linked-by-{column}", lang) for column in self.by)
        return text("linked", lang, by=by, place=str(Where(self.file, self.sheet, self.row)))


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of a ledger behind a signal; `row` as the spreadsheet shows it, from 1.

    `linked` says how the row came to be this person's where it gives no number itself.
    """

    ledger: str
    file: str
    sheet: str | None
    row: int | None
    cells: Mapping[str, EvidenceCell]
    linked: Linked | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A clue: one for each rule and grain (subject, and month where the grain has one).

    Attributes:
        rule, version: the rule that fired.
        group: the rule's group (GP, WG, …, LT).
        violation: English word of the violation that it points at (ghost_payroll, …).
        severity: after the profile.
        subject: whom it is about.
        period: YYYY-MM, or YYYY-MM-DD for a week's end, or None.
        measures: the figures the rule saw.
        message: zh and en.
        evidence: the rows, in order of ledger, file, sheet, row.
    """

    rule: str
    version: int
    group: str
    violation: str
    severity: Severity
    subject: Subject
    period: str | None
    measures: Mapping[str, Measure]
    message: Mapping[str, str]
    evidence: tuple[EvidenceRow, ...]

    @property
    def key(self) -> str:
        """`GP01|person|500299…|2022-03`: what makes it this signal and no other, over runs."""
        return "|".join((self.rule, self.subject.kind, self.subject.id, self.period or ""))

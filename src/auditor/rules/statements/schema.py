"""The form of statement files, for pydantic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from auditor.profile import Overrides
from auditor.rules.model import Status
from auditor.rules.schema import (
    BasisFile,
    CoversFile,
    Day,
    FalsePositiveFile,
    Ledgers,
    Many,
    Maybe,
    PeriodFile,
    RunsIfFile,
    Strict,
    TextFile,
)


class SideFile(Strict):
    """`left` and `right`."""

    title: TextFile
    ledger: Maybe[str] = None
    query: str
    counted: bool = False


class ComparedFile(Strict):
    """One entry of `compare`."""

    field: str
    how: Literal["same", "sum"]


class MatchFile(Strict):
    """`match`."""

    form: Literal["one-to-one"]
    day: str
    within: str
    unclaimed: bool = False


class StatementCaseFile(Strict):
    """One entry of `tests.cases`."""

    name: str
    says: str
    as_of: Day = None
    period: Maybe[PeriodFile] = None
    county: str | None = None
    parameters: Annotated[dict[str, Overrides], BeforeValidator(lambda v: {} if v == "" else v)] = {}
    ledgers: Annotated[dict[str, str], BeforeValidator(lambda v: {} if v == "" else v)]
    files: Maybe[str] = None
    figures: dict[str, Decimal] = {}
    items: Many[str] | None = None
    gaps: Many[str] | None = None
    not_run: bool = False


class StatementTestsFile(Strict):
    """`tests`."""

    as_of: Day
    period: Maybe[PeriodFile] = None
    county: str = ""
    cases: list[StatementCaseFile]

    def day(self, case: StatementCaseFile) -> date:
        """The audit date of a case."""
        found = case.as_of or self.as_of
        assert found is not None  # the form demands one
        return found


class StatementFile(Strict):
    """A file of `rules/reconcile/`."""

    id: str
    version: Annotated[int, Field(ge=1)]
    status: Status
    kind: Literal["ledgers", "facts"]
    title: TextFile
    basis: Many[BasisFile]
    requires: Ledgers
    any_of: Many[Ledgers] = []
    optional: Ledgers = {}
    covers: CoversFile | None = None
    runs_if: RunsIfFile | None = None
    parameters: Many[str] = []
    keys: Annotated[list[str], Field(min_length=1)]
    natural: Many[Literal["left_only", "right_only"]] = []
    compare: Many[ComparedFile] = []
    money: Maybe[str] = None
    match: MatchFile | None = None
    left: SideFile
    right: SideFile
    explains: Many[FalsePositiveFile]
    verify: Many[TextFile]
    tests: StatementTestsFile

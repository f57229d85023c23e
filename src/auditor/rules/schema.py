"""The form of the rule files, for pydantic: keys and types of texts. What they mean is the business of the lints."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from auditor.profile import Overrides
from auditor.rules.model import Status

_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_MONTH = re.compile(r"^[0-9]{4}-[0-9]{2}$")


def _day(value: object) -> object:
    if value == "":
        return None
    if not _DATE.match(str(value)):
        raise ValueError("a date is written YYYY-MM-DD")
    return date.fromisoformat(str(value))


def _first_day(value: object) -> object:
    if not _MONTH.match(str(value)):
        raise ValueError("a month is written YYYY-MM")
    return date.fromisoformat(f"{value}-01")


def _none_if_blank(value: object) -> object:
    return None if value == "" else value


def _list_if_blank(value: object) -> object:
    return [] if value == "" else value


def _dict_if_blank(value: object) -> object:
    return {} if value == "" else value


_Item = TypeVar("_Item")
Day = Annotated[date | None, BeforeValidator(_day)]
Month = Annotated[date, BeforeValidator(_first_day)]
Maybe = Annotated[_Item | None, BeforeValidator(_none_if_blank)]
Many = Annotated[list[_Item], BeforeValidator(_list_if_blank)]
Ledgers = Annotated[dict[str, Many[str]], BeforeValidator(_dict_if_blank)]


class Strict(BaseModel):
    """Extra keys are mistakes."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class TextFile(Strict):
    """A sentence in both languages."""

    zh: str
    en: str


class BasisFile(Strict):
    """One entry of `basis`."""

    instrument: str
    article: str = ""
    words: str
    in_force_from: Day = Field(default=None, alias="from")
    in_force_to: Day = Field(default=None, alias="to")
    checked_by: Maybe[str] = None


class CoversFile(Strict):
    """`covers`."""

    ledger: str
    unit: list[str]
    gaps: str


class SignalFile(Strict):
    """`signal`."""

    subject: str
    grain: str
    money: Maybe[str] = None
    query: str


class RunsIfFile(Strict):
    """`runs_if`."""

    query: str
    otherwise: TextFile


class EvidenceFile(Strict):
    """One entry of `evidence`."""

    ledger: str
    where: str
    show: list[str]


class FalsePositiveFile(Strict):
    """One entry of `false_positives`."""

    what: TextFile
    handled: str
    case: Maybe[str] = None
    ask: Maybe[TextFile] = None


class PeriodFile(Strict):
    """`period` of tests or of a case."""

    first: Month = Field(alias="from")
    last: Month = Field(alias="to")


class CaseFile(Strict):
    """One entry of `tests.cases`."""

    name: str
    says: str
    as_of: Day = None
    period: Maybe[PeriodFile] = None
    county: str | None = None
    parameters: Annotated[dict[str, Overrides], BeforeValidator(_dict_if_blank)] = {}
    ledgers: Annotated[dict[str, str], BeforeValidator(_dict_if_blank)]
    files: Maybe[str] = None
    must_fire: Many[str] = []
    must_not_fire: Many[str] = []
    not_run: bool = False
    gaps: list[str] | None = None


class TestsFile(Strict):
    """`tests`."""

    __test__ = False  # not for pytest

    as_of: Annotated[date, BeforeValidator(_day)]
    period: Maybe[PeriodFile] = None
    county: str = ""
    cases: list[CaseFile]


class RuleFile(Strict):
    """A file of `rules/signals/`."""

    id: str
    version: Annotated[int, Field(ge=1)]
    status: Status
    title: TextFile
    violation: str
    severity: str
    basis: Many[BasisFile]
    requires: Ledgers
    any_of: Many[Ledgers] = []
    optional: Ledgers = {}
    covers: CoversFile | None = None
    runs_if: RunsIfFile | None = None
    needs_signals: Many[str] = []
    any_signals: Many[list[str]] = []
    parameters: Many[str] = []
    signal: SignalFile
    evidence: list[EvidenceFile]
    message: TextFile
    false_positives: Many[FalsePositiveFile]
    blind_spots: Many[TextFile] = []
    verify: Many[TextFile]
    tests: TestsFile


class TermFile(Strict):
    """A file of `rules/terms/`."""

    id: str
    says: TextFile
    query: str


class ParameterValueFile(Strict):
    """One entry of a parameter's `values`."""

    value: str
    valid_from: Day = Field(default=None, alias="from")
    valid_to: Day = Field(default=None, alias="to")
    regime: Maybe[str] = None
    instrument: str
    article: str = ""
    checked_by: Maybe[str] = None


class ParameterFile(Strict):
    """A file of `rules/parameters/`."""

    id: str
    type: str
    title: TextFile
    unit: str = ""
    values: list[ParameterValueFile]


class ViolationFile(Strict):
    """One entry of `violations.yaml`."""

    id: str
    zh: str
    en: str
    groups: list[str]


class ViolationsFile(Strict):
    """`rules/violations.yaml`."""

    violations: list[ViolationFile]

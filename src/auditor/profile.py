"""The county profile: as-of date, period, county, and every deviation from the product's defaults.

Takes a YAML file (and the command line, which wins), gives a frozen `Profile`. The defaults: the as-of date is
today's, the period January of its year up to its month.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from auditor.documents import Document, check_document, read_document
from auditor.errors import Problem, ProfileError, TextPlace
from auditor.maps import (
    CodesFile,
    HeadersFile,
    SheetEntry,
    SheetFiles,
    SheetMap,
    built_entries,
    headers_over,
    spellings_over,
)

REGIMES = ("hr", "rural_full_time", "rural_part_time")
"""The regimes of posts: of the employment fund (就业补助资金), rural full-time (全日制), rural part-time (非全日制)."""

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Override:
    """A county's value of a parameter, for certain dates or a certain regime of posts; elsewhere the default stays.

    Attributes:
        value: as written.
        valid_from, valid_to: first and last day; None: without limit.
        regime: one of `REGIMES`, or None for any.
        instrument, article: what it rests on, as far as the county says.
        checked_by: who compared it with the instrument; empty: nobody; None: not said, the county answers for it.
    """

    value: str
    valid_from: date | None = None
    valid_to: date | None = None
    regime: str | None = None
    instrument: str = ""
    article: str = ""
    checked_by: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The months audited, first and last both counted, each as its first day."""

    first: date
    last: date

    @property
    def months(self) -> tuple[date, ...]:
        """Each month of the period, as its first day, in order."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        start = self.first.year * 12 + self.first.month - 1
        return tuple(date((start + i) // 12, (start + i) % 12 + 1, 1) for i in range(max(count, 0)))


@dataclass(frozen=True, slots=True)
class Profile:
    """What an audit is run with.

    Attributes:
        as_of: the audit date D.
        period: the months audited.
        county: the county's name, or empty.
        parameters: overridden parameter → value for all dates and regimes, as written.
        dated: parameter overridden by date or regime → its values, in the order of the file.
        severities: rule id → severity that replaces the rule's own.
        rules_off: rule id → reason why it is switched off.
        rule_folders: extra folders of rules.
        headers: ledger → column → extra header names.
        codes: ledger → column → other spelling → code.
        sheets: what was settled about sheets; an entry wins over those after it.
        file: the profile's file, or None.
        document: the file as it was read, for the places of mistakes.
    """

    as_of: date
    period: Period
    county: str = ""
    parameters: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    severities: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    rules_off: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    rule_folders: tuple[Path, ...] = ()
    headers: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    file: str | None = None
    dated: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    document: Document | None = field(default=None, repr=False, compare=False)
    sheets: tuple[SheetEntry, ...] = ()

    def place(self, *path: str | int) -> TextPlace:
        """The place of the value at `path` in the profile's file."""
        if self.document is None:
            return TextPlace(self.file or "profile")
        return self.document.place(path)

    def key_place(self, *path: str | int) -> TextPlace:
        """The place of the key at `path`."""
        return self.place() if self.document is None else self.document.key_place(path)


def _month(value: object) -> object:
    match = _MONTH.match(str(value))
    if match is None:
        raise ValueError("a month is written YYYY-MM")
    return date(int(match[1]), int(match[2]), 1)


_Month = Annotated[date, BeforeValidator(_month)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _PeriodFile(_Strict):
    model_config = ConfigDict(extra="forbid", alias_generator=lambda name: {"first": "from", "last": "to"}[name])
    first: _Month
    last: _Month


def _day(value: object) -> object:
    if value == "":
        return None
    if not _DAY.match(str(value)):
        raise ValueError("a date is written YYYY-MM-DD")
    return date.fromisoformat(str(value))


_Day = Annotated[date | None, BeforeValidator(_day)]


class OverrideFile(_Strict):
    """One value of a parameter that is given by date or regime."""

    value: str
    valid_from: _Day = Field(default=None, alias="from")
    valid_to: _Day = Field(default=None, alias="to")
    regime: Annotated[str | None, BeforeValidator(lambda value: value or None)] = None
    instrument: str = ""
    article: str = ""
    checked_by: str | None = None

    def built(self) -> Override:
        """The frozen value."""
        return Override(
            self.value, self.valid_from, self.valid_to, self.regime, self.instrument, self.article, self.checked_by
        )


def plain(values: Sequence[OverrideFile]) -> bool:
    """Whether the values are one that was written plainly: for all dates and regimes."""
    return len(values) == 1 and values[0].model_fields_set == {"value"}


def _listed(value: object) -> object:
    if isinstance(value, str):
        return [{"value": value}]
    if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
        return [{"value": "、".join(value)}]  # words written as a list
    return value


_RETIREMENT = "retirement_age"
_SEXES = {"男": "male", "女": "female", "male": "male", "female": "female"}
_AGE_OF_SEX = re.compile(r"(男|女)\s*[:：]?\s*(\d+)")


def _by_sex(parameters: object) -> object:
    """`retirement_age: {男: 60, 女: 55}` (or `男 60, 女 55`) as the two parameters that rules read."""
    if not isinstance(parameters, dict) or _RETIREMENT not in parameters:
        return parameters
    given = parameters[_RETIREMENT]
    ages = dict(_AGE_OF_SEX.findall(given)) if isinstance(given, str) else given
    if not isinstance(ages, dict) or not ages or not set(ages) <= set(_SEXES):
        return parameters  # an unknown parameter: told with its place
    rest = {name: value for name, value in parameters.items() if name != _RETIREMENT}
    return {**rest, **{f"{_RETIREMENT}_{_SEXES[sex]}": age for sex, age in ages.items()}}


# A value for all dates may be written plainly.
Overrides = Annotated[list[OverrideFile], BeforeValidator(_listed)]


class _RulesFile(_Strict):
    off: dict[str, str] = {}
    folders: list[str] = []


class _ProfileFile(_Strict):
    as_of: date | None = None
    period: _PeriodFile | None = None
    county: str = ""
    parameters: Annotated[dict[str, Overrides], BeforeValidator(_by_sex)] = {}
    severities: dict[str, str] = {}
    rules: _RulesFile = _RulesFile()
    sheets: SheetFiles = []
    headers: HeadersFile = {}
    codes: CodesFile = {}


def default_period(as_of: date) -> Period:
    """January of the as-of date's year up to its month."""
    return Period(date(as_of.year, 1, 1), date(as_of.year, as_of.month, 1))


def default_profile(as_of: date) -> Profile:
    """The profile of an audit without a profile file."""
    return Profile(as_of, default_period(as_of))


def load_profile(path: Path, *, today: date, as_of: date | None = None) -> Profile:
    """The profile of the YAML file `path`; `as_of` from the command line wins over the file's, `today` over neither.

    Raises:
        ProfileError: the file cannot be read or is not of the form of a profile; all mistakes with their places.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError.at("profile-unreadable", str(path), detail=str(error)) from error
    document = read_document(text, str(path))
    if isinstance(document, Problem):
        raise ProfileError(document)
    checked = check_document(document, _ProfileFile)
    if checked.value is None:
        raise ProfileError(*checked.problems)
    raw = checked.value
    day = as_of or raw.as_of or today
    period = Period(raw.period.first, raw.period.last) if raw.period is not None else default_period(day)
    if period.first > period.last:
        raise ProfileError(Problem("period-reversed", document.place(("period",))))
    return Profile(
        as_of=day,
        period=period,
        county=raw.county.strip(),
        parameters=MappingProxyType({name: many[0].value for name, many in raw.parameters.items() if plain(many)}),
        dated=MappingProxyType(
            {name: tuple(o.built() for o in many) for name, many in raw.parameters.items() if not plain(many)}
        ),
        severities=MappingProxyType(raw.severities),
        rules_off=MappingProxyType(raw.rules.off),
        rule_folders=tuple((path.parent / folder).resolve() for folder in raw.rules.folders),
        headers=MappingProxyType({k: {c: tuple(h) for c, h in v.items()} for k, v in raw.headers.items()}),
        codes=MappingProxyType(raw.codes),
        file=str(path),
        document=document,
        sheets=built_entries(raw.sheets, document),
    )


def with_as_of(profile: Profile, as_of: date) -> Profile:
    """The profile with another as-of date; its period stays."""
    return replace(profile, as_of=as_of)


def with_map(profile: Profile, settled: SheetMap) -> Profile:
    """The profile with what a map of the command line settles, which wins over the profile's own."""
    return replace(
        profile,
        sheets=settled.sheets + profile.sheets,
        headers=headers_over(settled.headers, profile.headers),
        codes=spellings_over(settled.codes, profile.codes),
    )

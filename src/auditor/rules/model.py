"""The rule as a frozen value: what `rules/signals/**/*.yaml` says, typed, with the place of each part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from auditor.documents import Document
from auditor.errors import Problem
from auditor.profile import Override

if TYPE_CHECKING:
    from auditor.rules.statements.model import StatementRule

ANY_LEDGER = "any"
"""The ledger of an evidence part whose rows stand in whatever ledger names the person."""

IDENTITY_MENTION = "identity_mention"
"""The relation of every identity number that a ledger gives, with the name beside it."""

ANY_REFERENCE = "any_reference"
"""The ledger of an evidence part whose rows stand in whatever ledger names a file."""

EVIDENCE_REFERENCE = "evidence_reference"
"""The relation of every file that a ledger names as evidence, with the files of the upload that it means."""

EVIDENCE_FILE = "evidence_file"
"""The relation of the upload's attachments."""

PICTURE_ALIKE = "picture_alike"
"""The relation of photos that look alike."""

IN_ANY_LEDGER: Mapping[str, str] = MappingProxyType({ANY_LEDGER: IDENTITY_MENTION, ANY_REFERENCE: EVIDENCE_REFERENCE})
"""What stands for a ledger in a part of the evidence → the relation whose rows, in any ledger, it chooses."""


class Status(StrEnum):
    """A draft rule is listed and tested but not run by an audit unless asked for; a retired one keeps its id."""

    DRAFT = "draft"
    STABLE = "stable"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """The sentence in `lang` (zh or en)."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis: the instrument, the article, its words; `checked_by` None means: nobody has checked it yet."""

    instrument: str
    article: str
    words: str
    in_force_from: date | None
    in_force_to: date | None
    checked_by: str | None


@dataclass(frozen=True, slots=True)
class Needs:
    """The ledgers and columns that a rule reads (ledger id → columns).

    Attributes:
        requires: without any of these the rule is not run.
        any_of: groups of which at least one ledger must be there; the missing ones are named in the coverage.
        optional: read where they are there.
    """

    requires: Mapping[str, tuple[str, ...]]
    any_of: tuple[Mapping[str, tuple[str, ...]], ...]
    optional: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Covers:
    """Which units another ledger must hold for a row to be judged, and the query that lists the units it does not hold.

    `gaps` gives the columns of `unit`, and `rows` and `people`: how much was left out for each unit.
    """

    ledger: str
    unit: tuple[str, ...]
    gaps: str


@dataclass(frozen=True, slots=True)
class NeededSignals:
    """The rules whose signals a rule reads as the relation `fired`.

    Attributes:
        all: without any of these the rule is not run.
        any_of: groups of which at least one rule must have run; the others are named in the coverage.
    """

    all: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Each of them once, in the order of the file."""
        return tuple(dict.fromkeys([*self.all, *(rule for group in self.any_of for rule in group)]))


@dataclass(frozen=True, slots=True)
class RunsIf:
    """What the ledgers must hold for the rule to say anything: `query` gives a row; `otherwise`: why it is not run."""

    query: str
    otherwise: Text


@dataclass(frozen=True, slots=True)
class EvidenceQuery:
    """Which rows of `ledger` stand behind a signal: `where` is SQL over the ledger's name and `signal`.

    Where `ledger` is `any`, it is SQL over `identity_mention` and `signal`, and the rows are those of the mentions, in
    whatever ledger; `show` then says which cells of a mention: `person_id`, the number, and `name`, the name beside it.
    Where it is `any_reference`, it is SQL over `evidence_reference` and `signal`; `show` says which columns, where the
    row's ledger has them, and `file_name` is the cell that names the file.
    """

    ledger: str
    where: str
    show: tuple[str, ...]

    @property
    def relation(self) -> str:
        """The relation whose rows `where` chooses."""
        return IN_ANY_LEDGER.get(self.ledger, self.ledger)


@dataclass(frozen=True, slots=True)
class FalsePositive:
    """An innocent explanation.

    `handled`: query or coverage (then `case` names the case that proves it), or review (then `ask` is the question for
    the inspector).
    """

    what: Text
    handled: str
    case: str | None
    ask: Text | None


@dataclass(frozen=True, slots=True)
class Case:
    """A rule's own test: small ledgers as text tables, and whom the rule must and must not flag.

    `must_fire` is exact: `subject` or `subject|period`. `must_not_fire` names whom the case is about.
    `parameters` are values for all dates, `dated` those by date or regime. `county` is that of the profile.
    `files`: the other files of the upload, a text table of `path`, `content` and `picture`; None: there are none.
    `not_run` True: the rule must report that it could not run. `gaps`: units that must be reported as not evaluated.
    """

    name: str
    says: str
    as_of: date
    period_from: date | None
    period_to: date | None
    parameters: Mapping[str, str]
    ledgers: Mapping[str, str]
    must_fire: tuple[str, ...]
    must_not_fire: tuple[str, ...]
    not_run: bool
    gaps: tuple[str, ...] | None
    dated: Mapping[str, tuple[Override, ...]] = field(default_factory=lambda: MappingProxyType({}))
    files: str | None = None
    county: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue. `document` keeps the file's text places for messages about it."""

    id: str
    version: int
    status: Status
    title: Text
    violation: str
    severity: str
    basis: tuple[Basis, ...]
    needs: Needs
    covers: Covers | None
    parameters: tuple[str, ...]
    subject: str
    grain: str
    money: str | None
    query: str
    evidence: tuple[EvidenceQuery, ...]
    message: Text
    false_positives: tuple[FalsePositive, ...]
    blind_spots: tuple[Text, ...]
    verify: tuple[Text, ...]
    cases: tuple[Case, ...]
    document: Document = field(repr=False, compare=False)
    needs_signals: NeededSignals = NeededSignals()
    runs_if: RunsIf | None = None

    @property
    def selects(self) -> tuple[str, ...]:
        """Every SELECT of the rule: its query, what it could not judge, whether it runs."""
        covers, runs_if = self.covers, self.runs_if
        further = (covers.gaps if covers is not None else None, runs_if.query if runs_if is not None else None)
        return self.query, *(query for query in further if query is not None)

    @property
    def group(self) -> str:
        """GP, WG, …: the letters of the id."""
        return self.id.rstrip("0123456789")

    @property
    def has_period(self) -> bool:
        """Whether a signal of this rule is about one month (or week)."""
        return self.grain.endswith(("-month", "-week"))


@dataclass(frozen=True, slots=True)
class Term:
    """A named relation that several rules share (`rules/terms/*.yaml`): computed once, read like a ledger."""

    id: str
    says: Text
    query: str
    document: Document = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A value with the dates between which it holds, the regime of posts (None: any), and what it rests on."""

    value: str
    valid_from: date | None
    valid_to: date | None
    instrument: str
    article: str
    checked_by: str | None
    regime: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """What rules use as `$id`. `type`: int, decimal, date or words. `values` in order of their dates."""

    id: str
    type: str
    title: Text
    unit: str
    values: tuple[ParameterValue, ...]
    document: Document = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Violation:
    """What a signal points at, by its English word (`ghost_payroll`); `groups` are the rule groups that speak of it."""

    id: str
    title: Text
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that an audit runs: rules, terms, parameters and violations by id."""

    rules: Mapping[str, Rule]
    terms: Mapping[str, Term]
    parameters: Mapping[str, Parameter]
    violations: Mapping[str, Violation] = field(default_factory=lambda: MappingProxyType({}))
    statements: Mapping[str, StatementRule] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule file with mistakes: never run, but still listed, by what could be read of it."""

    file: str
    id: str | None
    title: Text | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the rule folders gave: the sound rules, every problem of all files, and the broken rules."""

    ruleset: RuleSet
    problems: tuple[Problem, ...]
    broken: tuple[BrokenRule, ...]

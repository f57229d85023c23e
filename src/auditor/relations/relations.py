"""`Relations`: every relation that queries read beside the ledgers, each made once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType, TracebackType
from typing import Self

import pyarrow as pa

from auditor.errors import EngineError, Problem, TextPlace
from auditor.profile import Profile
from auditor.relations.alike import pictures_alike
from auditor.relations.evidence import evidence_files, evidence_references
from auditor.relations.mentions import load_mentions
from auditor.relations.months import PERIOD_MONTH, period_months
from auditor.relations.numbers import IDENTITY_NUMBER, identity_numbers, numbers_written
from auditor.rules import Resolved, RuleSet, compile_condition, compile_query, resolve, tables_read
from auditor.rules.compiling import Filling
from auditor.rules.model import EVIDENCE_FILE, EVIDENCE_REFERENCE, IDENTITY_MENTION, PICTURE_ALIKE
from auditor.tables import Engine, Tables
from auditor.values import CellKind, Read, read_cell

SECONDS = 60.0
"""How long a single query may take."""
PHOTO_DISTANCE = "photo_distance"
"""The parameter: in how many bits the perceptual hashes of two photos of one scene may differ."""
MOST = 3_000_000
"""Rows that a query may give: what a cross join would give fills the memory before its time is up."""


class Relations:
    """The relations of one audit; a context, at whose end they are dropped.

    Args:
        tables: the ledgers, loaded in their engine.
        ruleset: its terms are relations, its parameters fill the queries.
        profile: as-of date, period, and what the county changed.
        seconds: how long a single query may take.

    Raises:
        ProfileError: the profile gives a parameter that there is not.
    """

    def __init__(self, tables: Tables, ruleset: RuleSet, profile: Profile, *, seconds: float = SECONDS) -> None:
        self.tables = tables
        self.ruleset = ruleset
        self.profile = profile
        self.seconds = seconds
        self.parameters: Mapping[str, Resolved] = resolve(ruleset, profile, profile.as_of)
        filling: dict[str, Filling] = {name: parameter.filling for name, parameter in self.parameters.items()}
        filling |= {"as_of": profile.as_of, "period_from": profile.period.first, "period_to": profile.period.last}
        filling["county"] = _as_in_ledgers(profile.county)
        self._filling: Mapping[str, Filling] = MappingProxyType(filling)
        self._made: dict[str, None] = {}
        self._built_in: Mapping[str, Callable[[], None]] = {
            PERIOD_MONTH: lambda: self.engine.load(PERIOD_MONTH, period_months(profile.period)),
            IDENTITY_MENTION: lambda: load_mentions(tables, IDENTITY_MENTION),
            IDENTITY_NUMBER: lambda: self.engine.load(
                IDENTITY_NUMBER, identity_numbers(numbers_written(tables), profile.as_of)
            ),
            EVIDENCE_REFERENCE: lambda: self.engine.load(EVIDENCE_REFERENCE, evidence_references(tables)),
            EVIDENCE_FILE: lambda: self.engine.load(EVIDENCE_FILE, evidence_files(tables)),
            PICTURE_ALIKE: lambda: self.engine.load(PICTURE_ALIKE, self._alike()),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for name in reversed(self._made):
            self.engine.drop(name)
        self._made.clear()

    @property
    def engine(self) -> Engine:
        """Where ledgers and relations are."""
        return self.tables.engine

    def sql(self, query: str) -> str:
        """`query` in the engine's dialect, its parameters filled in."""
        return compile_query(query, self._filling, self.engine.dialect)

    def condition(self, where: str) -> str:
        """A condition in the engine's dialect, its parameters filled in."""
        return compile_condition(where, self._filling, self.engine.dialect)

    def _alike(self) -> pa.Table:
        """No picture is alike where there is no such number as `photo_distance`."""
        distance = self.parameters[PHOTO_DISTANCE].value
        pictures = (file.picture for file in self.tables.files)
        known = (picture for picture in pictures if picture is not None)
        return pictures_alike(known, distance if isinstance(distance, int) else -1, PICTURE_ALIKE)

    def make(self, read: Iterable[str]) -> None:
        """See to it that each of `read` is there; names of ledgers, and of what somebody else loads, are passed over.

        Raises:
            EngineError: a term's query failed or took too long; the place is the term's.
        """
        for name in read:
            if name in self._made:
                continue
            if name in self._built_in:
                self._built_in[name]()
            elif name in self.ruleset.terms:
                term = self.ruleset.terms[name]
                self.make(tables_read(term.query))
                try:
                    self.engine.materialise(name, self.sql(term.query), seconds=self.seconds)
                except EngineError as error:
                    raise placed(error, term.document.place(("query",))) from error
            else:
                continue
            self._made[name] = None

    def rows(self, query: str, place: TextPlace) -> pa.Table:
        """The rows of `query` as an author wrote it, with every relation that it reads.

        Args:
            query: a vetted SELECT.
            place: where it stands, for errors.

        Raises:
            EngineError: it failed, took too long or gave more than `MOST` rows.
        """
        self.make(tables_read(query))
        return self.rows_of(self.sql(query), place)

    def rows_of(self, sql: str, place: TextPlace) -> pa.Table:
        """The rows of compiled SQL whose relations were made before; see `rows`."""
        try:
            found = self.engine.query(f"SELECT * FROM ({sql}) AS found LIMIT {MOST + 1}", seconds=self.seconds)
        except EngineError as error:
            raise placed(error, place) from error
        if found.num_rows > MOST:
            raise EngineError(Problem("engine-too-many", place, {"limit": MOST}))
        return found


def _as_in_ledgers(text: str) -> str | None:
    """A text of the profile as a cell of a ledger with the same words is read; None where it says nothing."""
    read = read_cell("text", text, CellKind.TEXT)
    return str(read.value) if isinstance(read, Read) and read.value is not None else None


def placed(error: EngineError, place: TextPlace) -> EngineError:
    """The engine's error at the author's place, which is what can be changed."""
    return EngineError(*(Problem(p.code, place, p.args) for p in error.problems))

"""A rule's own cases, run: each small ledger goes the way of a real one, from sheet to tables to signals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from auditor.errors import EngineError
from auditor.intake.files.sources import role_of
from auditor.intake.raw import RawColumn, RawSheet, SourceFile
from auditor.intake.reading import Band, MappedColumn, SheetReading
from auditor.ledgers import Catalogue, Ledger
from auditor.profile import Period, Profile, default_period
from auditor.rules import Rule, RuleSet, case_files, case_table, expand, with_needed
from auditor.rules.model import Case
from auditor.signals.outcome import RunStatus
from auditor.signals.run import run_rules
from auditor.tables import Engine, Tables, build_tables
from auditor.values import CellKind

EngineFactory = Callable[[], Engine]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case. Subjects are written as the case writes them where it names them.

    Attributes:
        rule, name: which case.
        missed: must have fired, and did not.
        extra: fired, and is not in `must_fire`.
        accused: fired, and the case says that it must not.
        ran: the rule ran.
        ran_as_said: it ran, or did not run, as the case says.
        gaps_missed, gaps_extra: units that should and that should not have been reported as not evaluated.
        error: codes of what the engine refused; the rule's query is wrong.
    """

    rule: str
    name: str
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    ran: bool = True
    ran_as_said: bool = True
    gaps_missed: tuple[str, ...] = ()
    gaps_extra: tuple[str, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether everything came as the case says."""
        wrong = (self.missed, self.extra, self.accused, self.gaps_missed, self.gaps_extra)
        return self.ran_as_said and not self.error and not any(wrong)


def case_reading(ledger: Ledger, rows: Sequence[Sequence[str]]) -> SheetReading:
    """A case's table (header first; catalogue names or accepted headers) as the reading of a sheet of texts."""
    by_header = {text: column.name for column in ledger.columns.values() for text in (column.name, *column.headers)}
    header, columns, mapped = rows[0], [], []
    for index, title in enumerate(header):
        texts = [row[index] or None for row in rows]
        kinds = [CellKind.BLANK if text is None else CellKind.TEXT for text in texts]
        columns.append(RawColumn(pa.array(texts, pa.string()), np.array(kinds, dtype=np.uint8)))
        mapped.append(MappedColumn(by_header[title], index, chr(65 + index), title, 1.0))
    bands = np.full(len(rows), Band.READ, dtype=np.uint8)
    bands[0] = Band.HEADER
    return SheetReading(
        source=SourceFile(f"{ledger.id}.case", 0, "", "workbook"),
        raw=RawSheet(None, 1, 1, tuple(columns), len(rows)),
        ledger=ledger.id,
        confidence=1.0,
        candidates=((ledger.id, 1.0),),
        header=(0, 1),
        columns=tuple(mapped),
        unknown=(),
        context={},
        year_hint=None,
        bands=bands,
        reasons={},
        totals=(),
        problems=(),
    )


def _profile(case: Case) -> Profile:
    months = default_period(case.as_of)
    period = Period(case.period_from or months.first, case.period_to or months.last)
    return Profile(as_of=case.as_of, period=period, county=case.county, parameters=case.parameters, dated=case.dated)


def case_tables(case: Case, catalogue: Catalogue, engine: Engine) -> Tables:
    """The ledgers of `case`, in `engine`, and the other files of its upload."""
    readings = [case_reading(catalogue[name], case_table(text)) for name, text in case.ledgers.items()]
    named = () if case.files is None else case_files(case.files)
    files = [SourceFile(one.path, 0, one.content, role_of(one.path), one.picture) for one in named]
    return build_tables(readings, catalogue, engine, files=files)


def run_case(case: Case, rule: Rule, ruleset: RuleSet, tables: Tables) -> CaseResult:
    """What `rule`, which need not be the one in `ruleset`, makes of the tables of `case`."""
    alone = with_needed(rule, ruleset)
    written = {expand(text): text for text in (*case.must_fire, *case.must_not_fire, *(case.gaps or ()))}
    try:
        run = run_rules(alone, tables, _profile(case), drafts=True)
    except EngineError as error:
        return CaseResult(rule.id, case.name, error=", ".join(problem.code for problem in error.problems))
    outcome = run.outcomes[rule.id]
    fired = {f"{s.subject.id}|{s.period}" if s.period else s.subject.id for s in run.signals if s.rule == rule.id}
    must = {expand(text) for text in case.must_fire}
    spared = {expand(text) for text in case.must_not_fire}
    accused = {key for key in fired if key in spared or key.partition("|")[0] in spared}
    gaps = {unit.key for unit in outcome.not_evaluated}
    wanted = gaps if case.gaps is None else {expand(text) for text in case.gaps}
    ran = outcome.status in {RunStatus.FIRED, RunStatus.SILENT}

    def names(keys: set[str]) -> tuple[str, ...]:
        return tuple(sorted(written.get(key, key) for key in keys))

    return CaseResult(
        rule=rule.id,
        name=case.name,
        missed=names(must - fired),
        extra=names(fired - must),
        accused=names(accused),
        ran=ran,
        ran_as_said=ran is not case.not_run,
        gaps_missed=names(wanted - gaps),
        gaps_extra=names(gaps - wanted),
    )


def run_cases(
    rule: Rule, ruleset: RuleSet, catalogue: Catalogue, engine_factory: EngineFactory
) -> tuple[CaseResult, ...]:
    """Run the cases of `rule`, with the terms and parameters of `ruleset`, on an engine of their own.

    Args:
        rule: the rule; it need not be the one that `ruleset` holds under its id (a mutant is tested so).
        ruleset: where its terms and parameters are.
        catalogue: the ledger kinds.
        engine_factory: makes the engine, which is closed afterwards.
    """
    engine = engine_factory()
    try:
        return tuple(run_case(case, rule, ruleset, case_tables(case, catalogue, engine)) for case in rule.cases)
    finally:
        engine.close()

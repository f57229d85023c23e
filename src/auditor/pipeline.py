"""The one module that knows the order of the stages: files → tables → checks and signals → inference → findings.

It takes paths and a profile and gives an `AuditResult`; it writes nothing and prints nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditor.checks import QUALITY_RULES, check_ledgers
from auditor.errors import Gravity, InputError, Problem, ProfileError, RuleError, TextPlace, Where, raise_if
from auditor.findings import conclude
from auditor.inference import ConclusionSet, infer, load_conclusions
from auditor.intake import Band, Limits, Upload, read_upload
from auditor.ledgers import default_catalogue, resource_dir
from auditor.maps import check_codes, check_headers, check_sheets
from auditor.profile import Profile
from auditor.reconcile import reconcile, roll_forward, statement_signals
from auditor.relations import Relations
from auditor.report import AuditResult, ReadResult, Reconciled, ReconcileResult
from auditor.rules import (
    RuleSet,
    check_profile,
    columns_given,
    default_folders,
    existing_folders,
    load_rules,
    resolve,
)
from auditor.signals import household_members, run_on, workshop_members, workshop_names
from auditor.tables import DuckEngine, build_tables
from auditor.values.pseudonym import Pseudonymiser

StageProgress = Callable[[str, int, int, str], None]
"""Called with (stage, done, of how many, what)."""


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(time.perf_counter() - start, 3)


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The rules and conclusions that an audit runs."""

    rules: RuleSet
    conclusions: ConclusionSet


def load_catalogues(extra: Sequence[Path] = ()) -> Catalogues:
    """The product's rules and those of the profile's extra folders.

    Raises:
        RuleError: any file of them has a mistake; all mistakes at once.
    """
    loaded = load_rules([*default_folders(), *extra], default_catalogue())
    raise_if(loaded.problems, RuleError)
    return Catalogues(loaded.ruleset, shipped_conclusions(loaded.ruleset))


def shipped_conclusions(rules: RuleSet) -> ConclusionSet:
    """The product's conclusions, checked against the rules that there are.

    Raises:
        RuleError: a file of them has a mistake; all mistakes at once.
    """
    measures = {name: columns_given(rule.query) for name, rule in rules.rules.items()}
    known = (*rules.rules, *QUALITY_RULES, *rules.statements)
    return load_conclusions(resource_dir("rules") / "findings", known, measures)


def audit(
    paths: Sequence[Path],
    profile: Profile,
    key: bytes,
    *,
    limits: Limits | None = None,
    progress: StageProgress | None = None,
    password: str | None = None,
) -> AuditResult:
    """Audit the ledgers of `paths`.

    Args:
        paths: folders, files and zips.
        profile: date, period, county, deviations.
        key: the secret of the pseudonyms and finding ids.
        limits: of reading.
        progress: told how far the work is.
        password: opens the workbooks and zips that have one; it is written nowhere.

    Raises:
        InputError: nothing could be read, or no sheet is a ledger.
        RuleError, ProfileError: the catalogue or the profile is wrong.
        EngineError: an engine failed; no partial result is given.
    """
    tell = progress or (lambda *_: None)
    clock = _Clock()
    catalogue = default_catalogue()
    with clock.stage("rules"):
        catalogues = load_catalogues(existing_folders(profile))
        raise_if(check_profile(profile, catalogues.rules, catalogue, tuple(QUALITY_RULES)), ProfileError)
        parameters = resolve(catalogues.rules, profile, profile.as_of)
    with clock.stage("read"):
        upload = read_upload(
            paths,
            catalogue,
            headers=profile.headers,
            settled=profile.sheets,
            limits=limits,
            progress=lambda *step: tell("read", *step),
            password=password,
        )
        require_ledgers(upload)
    engine = DuckEngine()
    with clock.stage("load"):
        tell("load", 0, 1, "")
        tables = build_tables(upload.readings, catalogue, engine, profile.codes, upload.files)
    with clock.stage("check"):
        tell("check", 0, 1, "")
        quality = check_ledgers(upload, tables, profile.severities)
    with Relations(tables, catalogues.rules, profile) as relations:
        with clock.stage("signals"):
            run = run_on(relations, progress=lambda rule, done, of: tell("signals", done, of, rule))
        with clock.stage("reconcile"):
            tell("reconcile", 0, 1, "")
            reconciliation, rolls = reconcile(relations), roll_forward(relations)
    statements = statement_signals(reconciliation, tables, profile.severities)
    signals = (*run.signals, *quality, *statements)
    with clock.stage("infer"):
        tell("infer", 0, 1, "")
        links = {**household_members(tables), **workshop_members(tables, profile.as_of)}
        inference = infer(signals, catalogues.conclusions, links=links, names=workshop_names(tables))
    with clock.stage("findings"):
        findings = conclude(inference, signals, catalogues.conclusions, catalogues.rules, Pseudonymiser(key))
    return AuditResult(
        profile=profile,
        upload=upload,
        tables=tables,
        rules=catalogues.rules,
        parameters=parameters,
        run=run,
        signals=signals,
        findings=findings,
        problems=unread(upload),
        seconds=clock.seconds,
        reconciliation=reconciliation,
        rolls=rolls,
    )


def reconcile_ledgers(
    paths: Sequence[Path],
    profile: Profile,
    *,
    only: Sequence[str] = (),
    everything: bool = False,
    limits: Limits | None = None,
    progress: StageProgress | None = None,
    password: str | None = None,
) -> ReconcileResult:
    """The statements of the ledgers of `paths`, and the roll-forward checks; no rule is run. See `audit`.

    Args:
        paths: folders, files and zips.
        profile: date, period, county, deviations.
        only: the ids of the statements to be drawn up; empty for all.
        everything: list the keys that match, too.
        limits: of reading.
        progress: told how far the work is.
        password: opens the workbooks and zips that have one.

    Raises:
        InputError: nothing could be read, or no sheet is a ledger.
        RuleError, ProfileError: the catalogue or the profile is wrong.
        EngineError: a query failed.
    """
    tell = progress or (lambda *_: None)
    catalogue = default_catalogue()
    loaded = load_catalogues(existing_folders(profile)).rules
    raise_if(check_profile(profile, loaded, catalogue, tuple(QUALITY_RULES)), ProfileError)
    known = ", ".join(loaded.statements)
    unknown = [one for one in only if one not in loaded.statements]
    raise_if([Problem("statement-unknown", TextPlace(one), {"id": one, "known": known}) for one in unknown], RuleError)
    upload = read_upload(
        paths,
        catalogue,
        headers=profile.headers,
        settled=profile.sheets,
        limits=limits,
        progress=lambda *step: tell("read", *step),
        password=password,
    )
    require_ledgers(upload)
    tell("load", 0, 1, "")
    tables = build_tables(upload.readings, catalogue, DuckEngine(), profile.codes, upload.files)
    tell("reconcile", 0, 1, "")
    with Relations(tables, loaded, profile) as relations:
        reconciliation = reconcile(relations, only, everything=everything)
        rolls = () if only else roll_forward(relations)
    return ReconcileResult(
        Reconciled(profile, tables, reconciliation, rolls, everything),
        statement_signals(reconciliation, tables, profile.severities),
        unread(upload),
    )


def read_ledgers(
    paths: Sequence[Path],
    profile: Profile,
    *,
    limits: Limits | None = None,
    progress: StageProgress | None = None,
    password: str | None = None,
) -> ReadResult:
    """Read the ledgers of `paths` and check their quality, before any rule is run; see `audit` for the arguments.

    Raises:
        InputError: there is nothing to read.
        ProfileError: the profile names sheets, headers or codes that cannot be.
    """
    tell = progress or (lambda *_: None)
    catalogue = default_catalogue()
    wrong = (
        *check_sheets(profile.sheets, catalogue),
        *check_headers(profile, catalogue),
        *check_codes(profile, catalogue),
    )
    raise_if(wrong, ProfileError)
    upload = read_upload(
        paths,
        catalogue,
        headers=profile.headers,
        settled=profile.sheets,
        limits=limits,
        progress=lambda *step: tell("read", *step),
        password=password,
    )
    tell("load", 0, 1, "")
    tables = build_tables(upload.readings, catalogue, DuckEngine(), profile.codes, upload.files)
    tell("check", 0, 1, "")
    return ReadResult(upload, tables, check_ledgers(upload, tables, profile.severities))


def require_ledgers(upload: Upload) -> None:
    """Fail when no sheet of the upload could be used as a ledger: there is nothing to audit.

    Raises:
        InputError: with every reason at once.
    """
    if any(reading.ledger is not None for reading in upload.readings):
        return
    reasons = [*upload.problems, *(p for reading in upload.readings for p in reading.problems)]
    if not any(p.gravity is Gravity.ERROR for p in reasons):
        reasons.extend(Problem("no-ledger", Where(file.path)) for file in upload.files[:20])
    raise InputError(*reasons)


def unread(upload: Upload) -> tuple[Problem, ...]:
    """What must not pass silently: files that could not be read, and ledgers none of whose rows could be read."""
    problems = [p for p in upload.problems if p.gravity is Gravity.ERROR]
    read: dict[str, int] = {}
    rejected: dict[str, int] = {}
    for reading in upload.readings:
        if reading.ledger is not None:
            read[reading.ledger] = read.get(reading.ledger, 0) + reading.count(Band.READ)
            rejected[reading.ledger] = rejected.get(reading.ledger, 0) + reading.count(Band.REJECTED)
    problems.extend(
        Problem("ledger-unreadable", reading.where(), {"ledger": reading.ledger})
        for reading in upload.readings
        if reading.ledger is not None and not read[reading.ledger] and reading.count(Band.REJECTED)
    )
    return tuple(problems)

"""The rule folders as a rule set: takes folders and the ledger catalogue, gives the sound rules and every mistake.

A folder holds `signals/**/*.yaml`, `terms/*.yaml`, `parameters/*.yaml`, `violations.yaml` and `lock.yaml` (see
`locking`), each where there is one. A county's own folder may also hold its rules plainly, side by
side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from auditor.documents import MAX_BYTES, Document, read_document
from auditor.errors import Problem, TextPlace
from auditor.ledgers import Catalogue, resource_dir
from auditor.rules.building import build_parameter, build_rule, build_term, build_violation
from auditor.rules.lints import lint_rule
from auditor.rules.lints.parameters import lint_parameter
from auditor.rules.locking import LOCK, check_locks
from auditor.rules.model import BrokenRule, Loaded, Parameter, Rule, RuleSet, Term, Text, Violation
from auditor.rules.queries import Context
from auditor.rules.repairing import check_and_repair
from auditor.rules.schema import ParameterFile, RuleFile, TermFile, ViolationsFile
from auditor.rules.statements import build_statements
from auditor.rules.strata import check_strata
from auditor.rules.terms import check_terms

VIOLATIONS = "violations.yaml"
_PARTS = ("signals", "terms", "parameters", "findings", "reconcile")
_Named = TypeVar("_Named", Term, Parameter)


def default_folders() -> tuple[Path, ...]:
    """The folder of the rules that ship with the product."""
    return (resource_dir("rules"),)


@dataclass(slots=True)
class _Files:
    """The YAML files of the folders, by what they are, each with the name that stands in messages."""

    rules: list[tuple[Path, str]] = field(default_factory=list)
    terms: list[tuple[Path, str]] = field(default_factory=list)
    parameters: list[tuple[Path, str]] = field(default_factory=list)
    violations: list[tuple[Path, str]] = field(default_factory=list)
    statements: list[tuple[Path, str]] = field(default_factory=list)


def _find(folders: Sequence[Path], problems: list[Problem]) -> _Files:
    files = _Files()
    for folder in dict.fromkeys(path.resolve() for path in folders):
        if not folder.is_dir():
            problems.append(Problem("rule-folder-missing", TextPlace(str(folder))))
            continue

        def named(pattern: str, folder: Path = folder) -> list[tuple[Path, str]]:
            return [(path, path.relative_to(folder.parent).as_posix()) for path in sorted(folder.glob(pattern))]

        files.terms += named("terms/*.yaml")
        files.parameters += named("parameters/*.yaml")
        files.violations += named(VIOLATIONS)
        files.statements += named("reconcile/*.yaml")
        files.rules += named("signals/**/*.yaml")
        if not any((folder / part).is_dir() for part in _PARTS):
            files.rules += [entry for entry in named("*.yaml") if entry[0].name not in {VIOLATIONS, LOCK}]
    return files


def _read(path: Path, file: str) -> Document | Problem:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        return read_document(raw.decode("utf-8-sig"), file)
    except (OSError, UnicodeDecodeError) as error:
        return Problem("rule-unreadable", TextPlace(file), {"detail": str(error)})


def _documents(files: list[tuple[Path, str]], problems: list[Problem]) -> list[Document]:
    found = []
    for path, file in files:
        document = _read(path, file)
        if isinstance(document, Problem):
            problems.append(document)
        else:
            found.append(document)
    return found


def _violations(files: _Files, problems: list[Problem]) -> dict[str, Violation]:
    found: dict[str, Violation] = {}
    for document in _documents(files.violations, problems):
        repaired = check_and_repair(document, ViolationsFile)
        problems.extend(repaired.problems)
        for i, raw in enumerate(repaired.value.violations if repaired.value is not None else ()):
            if raw.id in found:
                problems.append(Problem("id-twice", document.place(("violations", i, "id")), {"id": raw.id}))
            else:
                found[raw.id] = build_violation(raw)
    return found


def _add(found: dict[str, _Named], item: _Named, problems: list[Problem]) -> None:
    place = item.document.place(("id",))
    if item.id in found:
        problems.append(Problem("id-twice", place, {"id": item.id, "file": found[item.id].document.file}))
        return
    if Path(item.document.file).stem != item.id:
        problems.append(Problem("id-file", place, {"id": item.id, "file": f"{item.id}.yaml"}))
    found[item.id] = item


def _parameters(files: _Files, problems: list[Problem]) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for document in _documents(files.parameters, problems):
        repaired = check_and_repair(document, ParameterFile)
        problems.extend(repaired.problems)
        if repaired.value is not None:
            parameter = build_parameter(repaired.value, document)
            _add(found, parameter, problems)
            problems.extend(_others(lint_parameter(parameter), repaired.problems))
    return found


def _terms(files: _Files, problems: list[Problem]) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for document in _documents(files.terms, problems):
        repaired = check_and_repair(document, TermFile)
        problems.extend(repaired.problems)
        if repaired.value is not None:
            _add(found, build_term(repaired.value, document), problems)
    return found


def _others(found: Sequence[Problem], told: Sequence[Problem]) -> list[Problem]:
    """The problems found that do not stand where another was told already: they are its consequences."""
    places = {problem.where for problem in told}
    return [problem for problem in found if problem.where not in places]


@dataclass(slots=True)
class _Draft:
    """A rule file on its way: the rule where one could be made of it, and its mistakes."""

    document: Document
    rule: Rule | None
    problems: list[Problem]


def _drafts(documents: Sequence[Document], context: Context, violations: dict[str, Violation]) -> list[_Draft]:
    drafts = []
    for document in documents:
        repaired = check_and_repair(document, RuleFile)
        draft = _Draft(document, None, list(repaired.problems))
        if repaired.value is not None:
            draft.rule = build_rule(repaired.value, document)
            draft.problems += _others(lint_rule(draft.rule, document, context, violations), repaired.problems)
        drafts.append(draft)
    by_id: dict[str, _Draft] = {}
    for draft in drafts:
        if draft.rule is None:
            continue
        first = by_id.setdefault(draft.rule.id, draft)
        if first is not draft:
            args = {"id": draft.rule.id, "file": first.document.file}
            draft.problems.append(Problem("id-twice", draft.document.place(("id",)), args))
    for rule, problem in check_strata([draft.rule for draft in by_id.values() if draft.rule is not None]):
        by_id[rule.id].problems.append(problem)
    return drafts


def _text_of(document: Document, key: str) -> str | None:
    value = document.data.get(key) if isinstance(document.data, dict) else None
    return value if isinstance(value, str) and value else None


def _broken(draft: _Draft) -> BrokenRule:
    title = draft.document.data.get("title") if isinstance(draft.document.data, dict) else None
    text = None
    if isinstance(title, dict):
        zh, en = (value if isinstance(value := title.get(lang), str) else "" for lang in ("zh", "en"))
        text = Text(zh, en) if zh or en else None
    return BrokenRule(draft.document.file, _text_of(draft.document, "id"), text, tuple(draft.problems))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all rules share: the terms, what is known of them and of the parameters, and the violations."""

    terms: dict[str, Term]
    context: Context
    violations: dict[str, Violation]


def _shared(files: _Files, catalogue: Catalogue, problems: list[Problem]) -> _Shared:
    violations = _violations(files, problems)
    parameters = _parameters(files, problems)
    terms = _terms(files, problems)
    facts, wrong = check_terms(terms, catalogue, parameters)
    problems += wrong
    return _Shared(terms, Context(catalogue, facts, parameters), violations)


def load_rules(folders: Sequence[Path], catalogue: Catalogue) -> Loaded:
    """Everything in the rule folders, checked; never raises for what is wrong in a file.

    Args:
        folders: `default_folders()` and the profile's extra ones; a later folder may use the terms of an earlier one.
        catalogue: the ledgers that rules may read.

    Returns:
        The rules without mistakes, by id; all problems of all files in the order of files and lines; the broken rules.
    """
    problems: list[Problem] = []
    files = _find(folders, problems)
    shared = _shared(files, catalogue, problems)
    unread: list[Problem] = []
    drafts = _drafts(_documents(files.rules, unread), shared.context, shared.violations)
    problems += unread
    broken = [_broken(draft) for draft in drafts if draft.problems]
    broken += [BrokenRule(p.where.file, None, None, (p,)) for p in unread]
    problems += [problem for draft in drafts for problem in draft.problems]
    sound = {draft.rule.id: draft.rule for draft in drafts if draft.rule is not None and not draft.problems}
    statements, wrong = build_statements(_documents(files.statements, problems), shared.context)
    problems += wrong
    ruleset = RuleSet(
        rules=MappingProxyType(dict(sorted(sound.items()))),
        terms=MappingProxyType({n: t for n, t in sorted(shared.terms.items()) if shared.context.terms[n].sound}),
        parameters=MappingProxyType(dict(sorted(shared.context.parameters.items()))),
        violations=MappingProxyType(shared.violations),
        statements=MappingProxyType(statements),
    )
    problems += check_locks(folders, ruleset)
    return Loaded(ruleset, tuple(sorted(problems, key=_place)), tuple(sorted(broken, key=lambda rule: rule.file)))


def load_candidate(
    file: Path, folders: Sequence[Path], catalogue: Catalogue
) -> tuple[Rule | None, tuple[Problem, ...]]:
    """The rule of a single file, which need not stand in any folder, for a dry run.

    Args:
        file: the rule file; its name is of no account, and what a skeleton leaves open may still be open.
        folders: where the terms, parameters and violations are that it may speak of.
        catalogue: the ledgers that rules may read.

    Returns:
        The rule, and the mistakes in it and in what it may speak of; a rule only where there are none.
    """
    problems: list[Problem] = []
    shared = _shared(_find(folders, problems), catalogue, problems)
    drafts = _drafts(_documents([(file, file.name)], problems), shared.context, shared.violations)
    problems += [p for draft in drafts for p in draft.problems if p.code not in {"rule-id-file", "to-be-filled"}]
    return (None if problems or not drafts else drafts[0].rule), tuple(sorted(problems, key=_place))


def _place(problem: Problem) -> tuple[str, int, int, str]:
    where = problem.where
    if isinstance(where, TextPlace):
        return where.file, where.line or 0, where.column or 0, problem.code
    return where.file, where.row or 0, 0, problem.code


def lint(folders: Sequence[Path], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Every mistake in the rule folders, in the order of files and lines; empty where there is none."""
    return load_rules(folders, catalogue).problems

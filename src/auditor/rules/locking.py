"""The version lock: which version of each rule decides what. A rule that decides otherwise must say so by its version.

`lock.yaml` in a rule folder holds, for each rule, its version and a digest of all that decides: query, gaps, evidence,
what it needs, subject, grain, money, the parameters it names and the terms it reads through any number of others.
Queries are digested as trees, so that layout and comments do not matter; texts, cases and the values of parameters do
not either. A folder without the file is not locked; a rule without an entry is new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeAlias

from pydantic import Field

from auditor.documents import Document, check_document, read_document
from auditor.errors import Argument, OutputError, Problem, RuleError, TextPlace, raise_if
from auditor.rules.compiling import rendered, tables_read
from auditor.rules.model import Needs, Rule, RuleSet
from auditor.rules.parsing import parse_condition, parse_select
from auditor.rules.schema import Strict
from auditor.rules.statements.model import StatementRule
from auditor.rules.terms import terms_named, terms_used

LOCK = "lock.yaml"
_HEAD = "# Written by `auditor rules lock`; do not edit. 由 auditor rules lock 写出，请勿手改。\nrules:\n"


@dataclass(frozen=True, slots=True)
class Locked:
    """What the lock says of a rule: its version, and the digest of what decided then."""

    version: int
    digest: str


class _LockedFile(Strict):
    version: Annotated[int, Field(ge=1)]
    digest: str


class _LockFile(Strict):
    rules: dict[str, _LockedFile] = {}


Lockable: TypeAlias = "Rule | StatementRule"
"""What has a version that a lock holds it to."""


def digest(one: Lockable, ruleset: RuleSet) -> str:
    """What decides in a rule or statement, as 32 hexadecimal digits."""
    decides = _of_rule(one, ruleset) if isinstance(one, Rule) else _of_statement(one, ruleset)
    text = json.dumps(decides, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _of_statement(one: StatementRule, ruleset: RuleSet) -> dict[str, object]:
    read = (table for query in one.selects for table in tables_read(query))
    match, covers = one.matching, one.covers
    return {
        "kind": one.kind,
        "keys": list(one.keys),
        "natural": sorted(one.natural),
        "compared": [[c.field, c.how] for c in one.compared],
        "money": one.money,
        "match": None if match is None else [match.form, match.day, match.within, match.unclaimed],
        "sides": [[side.ledger, side.counted, _normal(side.query)] for side in (one.left, one.right)],
        "covers": None if covers is None else [covers.ledger, list(covers.unit), _normal(covers.gaps)],
        "needs": _needs(one.needs),
        "runs_if": None if one.runs_if is None else _normal(one.runs_if),
        "parameters": sorted(one.parameters),
        "terms": {term.id: _normal(term.query) for term in terms_named(read, ruleset)},
    }


def _of_rule(rule: Rule, ruleset: RuleSet) -> dict[str, object]:
    covers = rule.covers
    return {
        "subject": rule.subject,
        "grain": rule.grain,
        "money": rule.money,
        "query": _normal(rule.query),
        "covers": None if covers is None else [covers.ledger, list(covers.unit), _normal(covers.gaps)],
        "evidence": [[part.ledger, _normal_condition(part.where), list(part.show)] for part in rule.evidence],
        "needs": _needs(rule.needs),
        "signals": [list(rule.needs_signals.all), [list(group) for group in rule.needs_signals.any_of]],
        "runs_if": None if rule.runs_if is None else _normal(rule.runs_if.query),
        "parameters": sorted(rule.parameters),
        "terms": {term.id: _normal(term.query) for term in terms_used(rule, ruleset)},
    }


def _normal(query: str) -> str:
    return rendered(parse_select(query).tree, "duckdb")


def _normal_condition(where: str) -> str:
    return rendered(parse_condition(where).tree, "duckdb")


def _needs(needs: Needs) -> list[object]:
    def plain(ledgers: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        return {name: sorted(columns) for name, columns in ledgers.items()}

    return [plain(needs.requires), [plain(group) for group in needs.any_of], plain(needs.optional)]


def read_lock(folder: Path) -> tuple[Mapping[str, Locked] | None, tuple[Problem, ...]]:
    """The lock of a rule folder, None where it has none, and what is wrong with the file."""
    path = folder / LOCK
    if not path.is_file():
        return None, ()
    name = f"{folder.name}/{LOCK}"
    try:
        document = read_document(path.read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as error:
        return None, (Problem("rule-unreadable", TextPlace(name), {"detail": str(error)}),)
    if not isinstance(document, Document):
        return None, (document,)
    checked = check_document(document, _LockFile)
    if checked.value is None:
        return None, checked.problems
    return MappingProxyType({key: Locked(one.version, one.digest) for key, one in checked.value.rules.items()}), ()


def own_rules(folder: Path, ruleset: RuleSet) -> tuple[Lockable, ...]:
    """The rules and statements of `ruleset` whose files stand in `folder`."""
    prefix = f"{folder.name}/"
    every: dict[str, Lockable] = {**ruleset.rules, **ruleset.statements}
    return tuple(
        rule
        for _, rule in sorted(every.items())
        if rule.document.file.startswith(prefix) and (folder.parent / rule.document.file).is_file()
    )


def _unraised(rules: Sequence[Lockable], lock: Mapping[str, Locked], ruleset: RuleSet) -> Iterator[Problem]:
    for rule in rules:
        locked = lock.get(rule.id)
        if locked is None:
            continue
        lowered = rule.version < locked.version
        if lowered or (rule.version == locked.version and digest(rule, ruleset) != locked.digest):
            args: dict[str, Argument] = {
                "rule": rule.id,
                "version": rule.version,
                "next": locked.version + (0 if lowered else 1),
            }
            yield Problem("version-not-raised", rule.document.place(("version",)), args)


def check_locks(folders: Sequence[Path], ruleset: RuleSet) -> tuple[Problem, ...]:
    """For each folder that has a lock: its rules that decide otherwise than their version did."""
    problems: list[Problem] = []
    for folder in dict.fromkeys(path.resolve() for path in folders):
        lock, wrong = read_lock(folder)
        problems.extend(wrong)
        if lock is not None:
            problems.extend(_unraised(own_rules(folder, ruleset), lock, ruleset))
    return tuple(problems)


def lock_text(rules: Sequence[Lockable], ruleset: RuleSet, before: Mapping[str, Locked]) -> str:
    """The lock file of `rules`; an id that is gone keeps its entry, since it is never used again."""
    entries = {**before, **{rule.id: Locked(rule.version, digest(rule, ruleset)) for rule in rules}}
    lines = [f"  {key}: {{version: {one.version}, digest: {one.digest}}}\n" for key, one in sorted(entries.items())]
    return _HEAD + "".join(lines) if lines else _HEAD.replace("rules:", "rules: {}")


def write_lock(folder: Path, ruleset: RuleSet) -> tuple[Lockable, ...]:
    """Rewrite the lock of `folder`.

    Returns:
        The rules whose entry is new or has changed.

    Raises:
        RuleError: the lock is unreadable, or a rule decides otherwise and keeps its version; nothing is written.
        OutputError: the file cannot be written.
    """
    folder = folder.resolve()
    lock, problems = read_lock(folder)
    before = lock or {}
    rules = own_rules(folder, ruleset)
    raise_if([*problems, *_unraised(rules, before, ruleset)], RuleError)
    changed = tuple(rule for rule in rules if before.get(rule.id) != Locked(rule.version, digest(rule, ruleset)))
    path = folder / LOCK
    try:
        path.write_text(lock_text(rules, ruleset, before), encoding="utf-8")
    except OSError as error:
        raise OutputError.at("output-unwritable", str(path), detail=error.strerror or str(error)) from error
    return changed

"""`rules/findings/*.yaml` to a `ConclusionSet`; every mistake of every file at once, each with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from auditor.documents import Document, Path, Plain, check_document, read_document
from auditor.errors import Problem, RuleError, TextPlace, raise_if
from auditor.inference.compiled import MAX_ALTERNATIVES, alternatives
from auditor.inference.condition import Condition, Member, MemberConcluded, MembersConcluded, atoms, group_of
from auditor.inference.model import Conclusion, ConclusionSet, FindingText, Grade, ViolationConclusions
from auditor.inference.parse import ConditionParser, Known, near
from auditor.rules.model import Basis, Text

_BASIS_KEYS = {"first": "from", "last": "to"}
PERSON = "person"  # members are persons, who have none themselves
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def _absent(value: object) -> object:
    return None if value in {"", "null", "~"} else value


_Date = Annotated[date | None, BeforeValidator(_absent)]
_Name = Annotated[str | None, BeforeValidator(_absent)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Text(_Strict):
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self) -> Text:
        return Text(self.zh.strip(), self.en.strip())


class _Basis(_Strict):
    model_config = ConfigDict(extra="forbid", alias_generator=lambda name: _BASIS_KEYS.get(name, name))
    instrument: str = Field(min_length=1)
    article: str
    words: str
    first: _Date = None
    last: _Date = None
    checked_by: _Name = None


class _Conclude(_Strict):
    id: str
    grade: str
    subjects: list[str] = []
    when: object  # the condition language, parsed apart
    because: _Text


class _Words(_Strict):
    title: _Text
    seen: _Text
    innocent: list[_Text] = Field(min_length=1)
    verify: list[_Text] = Field(min_length=1)
    clears: list[_Text] = Field(min_length=1)


class _File(_Strict):
    violation: str = Field(min_length=1)
    code: str = Field(pattern="^[A-Z]{2,4}$")
    subjects: list[str] = []
    basis: list[_Basis] = []
    conclude: list[_Conclude] = Field(min_length=1)
    text: _Words


def load_conclusions(
    folder: FilePath, rules: Iterable[str], measures: Mapping[str, Collection[str]] | None = None
) -> ConclusionSet:
    """The conclusions of all `*.yaml` files in `folder`.

    Args:
        folder: where they are.
        rules: the ids of all rules that exist, LT included.
        measures: the figures of each rule's signals, as far as they are known, to check the questions about them.

    Raises:
        RuleError: a file cannot be read or is wrong; all mistakes of all files.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            texts[f"{folder.name}/{path.name}"] = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem("conclusions-unreadable", TextPlace(str(path)), {"detail": str(error)}))
    if not texts and not problems:
        problems.append(Problem("conclusions-missing", TextPlace(str(folder))))
    raise_if(problems, RuleError)
    return read_conclusions(texts, rules, measures)


def read_conclusions(
    texts: Mapping[str, str], rules: Iterable[str], measures: Mapping[str, Collection[str]] | None = None
) -> ConclusionSet:
    """The conclusions of `texts` (file → YAML).

    Raises:
        RuleError: all mistakes, each with its place.
    """
    problems: list[Problem] = []
    documents: list[tuple[Document, _File]] = []
    for file, text in texts.items():
        document = read_document(text, file)
        if isinstance(document, Problem):
            problems.append(document)
            continue
        checked = check_document(document, _File)
        problems.extend(checked.problems)
        if checked.value is not None:
            documents.append((document, checked.value))
    ids = frozenset(rules)
    known = Known(ids, frozenset(map(group_of, ids)), frozenset(raw.violation for _, raw in documents), measures or {})
    violations: dict[str, ViolationConclusions] = {}
    files: dict[str, str] = {}
    codes: dict[str, str] = {}
    for document, raw in documents:
        if raw.violation in files:
            args = {"violation": raw.violation, "other": files[raw.violation]}
            problems.append(Problem("violation-twice", document.place(("violation",)), args))
            continue
        if raw.code in codes:
            args = {"code": raw.code, "other": codes[raw.code]}
            problems.append(Problem("violation-code-twice", document.place(("code",)), args))
        files[raw.violation] = codes[raw.code] = document.file
        violations[raw.violation] = _violation(document, raw, known, problems)
    raise_if(problems, RuleError)
    return ConclusionSet(MappingProxyType(dict(sorted(violations.items()))))


def _violation(document: Document, raw: _File, known: Known, problems: list[Problem]) -> ViolationConclusions:
    conclusions: list[Conclusion] = []
    seen: set[str] = set()
    for index, entry in enumerate(raw.conclude):
        path: Path = ("conclude", index)
        if entry.id in seen:
            problems.append(Problem("conclusion-id-twice", document.place((*path, "id")), {"id": entry.id}))
        elif not _ID.match(entry.id):
            problems.append(Problem("conclusion-id-invalid", document.place((*path, "id")), {"id": entry.id}))
        seen.add(entry.id)
        grades = [grade.value for grade in Grade]
        if entry.grade not in grades:
            args = {"grade": entry.grade, "suggestion": near(entry.grade, grades)}
            problems.append(Problem("grade-unknown", document.place((*path, "grade")), args))
        when = _condition(document, (*path, "when"), known, problems)
        subjects = tuple(entry.subjects or raw.subjects)
        if when is not None and _asks_members(when) and (not subjects or PERSON in subjects):
            problems.append(Problem("condition-member-person", document.place((*path, "when"))))
        if when is not None and entry.grade in grades:
            because = entry.because.text()
            conclusions.append(Conclusion(raw.violation, entry.id, Grade(entry.grade), subjects, when, because))
    basis = tuple(
        Basis(one.instrument, one.article, one.words, one.first, one.last, one.checked_by) for one in raw.basis
    )
    return ViolationConclusions(raw.violation, raw.code, basis, tuple(conclusions), _words(raw.text))


def _asks_members(condition: Condition) -> bool:
    return any(isinstance(atom, Member | MemberConcluded | MembersConcluded) for atom in atoms(condition))


def _condition(document: Document, path: Path, known: Known, problems: list[Problem]) -> Condition | None:
    value: Plain = document.data
    for part in path:
        if (isinstance(value, dict) and isinstance(part, str)) or (isinstance(value, list) and isinstance(part, int)):
            value = value[part]  # type: ignore[index]
    parser = ConditionParser(document, known)
    condition = parser.condition(value, path)
    problems.extend(parser.problems)
    if condition is None:
        return None
    count = len(alternatives(condition))
    if count > MAX_ALTERNATIVES:
        args = {"count": count, "limit": MAX_ALTERNATIVES}
        problems.append(Problem("condition-too-wide", document.place(path), args))
    return condition


def _words(raw: _Words) -> FindingText:
    return FindingText(
        raw.title.text(),
        raw.seen.text(),
        tuple(one.text() for one in raw.innocent),
        tuple(one.text() for one in raw.verify),
        tuple(one.text() for one in raw.clears),
    )

"""A file that is not quite of its form, made whole enough for the lints to say the rest.

An author who mistyped a key shall not have to mend it before being told of the mistakes in the query. What is put in
here is never used for anything but linting: the rule stays broken.
"""

from __future__ import annotations

import copy
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from auditor.documents import Document, Path, Plain, check_document
from auditor.errors import Problem
from auditor.rules.suggesting import nearest

Model = TypeVar("Model", bound=BaseModel)
_ROUNDS = 8

_TEXT: Plain = {"zh": "…", "en": "…"}
_STAND_INS: Mapping[str, Plain] = {
    "version": "1",
    "status": "draft",
    "title": _TEXT,
    "message": _TEXT,
    "says": _TEXT,
    "what": _TEXT,
    "zh": "…",
    "en": "…",
    "requires": {},
    "any_of": [],
    "optional": {},
    "basis": [],
    "evidence": [],
    "show": [],
    "unit": [],
    "false_positives": [],
    "blind_spots": [],
    "verify": [],
    "parameters": [],
    "signal": {"subject": "", "grain": "", "query": ""},
    "tests": {"as_of": "2022-12-31", "cases": []},
    "as_of": "2022-12-31",
    "from": "2022-01",
    "to": "2022-12",
    "period": "",
    "cases": [],
    "ledgers": {},
    "must_fire": [],
    "must_not_fire": [],
    "not_run": "false",
    "values": [],
    "groups": [],
}


@dataclass(frozen=True, slots=True)
class Repaired(Generic[Model]):
    """The model, with stand-ins where the file has faults; None where not even that could be made.

    `stood_in` are the paths of the stand-ins: what the lints say of these is not the author's mistake.
    """

    value: Model | None
    problems: tuple[Problem, ...]
    stood_in: frozenset[Path]


def _parent(data: Plain, path: Path) -> dict[str, Plain] | list[Plain] | None:
    current: Plain | None = data
    for part in path[:-1]:
        if isinstance(current, dict) and isinstance(part, str):
            current = current.get(part)
        elif isinstance(current, list) and isinstance(part, int) and part < len(current):
            current = current[part]
        else:
            return None
    return current if isinstance(current, dict | list) else None


def _mend(data: Plain, kind: str, path: Path) -> bool:
    parent, key = _parent(data, path), path[-1] if path else ""
    if isinstance(parent, dict) and isinstance(key, str):
        if kind == "extra_forbidden":
            return parent.pop(key, None) is not None
        stand_in = copy.deepcopy(_STAND_INS.get(key, ""))
        if parent.get(key) == stand_in:
            return False
        parent[key] = stand_in
        return True
    if isinstance(parent, list) and isinstance(key, int) and key < len(parent):
        owner = next((part for part in reversed(path) if isinstance(part, str)), "")
        if owner in {"blind_spots", "verify"}:
            parent[key] = copy.deepcopy(_TEXT)
            return True
    return False


def _models(annotation: object) -> list[type[BaseModel]]:
    """The pydantic models within an annotation: `list[CaseFile] | None` → CaseFile."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if typing.get_origin(annotation) in {Annotated, list, dict, typing.Union, types.UnionType}:
        return [model for part in typing.get_args(annotation) for model in _models(part)]
    return []


def _fields_at(model: type[BaseModel], path: Path) -> list[str]:
    current = [model]
    for part in path:
        if isinstance(part, int):
            continue
        current = [
            inner
            for owner in current
            for name, field in owner.model_fields.items()
            if part == (field.alias or name)
            for inner in _models(field.annotation)
        ]
    return [field.alias or name for owner in current for name, field in owner.model_fields.items()]


def _with_suggestions(
    problems: tuple[Problem, ...], paths: list[tuple[str, Path]], model: type[BaseModel]
) -> tuple[Problem, ...]:
    """Unknown keys deep in lists get their suggestion too, or all the keys that may stand there."""
    better = []
    for problem, (kind, path) in zip(problems, paths, strict=True):
        if kind != "extra_forbidden":
            better.append(problem)
            continue
        known = _fields_at(model, path[:-1])
        args = {"key": str(path[-1]), "suggestion": nearest(str(path[-1]), known)}
        better.append(Problem(problem.code, problem.where, args))
    return tuple(better)


def check_and_repair(document: Document, model: type[Model]) -> Repaired[Model]:
    """The document as a `model`; where it is not of that form, its problems and a stand-in for the lints."""
    checked = check_document(document, model)
    if checked.value is not None:
        return Repaired(checked.value, (), frozenset())
    data = copy.deepcopy(document.data)
    stood_in: set[Path] = set()
    problems: tuple[Problem, ...] = checked.problems
    for turn in range(_ROUNDS):
        try:
            return Repaired(model.model_validate(data), problems, frozenset(stood_in))
        except ValidationError as error:
            faults = [(str(f["type"]), tuple(f["loc"])) for f in error.errors(include_url=False, include_context=False)]
            if turn == 0:
                problems = _with_suggestions(problems, faults, model)
            mended = [_mend(data, kind, path) for kind, path in faults]
            stood_in.update(path for _, path in faults)
            if not any(mended):
                return Repaired(None, problems, frozenset(stood_in))
    return Repaired(None, problems, frozenset(stood_in))

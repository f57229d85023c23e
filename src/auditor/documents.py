"""YAML documents of people we do not trust: read safely, each value with its place, mistakes all at once.

Takes a text, gives a `Document`: plain dicts, lists and *strings* (YAML's own typing lies: `0012` is 10, `no` is
false), and the line and column of every key and value. Tags, anchors, aliases and duplicate keys are refused: an alias
bomb is nine lines long. Pydantic then types the strings; its complaints come back as `Problem`s with places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from auditor.errors import Problem, TextPlace

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Path: TypeAlias = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

# libyaml is some ten times quicker than the Python parser, and counts lines and columns alike
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

MAX_BYTES = 1_000_000
MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value starts: line and column from 1; for a block scalar (`|`) where its *content* starts."""

    line: int
    column: int
    block: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as plain strings, with the place of each value and of each mapping key."""

    file: str
    data: Plain
    values: Mapping[Path, Span]
    keys: Mapping[Path, Span]

    def place(self, path: Path) -> TextPlace:
        """The place of the value at `path`, or of the nearest thing above it that the document has."""
        for end in range(len(path), -1, -1):
            span = self.values.get(path[:end])
            if span is not None:
                return TextPlace(self.file, span.line, span.column)
        return TextPlace(self.file)

    def key_place(self, path: Path) -> TextPlace:
        """The place of the key that names the value at `path`."""
        span = self.keys.get(path)
        return TextPlace(self.file, span.line, span.column) if span is not None else self.place(path)

    def inside(self, path: Path, line: int, column: int) -> TextPlace:
        """The place of line `line`, column `column` (both from 1) of the text at `path`."""
        span = self.values.get(path)
        if span is None:
            return self.place(path)
        indent = span.column - 1 if line == 1 or span.block else 0
        return TextPlace(self.file, span.line + line - 1, indent + column)


class _RefusedError(Exception):
    def __init__(self, code: str, mark: object, **args: str | int) -> None:
        line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
        self.code, self.args_, self.line, self.column = code, args, line + 1, column + 1
        super().__init__(code)


def _content_span(node: yaml.ScalarNode, lines: list[str]) -> Span:
    mark = node.start_mark
    if node.style not in {"|", ">"}:
        return Span(mark.line + 1, mark.column + 1 + (1 if node.style in {"'", '"'} else 0))
    for number in range(mark.line + 1, len(lines)):
        text = lines[number]
        if text.strip():
            return Span(number + 1, len(text) - len(text.lstrip()) + 1, block=True)
    return Span(mark.line + 1, mark.column + 1)


class _Reader:
    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.values: dict[Path, Span] = {}
        self.keys: dict[Path, Span] = {}

    def read(self, node: yaml.Node, path: Path) -> Plain:
        if isinstance(node, yaml.ScalarNode):
            self.values[path] = _content_span(node, self.lines)
            return str(node.value)
        self.values[path] = Span(node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, index)) for index, child in enumerate(node.value)]
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise _RefusedError("yaml-key-not-text", key_node.start_mark)
            key = str(key_node.value)
            if key in result:
                raise _RefusedError("yaml-key-twice", key_node.start_mark, key=key)
            self.keys[(*path, key)] = Span(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            result[key] = self.read(value_node, (*path, key))
        return result


def _refuse_tricks(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:  # before the scanner, which is quadratic in depth, sees the rest
            raise _RefusedError("yaml-too-deep", event.start_mark, limit=MAX_DEPTH)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError("yaml-alias", event.start_mark)
        if getattr(event, "tag", None):
            raise _RefusedError("yaml-tag", event.start_mark, tag=str(getattr(event, "tag", "")))


def read_document(text: str, file: str) -> Document | Problem:
    """The document of `text`, or the `Problem` that stopped the reading; `file` names it in places."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return Problem("yaml-too-large", TextPlace(file), {"limit": MAX_BYTES})
    try:
        _refuse_tricks(text)
        node = yaml.compose(text, Loader=_LOADER)
        reader = _Reader(text)
        data: Plain = reader.read(node, ()) if node is not None else {}
    except _RefusedError as refused:
        return Problem(refused.code, TextPlace(file, refused.line, refused.column), refused.args_)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = TextPlace(file, mark.line + 1, mark.column + 1) if mark is not None else TextPlace(file)
        return Problem("yaml-syntax", place, {"detail": str(error.problem or error.context or "")})
    except (yaml.YAMLError, RecursionError) as error:
        return Problem("yaml-syntax", TextPlace(file), {"detail": str(error)})
    return Document(file, data, reader.values, reader.keys)


@dataclass(frozen=True, slots=True)
class Checked(Generic[Model]):
    """What validation made of a document: the value, or the problems that kept it from being one."""

    value: Model | None
    problems: tuple[Problem, ...]


def _known_fields(model: type[BaseModel], path: Path) -> list[str]:
    """The field names that pydantic would take at `path`, as far as the annotations tell."""
    current: object = model
    for part in path:
        if not (isinstance(current, type) and issubclass(current, BaseModel)) or not isinstance(part, str):
            return []
        field = current.model_fields.get(part)
        current = field.annotation if field is not None else None
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []


def check_document(document: Document, model: type[Model]) -> Checked[Model]:
    """The document as a `model`; every complaint of pydantic as a `Problem` at its line and column."""
    try:
        return Checked(model.model_validate(document.data), ())
    except ValidationError as error:
        problems = []
        for fault in error.errors(include_url=False, include_context=False):
            path: Path = fault["loc"]
            if fault["type"] == "extra_forbidden":
                near = get_close_matches(str(path[-1]), _known_fields(model, path[:-1]), 1, 0.5)
                args = {"key": str(path[-1]), "suggestion": near[0] if near else ""}
                problems.append(Problem("yaml-key-unknown", document.key_place(path), args))
            elif fault["type"] == "missing":
                problems.append(Problem("yaml-key-missing", document.place(path[:-1]), {"key": str(path[-1])}))
            else:
                dotted = ".".join(str(part) for part in path)
                args = {"key": dotted, "detail": fault["msg"], "text": str(fault["input"])[:60]}
                problems.append(Problem("yaml-value-invalid", document.place(path), args))
        return Checked(None, tuple(problems))

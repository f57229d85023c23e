"""The catalogue of ledger kinds: `checks/ledgers/*.yaml` as frozen types."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from auditor.errors import Problem, RuleError, TextPlace
from auditor.ledgers.model import Catalogue, Column, ColumnType, Ledger
from auditor.ledgers.resources import resource_dir


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Title(_Strict):
    zh: str
    en: str


class _Column(_Strict):
    type: ColumnType
    required: bool = False
    headers: Annotated[tuple[str, ...], Field(min_length=1)]
    codes: tuple[str, ...] = ()
    spellings: dict[str, tuple[str, ...]] = {}


class _Ledger(_Strict):
    id: str
    title: _Title
    system: str
    key: Annotated[tuple[str, ...], Field(min_length=1)]
    span: Annotated[tuple[str, ...], Field(max_length=2)] = ()
    columns: dict[str, _Column]


def _column(name: str, raw: _Column) -> Column:
    spellings = {spelling: code for code, many in raw.spellings.items() for spelling in many}
    return Column(name, raw.type, raw.required, raw.headers, raw.codes, MappingProxyType(spellings))


def _ledger(path: Path) -> Ledger:
    try:
        raw = _Ledger.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise RuleError(Problem("ledger-file-invalid", TextPlace(str(path)), {"detail": str(error)})) from error
    columns = MappingProxyType({name: _column(name, column) for name, column in raw.columns.items()})
    unknown = [name for name in (*raw.key, *raw.span) if name not in columns]
    if unknown or raw.id != path.stem:
        detail = (
            f"key or span names no column: {', '.join(unknown)}" if unknown else f"id {raw.id} is not the file's name"
        )
        raise RuleError(Problem("ledger-file-invalid", TextPlace(str(path)), {"detail": detail}))
    return Ledger(raw.id, raw.title.zh, raw.title.en, raw.system, raw.key, raw.span, columns)


def load_catalogue(folder: Path) -> Catalogue:
    """All ledger kinds of `folder` (files `<id>.yaml`), by id, in the order of their ids.

    Raises:
        RuleError: a file is not of the form that `checks/README.md` describes.
    """
    return MappingProxyType({path.stem: _ledger(path) for path in sorted(folder.glob("*.yaml"))})


@cache
def default_catalogue() -> Catalogue:
    """The catalogue that ships with the product."""
    return load_catalogue(resource_dir("checks") / "ledgers")

"""What people and machines may see of a person: masked by default, whole only when asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.clues import EvidenceCell, EvidenceRow, Measure, Signal, Subject
from auditor.ledgers import Catalogue, Column, ColumnType
from auditor.values import mask_account, mask_identity, mask_phone, mask_text
from auditor.values.pseudonym import Pseudonymiser

_LIKE_IDENTITY = re.compile(r"\d{17}[\dXx]")
_CODES = ("_id", "_no")  # household_id, contract_no, …: numbers of things, which look like accounts and are none
_SPACES = re.compile(r"[\s-]+")
_MANY_DIGITS = re.compile(r"\d{7,}")
_WORDS = re.compile(r"[\u4e00-\u9fff]")  # a name and a number in one cell: the number alone is masked
_FEWEST_DIGITS = 5  # fewer are nobody's number
_MASKS = {ColumnType.PERSON_ID: mask_identity, ColumnType.ACCOUNT: mask_account, ColumnType.PHONE: mask_phone}
MASKED_TYPES = frozenset(_MASKS)
"""The types of columns whose cells are numbers of people."""


@dataclass(frozen=True, slots=True)
class Veil:
    """Writes subjects, cells and sentences masked, or whole with `unmask`; keys are the same either way.

    Attributes:
        catalogue: tells which columns are identity numbers, accounts and phones.
        pseudonymiser: gives the keyed hash that lets masked results correlate.
        unmask: write numbers whole.
    """

    catalogue: Catalogue
    pseudonymiser: Pseudonymiser
    unmask: bool = False

    def key(self, subject: Subject) -> str:
        """The subject's keyed hash: the same person has the same key in every run of one data directory."""
        return self.pseudonymiser.key_of(subject.kind, subject.id)

    def signal_key(self, signal: Signal) -> str:
        """`rule|kind|key|period`: names the signal without naming the person."""
        return "|".join((signal.rule, signal.subject.kind, self.key(signal.subject), signal.period or ""))

    def subject(self, subject: Subject) -> dict[str, str]:
        """The subject as results write it."""
        id_ = self._person(subject.id) if subject.kind == "person" else self._code(subject.id)
        return {"kind": subject.kind, "id": id_, "name": self.sentence(subject.name), "key": self.key(subject)}

    def sentence(self, text: str) -> str:
        """A text with every number of a person in it masked."""
        return text if self.unmask else mask_text(text)

    def texts(self, texts: Mapping[str, str]) -> dict[str, str]:
        """A sentence in its languages."""
        return {lang: self.sentence(text) for lang, text in texts.items()}

    def measures(self, measures: Mapping[str, Measure]) -> dict[str, Measure]:
        """The figures of a signal; a figure can be a text that holds a number."""
        return {name: self.sentence(v) if isinstance(v, str) else v for name, v in measures.items()}

    def evidence(self, row: EvidenceRow) -> dict[str, object]:
        """A row of evidence as results write it."""
        shown: dict[str, object] = {
            "ledger": row.ledger,
            "file": row.file,
            "sheet": row.sheet,
            "row": row.row,
            "cells": {name: self._cell(row.ledger, name, cell) for name, cell in row.cells.items()},
        }
        if row.linked is not None:  # the row gives no number itself
            to = {name: getattr(row.linked, name) for name in ("ledger", "file", "sheet", "row")}
            shown["linked"] = {"by": list(row.linked.by), "to": to}
        return shown

    def cell(self, text: str, column: Column | None = None) -> str:
        """A cell of a sheet; `column` is the ledger column it was taken for, or None.

        What stands in a column of people's numbers is masked even where it is not quite such a number; words are left.
        """
        if self.unmask or not text:
            return text
        plain = unicodedata.normalize("NFKC", text)
        masked = self._masked(plain, column)
        return text if masked == plain else masked

    def _masked(self, plain: str, column: Column | None) -> str:
        if column is None:
            return mask_text(plain)
        if column.type in _MASKS:
            together = _SPACES.sub("", plain)
            digits = sum(character.isdigit() for character in together)
            if digits >= _FEWEST_DIGITS and digits * 2 >= len(together) and not _WORDS.search(together):
                return _MASKS[column.type](together)
            return _MANY_DIGITS.sub(lambda found: mask_account(found[0]), mask_text(plain))
        if column.type is ColumnType.TEXT and column.name.endswith(_CODES):
            return self._code(plain)
        return mask_text(plain)

    def _person(self, number: str) -> str:
        return number if self.unmask else mask_identity(number)

    def _code(self, code: str) -> str:
        """The number of a thing; masked only where it is a person's (a household numbered by its head)."""
        return code if self.unmask else _LIKE_IDENTITY.sub(lambda found: mask_identity(found[0]), code)

    def _cell(self, ledger: str, column: str, cell: EvidenceCell) -> dict[str, Measure]:
        raw, value = cell.raw, cell.value
        if not self.unmask:
            # Evidence may hold cells of no column of the ledger: the total at the end of a row, the marks of its days.
            known = self.catalogue[ledger].columns.get(column) if ledger in self.catalogue else None
            kind = known.type if known is not None else ColumnType.TEXT
            code = kind is ColumnType.TEXT and column.endswith(_CODES)
            mask = self._code if code else _MASKS.get(kind, mask_text)
            raw = mask(unicodedata.normalize("NFKC", raw)) if raw else raw
            value = mask(value) if isinstance(value, str) and value else value
        return {"cell": cell.cell, "raw": raw, "value": value}

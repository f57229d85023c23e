"""What people and machines may see of a person: masked by default, whole only when asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.clues import EvidenceCell, EvidenceRow, Measure, Signal, Subject
from auditor.ledgers import Catalogue, ColumnType
from auditor.values import mask_account, mask_identity, mask_phone, mask_text
from auditor.values.pseudonym import Pseudonymiser

_LIKE_IDENTITY = re.compile(r"\d{17}[\dXx]")
_CODES = ("_id", "_no")  # household_id, contract_no, …: numbers of things, which look like accounts and are none
_MASKS = {ColumnType.PERSON_ID: mask_identity, ColumnType.ACCOUNT: mask_account, ColumnType.PHONE: mask_phone}


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
        return {
            "ledger": row.ledger,
            "file": row.file,
            "sheet": row.sheet,
            "row": row.row,
            "cells": {name: self._cell(row.ledger, name, cell) for name, cell in row.cells.items()},
        }

    def _person(self, number: str) -> str:
        return number if self.unmask else mask_identity(number)

    def _code(self, code: str) -> str:
        """The number of a thing; masked only where it is a person's (a household numbered by its head)."""
        return code if self.unmask else _LIKE_IDENTITY.sub(lambda found: mask_identity(found[0]), code)

    def _cell(self, ledger: str, column: str, cell: EvidenceCell) -> dict[str, Measure]:
        raw, value = cell.raw, cell.value
        if not self.unmask:
            kind = self.catalogue[ledger].columns[column].type if ledger in self.catalogue else ColumnType.TEXT
            code = kind is ColumnType.TEXT and column.endswith(_CODES)
            mask = self._code if code else _MASKS.get(kind, mask_text)
            raw = mask(unicodedata.normalize("NFKC", raw)) if raw else raw
            value = mask(value) if isinstance(value, str) and value else value
        return {"cell": cell.cell, "raw": raw, "value": value}

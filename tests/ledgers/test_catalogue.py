"""The catalogue of ledger kinds tests itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import RuleError
from auditor.ledgers import ColumnType, default_catalogue, load_catalogue
from auditor.values import normalise_header


def test_thirty_kinds() -> None:
    assert len(default_catalogue()) == 30


def test_keys_and_codes_are_sound() -> None:
    for ledger in default_catalogue().values():
        assert set(ledger.key) <= set(ledger.columns), ledger.id
        for column in ledger.columns.values():
            assert bool(column.codes) == (column.type is ColumnType.CODE), (ledger.id, column.name)
            allowed = set(column.codes) or {"是", "否"}
            assert set(column.spellings.values()) <= allowed, (ledger.id, column.name)


def test_no_header_stands_for_two_columns_of_one_ledger() -> None:
    for ledger in default_catalogue().values():
        seen: dict[str, str] = {}
        for column in ledger.columns.values():
            for header in column.headers:
                assert seen.setdefault(header, column.name) == column.name, (ledger.id, header)
            assert normalise_header(column.header)


@pytest.mark.parametrize(
    "text",
    [
        "id: other\ntitle: {zh: x, en: x}\nsystem: x\nkey: [a]\ncolumns: {a: {type: text, headers: [a]}}\n",
        "id: mine\ntitle: {zh: x, en: x}\nsystem: x\nkey: [b]\ncolumns: {a: {type: text, headers: [a]}}\n",
        "id: mine\ntitle: {zh: x, en: x}\nsystem: x\nkey: [a]\ncolumns: {a: {type: texxt, headers: [a]}}\n",
        "id: [\n",
    ],
)
def test_a_damaged_file_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_catalogue(tmp_path)
    assert caught.value.problems[0].code == "ledger-file-invalid"

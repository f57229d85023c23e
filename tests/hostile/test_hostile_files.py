"""Every hostile file gets its verdict from the real intake, and costs the other files of its upload nothing."""

from __future__ import annotations

import pytest
from tests.hostile import (
    making_archives,
    making_binaries,
    making_folders,
    making_packages,
    making_sheets,
    making_texts,
    making_xml,
)
from tests.hostile.ledger import csv_bytes, xlsx
from tests.hostile.outcome import Outcome, outcome_of
from tests.hostile.verdicts import ANY, FILES, Hostile

MAKERS = (making_archives, making_xml, making_sheets, making_packages, making_texts, making_binaries, making_folders)
_MB = 1 << 20


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """All hostile files in one upload, with a good one before and a good one after them."""
    folder = tmp_path_factory.mktemp("upload")
    for hostile in FILES.values():
        hostile.make(folder / hostile.name)
    (folder / "0 first.csv").write_bytes(csv_bytes())
    xlsx(folder / "~ last.xlsx")
    return outcome_of(folder)


@pytest.mark.parametrize("hostile", FILES.values(), ids=lambda hostile: hostile.name)
def test_a_hostile_file_gets_its_verdict(outcome: Outcome, hostile: Hostile) -> None:
    verdict = hostile.verdict
    sheets = outcome.sheets_of(hostile.name)
    codes = {t.code for t in outcome.told_of(hostile.name) if not t.layout or t.code in verdict.codes}
    cells = {text for sheet in sheets for text in sheet.cells}

    assert (codes & verdict.codes) if verdict.codes else not codes, codes
    assert not codes - verdict.codes, codes
    rows = sum(sheet.rows for sheet in sheets) if sheets else None
    assert rows == verdict.rows or (verdict.rows == ANY and rows)
    assert set(verdict.cells) <= cells
    assert not set(verdict.absent) & cells


def test_the_other_files_of_the_upload_are_read(outcome: Outcome) -> None:
    for good in ("0 first.csv", "~ last.xlsx"):
        (sheet,) = outcome.sheets_of(good)
        assert (sheet.ledger, sheet.rows) == ("payroll", 3)
        assert not outcome.told_of(good)


def test_every_row_is_accounted_for_and_every_problem_told(outcome: Outcome) -> None:
    assert [sheet for sheet in outcome.sheets if sheet.banded != sheet.rows] == []
    assert [fault for told in outcome.told if (fault := told.fault())] == []
    silent = [path for path in outcome.files if not outcome.sheets_of(path) and not outcome.told_of(path)]
    assert silent == []


def test_the_parent_stays_small(outcome: Outcome) -> None:
    assert outcome.peak - outcome.before < 300 * _MB

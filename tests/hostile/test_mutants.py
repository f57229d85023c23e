"""A thousand mutated files through the real intake: each is read or told, and none hurts another or the parent."""

from __future__ import annotations

import pytest
from tests.hostile.mutation import mutant, mutants
from tests.hostile.outcome import Outcome, outcome_of

from auditor.intake import Limits

SEED, COUNT = 317, 1_000
_MB = 1 << 20
# A file that takes longer than this is ended by the intake itself, with its own code.
LIMITS = Limits(wall_seconds=30)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("mutants")
    for name, data in mutants(SEED, COUNT):
        (folder / name).write_bytes(data)
    return outcome_of(folder, LIMITS, keep_cells=False)


def test_mutants_are_the_same_every_time() -> None:
    assert [mutant(SEED, i) for i in (3, 99)] == [list(mutants(SEED, 100))[i] for i in (3, 99)]


def test_every_mutant_is_read_or_told(outcome: Outcome) -> None:
    every = {path.split("/")[0] for path in (*outcome.files, *outcome.attachments)}
    every |= {told.path.split("/")[0] for told in outcome.told}
    assert len(every) == COUNT
    assert [path for path in outcome.files if not outcome.sheets_of(path) and not outcome.told_of(path)] == []


def test_every_problem_has_its_text(outcome: Outcome) -> None:
    assert [fault for told in outcome.told if (fault := told.fault())] == []


def test_no_mutant_takes_longer_than_it_may(outcome: Outcome) -> None:
    assert [told.path for told in outcome.told if told.code == "file-limit-wall"] == []


def test_every_row_of_a_mutant_is_accounted_for(outcome: Outcome) -> None:
    assert [sheet.path for sheet in outcome.sheets if sheet.banded != sheet.rows] == []
    assert sum(sheet.rows for sheet in outcome.sheets if sheet.ledger is not None) > COUNT


def test_the_parent_of_a_thousand_mutants_stays_small(outcome: Outcome) -> None:
    assert outcome.peak - outcome.before < 300 * _MB

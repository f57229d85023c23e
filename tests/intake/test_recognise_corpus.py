"""Every sheet of the county beside the project is taken for what its file's name says."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.intake import Band, SheetReading, read_upload
from auditor.ledgers import default_catalogue

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FOREIGN = {"物资采购清单", "车辆使用登记", "会议议程"}
RENAMED = {"公益性岗位补贴发放表": "payroll"}


def expected(reading: SheetReading) -> str | None:
    if reading.raw.name in FOREIGN:
        return None
    file = reading.source.path
    named = {ledger.zh: ledger.id for ledger in default_catalogue().values()} | RENAMED
    return next(named[zh] for zh in sorted(named, key=len, reverse=True) if zh in file)


@pytest.mark.acceptance
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the county corpus is not beside the project")
@pytest.mark.parametrize("folder", ["tidy", "messy"])
def test_every_sheet_of_the_county(folder: str) -> None:
    upload = read_upload([CORPUS / folder / "upload"], default_catalogue())
    assert upload.problems == ()
    assert {reading.ledger for reading in upload.readings} - {None} == set(default_catalogue())
    for reading in upload.readings:
        assert reading.ledger == expected(reading), reading.source.path
        assert len(reading.bands) == reading.raw.row_count
        assert not reading.count(Band.REJECTED)
        found = {problem.code: problem.args.get("column") for problem in reading.problems}
        if reading.ledger is None:
            assert set(found) == {"sheet-not-recognised"}
        elif reading.source.path == "财政供养人员名单.xlsx" and folder == "messy":
            assert found == {"column-missing": "unit"}
        else:
            assert found == {}

"""Makes the sample ledgers anew, byte for byte the same.

From the project's root: `python -m sample_ledgers.make_samples [FOLDER]`.
"""

from __future__ import annotations

import shutil
import sys
from copy import deepcopy
from pathlib import Path

from sample_ledgers.making.county import COUNTY, County, make_county
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.figures import add_figures
from sample_ledgers.making.judging import differences, duplicates, judge
from sample_ledgers.making.lists import add_bank_payments, add_lists
from sample_ledgers.making.messy import MessyWriter
from sample_ledgers.making.offices import add_offices
from sample_ledgers.making.plan import plant
from sample_ledgers.making.tidy import Places, write_tidy
from sample_ledgers.making.workshops import add_workshops

PROFILE = f"""\
as_of: "2022-12-31"
period:
  from: 2022-01
  to: 2022-12
county: {COUNTY}
"""


def _fresh(folder: Path) -> Path:
    """An empty `folder`/upload, beside it the profile."""
    upload = folder / "upload"
    shutil.rmtree(upload, ignore_errors=True)
    upload.mkdir(parents=True)
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8", newline="\n")
    return upload


def _sizes(county: County) -> dict[str, int]:
    """How many rows each ledger has."""
    return {name: len(rows) for name, rows in county.ledgers.items()}


def _county() -> County:
    """The county with nothing wrong in it, without the bank's receipts."""
    county = make_county()
    add_lists(county)
    add_workshops(county)
    add_offices(county)
    return county


def _check(county: County, expected: Expected) -> None:
    """Stops where the plan and the independent reading of the rules say different things of the same rows."""
    apart = differences(county, expected)
    if apart:
        raise SystemExit("\n".join(apart))
    expected.rows = _sizes(county)
    expected.statements = judge(county).statements


def _doubled(county: County, expected: Expected, places: Places) -> None:
    """Says where the rows stand that are equal on their ledger's key."""
    for row in duplicates(county):
        expected.wrong("LT05", *places[id(row)])


def make_samples(folder: Path) -> None:
    """Writes `clean/`, `planted/` and `messy/` into `folder`, each with upload/, profile.yaml and expected.json."""
    clean = _county()
    add_figures(clean)
    add_bank_payments(clean)
    nothing = Expected()
    _check(clean, nothing)
    _doubled(clean, nothing, write_tidy(clean, _fresh(folder / "clean")))
    nothing.write(folder / "clean" / "expected.json")

    county = _county()
    expected = plant(county)
    add_bank_payments(county)
    _check(county, expected)
    messy = deepcopy(expected)
    _doubled(county, expected, write_tidy(county, _fresh(folder / "planted")))
    expected.write(folder / "planted" / "expected.json")

    writer = MessyWriter(county, _fresh(folder / "messy"), messy)
    writer.write()
    _doubled(county, messy, writer.places)
    _check(writer.readable(), messy)
    messy.rows = _sizes(county)
    messy.write(folder / "messy" / "expected.json")


if __name__ == "__main__":
    make_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)

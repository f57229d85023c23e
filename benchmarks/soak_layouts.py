"""Random ledgers in random layouts, read back, in numbers that the tests have no time for.

`python benchmarks/soak_layouts.py [SHEETS [SEED [WITHOUT]]]` makes SHEETS sheets (20,000) from SEED on (1,000,000),
reads them in memory, and prints how many were equal, told or wrong, in all and for each feature, and the first wrong.
WITHOUT names features to leave out, with commas. `--counties N` lays the planted sample county out anew N times and
compares the signals.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from auditor.intake import read_upload
from auditor.ledgers import default_catalogue
from auditor.pipeline import load_catalogues
from auditor.profile import Profile, load_profile
from auditor.signals import run_rules
from auditor.tables import DuckEngine, Tables, build_tables

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.layouts.counties import relay, tables_of  # noqa: E402
from tests.layouts.features import FEATURES  # noqa: E402
from tests.layouts.making import make_page  # noqa: E402
from tests.layouts.reading import read_pages  # noqa: E402

_CHUNK = 200
_SHOWN = 30
Signals = Counter[tuple[str, str, str, str | None]]


@dataclass(slots=True)
class Figures:
    """What came out of some sheets."""

    verdicts: Counter[str] = field(default_factory=Counter)
    by_feature: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: int = 0
    values: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        """Add those of other sheets."""
        self.verdicts += other.verdicts
        self.by_feature += other.by_feature
        self.rows += other.rows
        self.values += other.values
        self.wrong += other.wrong


def soak(start: int, without: tuple[str, ...], count: int = _CHUNK) -> Figures:
    """The figures of `count` sheets from seed `start`."""
    catalogue = default_catalogue()
    seeds = range(start, start + count)
    pages = [make_page(catalogue, seed, without) for seed in seeds]
    figures = Figures()
    for seed, page, verdict in zip(seeds, pages, read_pages(pages, catalogue), strict=True):
        figures.verdicts[verdict.word] += 1
        figures.by_feature.update((feature, verdict.word) for feature in page.features)
        figures.rows += len(page.placed)
        figures.values += sum(value is not None for placed in page.placed for value in placed.values.values())
        if verdict.word == "wrong":
            figures.wrong.append((seed, verdict.apart[0]))
    return figures


def signals_of(tables: Tables, profile: Profile) -> Signals:
    """Every signal of the rules by rule, subject and period."""
    run = run_rules(load_catalogues().rules, tables, profile)
    return Counter((one.rule, one.subject.kind, one.subject.id, one.period) for one in run.signals)


def counties(folder: Path, count: int) -> None:
    """Lay a tidy county out anew `count` times, and compare its signals."""
    catalogue = default_catalogue()
    profile = load_profile(folder / "profile.yaml", today=date(2022, 12, 31))
    tidy = build_tables(read_upload([folder / "upload"], catalogue).readings, catalogue, DuckEngine())
    expected = signals_of(tidy, profile)
    for seed in range(count):
        pages = relay(tidy, seed)
        with DuckEngine() as engine:
            found = signals_of(tables_of(pages, catalogue, engine), profile)
        missing, extra = expected - found, found - expected
        print(
            f"{folder.name} laid out anew, seed {seed}: {len(pages)} sheets, {sum(found.values())} signals, "
            f"{sum(missing.values())} missing, {sum(extra.values())} extra"
        )
        for word, apart in (("missing", missing), ("extra", extra)):
            print(*(f"    {word} {one}" for one in list(apart)[:5]), sep="\n", end="\n" if apart else "")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheets", nargs="?", type=int, default=20_000)
    parser.add_argument("seed", nargs="?", type=int, default=1_000_000)
    parser.add_argument("without", nargs="?", default="")
    parser.add_argument("--counties", type=int, default=0)
    parser.add_argument("--county", type=Path, default=ROOT / "sample_ledgers" / "planted")
    given = parser.parse_args()
    if given.counties:
        counties(given.county, given.counties)
        return
    begin, figures = time.perf_counter(), Figures()
    without = tuple(name for name in given.without.split(",") if name)
    with ProcessPoolExecutor(2) as pool:
        for part in pool.map(partial(soak, without=without), range(given.seed, given.seed + given.sheets, _CHUNK)):
            figures.add(part)
    seconds = time.perf_counter() - begin
    print(f"{sum(figures.verdicts.values())} sheets, {figures.rows} rows, {figures.values} values, {seconds:.0f} s")
    print(", ".join(f"{word} {count}" for word, count in sorted(figures.verdicts.items())))
    print(f"{'feature':<16}{'sheets':>8}{'equal':>8}{'told':>8}{'wrong':>8}")
    for name in FEATURES:
        of = {word: figures.by_feature[name, word] for word in ("equal", "told", "wrong")}
        print(f"{name:<16}{sum(of.values()):>8}" + "".join(f"{count:>8}" for count in of.values()))
    for seed, apart in figures.wrong[:_SHOWN]:
        print(f"  {seed}: {apart}")


if __name__ == "__main__":
    main()

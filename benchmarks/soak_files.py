"""Mutated files without end through the real intake: `python -m benchmarks.soak_files --files 20000 --seed 317`.

The same mutants as in `tests/hostile`, with another seed: batches of files are written to a folder and read as an
upload, and what is read as a ledger is parsed and loaded. Prints how many were read, and refused for which reason, the
deaths of reading processes, the longest wait for one file, and the parent's peak of memory. Ends with status 1 where a
file got neither a reading nor a problem, a problem has no text, a row is not accounted for, or a file took longer than
it may; any unhandled error ends it with its traceback and the batch kept.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.mutation import mutant
from tests.hostile.outcome import by_sheet, rows_told

from auditor.intake import Limits, Upload, read_upload
from auditor.ledgers import Catalogue, default_catalogue
from auditor.messages import TEXTS
from auditor.tables import DuckEngine, build_tables

WALL_SECONDS = 30
# What ends a reading process; the others are answers of one that lives on.
DEATHS = ("file-reader-crashed", "file-limit-memory", "file-limit-time", "file-limit-wall", "file-limit-result")


@dataclass(slots=True)
class Tally:
    """What came of the files so far."""

    files: int = 0
    read: int = 0
    ledgers: int = 0
    rows: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    deaths: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    longest: tuple[float, str] = (0.0, "")

    def take(self, upload: Upload, names: Iterable[str]) -> None:
        """Count an upload of these files."""
        read = {_top(reading.source.path) for reading in upload.readings}
        told = {_top(getattr(problem.where, "file", "")) for problem in upload.problems}
        files = {_top(file.path) for file in upload.files}
        self.read += len(read)
        self.ledgers += len({_top(reading.source.path) for reading in upload.readings if reading.ledger is not None})
        for name in names:
            self.files += 1
            if name not in read | told or name not in files | told:
                self.faults.append(f"{name}: neither read nor told")
        for problem in upload.problems:
            self.codes[problem.code] += 1
            if problem.code in DEATHS:
                self.deaths.append(f"{problem.where} {problem.code} {problem.args.get('detail', '')}")
            if problem.code not in TEXTS:
                self.faults.append(f"{problem.where}: {problem.code} has no text")
            if problem.code == "file-limit-wall":
                self.faults.append(f"{problem.where}: over {WALL_SECONDS} s")
        for readings in by_sheet(upload.readings):
            self.rows += readings[0].raw.row_count
            if rows_told(readings) != readings[0].raw.row_count:
                self.faults.append(f"{readings[0].source.path}: rows not accounted for")


def soak(seed: int, files: int, batch: int, seconds: float) -> Tally:
    """Read `files` mutants, or as many batches as begin within `seconds`."""
    catalogue = default_catalogue()
    tally = Tally()
    start = time.monotonic()
    while tally.files < files and time.monotonic() - start < seconds:
        folder = Path(tempfile.mkdtemp(prefix="soak-"))
        names = []
        for number in range(tally.files, min(tally.files + batch, files)):
            name, data = mutant(seed, number)
            (folder / name).write_bytes(data)
            names.append(name)
        _read(folder, names, catalogue, tally)
        shutil.rmtree(folder)
        print(f"{tally.files} files, {time.monotonic() - start:.0f} s, peak {_peak() >> 20} MB", flush=True)
    return tally


def _read(folder: Path, names: list[str], catalogue: Catalogue, tally: Tally) -> None:
    last = time.monotonic()

    def watch(done: int, of: int, path: str) -> None:  # noqa: ARG001
        nonlocal last
        now = time.monotonic()
        tally.longest = max(tally.longest, (now - last, path))
        last = now

    upload = read_upload([folder], catalogue, limits=Limits(wall_seconds=WALL_SECONDS), progress=watch)
    tally.take(upload, names)
    with DuckEngine() as engine:
        build_tables(upload.readings, catalogue, engine)


def _top(path: str) -> str:
    return path.partition("/")[0]


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) << 10 if found else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=317)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no batch after this")
    parser.add_argument("--deaths", action="store_true", help="list each death of a reading process")
    of = parser.parse_args()
    start = time.monotonic()
    tally = soak(of.seed, of.files, of.batch, of.seconds)
    took = time.monotonic() - start
    print(f"files {tally.files} (seed {of.seed}) in {took:.0f} s, {tally.files / took:.0f} a second")
    print(f"read {tally.read}, of these with a ledger {tally.ledgers}; rows {tally.rows}, all accounted for but below")
    for code, count in tally.codes.most_common():
        print(f"  {code:28} {count}")
    print(f"deaths of reading processes {len(tally.deaths)}")
    for death in tally.deaths if of.deaths else ():
        print(f"  {death}")
    print(f"longest wait for one file {tally.longest[0]:.1f} s ({tally.longest[1]})")
    print(f"peak of the parent {_peak() >> 20} MB")
    print(f"faults {len(tally.faults)}")
    for fault in tally.faults:
        print(f"  {fault}")
    sys.exit(bool(tally.faults))


if __name__ == "__main__":
    main()

"""Peak memory of reading one very large ledger: `python -m benchmarks.memory [rows]`.

Writes a payroll of `rows` × 8 (1,000,000 by default) as xlsx, says what it weighs, reads it by the whole intake, parses
and loads it, and prints the peak of resident memory of the parent and of the reading process, each by stage (aim: under
1.5 GB each). Where the workbook is over the product's limits, says so and reads it with that limit raised.
"""

from __future__ import annotations

import re
import sys
import tempfile
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Self

from benchmarks.large_workbook import write_payroll

from auditor.intake import Limits, read_upload
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, build_tables

AIM = 1536 << 20
_MB = 1 << 20


class ChildPeak:
    """Watches this process's children while a block runs; keeps the highest peak of any."""

    def __init__(self) -> None:
        self.peak = 0
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watch.join()

    def _run(self) -> None:
        tasks = Path("/proc/self/task")
        while not self._stop.wait(0.02):
            for children in tasks.glob("*/children"):
                for child in _text(children).split():
                    self.peak = max(self.peak, peak_of(child))


def peak_of(process: str = "self") -> int:
    """The process's highest resident memory so far, in bytes."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", _text(Path("/proc", process, "status")), re.MULTILINE)
    return int(found[1]) << 10 if found else 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:  # it ended meanwhile
        return ""


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    catalogue = default_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "发放表.xlsx")
        write_payroll(path, rows)
        size = path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            inflated = sum(info.file_size for info in archive.infolist())
        limits = Limits()
        print(
            f"{rows} rows × 8: {size / _MB:.1f} MB, {inflated / _MB:.0f} MB unpacked; "
            f"the limit of a file is {limits.file_bytes >> 20} MB"
        )
        if size > limits.file_bytes:
            print("over the limit of a file; read with that limit raised")
            limits = replace(limits, file_bytes=size)
        start = time.perf_counter()
        before = peak_of()
        with ChildPeak() as child:
            upload = read_upload([path], catalogue, limits=limits)
        read = peak_of()
        took = time.perf_counter() - start
        for problem in upload.problems:
            print(f"  {problem.code} {dict(problem.args)}")
        print(f"  parent before reading      {before / _MB:6.0f} MB")
        print(f"  reading process, peak      {child.peak / _MB:6.0f} MB   (aim: {AIM >> 20})")
        print(f"  parent, read and recognised{read / _MB:6.0f} MB   (aim: {AIM >> 20})   {took:.1f} s")
        with DuckEngine() as engine:
            tables = build_tables(upload.readings, catalogue, engine)
            print(
                f"  parent, parsed and loaded  {peak_of() / _MB:6.0f} MB   {time.perf_counter() - start:.1f} s in all"
            )
            print(f"  rows loaded {sum(one.rows for one in tables.present.values())}")


if __name__ == "__main__":
    main()

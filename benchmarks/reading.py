"""Reading a workbook of 100,000 rows × 8 columns: our pool of reading processes against fastexcel's bare read.

`python benchmarks/reading.py [rows]` prints the best of three of each, in one run, and the ratio (aim: 2).
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import fastexcel
import xlsxwriter

from auditor.intake.files.jail import ReadingPool
from auditor.intake.files.limits import Limits
from auditor.intake.raw import RawFile
from auditor.intake.files.sources import expand

HEADERS = ("身份证号", "姓名", "发放月份", "用人单位", "村", "发放金额", "银行账号", "发放日期")


def make_workbook(path: Path, rows: int) -> None:
    """Write a payroll of `rows` rows, as a county would send it."""
    chance = random.Random(317)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("发放表")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADERS)
    for row in range(1, rows + 1):
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
        village = chance.randrange(1, 300)
        sheet.write_string(row, 0, f"500299{born:%Y%m%d}{chance.randrange(10_000):04d}")
        sheet.write_string(row, 1, "张" + "".join(chance.choices("伟芳娜敏静丽强磊军洋", k=2)))
        sheet.write_string(row, 2, f"2022年{chance.randrange(1, 13)}月")
        sheet.write_string(row, 3, f"云山县{village}村村民委员会")
        sheet.write_string(row, 4, f"{village}村")
        sheet.write_number(row, 5, chance.choice((500, 600, 800.5)))
        sheet.write_string(row, 6, f"62170000{chance.randrange(10**10, 10**11)}")
        sheet.write_datetime(row, 7, date(2022, chance.randrange(1, 13), chance.randrange(1, 29)), day)
    book.close()


def best(of: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest run."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        of()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "发放表.xlsx")
        make_workbook(path, rows)
        sources, _ = expand([path], Limits())
        with ReadingPool(Limits()) as pool:
            result = pool.read(sources[0])
            assert isinstance(result, RawFile)
            assert result.sheets[0].row_count == rows + 1
            bare = best(lambda: fastexcel.read_excel(str(path)).load_sheet(0).to_arrow())
            ours = best(lambda: pool.read(sources[0]))
    print(f"{rows} rows: fastexcel bare {bare:.2f} s, pool {ours:.2f} s, ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()

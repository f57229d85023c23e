"""Reading, normalising and loading a workbook of 100,000 rows × 8 columns, against fastexcel's bare read of it.

`python benchmarks/reading.py [rows]` prints, in one run and the best of three each: fastexcel alone, the jailed read,
what recognising the sheet and what parsing its values and loading them into DuckDB add, and the ratio of the whole
(aim: 3).
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
from auditor.intake.files.sources import expand
from auditor.intake.raw import RawFile
from auditor.intake.reading import SheetReading
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, build_tables

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
    catalogue = default_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "发放表.xlsx")
        make_workbook(path, rows)
        sources, _ = expand([path], Limits())
        with ReadingPool(Limits()) as pool:
            result = pool.read(sources[0])
            assert isinstance(result, RawFile)
            assert result.sheets[0].row_count == rows + 1
            (reading,) = read_sheet(sources[0].file, result.sheets[0], catalogue)

            def whole() -> None:
                read = pool.read(sources[0])
                assert isinstance(read, RawFile)
                load(*read_sheet(sources[0].file, read.sheets[0], catalogue))

            def load(one: SheetReading) -> None:
                with DuckEngine() as engine:
                    tables = build_tables([one], catalogue, engine)
                    assert tables.present["payroll"].rows == rows

            bare = best(lambda: fastexcel.read_excel(str(path)).load_sheet(0).to_arrow())
            read = best(lambda: pool.read(sources[0]))
            recognise = best(lambda: read_sheet(sources[0].file, result.sheets[0], catalogue))
            loading = best(lambda: load(reading))
            all_of_it = best(whole)
    print(f"{rows} rows × {len(HEADERS)} columns, best of three, seconds")
    print(f"  fastexcel, bare read           {bare:6.2f}")
    print(f"  read in the child process      {read:6.2f}")
    print(f"  recognise the sheet            {recognise:6.2f}")
    print(f"  parse the values and load them {loading:6.2f}")
    print(f"  all of it                      {all_of_it:6.2f}   ratio {all_of_it / bare:.2f} (aim: 3)")


if __name__ == "__main__":
    main()

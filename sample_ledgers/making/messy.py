"""The messy layout: the same rows as counties send them. Says where the ledgers themselves are wrong (rules LT).

A file a township or a month, a sheet a township or a month, csv in GB18030 and in UTF-8 with BOM, xls, titles, unit and
signature lines, two-level headers, merged and repeated headings, serial numbers, totals, hidden rows, and sheets that
are no ledger.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

from sample_ledgers.making.columns import FILES
from sample_ledgers.making.county import COUNTY, MONTHS, TOWNSHIPS, County, Row, Value
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.messy_others import write_messy_others
from sample_ledgers.making.pages import Page, add_total, make_page, sign, unit_line
from sample_ledgers.making.sheets import Sheet, write_csv, write_xls, write_xlsx
from sample_ledgers.making.tidy import OFFICE, Places, total_of


class MessyWriter:
    """Writes the messy county into a folder, and what is wrong with its ledgers into `expected`."""

    def __init__(self, county: County, folder: Path, expected: Expected) -> None:
        self._rows = county.ledgers
        self._folder = folder
        self._expected = expected
        self._county = county
        self._unreadable: list[tuple[Row, str]] = []
        self.places: Places = {}

    def readable(self) -> County:
        """The county as far as it can be read: cells that no reader can make out are empty."""
        lost = {id(row): column for row, column in self._unreadable}
        return replace(
            self._county,
            ledgers={
                name: [row | {lost[id(row)]: None} if id(row) in lost else row for row in rows]
                for name, rows in self._rows.items()
            },
        )

    def _spoil(self, page: Page, rows: list[Row], number: int, column: str, value: Value) -> int:
        """Writes something over a cell that nobody can read; gives the row as the spreadsheet shows it."""
        self._unreadable.append((rows[number], column))
        return page.put(number, column, value)

    def write(self) -> None:
        """Writes every file."""
        write_messy_others(self._county, self._folder, self.places)
        for township in TOWNSHIPS:
            self._roster(township)
        self._posts()
        self._attendance()
        self._payroll_first_half()
        for month in (date(2021, 12, 1), *MONTHS[6:]):
            self._payroll(month)
        self._bank()
        self._extracts()
        self._no_ledger()

    def _wrong(self, rule: str, file: str, sheet: str | None, row: int | None) -> None:
        self._expected.wrong(rule, file, sheet, row)

    def _roster(self, township: str) -> None:
        """A file a township: the township in title and file name alone, the village merged downwards in one of them."""
        turn = TOWNSHIPS.index(township)
        rows = [row for row in self._rows["roster"] if row["township"] == township]
        file = f"{township}{FILES['roster']}.xlsx"
        top = [f"{COUNTY}{township}{FILES['roster']}", unit_line(f"{township}人民政府")]
        page = make_page("花名册", "roster", rows, top, without=["township"], names=turn)
        sheets = [page.sheet]
        if township == "石桥镇":
            unfit, born = [n for n, row in enumerate(rows) if row["relation"] == "配偶"][:2]
            self._wrong("LT04", file, "花名册", self._spoil(page, rows, unfit, "labour_capacity", "体弱"))
            self._wrong("LT03", file, "花名册", self._spoil(page, rows, born, "birth_date", "1964年2月30日"))
            note = Sheet(
                "填表说明",
                [["填表说明"], ["一、本表由各镇乡填报，一人一行。"], ["二、劳动能力按防返贫监测信息系统填写。"]],
                header=(0, 0),
            )
            sheets.append(note)
            self._wrong("LT09", file, "填表说明", None)
        if township == "柳坝乡":
            place = page.columns.index("village") + 1
            for _, same in groupby(range(len(rows)), key=lambda n: rows[n]["village"]):
                group = list(same)
                for n in group[1:]:
                    page.sheet.rows[page.positions[n]][place] = None
                if len(group) > 1:
                    page.sheet.merges.append((page.positions[group[0]], place, page.positions[group[-1]], place))
        if township == "云峰镇":
            child = next(n for n, row in enumerate(rows) if row["student"] == "是")
            rounded = float(str(rows[child]["person_id"])[:15]) * 1000
            self._wrong("LT06", file, "花名册", self._spoil(page, rows, child, "person_id", rounded))
        sign(page)
        write_xlsx(self._folder / file, sheets)

    def _posts(self) -> None:
        """A sheet a township, with a header on two levels: 协议 and 公示 over 起 and 止."""
        file = f"{COUNTY}{FILES['posts']}.xlsx"
        sheets = []
        for township in TOWNSHIPS:
            rows = [row for row in self._rows["posts"] if row["township"] == township]
            top = [f"{COUNTY}{FILES['posts']}", unit_line(OFFICE)]
            page = make_page(township, "posts", rows, top, without=["township"], names=1)
            _two_levels(page)
            sheets.append(page.sheet)
        write_xlsx(self._folder / file, sheets)

    def _attendance(self) -> None:
        """A sheet a month: month in the sheet's name alone, year in the title; a header repeated at a page break."""
        file = f"{COUNTY}{FILES['attendance']}.xlsx"
        sheets = []
        for month in MONTHS:
            rows = [row for row in self._rows["attendance"] if row["month"] == month]
            page = make_page(
                f"{month.month}月",
                "attendance",
                rows,
                [f"{COUNTY}2022年{FILES['attendance']}"],
                without=["month"],
                names=month.month,
            )
            sign(page)
            if month.month == 6:
                page.sheet.rows.insert(page.positions[30], list(page.sheet.rows[page.sheet.header[0]]))
            sheets.append(page.sheet)
        write_xlsx(self._folder / file, sheets)

    def _payroll_page(self, month: date, name: str) -> tuple[Page, list[Row]]:
        rows = [row for row in self._rows["payroll"] if row["month"] == month]
        top = [f"{COUNTY}{month.year}年{month.month}月{FILES['payroll']}", unit_line(OFFICE)]
        return make_page(name, "payroll", rows, top, without=["month"], names=month.month), rows

    def _payroll_first_half(self) -> None:
        """January to June: one workbook, a sheet a month, a total and signatures under each."""
        sheets = []
        for month in MONTHS[:6]:
            page, rows = self._payroll_page(month, f"{month.month}月")
            add_total(page, "合计", total_of(rows, "amount"))
            sign(page)
            sheets.append(page.sheet)
        write_xlsx(self._folder / f"2022年上半年{FILES['payroll']}.xlsx", sheets)

    def _payroll(self, month: date) -> None:
        """A file a month: a wrong total, a hidden row, subtotals, a csv, two xls."""
        stem = f"{COUNTY}{month.year}年{month.month}月{FILES['payroll']}"
        page, rows = self._payroll_page(month, "Sheet1")
        total = total_of(rows, "amount")
        match month.month:
            case 8:
                self._wrong("LT07", f"{stem}.xlsx", "Sheet1", add_total(page, "合 计", total + 1000))
            case 9:
                hidden = next(n for n, row in enumerate(rows) if self._has_left(row))
                page.sheet.hidden_rows.append(page.positions[hidden])
                self._wrong("LT08", f"{stem}.xlsx", "Sheet1", page.positions[hidden] + 1)
                add_total(page, "合计", total)
            case 10:
                self._subtotals(page, rows)
            case _:
                add_total(page, "合计", total)
        sign(page)
        match month.month:
            case 11:
                write_csv(self._folder / f"{stem}.csv", page.sheet.rows, "gb18030")
            case 12:
                write_xls(self._folder / f"{stem}.xls", page.sheet)
            case _:
                write_xlsx(self._folder / f"{stem}.xlsx", [page.sheet])

    def _has_left(self, row: Row) -> bool:
        """Whether the person of a payment row had left every post before its month."""
        posts = [post for post in self._rows["posts"] if post["person_id"] == row["person_id"]]
        month = row["month"]
        assert isinstance(month, date)
        return bool(posts) and all(isinstance(left := post["left_on"], date) and left < month for post in posts)

    def _subtotals(self, page: Page, rows: list[Row]) -> None:
        """The rows by employer, a 小计 under each employer and a 总计 under all."""
        lines = page.sheet.rows
        body = dict(zip(range(len(rows)), [lines[position] for position in page.positions], strict=True))
        del lines[page.positions[0] :]
        for _, same in groupby(
            sorted(range(len(rows)), key=lambda n: str(rows[n]["employer"])), key=lambda n: rows[n]["employer"]
        ):
            group = list(same)
            lines += [body[n] for n in group]
            add_total(page, "小计", total_of([rows[n] for n in group], "amount"))
        add_total(page, "总计", total_of(rows, "amount"))

    def _bank(self) -> None:
        """Two files: the first half of the year in UTF-8 with BOM, the second in GB18030."""
        july = date(2022, 7, 1)
        for name, encoding, late in (("上半年", "utf-8-sig", False), ("下半年", "gb18030", True)):
            rows = [
                row
                for row in self._rows["bank_payments"]
                if isinstance(on := row["paid_on"], date) and (on >= july) == late
            ]
            page = make_page(name, "bank_payments", rows, [], names=int(late))
            write_csv(self._folder / f"{FILES['bank_payments']}（2022年{name}）.csv", page.sheet.rows, encoding)

    def _extracts(self) -> None:
        """The other offices' lists: an old 15-digit number among the deaths, two xls, a csv."""
        rows = self._rows["deaths"]
        file = f"{FILES['deaths']}.xlsx"
        page = make_page("Sheet1", "deaths", rows, [f"{COUNTY}2022年{FILES['deaths']}"])
        old = next(n for n, row in enumerate(rows) if row["died_on"] == date(2022, 8, 15))
        number = str(rows[old]["person_id"])
        self._wrong("LT10", file, "Sheet1", page.put(old, "person_id", number[:6] + number[8:17]))
        write_xlsx(self._folder / file, [page.sheet])

        for ledger in ("custody", "migrant_work"):
            page = make_page(FILES[ledger], ledger, self._rows[ledger], [f"{COUNTY}{FILES[ledger]}", unit_line(COUNTY)])
            write_xls(self._folder / f"{FILES[ledger]}.xls", page.sheet)
        page = make_page("", "social_insurance", self._rows["social_insurance"], [])
        write_csv(self._folder / f"{FILES['social_insurance']}.csv", page.sheet.rows, "gb18030")
        both = [
            make_page(FILES[ledger][:31], ledger, self._rows[ledger], []).sheet for ledger in ("officials", "relatives")
        ]
        write_xlsx(self._folder / "干部及亲属名单.xlsx", both)
        lists = [
            make_page(FILES[ledger], ledger, self._rows[ledger], [f"{COUNTY}{FILES[ledger]}"]).sheet
            for ledger in ("fiscal_payroll", "pensions", "students", "businesses")
        ]
        write_xlsx(self._folder / "其他部门比对数据.xlsx", lists)

    def _no_ledger(self) -> None:
        """A workbook that is no ledger at all."""
        file = "公益性岗位政策问答.xlsx"
        lines: list[list[Value]] = [
            ["公益性岗位政策问答"],
            ["问：公益性岗位安置哪些人？"],
            ["答：无法外出、无业可就的脱贫人口，以弱劳力、半劳力为主。"],
            ["问：补贴什么时候发放？"],
            ["答：次月底前发放到本人社保卡。"],
        ]
        write_xlsx(self._folder / file, [Sheet("问答", lines, header=(0, 0))])
        self._wrong("LT09", file, "问答", None)


def _two_levels(page: Page) -> None:
    """Splits the header in two: 协议起 and 协议止 under one 协议; every other heading merged over both levels."""
    first = page.sheet.header[0]
    lower = page.sheet.rows[first]
    upper: list[Value] = list(lower)
    for column, heading in enumerate(lower):
        text = str(heading)
        if text[:2] in {"协议", "公示"} and text[2:] in {"起", "止"}:
            upper[column] = text[:2] if text[2:] == "起" else None
            lower[column] = text[2:]
            if text[2:] == "起":
                page.sheet.merges.append((first, column, first, column + 1))
        else:
            lower[column] = None
            page.sheet.merges.append((first, column, first + 1, column))
    page.sheet.rows.insert(first, upper)
    page.sheet.header = (first, first + 2)
    page.positions = [position + 1 for position in page.positions]

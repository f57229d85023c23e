"""The messy layout of the workshops', services', subsidies' and other offices' ledgers, and of the evidence folder.

A sheet a township, a workshop, a month or a party, its name alone says which; csv, xls; evidence in folders and a zip.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from sample_ledgers.making.columns import FILES
from sample_ledgers.making.county import COUNTY, MONTHS, TOWNSHIPS, County, Row, Value
from sample_ledgers.making.evidence import FOLDER
from sample_ledgers.making.pages import Page, add_total, make_page, sign, unit_line
from sample_ledgers.making.sheets import write_csv, write_xls, write_xlsx
from sample_ledgers.making.tidy import OFFICE, Places, total_of

_OFFICES = {"人社": "人社局", "乡村振兴": "乡村振兴局", "山东": "山东方"}
_PHOTOS = (".jpg", ".png")


def write_messy_others(county: County, folder: Path, places: Places) -> None:
    """Writes those ledgers and the evidence of `county` into `folder`, and where the rows stand into `places`."""
    _Writer(county, folder, places).write()


class _Writer:
    """Writes file by file."""

    def __init__(self, county: County, folder: Path, places: Places) -> None:
        self._rows = county.ledgers
        self._files = county.files
        self._folder = folder
        self._places = places

    def write(self) -> None:
        self._workshops()
        self._rolls()
        self._wages()
        self._subsidies()
        self._cooperation()
        self._extracts()
        self._figures()
        self._evidence()

    def _page(
        self, ledger: str, name: str, rows: list[Row], *without: str, unit: str = OFFICE, title: str = ""
    ) -> Page:
        top = [title or f"{COUNTY}{FILES[ledger]}", unit_line(unit)]
        return make_page(name, ledger, rows, top, without=without)

    def _placed(self, file: str, page: Page, rows: list[Row]) -> None:
        for row, position in zip(rows, page.positions, strict=True):
            self._places[id(row)] = (file, page.sheet.name, position + 1)

    def _of(self, ledger: str, column: str, value: Value) -> list[Row]:
        return [row for row in self._rows[ledger] if row[column] == value]

    def _workshops(self) -> None:
        """The register: a sheet a township, its name alone says which. Visits: an old workbook."""
        sheets = []
        for township in TOWNSHIPS:
            page = self._page("workshops", township, self._of("workshops", "township", township), "township")
            sign(page)
            sheets.append(page.sheet)
        write_xlsx(self._folder / f"{FILES['workshops']}.xlsx", sheets)
        visits = self._page("workshop_visits", "走访", self._rows["workshop_visits"], "workshop")
        write_xls(self._folder / f"{COUNTY}{FILES['workshop_visits']}.xls", visits.sheet)

    def _rolls(self) -> None:
        """A sheet a workshop: the name in the sheet's name alone; of some the number too stands above the header."""
        sheets = []
        for number, workshop in enumerate(self._rows["workshops"]):
            rows = self._of("workshop_workers", "workshop_id", workshop["workshop_id"])
            without = ["workshop"] + ["workshop_id"] * (number % 4 == 1)
            unit = f"{workshop['workshop']}    车间编号：{workshop['workshop_id']}" if number % 4 == 1 else OFFICE
            page = self._page("workshop_workers", str(workshop["workshop"]), rows, *without, unit=unit)
            sheets.append(page.sheet)
        write_xlsx(self._folder / f"{COUNTY}{FILES['workshop_workers']}.xlsx", sheets)

    def _wages(self) -> None:
        """The first half of the year a sheet a month, then a file a month: one csv, one xls, totals under each."""
        sheets = []
        for month in MONTHS:
            rows = self._of("workshop_payroll", "month", month)
            title = f"{COUNTY}2022年{month.month}月{FILES['workshop_payroll']}"
            name = f"{month.month}月" if month.month < 7 else "工资表"
            page = self._page("workshop_payroll", name, rows, "month", title=title)
            add_total(page, "合计", total_of(rows, "amount"))
            sign(page)
            match month.month:
                case 1 | 2 | 3 | 4 | 5 | 6:
                    sheets.append(page.sheet)
                case 8:
                    write_csv(self._folder / f"{title}.csv", page.sheet.rows, "gb18030")
                case 10:
                    write_xls(self._folder / f"{title}.xls", page.sheet)
                case _:
                    write_xlsx(self._folder / f"{title}.xlsx", [page.sheet])
        write_xlsx(self._folder / f"2022年上半年{FILES['workshop_payroll']}.xlsx", sheets)

    def _subsidies(self) -> None:
        """Transport with a total; insurance a sheet a month; loans."""
        file, rows = f"{COUNTY}2022年{FILES['transport_subsidy']}.xlsx", self._rows["transport_subsidy"]
        page = self._page("transport_subsidy", "名单", rows)
        self._placed(file, page, rows)
        add_total(page, "总计", total_of(rows, "amount"))
        sign(page)
        write_xlsx(self._folder / file, [page.sheet])

        sheets = []
        for month in MONTHS:
            rows = self._of("insurance_subsidy", "month", month)
            if rows:
                title = f"{COUNTY}2022年{FILES['insurance_subsidy']}"
                page = self._page("insurance_subsidy", f"{month.month}月", rows, "month", title=title)
                add_total(page, "合计", total_of(rows, "amount"))
                sheets.append(page.sheet)
        write_xlsx(self._folder / f"{FILES['insurance_subsidy']}.xlsx", sheets)
        write_xls(self._folder / f"{FILES['loans']}.xls", self._page("loans", "贷款", self._rows["loans"]).sheet)

    def _cooperation(self) -> None:
        """A sheet a party, its name alone says which."""
        sheets = []
        for party, office in _OFFICES.items():
            rows = self._of("labour_cooperation", "party", party)
            sheets.append(self._page("labour_cooperation", office, rows, "party", unit=office).sheet)
        write_xlsx(self._folder / f"{FILES['labour_cooperation']}.xlsx", sheets)

    def _extracts(self) -> None:
        """Extracts of systems as csv and xls."""
        for ledger, encoding in (("hr_pool", "gb18030"), ("employment", "utf-8-sig"), ("services", "gb18030")):
            page = make_page("", ledger, self._rows[ledger], [])
            write_csv(self._folder / f"{FILES[ledger]}.csv", page.sheet.rows, encoding)
        for ledger in ("providers", "rectifications"):
            page = self._page(ledger, FILES[ledger], self._rows[ledger])
            sign(page)
            write_xls(self._folder / f"{COUNTY}{FILES[ledger]}.xls", page.sheet)

    def _figures(self) -> None:
        """Targets and dispatch in one workbook."""
        sheets = [
            self._page(ledger, FILES[ledger], self._rows[ledger]).sheet for ledger in ("targets", "weekly_dispatch")
        ]
        write_xlsx(self._folder / "目标任务与调度.xlsx", sheets)

    def _evidence(self) -> None:
        """Photos and proofs in folders of their own; the rectifications' in a zip."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as bundle:
            for name, content in self._files.items():
                if name.startswith("整改"):
                    bundle.writestr(zipfile.ZipInfo(name, date_time=(2022, 12, 30, 9, 0, 0)), content)
                    continue
                path = self._folder / FOLDER / ("现场照片" if name.endswith(_PHOTOS) else "证明") / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        (self._folder / "整改佐证.zip").write_bytes(packed.getvalue())

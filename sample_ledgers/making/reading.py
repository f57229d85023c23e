"""The ledgers as the judging reads them: by person and month, names and units made comparable, numbers judged."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sample_ledgers.making.county import County, Row, Value, last_day
from sample_ledgers.making.people import identity_number

AS_OF = date(2022, 12, 31)
PERIOD = (date(2022, 1, 1), date(2022, 12, 31))
_BY_MONTH = {"payroll", "attendance", "workshop_payroll", "insurance_subsidy"}
_BRACKETS = str.maketrans("[{【\u3014〖「《<]}】\u3015〗」》>", "((((((((" + "))))))))")
AWAY = {"县外省内", "省外", "境外"}
REFS = ("posts", "migrant_work", "labour_cooperation", "rectifications", "workshop_visits")
FORMAL = {"企业职工基本养老保险", "机关事业单位养老保险"}


def plain(text: Value) -> str:
    """A name without spaces, width unified, one middle dot."""
    bare = "".join(unicodedata.normalize("NFKC", str(text or "")).split())
    return bare.translate(dict.fromkeys(map(ord, "•‧∙⋅・･"), "·"))


def same_unit(one: Value, other: Value) -> bool:
    """Whether two employers are one; an empty name never differs."""
    bare = [unit(text) for text in (one, other)]
    return not bare[0] or not bare[1] or bare[0] == bare[1]


def unit(text: Value) -> str:
    """An employer's name, width, spaces and brackets unified."""
    return plain(text).translate(_BRACKETS)


def on(row: Row, column: str) -> date | None:
    """The date of a column."""
    value = row.get(column)
    assert value is None or isinstance(value, date)
    return value


def days(row: Row, column: str) -> int:
    """The whole number of a column, 0 where empty."""
    value = row.get(column)
    assert value is None or isinstance(value, int)
    return value or 0


def money(row: Row, column: str = "amount") -> Decimal:
    """The amount of a column."""
    value = row[column]
    assert isinstance(value, Decimal)
    return value


def text(row: Row, column: str) -> str:
    """The text of a column."""
    return str(row.get(column) or "")


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def end_of(row: Row) -> date:
    """The last day of the post's span: the day of leaving, or the audit's."""
    return on(row, "left_on") or AS_OF


def active(row: Row, month: date) -> bool:
    """Whether a post is active in a month."""
    hired, left = on(row, "hired_on"), on(row, "left_on")
    return (hired is None or month_of(hired) <= month) and (left is None or month_of(left) >= month)


def active_at(row: Row, day: date) -> bool:
    """Whether a post is active on a day."""
    hired, left = on(row, "hired_on"), on(row, "left_on")
    return (hired is None or hired <= day) and (left is None or left >= day)


def open_at(row: Row, first: str, last: str, day: date) -> bool:
    """Whether a span holds on a day: started on or before it, and not ended before it."""
    start, end = on(row, first), on(row, last)
    return start is not None and start <= day and (end is None or end >= day)


def named(cell: Value) -> list[str]:
    """The files that a cell of evidence names."""
    text_of = "\n" if cell is None else str(cell)
    for mark in ";；,，、":
        text_of = text_of.replace(mark, "\n")
    return [file_name(name) for name in text_of.split("\n") if name.strip()]


def file_name(name: str) -> str:
    """The base name, width and case unified."""
    return unicodedata.normalize("NFKC", name.strip()).casefold().replace("\\", "/").rsplit("/", 1)[-1]


def whole(first: date | None, last: date | None, month: date) -> bool:
    """Whether a span takes the whole month."""
    return first is not None and first <= month and (last is None or last >= last_day(month))


def birth_of(number: str) -> date | None:
    """The birth date in a valid number; None where the number is not valid."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    # Every number of the county carries its area code, so that only the digits after it are open.
    return born if born <= AS_OF and identity_number(born, int(number[14:17])) == number else None


def male(number: str) -> bool:
    """The sex in a number."""
    return int(number[16]) % 2 == 1


def age_at(born: date, day: date) -> int:
    """Full years on a day; one born on 29 February comes of age on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _in_period(row: Row) -> bool:
    month = on(row, "month")
    return month is not None and PERIOD[0] <= month <= PERIOD[1]


class Reading:
    """The ledgers of a county, looked up by person."""

    def __init__(self, county: County) -> None:
        """Takes the rows of the period."""
        self.whole = county.ledgers
        self.ledgers = {
            ledger: [row for row in rows if _in_period(row)] if ledger in _BY_MONTH else rows
            for ledger, rows in county.ledgers.items()
        }
        self._units: dict[str, str] = {}
        self.files = {file_name(name): content for name, content in county.files.items()}
        self._by: dict[tuple[str, str], dict[str, list[Row]]] = {}

    def all(self, ledger: str) -> list[Row]:
        """Every row of a ledger."""
        return self.ledgers[ledger]

    def of(self, ledger: str, person: str, column: str = "person_id") -> list[Row]:
        """The person's rows of a ledger."""
        key = (ledger, column)
        if key not in self._by:
            rows: dict[str, list[Row]] = defaultdict(list)
            for row in self.ledgers[ledger]:
                rows[text(row, column)].append(row)
            self._by[key] = rows
        return self._by[key].get(person, [])

    def paid(self) -> Iterable[Row]:
        """The payments of more than nothing."""
        return (row for row in self.all("payroll") if money(row) > 0)

    def subsidies(self) -> Iterable[Row]:
        """The transport subsidies of the years that the period touches."""
        return (row for row in self.all("transport_subsidy") if row["year"] == AS_OF.year)

    def referring(self) -> Iterable[tuple[str, Row]]:
        """Every row of a ledger with a column of evidence."""
        return ((ledger, row) for ledger in REFS for row in self.all(ledger))

    def employers(self, row: Row) -> list[str]:
        """The employer of a payroll or attendance row: the one it names, else those of the person's active posts."""
        named = text(row, "employer")
        month = on(row, "month")
        assert month is not None
        posts = [text(post, "employer") for post in self.of("posts", text(row, "person_id")) if active(post, month)]
        return [self.unit(name) for name in ([named] if named else posts)]

    def unit(self, name: str) -> str:
        """The first spelling of an employer's name that was asked for."""
        return self._units.setdefault(unit(name), name)

    def posts(self) -> list[Row]:
        """The posts not left before the period."""
        return [row for row in self.all("posts") if (left := on(row, "left_on")) is None or left >= PERIOD[0]]

    def same_village(self, one: Row, other: Row) -> bool:
        """Whether two rows name one village, with its township where both give one."""
        if not text(one, "village") or text(one, "village") != text(other, "village"):
            return False
        towns = {text(one, "township"), text(other, "township")} - {""}
        return len(towns) <= 1

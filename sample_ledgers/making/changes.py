"""Small changes that the plan makes to the rows of the county; months are numbers of 2022."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sample_ledgers.making.county import County, Holder, Row, Value, attendance_row
from sample_ledgers.making.people import Person


def month(number: int) -> date:
    """The first day of a month of 2022."""
    return date(2022, number, 1)


def no_attendance(county: County, person: Person, *months: int) -> None:
    """Takes the person off the attendance sheets of `months`."""
    wanted = {month(number) for number in months}
    county.remove("attendance", lambda row: row["person_id"] == person.id and row["month"] in wanted)


def no_pay(county: County, person: Person, *months: int) -> None:
    """Takes the person off the payment lists of `months`."""
    wanted = {month(number) for number in months}
    county.remove("payroll", lambda row: row["person_id"] == person.id and row["month"] in wanted)


def present(county: County, holder: Holder, number: int, days: int) -> None:
    """Writes `days` present into the month's attendance."""
    (row,) = county.rows("attendance", holder.person, month(number))
    row |= attendance_row(holder, month(number), days)


def pay(county: County, person: Person, number: int, amount: str | None = None, paid_on: date | None = None) -> None:
    """Changes the month's payment."""
    (row,) = county.rows("payroll", person, month(number))
    if amount is not None:
        row["amount"] = Decimal(amount)
    if paid_on is not None:
        row["paid_on"] = paid_on


def leaves(county: County, holder: Holder, on: date) -> None:
    """The person leaves the post."""
    post(county, holder.person).update(left_on=on, agreement_end=on)


def gone_after(county: County, person: Person, number: int) -> None:
    """Neither attendance nor pay after the month."""
    later = tuple(range(number + 1, 13))
    no_attendance(county, person, *later)
    no_pay(county, person, *later)


def post(county: County, person: Person) -> Row:
    """The person's row of the register of posts."""
    (row,) = county.rows("posts", person)
    return row


def listed(county: County, person: Person) -> Row:
    """The person's row of the roster."""
    (row,) = county.rows("roster", person)
    return row


def banked_as(county: County, person: Person, name: str) -> None:
    """The bank pays everything that the lists give the person into an account in `name`."""
    for row in county.rows("payroll", person):
        row["bank_name"] = name


def where(county: County, ledger: str, **given: Value) -> list[Row]:
    """The rows of a ledger with those values."""
    return [row for row in county.ledgers[ledger] if all(row.get(column) == value for column, value in given.items())]


def the(county: County, ledger: str, **given: Value) -> Row:
    """The one row of a ledger with those values."""
    (row,) = where(county, ledger, **given)
    return row

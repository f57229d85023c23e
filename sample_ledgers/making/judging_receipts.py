"""The statements RX21 to RX23 drawn up once more: payments against receipts, one to one, nearest date first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sample_ledgers.making.county import Row
from sample_ledgers.making.reading import Reading, money, on, plain, text

_DAYS = 5
_CENT = Decimal("0.01")


def _positive(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["amount"] is not None and money(row) > 0]


def _pairs(left: list[Row], right: dict[str, list[tuple[int, Row]]], taken: set[int]) -> list[tuple[Row, Row]]:
    """Left rows with the receipts that they match; `taken` takes up the receipts."""
    near: list[tuple[int, date, date, int, int]] = []
    receipt = {number: row for rows in right.values() for number, row in rows}
    for place, row in enumerate(left):
        paid = on(row, "paid_on")
        for number, slip in right.get(text(row, "account_no"), []):
            booked = on(slip, "paid_on")
            if paid is None or booked is None or number in taken or abs(money(row) - money(slip)) > _CENT:
                continue
            if abs((booked - paid).days) <= _DAYS:
                near.append((abs((booked - paid).days), paid, booked, place, number))
    matched: dict[int, int] = {}
    for _, _, _, place, number in sorted(near):
        if place not in matched and number not in taken:
            matched[place] = number
            taken.add(number)
    return [(left[place], receipt[number]) for place, number in matched.items()]


def receipts(read: Reading) -> dict[str, dict[str, int | str]]:
    """The figures of RX21, RX22 and RX23."""
    slips = [row for row in read.all("bank_payments") if row["status"] == "成功"]
    right: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number, row in enumerate(slips):
        right[text(row, "account_no")].append((number, row))
    taken: set[int] = set()
    lists = {
        "RX21": list(read.paid()),
        "RX22": [row for row in _positive(read.all("workshop_payroll")) if row["account_no"]],
        "RX23": [row for row in _positive(read.subsidies()) if row["paid_on"] is not None],
    }
    pairs = {name: _pairs(rows, right, taken) for name, rows in lists.items()}
    rest = [row for number, row in enumerate(slips) if number not in taken]
    result: dict[str, dict[str, int | str]] = {}
    for name, rows in lists.items():
        apart = sum(_names_differ(row, slip) for row, slip in pairs[name])
        unpaid = rest if name == "RX21" else []
        same = Counter((row["account_no"], row["amount"], row["paid_on"]) for row in rows)
        sums = _sum(rows), _sum([slip for _, slip in pairs[name]]) + _sum(unpaid)
        result[name] = {
            "matched": len(pairs[name]) - apart,
            "different": apart,
            "left_only": len(rows) - len(pairs[name]),
            "right_only": len(unpaid),
            "duplicates": sum(number > 1 for number in same.values()),
            "amount_left": f"{sums[0]:.2f}",
            "amount_right": f"{sums[1]:.2f}",
            "amount_difference": f"{sums[0] - sums[1]:.2f}",
        }
    return result


def _sum(rows: list[Row]) -> Decimal:
    return sum((money(row) for row in rows), start=Decimal(0))


def _names_differ(row: Row, slip: Row) -> bool:
    one, other = plain(row["name"]), plain(slip["account_name"])
    return bool(one) and bool(other) and one != other

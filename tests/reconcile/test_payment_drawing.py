"""What stands in the payment statements when all ledgers are there, and when some are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tests.reconcile.test_payment_entries import Payment, table

from auditor.reconcile.model import Standing, Unit
from auditor.reconcile.payments_drawing import BankRows, DrawnPayments, PaymentLedger, draw_payments
from auditor.reconcile.payments_entries import Columns

_COLUMNS = Columns(("account_no", "amount"), "paid_on", ("name",), "amount")
_LEDGERS = {"RX21": "payroll", "RX22": "workshop_payroll", "RX23": "transport_subsidy"}


def drawn(
    ledgers: Mapping[str, Sequence[Payment]],
    paid: Sequence[Payment],
    failed: Sequence[Payment] = (),
    *,
    everything: bool = False,
) -> Mapping[str, DrawnPayments]:
    return draw_payments(
        [
            PaymentLedger(i, name, table(ledgers[i]) if i in ledgers else None, bears=i == "RX21")
            for i, name in _LEDGERS.items()
        ],
        BankRows("bank_payments", table(paid), table(failed)),
        _COLUMNS,
        5,
        Unit("county", "云山县"),
        everything=everything,
    )


def test_the_first_ledger_bears_what_nobody_claims() -> None:
    one, other = Payment(), Payment(account_no="6230", amount=Decimal(80))
    found = drawn({"RX21": [one], "RX22": [one], "RX23": []}, [one, one, one, other])
    assert {i: dict(one.number)[Standing.RIGHT_ONLY] for i, one in found.items()} == {"RX21": 2, "RX22": 0, "RX23": 0}
    payroll = found["RX21"]
    assert (payroll.rows_left, payroll.rows_right, payroll.people_left) == (1, 3, 1)
    assert (payroll.amount_left, payroll.amount_right) == (Decimal(600), Decimal(1280))
    assert payroll.reservations == ()


def test_without_a_ledger_that_may_claim_it_no_payment_is_said_to_be_on_no_ledger() -> None:
    found = drawn({"RX21": [Payment()], "RX23": []}, [Payment(), Payment(account_no="6230", amount=Decimal(80))])
    assert set(found) == {"RX21", "RX23"}
    assert found["RX21"].number[Standing.RIGHT_ONLY] == 0
    assert found["RX21"].amount_right == Decimal(600)
    (reserved,) = found["RX21"].reservations
    assert (reserved.code, dict(reserved.args)) == (
        "payments-unclaimed-not-judged",
        {"ledgers": "workshop_payroll", "rows": 1, "amount": "80.00"},
    )


def test_an_absent_ledger_that_comes_first_is_told_by_those_after_it() -> None:
    found = drawn({"RX22": [Payment()], "RX23": [Payment()]}, [Payment(), Payment()])
    codes = {i: [reason.code for reason in one.reservations] for i, one in found.items()}
    assert codes == {"RX22": ["payments-earlier-missing"], "RX23": ["payments-earlier-missing"]}
    assert found["RX23"].reservations[0].args == {"ledgers": "payroll"}


def test_a_failed_payment_is_shown_with_the_payment_it_tried() -> None:
    found = drawn({"RX21": [Payment(), Payment(account_no="6228")], "RX22": [], "RX23": []}, [Payment()], [Payment()])
    noted = [(item.standing, [(code, row.ledger, row.row) for code, row in item.notes]) for item in found["RX21"].items]
    assert noted == [
        (Standing.MATCHED, [("payment-failed", "bank_payments", 100)]),
        (Standing.LEFT_ONLY, []),
    ]


def test_a_failed_payment_that_fits_nothing_is_counted() -> None:
    found = drawn({"RX21": [], "RX22": [], "RX23": []}, [], [Payment()])
    assert [(r.code, dict(r.args)) for r in found["RX21"].reservations] == [
        ("payments-failed-unexplained", {"rows": 1})
    ]


def test_simply_matched_payments_are_listed_when_asked_for() -> None:
    ledgers: dict[str, list[Payment]] = {"RX21": [Payment()], "RX22": [], "RX23": []}
    assert drawn(ledgers, [Payment()])["RX21"].items == ()
    assert [item.standing for item in drawn(ledgers, [Payment()], everything=True)["RX21"].items] == [Standing.MATCHED]

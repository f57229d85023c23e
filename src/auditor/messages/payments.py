"""Texts of the statements between payment ledgers and the bank."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "payment-failed": (
        "银行回单显示该笔发放失败（退票），请查是否已补发",
        "The bank returned this payment; see whether it was paid again",
    ),
    "payments-unclaimed-not-judged": (
        "没有{ledgers}，不能判断银行成功入账的 {rows} 笔（{amount} 元）是否不在任何发放台账上，这些入账未列入本表。请补报该台账",
        "without {ledgers} it cannot be told whether {rows} payments that the bank made ({amount} yuan) are on no ledger; "
        "they are left out of this statement. Hand that ledger in",
    ),
    "payments-earlier-missing": (
        "没有{ledgers}，银行入账中本应先与它配对的，可能配给了本表的发放",
        "without {ledgers}, which comes first, a bank payment that belongs to it may be paired with one of this statement",
    ),
    "payments-failed-unexplained": (
        "银行回单中有 {rows} 笔失败（退票）不与任何发放台账的账号、金额、日期对应，未列入本表。请查是哪笔发放",
        "{rows} payments that the bank returned fit no ledger’s account, amount and day, and stand in no statement. "
        "Find out what they were for",
    ),
}

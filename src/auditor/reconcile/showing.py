"""Which columns of a ledger show a row of a statement: its keys, what is compared, and what tells whose row it is."""

from __future__ import annotations

from auditor.ledgers import Ledger
from auditor.reconcile.model import Statement
from auditor.tables import Tables

# In each ledger those that it has: whose row it is, when, where and how much.
_TELLING = frozenset(
    {
        *("person_id", "name", "party", "month", "year", "week_ending", "visited_on", "area", "indicator", "value"),
        *("employer", "township", "village", "workshop_id", "workshop", "hired_on", "left_on", "returned_on"),
        *("amount", "monthly_wage", "account_no", "account_name", "paid_on", "status", "voucher_no", "purpose"),
        *("days_present", "employed", "region", "work_region", "started_on", "channel", "evidence", "poverty"),
        *("headcount", "poverty_headcount", "heads_on_site", "poverty_heads_on_site", "provider", "issue_no"),
    }
)


def columns_shown(statement: Statement, ledger: str, tables: Tables) -> tuple[str, ...]:
    """The columns of `ledger` that the evidence of `statement` shows, in the catalogue's order."""
    known = tables.catalogue.get(ledger)
    if known is None:
        return ()
    wanted = {column for word in (*statement.keys, *statement.compared) for column in _named(known, word)} | _TELLING
    return tuple(name for name in known.columns if name in wanted)


def _named(ledger: Ledger, word: str) -> tuple[str, ...]:
    """The columns that a statement's word may mean in a ledger: person is person_id."""
    return tuple(name for name in (word, f"{word}_id", f"{word}_no") if name in ledger.columns)

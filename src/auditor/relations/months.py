"""`period_month`: the months of the period as a relation that every query may read."""

from __future__ import annotations

import calendar
from datetime import date

import pyarrow as pa

from auditor.profile import Period

PERIOD_MONTH = "period_month"


def period_months(period: Period) -> pa.Table:
    """A row for each month: `month` and `first_day` (its first day), `last_day`, `days`."""
    firsts = period.months
    days = [calendar.monthrange(first.year, first.month)[1] for first in firsts]
    lasts = [date(first.year, first.month, count) for first, count in zip(firsts, days, strict=True)]
    return pa.table(
        {
            "month": pa.array(firsts, pa.date32()),
            "first_day": pa.array(firsts, pa.date32()),
            "last_day": pa.array(lasts, pa.date32()),
            "days": pa.array(days, pa.int64()),
        }
    )

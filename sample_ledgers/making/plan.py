"""The whole plan: what is planted in 清溪县, matter by matter."""

from __future__ import annotations

from sample_ledgers.making import (
    duties,
    grants,
    handouts,
    identities,
    kin,
    offences,
    placements,
    unserved,
    vacancies,
)
from sample_ledgers.making.county import County
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.figures import add_figures


def plant(county: County) -> Expected:
    """Changes the rows of `county` and says what must be found in them."""
    expected = Expected()
    for part in (offences, placements, identities, kin, handouts, vacancies, unserved, grants, duties):
        for matter in part.MATTERS:
            matter(county, expected)
    add_figures(county)
    duties.plant_scale(county, expected)
    duties.plant_payments(county, expected)
    return expected

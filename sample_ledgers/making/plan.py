"""The whole plan: what is planted in 清溪县, matter by matter."""

from __future__ import annotations

from sample_ledgers.making import handouts, identities, kin, offences, placements
from sample_ledgers.making.county import County
from sample_ledgers.making.expected import Expected


def plant(county: County) -> Expected:
    """Changes the rows of `county` and says what must be found in them."""
    expected = Expected()
    for part in (offences, placements, identities, kin, handouts):
        for matter in part.MATTERS:
            matter(county, expected)
    return expected

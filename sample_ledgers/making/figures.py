"""What follows from the other ledgers: the annual targets and the weekly dispatch figures."""

from __future__ import annotations

from datetime import date

from sample_ledgers.making.county import COUNTY, TOWNSHIPS, County, Row

AREAS = (COUNTY, *TOWNSHIPS)
WORK, POSTS, WORKSHOPS = "务工规模", "公益性岗位在岗规模", "帮扶车间吸纳人数"
INDICATORS = (WORK, POSTS, WORKSHOPS)
WEEKS = (date(2022, 12, 9), date(2022, 12, 23), date(2022, 12, 30))
_YEAR_END = date(2022, 12, 31)


def _there(row: Row, day: date) -> bool:
    hired, left = row["hired_on"], row["left_on"]
    assert isinstance(hired, date)
    return hired <= day and (left is None or (isinstance(left, date) and left >= day))


def counted(county: County, area: str, indicator: str, day: date) -> int:
    """How many people of an area the ledgers hold on a day; the roster knows today alone."""
    out = county.ledgers
    towns = {row["workshop_id"]: row["township"] for row in out["workshops"]}
    match indicator:
        case "务工规模":
            rows = [(row["person_id"], row["township"]) for row in out["roster"] if row["employed"] == "是"]
        case "公益性岗位在岗规模":
            rows = [(row["person_id"], row["township"]) for row in out["posts"] if _there(row, day)]
        case _:
            rows = [
                (row["person_id"], towns.get(row["workshop_id"]))
                for row in out["workshop_workers"]
                if _there(row, day) and row["poverty"] == "是"
            ]
    return len({person for person, township in rows if area in {COUNTY, township}})


def add_figures(county: County) -> None:
    """Adds targets that are met, and dispatch figures that the ledgers bear out; the roster's grew by one a week."""
    county.ledgers["targets"] = [
        {"area": area, "indicator": indicator, "year": 2022, "target": counted(county, area, indicator, _YEAR_END) - 1}
        for area in AREAS
        for indicator in INDICATORS
    ]
    county.ledgers["weekly_dispatch"] = [
        {
            "area": area,
            "indicator": indicator,
            "week_ending": week,
            "value": counted(county, area, indicator, week) - (len(WEEKS) - 1 - n if indicator == WORK else 0),
        }
        for n, week in enumerate(WEEKS)
        for area in AREAS
        for indicator in INDICATORS
    ]

"""One subject's trail over all ledgers: every row about it, in order of time, with the signals that contradict it.

Takes tables and signals, gives the trail of a person or of a workshop.
"""

from auditor.trails.model import Event, Heads, MonthOfWork, Trail, WorkshopTrail
from auditor.trails.person import people_of, trail_of
from auditor.trails.workshop import named, workshop_trail, workshops_of

__all__ = [
    "Event",
    "Heads",
    "MonthOfWork",
    "Trail",
    "WorkshopTrail",
    "named",
    "people_of",
    "trail_of",
    "workshop_trail",
    "workshops_of",
]

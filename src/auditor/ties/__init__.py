"""Who is tied to whom: households, declared kinship, bank accounts, phones, approvers, each tie with its rows.

Takes tables, gives ties; groups of people that hang together; the neighbourhood of one person.
"""

from auditor.ties.collect import collect_ties
from auditor.ties.groups import Group, around, groups_of, tied_twice
from auditor.ties.layout import placed
from auditor.ties.model import End, Role, Row, Tie, TieKind
from auditor.ties.people import Tied, people_tied

__all__ = [
    "End",
    "Group",
    "Role",
    "Row",
    "Tie",
    "TieKind",
    "Tied",
    "around",
    "collect_ties",
    "groups_of",
    "people_tied",
    "placed",
    "tied_twice",
]

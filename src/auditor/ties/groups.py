"""Groups of people who hang together: components of the graph of ties, and the neighbourhood of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import networkx as nx

from auditor.ties.model import Tie, TieKind

_PAIRS = 50  # people of a tie up to whom every pair of them is looked at


@dataclass(frozen=True, slots=True)
class Group:
    """People who hang together by ties, and these, in order.

    `people` are the nodes of the ties' ends, sorted.
    """

    people: tuple[str, ...]
    ties: tuple[Tie, ...]


def groups_of(ties: Sequence[Tie]) -> tuple[Group, ...]:
    """The groups that the ties make, the one with the most people first.

    An approver ties all whom they placed, who need have nothing else to do with each other: such a tie makes no group,
    but joins a group whose people it ties, with those of its ends alone. Where there are no other ties, it makes one.
    """
    close = [tie for tie in ties if tie.kind is not TieKind.APPROVER]
    graph = _graph(close or ties)
    of: dict[str, int] = {}
    groups: list[tuple[set[str], list[Tie]]] = []
    for number, nodes in enumerate(nx.connected_components(graph)):
        people = {name for kind, name in nodes if kind == "person"}
        of.update(dict.fromkeys(people, number))
        groups.append((people, []))
    for tie in close or ties:
        groups[of[tie.ends[0].node]][1].append(tie)
    for tie in ties if close else ():
        at = of.get(tie.ends[0].node)
        if tie.kind is TieKind.APPROVER and at is not None:
            placed = tuple(end for end in tie.ends[1:] if of.get(end.node) == at)
            if placed:
                rows = tuple(sorted({row for end in placed for row in end.rows}))
                approver = replace(tie.ends[0], rows=rows)
                groups[at][1].append(replace(tie, ends=(approver, *placed)))
    made = [Group(tuple(sorted(people)), tuple(sorted(found, key=lambda t: t.key))) for people, found in groups]
    return tuple(sorted(made, key=lambda group: (-len(group.people), group.people)))


def around(ties: Sequence[Tie], person: str, steps: int | None = None) -> tuple[Tie, ...]:
    """The ties of everybody whom `person` reaches, within `steps` ties where that is given."""
    graph = _graph(ties)
    start = ("person", person)
    if start not in graph:
        return ()
    far = None if steps is None else 2 * steps
    reached = nx.single_source_shortest_path_length(graph, start, cutoff=far)
    return tuple(tie for number, tie in enumerate(ties) if ("tie", str(number)) in reached)


def tied_twice(group: Group) -> bool:
    """Whether two people of the group are tied in two different ways."""
    kinds: dict[tuple[str, str], set[TieKind]] = {}
    for tie in group.ties:
        nodes = sorted(tie.nodes)
        if tie.kind is TieKind.APPROVER:
            first = tie.ends[0].node
            pairs = [(min(first, other), max(first, other)) for other in nodes if other != first]
        elif len(nodes) > _PAIRS:
            continue  # who else is tied to one of so many is seen from the other tie's side
        else:
            pairs = list(combinations(nodes, 2))
        for pair in pairs:
            kinds.setdefault(pair, set()).add(tie.kind)
    return any(len(found) > 1 for found in kinds.values())


def _graph(ties: Sequence[Tie]) -> nx.Graph[tuple[str, str]]:
    """A node for each person and for each tie, and an edge for each end: a tie of many is no clique."""
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    for number, tie in enumerate(ties):
        graph.add_edges_from((("person", end.node), ("tie", str(number))) for end in tie.ends)
    return graph

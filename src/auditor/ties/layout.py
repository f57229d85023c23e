"""Where the boxes of a drawing stand: takes boxes and lines, gives the middle of each box, the same every time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx

_SEED = 7
_ROUNDS = 400
_TRIES = 40  # to get boxes off lines that are not theirs; where there is no room, some stay
_CLEAR = 8.0  # between a box and a line that is not its own, in pixels
_AIR = (52.0, 34.0)  # between boxes, beside and above each other, in pixels: a label has to stand there


def placed(
    sizes: Mapping[str, tuple[float, float]], lines: Sequence[tuple[str, str]], length: float = 150.0
) -> Mapping[str, tuple[float, float]]:
    """The middle of each box, in whole pixels.

    Args:
        sizes: width and height of each box, in the order in which they are to be thought of.
        lines: what is joined to what.
        length: about how long a line should be.

    Returns:
        For each box its x and y; no two boxes overlap, and the least of each is such that all lie right of and below 0.
    """
    if not sizes:
        return {}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sizes)
    graph.add_edges_from(lines)
    count = len(sizes)
    spread = nx.spring_layout(
        graph, seed=_SEED, iterations=_ROUNDS, k=1.6 / math.sqrt(count), pos=_on_circle(list(sizes)), scale=None
    )
    middle = _stretched(_lying({node: (float(x), float(y)) for node, (x, y) in spread.items()}), lines, length)
    apart = _apart(middle, sizes)
    for _ in range(_TRIES):
        aside = _off_lines(apart, sizes, lines)
        if aside == apart:
            break
        apart = _apart(aside, sizes)
    left = min(x - sizes[node][0] / 2 for node, (x, _) in apart.items())
    top = min(y - sizes[node][1] / 2 for node, (_, y) in apart.items())
    return {node: (round(x - left), round(y - top)) for node, (x, y) in apart.items()}


def _on_circle(nodes: Sequence[str]) -> dict[str, tuple[float, float]]:
    step = 2 * math.pi / max(1, len(nodes))
    return {node: (math.cos(number * step), math.sin(number * step)) for number, node in enumerate(nodes)}


def _lying(middle: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The same drawing turned so that its long way is level."""
    count = max(1, len(middle))
    mean_x, mean_y = (sum(point[axis] for point in middle.values()) / count for axis in (0, 1))
    off = {node: (x - mean_x, y - mean_y) for node, (x, y) in middle.items()}
    wide, high = (sum(point[axis] ** 2 for point in off.values()) for axis in (0, 1))
    both = sum(x * y for x, y in off.values())
    turn = -0.5 * math.atan2(2 * both, wide - high)
    cos, sin = math.cos(turn), math.sin(turn)
    return {node: (x * cos - y * sin, x * sin + y * cos) for node, (x, y) in off.items()}


def _stretched(
    middle: Mapping[str, tuple[float, float]], lines: Sequence[tuple[str, str]], length: float
) -> dict[str, tuple[float, float]]:
    """The same drawing, so large that its lines are about `length` long, and wider than high."""
    lengths = sorted(math.dist(middle[a], middle[b]) for a, b in lines)
    usual = lengths[len(lengths) // 2] if lengths else 1.0
    scale = length / usual if usual > 0 else length
    return {node: (x * scale * 1.25, y * scale * 0.8) for node, (x, y) in middle.items()}


def _apart(
    middle: Mapping[str, tuple[float, float]], sizes: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Boxes that overlap pushed apart along the shorter way, until none do."""
    at = dict(middle)
    nodes = list(sizes)
    for _ in range(_ROUNDS):
        moved = False
        for number, one in enumerate(nodes):
            for other in nodes[number + 1 :]:
                dx, dy = at[other][0] - at[one][0], at[other][1] - at[one][1]
                over_x = (sizes[one][0] + sizes[other][0]) / 2 + _AIR[0] - abs(dx)
                over_y = (sizes[one][1] + sizes[other][1]) / 2 + _AIR[1] - abs(dy)
                if over_x <= 0 or over_y <= 0:
                    continue
                moved = True
                if over_x < over_y:
                    push = math.copysign(over_x / 2 + 0.5, dx)
                    shift = (push, 0.0)
                else:
                    push = math.copysign(over_y / 2 + 0.5, dy)
                    shift = (0.0, push)
                at[one] = (at[one][0] - shift[0], at[one][1] - shift[1])
                at[other] = (at[other][0] + shift[0], at[other][1] + shift[1])
        if not moved:
            break
    return at


def _off_lines(
    middle: Mapping[str, tuple[float, float]],
    sizes: Mapping[str, tuple[float, float]],
    lines: Sequence[tuple[str, str]],
) -> dict[str, tuple[float, float]]:
    """Boxes moved a little away from each line that runs under them to join two others."""
    at = dict(middle)
    for one, other in lines:
        (x1, y1), (x2, y2) = at[one], at[other]
        long = math.hypot(x2 - x1, y2 - y1)
        if not long:
            continue
        across = (-(y2 - y1) / long, (x2 - x1) / long)
        for node, (width, height) in sizes.items():
            if node in {one, other}:
                continue
            x, y = at[node]
            along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long
            off = (x - x1) * across[0] + (y - y1) * across[1]
            room = abs(across[0]) * width / 2 + abs(across[1]) * height / 2 + _CLEAR
            if 0 < along < long and abs(off) < room:
                push = math.copysign(room - abs(off) + 1, off)
                at[node] = (x + across[0] * push, y + across[1] * push)
    return at

"""A group of people drawn: boxes for people and for what three or more share, lines for what ties two.

Takes a group and how it is shown, gives boxes and lines with their places, masked. Members of a household who are tied
to nobody else, hold no office and have no finding are folded into one box: a household of two thousand is no tangle.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from auditor.messages import text
from auditor.report.ties import TiesView, value_of
from auditor.ties import Group, Tie, TieKind, placed

_FEWEST_FOLDED = 4  # members of one tie, with nothing else to them, from whom on they are folded
_MOST_BOXES = 70
_NAME, _SMALL = 16, 12  # sizes of type, in pixels
_PAD, _LINE = 10, 17
_GAP = 7  # between lines that tie the same two
_TAIL = 4
_LONGEST = 12  # characters of an office
_SPOKEN = (TieKind.KINSHIP, TieKind.ACCOUNT, TieKind.APPROVER, TieKind.PHONE, TieKind.HOUSEHOLD)
"""The order in which a label names what ties the same two."""


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody, or what several share. `x`, `y` is its middle; `style` its class; `name` and `lines` what it says."""

    x: float
    y: float
    width: float
    height: float
    style: str
    name: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """From border to border. `label` stands once at (`at_x`, `at_y`), on `label_width` pixels; empty for a hub's."""

    x1: float
    y1: float
    x2: float
    y2: float
    style: str
    arrow: bool
    label: str
    at_x: float
    at_y: float
    label_width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of `width` by `height` pixels; `left_out` people found no place in it."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Spoke:
    """A line before it has a place: two nodes, by what, what it says."""

    one: str
    other: str
    kind: TieKind
    label: str
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is drawn, before it has places: people by node, hubs by node with their words, lines."""

    people: tuple[str, ...]
    hubs: Mapping[str, tuple[str, str]]
    spokes: tuple[_Spoke, ...]
    left_out: int


def draw(group: Group, view: TiesView, lang: str) -> Drawing:
    """The drawing of `group`."""
    sketch = _sketch(group, view, lang)
    boxes = {node: _person(node, view, lang) for node in sketch.people}
    boxes |= {node: _hub(style, words) for node, (style, words) in sketch.hubs.items()}
    sizes = {node: (box.width, box.height) for node, box in boxes.items()}
    at = placed(sizes, sorted({(spoke.one, spoke.other) for spoke in sketch.spokes}))
    margin = 12.0
    there = {
        node: Box(at[node][0] + margin, at[node][1] + margin, b.width, b.height, b.style, b.name, b.lines)
        for node, b in boxes.items()
    }
    lines = _lines(sketch.spokes, there)
    edges = [(b.x + b.width / 2, b.y + b.height / 2) for b in there.values()]
    edges += [(line.at_x + line.label_width / 2, line.at_y + _SMALL) for line in lines if line.label]
    width, height = (max((edge[axis] for edge in edges), default=0.0) + margin for axis in (0, 1))
    return Drawing(round(width), round(height), tuple(there.values()), lines, sketch.left_out)


def twice(group: Group, view: TiesView, lang: str) -> tuple[str, ...]:
    """A sentence for each pair who are tied in two ways or more: in which ways."""
    ways: dict[tuple[str, str], dict[str, None]] = {}
    kinds: dict[tuple[str, str], set[TieKind]] = {}
    for tie in sorted(group.ties, key=lambda tie: _SPOKEN.index(tie.kind)):
        for one, other in _pairs(tie):
            pair = (min(one, other), max(one, other))
            ways.setdefault(pair, {}).setdefault(_said(tie, one, other, view, lang))
            kinds.setdefault(pair, set()).add(tie.kind)
    between = text("ties-and", lang)
    return tuple(between.join(ways[pair]) for pair, found in sorted(kinds.items()) if len(found) > 1)


def _said(tie: Tie, one: str, other: str, view: TiesView, lang: str) -> str:
    """How the tie ties `one` to `other`, in words that say who is what to whom."""
    value = value_of(tie, view) or text("ties-kinship", lang)
    return text(f"ties-said-{tie.kind}", lang, one=_name(one, view), other=_name(other, view), value=value)


def _pairs(tie: Tie) -> list[tuple[str, str]]:
    nodes = [end.node for end in tie.ends]
    if tie.kind is TieKind.APPROVER:
        return [(nodes[0], node) for node in nodes[1:]]
    return list(combinations(nodes, 2)) if len(nodes) <= _MOST_BOXES else []


def _label(tie: Tie, view: TiesView, lang: str) -> str:
    """The words on a line: the word of kinship, else the kind of tie."""
    if tie.kind is TieKind.KINSHIP and tie.value:
        return value_of(tie, view)
    return text(f"ties-{tie.kind}", lang)


def _sketch(group: Group, view: TiesView, lang: str) -> _Sketch:
    """People, hubs and lines of the group, with those folded who say nothing by themselves."""
    count = dict.fromkeys(group.people, 0)
    for tie in group.ties:
        for end in tie.ends:
            count[end.node] += 1
    plain = {node for node in group.people if not view.people[node].offices and node not in view.grades}
    hubs: dict[str, tuple[str, str]] = {}
    spokes: list[_Spoke] = []
    folded: set[str] = set()
    for number, tie in enumerate(group.ties):
        if tie.kind is TieKind.APPROVER:
            first = tie.ends[0].node
            spokes += [_Spoke(first, e.node, tie.kind, _label(tie, view, lang), arrow=True) for e in tie.ends[1:]]
        elif len(tie.ends) == 2:  # noqa: PLR2004  a line joins two
            spokes.append(_Spoke(tie.ends[0].node, tie.ends[1].node, tie.kind, _label(tie, view, lang)))
        else:
            hub = f"#{number}"
            hubs[hub] = (f"hub {tie.kind}", f"{text(f'ties-{tie.kind}', lang)} {value_of(tie, view)}")
            alone = [end.node for end in tie.ends if end.node in plain and count[end.node] == 1]
            if len(alone) >= _FEWEST_FOLDED:
                folded.update(alone)
                hubs[f"+{number}"] = ("folded", text("ties-folded", lang, count=len(alone)))
                spokes.append(_Spoke(hub, f"+{number}", tie.kind, ""))
            spokes += [_Spoke(hub, end.node, tie.kind, "") for end in tie.ends if end.node not in folded]
    people = [node for node in group.people if node not in folded]
    first_of_all = sorted(people, key=lambda node: (node in plain, -count[node], node))
    kept = {*first_of_all[: max(1, _MOST_BOXES - len(hubs))], *hubs}
    return _Sketch(
        tuple(node for node in people if node in kept),
        hubs,
        tuple(spoke for spoke in spokes if spoke.one in kept and spoke.other in kept),
        sum(node not in kept for node in people),
    )


def _name(node: str, view: TiesView) -> str:
    return view.veil.sentence(view.people[node].name) or "—"


def _person(node: str, view: TiesView, lang: str) -> Box:
    """Somebody's box, not placed yet: name, what they are, the grade of their findings, the end of their number."""
    one = view.people[node]
    lines: list[tuple[str, str]] = []
    if one.offices:
        office = view.veil.sentence(one.offices[0])[:_LONGEST]
        lines.append(("office", f"{text('ties-official', lang)} {office}".strip()))
    at_work = [text(code, lang) for code, there in (("ties-post", one.posts), ("ties-roll", one.rolls)) if there]
    if at_work:
        lines.append(("", " · ".join(at_work)))
    if node in view.grades:
        lines.append(("grade", text(f"grade-{view.grades[node]}", lang)))
    if one.person is None:
        lines.append(("", text("ties-holder", lang)))
    else:
        lines.append(("tail", text("ties-tail", lang, tail=one.person[-_TAIL:])))
    style = "official" if one.offices else "person"
    style = "holder" if one.person is None else style
    if node in view.grades:
        style += " found"
    name = _name(node, view)
    width = max(_long(name, _NAME), *(_long(line, _SMALL) for _, line in lines)) + 2 * _PAD
    return Box(0, 0, width, _NAME + _LINE * len(lines) + 2 * _PAD - 2, style, name, tuple(lines))


def _hub(style: str, words: str) -> Box:
    return Box(0, 0, _long(words, _SMALL) + 2 * _PAD, _SMALL + 2 * _PAD, style, "", (("", words),))


def _long(words: str, size: int) -> float:
    """About how many pixels `words` take."""
    return sum(size if ord(character) > 0x2E7F else size * 0.62 for character in words)  # noqa: PLR2004


def _lines(spokes: Sequence[_Spoke], boxes: Mapping[str, Box]) -> tuple[Line, ...]:
    """The lines with their places; those that tie the same two run side by side, under one label."""
    same: dict[tuple[str, str], list[_Spoke]] = {}
    for spoke in spokes:
        same.setdefault((min(spoke.one, spoke.other), max(spoke.one, spoke.other)), []).append(spoke)
    lines: list[Line] = []
    taken = [(box.x, box.y, box.width, box.height) for box in boxes.values()]
    for pair in sorted(same):
        found = sorted(same[pair], key=lambda spoke: (_SPOKEN.index(spoke.kind), spoke.label))
        label = "、".join(dict.fromkeys(spoke.label for spoke in found if spoke.label))
        for number, spoke in enumerate(found):
            aside = (number - (len(found) - 1) / 2) * _GAP
            line = _line(spoke, boxes[spoke.one], boxes[spoke.other], aside)
            lines.append(_labelled(line, label, taken) if label and not number else line)
    return tuple(lines)


def _line(spoke: _Spoke, one: Box, other: Box, aside: float) -> Line:
    dx, dy = other.x - one.x, other.y - one.y
    long = math.hypot(dx, dy) or 1.0
    flip = 1 if spoke.one < spoke.other else -1  # lines of both directions must not run on one another
    shift_x, shift_y = -dy / long * aside * flip, dx / long * aside * flip
    start, end = _border(one, dx, dy), _border(other, -dx, -dy)
    x1, y1 = one.x + start[0] + shift_x, one.y + start[1] + shift_y
    x2, y2 = other.x + end[0] + shift_x, other.y + end[1] + shift_y
    start, end = (round(x1, 1), round(y1, 1)), (round(x2, 1), round(y2, 1))
    return Line(*start, *end, f"tie {spoke.kind}", spoke.arrow, "", 0.0, 0.0, 0.0)


def _labelled(line: Line, label: str, taken: list[tuple[float, float, float, float]]) -> Line:
    """The line with its label in the first place along it that is not taken, which is taken then."""
    width, height = _long(label, _SMALL) + 8, _SMALL + 6.0
    spots = [
        (line.x1 + (line.x2 - line.x1) * part, line.y1 + (line.y2 - line.y1) * part)
        for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
    ]
    free = (
        (x, y)
        for x, y in spots
        if all(abs(x - a) >= (width + w) / 2 or abs(y - b) >= (height + h) / 2 for a, b, w, h in taken)
    )
    x, y = next(free, spots[0])
    taken.append((x, y, width, height))
    return replace(line, label=label, at_x=round(x, 1), at_y=round(y, 1), label_width=round(width, 1))


def _border(box: Box, dx: float, dy: float) -> tuple[float, float]:
    """Where a line from the middle of `box` in the direction (dx, dy) leaves it, from the middle."""
    ways = [box.width / 2 / abs(dx)] if dx else []
    ways += [box.height / 2 / abs(dy)] if dy else []
    way = min(ways, default=0.0)
    return dx * way, dy * way

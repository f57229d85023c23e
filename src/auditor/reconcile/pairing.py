"""Payments one to one with a date window: takes groups and days of two sides, gives the pairs of their rows.

Rows of one group (for payments: equal account and amount) may pair when their days are at most `window` apart. Pairs
are taken by distance in days, then by the left day, then the right day, then the order of the rows; each row at most
once. That is a greedy over every candidate pair, and an account with thousands of equal payments has millions of them.
It is carried out without making them: rows of one group and day are alike but for their order, so a *cell* of two days
takes as many pairs as the smaller side has rows left, the first with the first. Distances are worked off upwards. Of a
distance's cells those whose days stand in no other are independent of each other and taken all at once; only chains
(a day with a partner before and after it) need their order. A cell that takes nothing shares a day with one that
used it up, so that the cells of all distances together are linear in the number of days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a side in their order: for each its group (equal on both sides) and its day, as a number."""

    group: Ints
    day: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Indices into both sides, by the left index; `left[i]` is paired with `right[i]`."""

    left: Ints
    right: Ints


class _Side:
    """The rows of a side by group and day: `key` of each such cell, where its rows begin, how many are left."""

    def __init__(self, rows: Rows, first_day: int, span: int) -> None:
        key = rows.group * span + (rows.day - first_day)
        self.order: Ints = np.argsort(key, kind="stable")  # stable: rows of a cell stay in their order
        self.key, start, count = np.unique(key[self.order], return_index=True, return_counts=True)
        self.start: Ints = start.astype(np.int64)
        self.count: Ints = count.astype(np.int64)

    def take(self, cell: Ints, count: Ints) -> Ints:
        """The next `count` rows of each of `cell`, which are different ones: where in `order` they begin."""
        begin: Ints = self.start[cell]
        self.start[cell] += count
        self.count[cell] -= count
        return begin


def pair(left: Rows, right: Rows, window: int) -> Pairs:
    """Pair the rows of both sides one to one, nearest day first; see the module.

    Args:
        left: rows whose day decides between equal distances.
        right: rows of whom each is given away once.
        window: the most days between two rows of a pair, 0 or more.
    """
    if not len(left.day) or not len(right.day):
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int64))
    first = int(min(left.day.min(), right.day.min()))
    widest = int(max(left.day.max(), right.day.max())) - first
    window = min(window, widest)
    span = 2 * widest + 1  # so wide that a day moved by `window` stays within its group
    a, b = _Side(left, first, span), _Side(right, first, span)
    taken: list[tuple[Ints, Ints, Ints]] = []
    while True:
        alive_left, alive_right = np.flatnonzero(a.count), np.flatnonzero(b.count)
        nearest = _nearest(a.key[alive_left], b.key[alive_right], window)
        alive_left, nearest = alive_left[nearest <= window], nearest[nearest <= window]
        if not len(alive_left):
            break
        distance = int(nearest.min())
        cells = _cells(a.key, alive_left[nearest == distance], b.key, alive_right, distance)
        taken.extend(_take(a, b, *cells))
    return _expanded(a, b, taken)


def _nearest(left: Ints, right: Ints, window: int) -> Ints:
    """For each left key the distance to the nearest right key; more than `window` where there is none in reach.

    Keys of another group are at least `widest` + 1, hence more than `window`, away.
    """
    none = np.full(len(left), window + 1, np.int64)
    if not len(right):
        return none
    at = np.searchsorted(right, left)
    after = np.where(at < len(right), right[np.minimum(at, len(right) - 1)] - left, window + 1)
    before = np.where(at > 0, left - right[np.maximum(at - 1, 0)], window + 1)
    found: Ints = np.minimum(np.minimum(after, before), none)
    return found


def _cells(left_keys: Ints, left: Ints, right_keys: Ints, right: Ints, distance: int) -> tuple[Ints, Ints]:
    """The pairs of days that are `distance` apart and have rows left, by the left day, then the right one."""
    found: list[tuple[Ints, Ints]] = []
    for moved in (-distance, distance) if distance else (0,):
        wanted = left_keys[left] + moved
        at = np.minimum(np.searchsorted(right_keys[right], wanted), len(right) - 1)
        hit = right_keys[right[at]] == wanted
        found.append((left[hit], right[at[hit]]))
    lefts, rights = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((rights, lefts))
    return lefts[order], rights[order]


def _take(a: _Side, b: _Side, lefts: Ints, rights: Ints) -> list[tuple[Ints, Ints, Ints]]:
    """Take the pairs of the cells of one distance: where they begin in both orders, and how many."""
    of_left, of_right = np.unique(lefts, return_inverse=True)[1], np.unique(rights, return_inverse=True)[1]
    chained = (np.bincount(of_left)[of_left] > 1) | (np.bincount(of_right)[of_right] > 1)
    free_left, free_right = lefts[~chained], rights[~chained]
    count = np.minimum(a.count[free_left], b.count[free_right])
    taken = [(a.take(free_left, count), b.take(free_right, count), count)]
    if chained.any():
        taken.append(_take_in_order(a, b, lefts[chained], rights[chained]))
    return taken


def _take_in_order(a: _Side, b: _Side, lefts: Ints, rights: Ints) -> tuple[Ints, Ints, Ints]:
    """Take cell after cell, since one may use up what the next would take."""
    left_days, left_at = np.unique(lefts, return_inverse=True)
    right_days, right_at = np.unique(rights, return_inverse=True)
    left_rows, right_rows = a.count[left_days].tolist(), b.count[right_days].tolist()
    left_begin, right_begin = a.start[left_days].tolist(), b.start[right_days].tolist()
    taken: list[tuple[int, int, int]] = []
    for one, other in zip(left_at.tolist(), right_at.tolist(), strict=True):
        count = min(left_rows[one], right_rows[other])
        if count:
            taken.append((left_begin[one], right_begin[other], count))
            left_rows[one] -= count
            right_rows[other] -= count
            left_begin[one] += count
            right_begin[other] += count
    a.count[left_days], b.count[right_days] = left_rows, right_rows
    a.start[left_days], b.start[right_days] = left_begin, right_begin
    begins = np.array(taken, np.int64).reshape(-1, 3)
    return begins[:, 0], begins[:, 1], begins[:, 2]


def _expanded(a: _Side, b: _Side, taken: list[tuple[Ints, Ints, Ints]]) -> Pairs:
    """Rows out of runs of rows, by the left index."""
    if not taken:
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int64))
    begin_left, begin_right, count = (np.concatenate(part) for part in zip(*taken, strict=True))
    within = np.arange(int(count.sum()), dtype=np.int64) - np.repeat(np.cumsum(count) - count, count)
    lefts: Ints = a.order[np.repeat(begin_left, count) + within]
    rights: Ints = b.order[np.repeat(begin_right, count) + within]
    order = np.argsort(lefts)
    return Pairs(lefts[order], rights[order])

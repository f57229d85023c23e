"""One-to-one pairing against the greedy as the rule catalogue words it, over every candidate pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from auditor.reconcile.pairing import Rows, pair

Row: TypeAlias = tuple[int, int]
"""Group and day."""


def naive(left: Sequence[Row], right: Sequence[Row], window: int) -> list[tuple[int, int]]:
    """By distance, the left day, the right day, the order of the rows; each row at most once."""
    candidates = sorted(
        (abs(one[1] - other[1]), one[1], other[1], i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if one[0] == other[0] and abs(one[1] - other[1]) <= window
    )
    lefts: set[int] = set()
    rights: set[int] = set()
    pairs = []
    for _, _, _, i, j in candidates:
        if i not in lefts and j not in rights:
            lefts.add(i)
            rights.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def paired(left: Sequence[Row], right: Sequence[Row], window: int) -> list[tuple[int, int]]:
    found = pair(_rows(left), _rows(right), window)
    return list(zip(found.left.tolist(), found.right.tolist(), strict=True))


def _rows(rows: Sequence[Row]) -> Rows:
    return Rows(np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.int64))


def sides(groups: int, days: int, most: int) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.tuples(st.integers(0, groups - 1), st.integers(-days // 2, days // 2)), max_size=most)


@settings(max_examples=60)
@given(sides(3, 12, 40), sides(3, 12, 40), st.integers(0, 7))
def test_it_is_the_greedy_over_all_candidates(left: list[Row], right: list[Row], window: int) -> None:
    expected = naive(left, right, window)
    event(f"pairs: {min(len(expected), 10)}")
    assert paired(left, right, window) == expected


@settings(max_examples=60)
@given(sides(1, 60, 30), sides(1, 60, 30), st.integers(0, 80))
def test_chains_of_days_far_apart_are_taken_in_order(left: list[Row], right: list[Row], window: int) -> None:
    assert paired(left, right, window) == naive(left, right, window)


@pytest.mark.parametrize(
    ("left", "right", "window", "expected"),
    [
        pytest.param([(0, 0)], [(0, 5)], 5, [(0, 0)], id="the last day of the window"),
        pytest.param([(0, 0)], [(0, 6)], 5, [], id="the day after it"),
        pytest.param([(0, 0)], [(0, -5)], 5, [(0, 0)], id="the bank before the ledger"),
        pytest.param([(0, 0)], [(1, 0)], 5, [], id="another group"),
        pytest.param([(0, 0)], [(0, 1), (0, 0)], 5, [(0, 1)], id="the same day before the next"),
        pytest.param([(0, 0), (0, 2)], [(0, 1)], 5, [(0, 0)], id="of two as near the earlier left day"),
        pytest.param([(0, 1)], [(0, 2), (0, 0)], 5, [(0, 1)], id="of two as near the earlier right day"),
        pytest.param([(0, 0), (0, 0)], [(0, 0)], 5, [(0, 0)], id="of two alike the first row"),
        pytest.param([(0, 0), (0, 3)], [(0, 4), (0, 1)], 5, [(0, 1), (1, 0)], id="each its own"),
        pytest.param([(0, 0), (0, 4)], [(0, 3)], 5, [(1, 0)], id="the nearer though later"),
        pytest.param([], [(0, 0)], 5, [], id="nothing on the left"),
        pytest.param([(0, 0)], [], 5, [], id="nothing on the right"),
    ],
)
def test_pairs(left: list[Row], right: list[Row], window: int, expected: list[tuple[int, int]]) -> None:
    assert paired(left, right, window) == expected


def test_a_group_of_a_hundred_thousand_equal_payments_makes_no_square() -> None:
    count = 100_000
    equal = Rows(np.zeros(count, np.int64), np.zeros(count, np.int64))
    found = pair(equal, equal, 5)
    assert np.array_equal(found.left, np.arange(count))
    assert np.array_equal(found.right, np.arange(count))

"""Photos that look alike: every pair of hashes within the distance, and no other."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import EngineError
from auditor.intake.raw import SourceFile
from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.relations import Relations, alike
from auditor.relations.alike import pictures_alike
from auditor.rules import RuleSet
from auditor.tables import DuckEngine, build_tables

BITS = st.integers(0, 2**64 - 1)


def near(pictures: list[str], distance: int) -> set[tuple[str, str, int]]:
    found = pictures_alike(pictures, distance, "alike").to_pylist()
    rows = [(row["picture"], row["other"], row["distance"]) for row in found]
    assert len(set(rows)) == len(rows)
    return set(rows)


def told_one_by_one(pictures: list[str], distance: int) -> set[tuple[str, str, int]]:
    pairs = ((a, b, (int(a, 16) ^ int(b, 16)).bit_count()) for a, b in product(pictures, repeat=2))
    return {pair for pair in pairs if pair[2] <= distance}


@given(BITS, st.lists(st.tuples(st.sets(st.integers(0, 63), max_size=9)), max_size=12), st.lists(BITS, max_size=4))
def test_it_is_what_comparing_each_with_each_gives(first: int, flips: list[tuple[set[int]]], others: list[int]) -> None:
    numbers = [first, *(first ^ sum(1 << bit for bit in bits) for (bits,) in flips), *others]
    pictures = [f"{number:016x}" for number in numbers]
    for distance in (0, 1, 6, 64):
        assert near(pictures, distance) == told_one_by_one(pictures, distance)


def test_it_holds_over_the_edges_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(8)
    pictures = [f"{chance.getrandbits(64) & 0xFFFF:016x}" for _ in range(60)]
    for block in (1, 7, 59, 60, 61):
        monkeypatch.setattr(alike, "_BLOCK", block)
        assert near(pictures, 4) == told_one_by_one(pictures, 4)


def test_none_is_alike_where_there_is_no_distance_or_no_picture() -> None:
    assert near(["0" * 16], -1) == set()
    assert near([], 6) == set()


def test_more_pairs_than_can_be_told_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [f"{number:016x}" for number in range(8)]
    monkeypatch.setattr(alike, "MOST_PAIRS", 64)
    assert len(near(pictures, 3)) == 64
    monkeypatch.setattr(alike, "MOST_PAIRS", 63)
    with pytest.raises(EngineError) as caught:
        pictures_alike(pictures, 3, "picture_alike")
    assert [problem.code for problem in caught.value.problems] == ["engine-too-many"]


@pytest.mark.parametrize(("distance", "pairs"), [(None, 4), ("5", 2), ("none", 0)])
def test_the_distance_is_the_county_s(engine: DuckEngine, shipped: RuleSet, distance: str | None, pairs: int) -> None:
    pictures = ("0000000000000000", "000000000000003f")
    files = [SourceFile(f"{p}.jpg", 1, p, "attachment", p) for p in (*pictures, pictures[0])]
    profile = Profile(as_of=date(2022, 12, 31), period=Period(date(2022, 1, 1), date(2022, 12, 1)))
    if distance is not None:
        profile = replace(profile, parameters={"photo_distance": distance})
    tables = build_tables([], default_catalogue(), engine, files=files)
    query = "SELECT picture_alike.distance AS distance FROM picture_alike"

    with Relations(tables, shipped, profile) as relations:
        assert relations.rows(query, shipped.rules["NE08"].document.place(("id",))).num_rows == pairs

"""Boxes of a drawing: they never overlap, none lies outside, and the same drawing comes out each time."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.ties import placed

_SIZES = st.tuples(st.integers(30, 240), st.integers(20, 120)).map(lambda size: (float(size[0]), float(size[1])))


def overlaps(at: Mapping[str, tuple[float, float]], sizes: Mapping[str, tuple[float, float]]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for one, other in combinations(sizes, 2)
        if abs(at[one][0] - at[other][0]) < (sizes[one][0] + sizes[other][0]) / 2
        and abs(at[one][1] - at[other][1]) < (sizes[one][1] + sizes[other][1]) / 2
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_box_lies_on_another_or_outside(data: st.DataObject) -> None:
    names = [str(number) for number in range(data.draw(st.integers(1, 25)))]
    sizes = {name: data.draw(_SIZES) for name in names}
    lines = data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=40))
    lines = [(one, other) for one, other in lines if one != other]
    at = placed(sizes, lines)
    assert overlaps(at, sizes) == []
    assert min(x - sizes[name][0] / 2 for name, (x, _) in at.items()) >= -1
    assert min(y - sizes[name][1] / 2 for name, (_, y) in at.items()) >= -1
    assert placed(sizes, lines) == at


def test_a_drawing_of_nothing_and_of_one() -> None:
    assert placed({}, []) == {}
    assert placed({"a": (80.0, 40.0)}, []) == {"a": (40, 20)}


def test_a_chain_lies_level() -> None:
    sizes = dict.fromkeys("abcd", (60.0, 40.0))
    at = placed(sizes, [("a", "b"), ("b", "c"), ("c", "d")])
    xs, ys = zip(*at.values(), strict=True)
    assert max(xs) - min(xs) > max(ys) - min(ys)

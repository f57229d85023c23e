"""A condition on the figures of any signal of a group: what the statements' findings are told apart by."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inference.signs import RULES, sign

from auditor.errors import RuleError, TextPlace
from auditor.inference import ConclusionSet, Grade, Inference, infer, read_conclusions

FILE = """\
violation: first
code: FI
conclude:
  - id: sure
    grade: strong
    when: {group: {name: RX, where: {kind: facts, material: true}}}
    because: {zh: 字, en: words}
  - id: any
    grade: clue
    when: {group: {name: RX, where: {kind: facts}}}
    because: {zh: 字, en: words}
text:
  title: {zh: 字, en: words}
  seen: {zh: 字, en: words}
  innocent: [{zh: 字, en: words}]
  verify: [{zh: 字, en: words}]
  clears: [{zh: 字, en: words}]
"""


def conclusions() -> ConclusionSet:
    return read_conclusions({"a.yaml": FILE}, RULES)


def grades(inference: Inference) -> dict[str, Grade]:
    return {o.subject.id: o.grade for o in inference.outcomes}


def test_all_figures_must_be_so_in_one_signal() -> None:
    signals = [
        sign("RX21", "a", measures={"kind": "facts", "material": True}),
        sign("RX21", "b", measures={"kind": "facts", "material": False}),
        sign("RX01", "c", measures={"kind": "ledgers", "material": True}),
        sign("RX21", "d", measures={"kind": "facts"}),
        sign("GP01", "e", measures={"kind": "facts", "material": True}),
    ]

    assert grades(infer(signals, conclusions())) == {"a": Grade.STRONG, "b": Grade.CLUE, "d": Grade.CLUE}


def test_figures_of_two_signals_do_not_add_up() -> None:
    signals = [
        sign("RX21", "a", measures={"kind": "facts", "material": False}),
        sign("RX01", "a", measures={"kind": "ledgers", "material": True}),
    ]

    (outcome,) = infer(signals, conclusions()).outcomes
    assert outcome.grade is Grade.CLUE
    assert outcome.signals == (signals[0].key,)


@given(
    st.lists(
        st.tuples(st.sampled_from(["RX01", "RX21", "GP01"]), st.sampled_from(["facts", "ledgers"]), st.booleans()),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=25)
def test_whatever_the_signals_the_grade_is_that_of_the_figures(made: list[tuple[str, str, bool]]) -> None:
    signals = [
        sign(rule, "a", f"2022-{n:02d}", measures={"kind": kind, "material": material})
        for n, (rule, kind, material) in enumerate(made, 1)
    ]
    facts = [material for rule, kind, material in made if rule.startswith("RX") and kind == "facts"]
    expected = {"a": Grade.STRONG if any(facts) else Grade.CLUE} if facts else {}

    assert grades(infer(signals, conclusions())) == expected


@pytest.mark.parametrize(
    ("when", "code", "place"),
    [
        ("{group: {name: QX, where: {kind: facts}}}", "condition-group-unknown", (6, 26)),
        ("{group: {name: RX, where: {}}}", "condition-where-form", (6, 37)),
        ("{group: {name: RX, where: {kind: [facts]}}}", "condition-where-form", (6, 44)),
        ("{group: {where: {kind: facts}}}", "condition-key-missing", (6, 19)),
        ("{group: {name: RX, besides: [RX01], where: {kind: facts}}}", "condition-key-unknown", (6, 30)),
    ],
)
def test_mistakes_have_their_places(when: str, code: str, place: tuple[int, int]) -> None:
    text = FILE.replace("{group: {name: RX, where: {kind: facts, material: true}}}", when)

    with pytest.raises(RuleError) as caught:
        read_conclusions({"a.yaml": text}, RULES)

    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == (code, TextPlace("a.yaml", *place))

"""The condition language against the independent evaluator, with conclusion sets made up at random."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inference.oracle import RANKS, Known, Sign, Spec, holds, paid
from tests.inference.signs import sign

from auditor.errors import RuleError, TextPlace
from auditor.inference import ConclusionSet, Links, infer, read_conclusions

KNOWN = ("GP01", "GP02", "GP03", "IP01", "IP02", "IP11")
MONTHS = ("2022-01", "2022-02", "2022-03")
SEVERITIES = ("critical", "high", "medium", "low")

rule = st.sampled_from(KNOWN)
rules = st.lists(rule, min_size=1, max_size=4, unique=True)
month_spec = st.recursive(
    rule,
    lambda inner: st.builds(
        lambda k, v: {k: v}, st.sampled_from(["any", "all"]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=4,
)
group_spec = st.fixed_dictionaries(
    {"name": st.sampled_from(["GP", "IP"])},
    optional={
        "besides": st.lists(st.sampled_from(["IP11", "GP01"]), min_size=1, max_size=2, unique=True),
        "severity": st.lists(st.sampled_from(SEVERITIES), min_size=1, max_size=2, unique=True),
    },
)
atom: st.SearchStrategy[Spec] = st.one_of(
    rule,
    st.builds(lambda v: {"same_month": v}, st.lists(month_spec, min_size=1, max_size=3)),
    st.builds(lambda of, n: {"months": {"of": of, "at_least": n}}, rules, st.integers(1, 3)),
    rules.flatmap(lambda of: st.builds(lambda n: {"several": {"of": of, "at_least": n}}, st.integers(1, len(of)))),
    st.builds(lambda v: {"group": v}, group_spec),
    st.builds(lambda r, v: {"rule": r, "where": {"paid": v}}, rule, st.sampled_from(["true", "false"])),
    st.builds(
        lambda v, g: {"concluded": {"violation": v, "at_least": g}},
        st.sampled_from(["first", "second"]),
        st.sampled_from(RANKS),
    ),
)
spec: st.SearchStrategy[Spec] = st.recursive(
    atom,
    lambda inner: st.builds(
        lambda k, v: {k: v}, st.sampled_from(["any", "all"]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=5,
)
conclusions = st.lists(st.tuples(st.sampled_from(RANKS), spec), min_size=1, max_size=4)
signs = st.lists(
    st.tuples(
        rule,
        st.just("person"),
        st.sampled_from([f"p{n}" for n in range(12)]),
        st.sampled_from((*MONTHS, None)),
        st.sampled_from(SEVERITIES),
    ),
    max_size=40,
)

WORDS = {"zh": "字", "en": "words"}
TEXT = {"title": WORDS, "seen": WORDS, "innocent": [WORDS], "verify": [WORDS], "clears": [WORDS]}


def as_yaml(violation: str, code: str, given_: list[tuple[str, Spec]], *subjects: str) -> str:
    entries = [
        {"id": f"c{number}", "grade": grade, "when": when, "because": WORDS}
        for number, (grade, when) in enumerate(given_)
    ]
    file = {"violation": violation, "code": code, "subjects": subjects, "conclude": entries, "text": TEXT}
    return json.dumps(file, ensure_ascii=False)


def drawn(
    sets: dict[str, list[tuple[str, Spec]]], own: list[Sign], members: Sequence[Known] = ()
) -> set[tuple[str, int]]:
    """The least fixpoint: conclusions become facts until nothing new follows."""
    found: set[tuple[str, int]] = set()
    while True:
        ranks = {v: max((RANKS.index(sets[v][n][0]) for w, n in found if w == v), default=-1) for v in sets}
        new = {
            (v, n) for v, cs in sets.items() for n, (_, when) in enumerate(cs) if holds(when, own, ranks, members)
        } | found
        if new == found:
            return found
        found = new


@settings(max_examples=150, deadline=None)
@given(conclusions, conclusions, signs)
def test_conclusions_made_up_at_random(
    first: list[tuple[str, Spec]], second: list[tuple[str, Spec]], given_: list[Sign]
) -> None:
    sets = {"first": first, "second": second}
    texts = {"a.yaml": as_yaml("first", "FI", first), "b.yaml": as_yaml("second", "SE", second)}

    inference = infer(
        [sign(s[0], s[2], s[3], s[4], measures={"paid": paid(s)}) for s in given_], read_conclusions(texts, KNOWN)
    )

    got = {(o.subject.id, o.violation, f.conclusion.id) for o in inference.outcomes for f in o.fired}
    people = {s[2] for s in given_}
    want = {(p, v, f"c{n}") for p in people for v, n in drawn(sets, [s for s in given_ if s[2] == p])}
    assert got == want
    keys = {sign(s[0], s[2], s[3], s[4]).key for s in given_}
    assert all(f.signals and set(f.signals) <= keys for o in inference.outcomes for f in o.fired)


member_atom: st.SearchStrategy[Spec] = st.one_of(
    rule,
    st.builds(
        lambda v, g: {"concluded": {"violation": v, "at_least": g}},
        st.sampled_from(["first", "second"]),
        st.sampled_from(RANKS),
    ),
)
member_spec: st.SearchStrategy[Spec] = st.one_of(
    st.builds(
        lambda v: {"member": v},
        st.one_of(member_atom, st.builds(lambda v: {"any": v}, st.lists(member_atom, min_size=1, max_size=3))),
    ),
    st.builds(
        lambda share, v, g: {"members": {"share": share, "concluded": {"violation": v, "at_least": g}}},
        st.sampled_from(["0.25", "0.333333", "0.5", "0.75", "1", "1.0"]),
        st.sampled_from(["first", "first", "second"]),
        st.sampled_from(RANKS),
    ),
)
of_households = st.lists(
    st.tuples(
        st.sampled_from(RANKS),
        st.one_of(
            member_spec,
            st.builds(
                lambda k, v: {k: v},
                st.sampled_from(["any", "all"]),
                st.lists(st.one_of(atom, member_spec), min_size=1, max_size=3),
            ),
        ),
    ),
    min_size=1,
    max_size=3,
)
HOMES = {f"h{n}": [f"p{3 * n + member}" for member in range(1 + n)] for n in range(4)}  # p9 to p12 are of h3
LINKS: Links = {("household", h): [("person", p) for p in own] for h, own in HOMES.items()}


@settings(max_examples=150, deadline=None)
@given(conclusions, of_households, signs, signs)
def test_households_rest_on_their_members_signals_and_conclusions(
    first: list[tuple[str, Spec]], second: list[tuple[str, Spec]], people: list[Sign], homes: list[Sign]
) -> None:
    """`first` is about persons, `second` about households; each reads what was concluded of either."""
    about_homes = [(r, "household", f"h{int(id_[1:]) % len(HOMES)}", m, s) for r, _, id_, m, s in homes]
    texts = {
        "a.yaml": as_yaml("first", "FI", first, "person"),
        "b.yaml": as_yaml("second", "SE", second, "household"),
    }
    signals = [
        sign(r, id_, m, s, kind, measures={"paid": paid((r, kind, id_, m, s))})
        for r, kind, id_, m, s in (*people, *about_homes)
    ]

    inference = infer(signals, read_conclusions(texts, KNOWN), links=LINKS)

    got = {(o.subject.id, f.conclusion.id) for o in inference.outcomes for f in o.fired}
    known = {}
    want = set()
    for person in {f"p{n}" for n in range(12)} | {p for own in HOMES.values() for p in own}:
        own_signs = [s for s in people if s[2] == person]
        found = drawn({"first": first}, own_signs) if own_signs else set()
        want |= {(person, f"c{n}") for _, n in found}
        rank = max((RANKS.index(first[n][0]) for _, n in found), default=-1)
        known[person] = (own_signs, {"first": rank})
    for home, members in HOMES.items():
        found = drawn({"second": second}, [s for s in about_homes if s[2] == home], [known[p] for p in members])
        want |= {(home, f"c{n}") for _, n in found}
    assert got == want
    keys = {s.key for s in signals}
    assert all(f.signals and set(f.signals) <= keys for o in inference.outcomes for f in o.fired)


def one(when: Spec, **more: object) -> ConclusionSet:
    entry = {"id": "it", "grade": "strong", "when": when, "because": WORDS, **more}
    file = {"violation": "first", "code": "FI", "conclude": [entry], "text": TEXT}
    return read_conclusions({"a.yaml": json.dumps(file, ensure_ascii=False)}, KNOWN)


def test_a_conclusion_may_be_about_some_kinds_of_subjects_only() -> None:
    only = one({"group": "IP"}, subjects=["workshop"])

    inference = infer([sign("IP01", "a"), sign("IP01", "b", kind="workshop")], only)

    assert [o.subject.kind for o in inference.outcomes] == ["workshop"]


GOOD = """\
violation: first
code: FI
conclude:
  - id: it
    grade: strong
    when: GP01
    because: {zh: 字, en: words}
text:
  title: {zh: 字, en: words}
  seen: {zh: 字, en: words}
  innocent: [{zh: 字, en: words}]
  verify: [{zh: 字, en: words}]
  clears: [{zh: 字, en: words}]
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "suggestion"),
    [
        ("when: GP01", "when: IP111", "condition-rule-unknown", (6, 11), "IP11"),
        ("when: GP01", "when: {anny: [GP01]}", "condition-key-unknown", (6, 12), "any"),
        ("when: GP01", "when: {any: []}", "condition-list-empty", (6, 17), None),
        ("when: GP01", "when: {group: GQ}", "condition-group-unknown", (6, 19), "GP"),
        ("when: GP01", "when: {group: {name: GP, severity: [hihg]}}", "condition-severity-unknown", (6, 41), "high"),
        ("when: GP01", "when: {group: {name: GP, beside: [GP01]}}", "condition-key-unknown", (6, 30), "besides"),
        ("when: GP01", "when: {months: {of: GP01}}", "condition-key-missing", (6, 20), None),
        ("when: GP01", "when: {months: {of: GP01, at_least: two}}", "condition-count-invalid", (6, 41), None),
        ("when: GP01", "when: {several: {of: [GP01], at_least: 2}}", "condition-count-invalid", (6, 44), None),
        ("when: GP01", "when: {rule: GP02, where: {piad: true}}", "condition-measure-unknown", (6, 32), "paid"),
        ("when: GP01", "when: {rule: GP02, where: [paid]}", "condition-where-form", (6, 31), None),
        ("when: GP01", "when: {rule: GP02, where: {paid: [1]}}", "condition-where-form", (6, 38), None),
        ("when: GP01", "when: {rule: GP02}", "condition-key-missing", (6, 11), None),
        ("when: GP01", "when: {rule: GQ02, where: {paid: true}}", "condition-rule-unknown", (6, 18), "GP02"),
        ("when: GP01", "when: {member: {months: {of: GP01, at_least: 2}}}", "condition-member-form", (6, 20), None),
        ("when: GP01", "when: {member: GP01}", "condition-member-person", (6, 11), None),
        (
            "when: GP01",
            "when: {member: GP01}\n    subjects: [household, person]",
            "condition-member-person",
            (6, 11),
            None,
        ),
        (
            "when: GP01",
            "when: {members: {share: 0.5, concluded: {violation: first, at_least: clue}}}",
            "condition-member-person",
            (6, 11),
            None,
        ),
        ("when: GP01", "when: {members: {share: 0.5}}", "condition-key-missing", (6, 21), None),
        (
            "when: GP01",
            "when: {members: {share: 1.1, concluded: {violation: first, at_least: clue}}}",
            "condition-share-invalid",
            (6, 29),
            None,
        ),
        (
            "when: GP01",
            "when: {members: {share: 0.0, concluded: {violation: first, at_least: clue}}}",
            "condition-share-invalid",
            (6, 29),
            None,
        ),
        (
            "when: GP01",
            "when: {members: {share: half, concluded: {violation: first, at_least: clue}}}",
            "condition-share-invalid",
            (6, 29),
            None,
        ),
        (
            "when: GP01",
            "when: {members: {share: 0.5, concluded: {violation: frist, at_least: clue}}}",
            "condition-violation-unknown",
            (6, 57),
            "first",
        ),
        ("when: GP01", "when: {same_month: [{group: GP}]}", "condition-key-unknown", (6, 26), ""),
        ("when: GP01", "when: [GP01]", "condition-form", (6, 11), None),
        (
            "when: GP01",
            "when: {concluded: {violation: frist, at_least: clue}}",
            "condition-violation-unknown",
            (6, 35),
            "first",
        ),
        ("when: GP01", "when: {concluded: {violation: first, at_least: clues}}", "grade-unknown", (6, 52), "clue"),
        ("grade: strong", "grade: srtong", "grade-unknown", (5, 12), "strong"),
        ("id: it", "id: It is", "conclusion-id-invalid", (4, 9), None),
        ("violation: first", "violatoin: first", "yaml-key-unknown", (1, 1), "violation"),
        ("code: FI", "code: fi", "yaml-value-invalid", (2, 7), None),
    ],
)
def test_mistakes_have_their_place_and_a_suggestion(
    old: str, new: str, code: str, place: tuple[int, int], suggestion: str | None
) -> None:
    with pytest.raises(RuleError) as caught:
        read_conclusions({"a.yaml": GOOD.replace(old, new)}, KNOWN, {"GP02": ("amount", "paid")})

    problem = next(p for p in caught.value.problems if p.code == code)
    assert problem.where == TextPlace("a.yaml", *place)
    assert problem.args.get("suggestion") == suggestion


def test_all_mistakes_of_all_files_come_at_once() -> None:
    twice = GOOD.replace(
        "text:", "  - id: it\n    grade: best\n    when: GP99\n    because: {zh: 字, en: words}\ntext:"
    )
    texts = {
        "a.yaml": GOOD.replace("GP01", "GP98"),
        "b.yaml": twice,
        "c.yaml": "a: [",
        "d.yaml": GOOD.replace("first", "other"),
    }

    with pytest.raises(RuleError) as caught:
        read_conclusions(texts, KNOWN)

    assert [(str(p.where).split(":")[0], p.code) for p in caught.value.problems] == [
        ("c.yaml", "yaml-syntax"),
        ("a.yaml", "condition-rule-unknown"),
        ("b.yaml", "violation-twice"),
        ("d.yaml", "violation-code-twice"),
    ]


def test_a_condition_that_unfolds_too_far_is_refused() -> None:
    either = {"any": [{"group": "GP"}, {"group": "IP"}]}

    with pytest.raises(RuleError) as caught:
        one({"all": [either] * 7})

    assert [p.code for p in caught.value.problems] == ["condition-too-wide"]

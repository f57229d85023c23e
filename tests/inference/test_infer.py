from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inference.oracle import RANKS, Sign, expected, paid
from tests.inference.signs import RULES, sign

from auditor.clues import Signal
from auditor.inference import ConclusionSet, Grade, Inference, Links, infer, load_conclusions
from auditor.ledgers.resources import resource_dir

MONTHS = tuple(f"2022-{month:02d}" for month in range(1, 13))


@pytest.fixture(scope="module")
def catalogue() -> ConclusionSet:
    return load_conclusions(resource_dir("rules") / "findings", RULES)


def seen(inference: Inference) -> dict[tuple[str, str, str], tuple[str, list[str]]]:
    return {
        (o.violation, o.subject.kind, o.subject.id): (o.grade.value, [f.conclusion.id for f in o.fired])
        for o in inference.outcomes
    }


def signals_of(signs: Sequence[Sign]) -> list[Signal]:
    return [
        sign(rule, id_, month, severity, kind, measures={"paid": paid((rule, kind, id_, month, severity))})
        for rule, kind, id_, month, severity in signs
    ]


def settled(drawn: Sign) -> Sign:
    """The drawn sign with the subject and period that its rule's grain has."""
    rule, kind, id_, month, severity = drawn
    if rule in KINDS:
        return rule, KINDS[rule], f"h{int(id_[1:]) % WHOLES}", None, severity
    return rule, "row" if rule.startswith("LT") else kind, id_, None if rule.startswith("LT") else month, severity


KINDS = {"DH01": "household", "DH02": "employer", "DH06": "employer", "DH07": "village"}
KINDS |= {f"NE{number:02d}": "workshop" for number in range(1, 9)}
WHOLES = 10
# Households of three; workshops of one to four workers, some of whom work in two, and of some no number is known.
MEMBERS = {("household", f"h{n}"): [f"p{3 * n + member}" for member in range(3)] for n in range(WHOLES)}
MEMBERS |= {("workshop", f"h{n}"): [f"p{2 * n + member}" for member in range(1 + n % 4)] for n in range(WHOLES)}
MEMBERS["workshop", "h9"] += ["somebody"]
LINKS: Links = {
    whole: [("unnumbered" if one == "somebody" else "person", one) for one in own] for whole, own in MEMBERS.items()
}
ON_POSTS = tuple(rule for rule in RULES if rule[:2] in {"GP", "IP", "IM", "NP", "DH", "NE"})

# Three or so signals for each person: few enough that a grade often hangs on one of them.
one_sign: st.SearchStrategy[Sign] = st.tuples(
    st.sampled_from((*RULES[:15], *ON_POSTS)),
    st.sampled_from(["person"] * 9 + ["workshop"]),
    st.sampled_from([f"p{number}" for number in range(30)]),
    st.sampled_from((*MONTHS[:4], None)),
    st.sampled_from(["critical", "high", "medium", "low"]),
).map(settled)
counties = st.lists(one_sign, min_size=80, max_size=140)


@settings(max_examples=60, deadline=None)
@given(counties)
def test_grades_and_trace_equal_those_of_the_independent_evaluator(signs: list[Sign]) -> None:
    conclusions = load_conclusions(resource_dir("rules") / "findings", RULES)

    assert seen(infer(signals_of(signs), conclusions, links=LINKS)) == expected(signs, MEMBERS)


def drawn_county(subjects: int, seed: int) -> list[Sign]:
    choose = random.Random(seed)
    return [
        (rule, "person", f"p{number}", choose.choice(MONTHS), choose.choice(["critical", "high", "medium", "low"]))
        for number in range(subjects)
        for rule in choose.choices(
            (*RULES[:13], *(rule for rule in ON_POSTS if rule not in KINDS)), k=choose.choice([1, 1, 2, 2, 3, 4, 8, 20])
        )
    ]


def test_thousands_of_people_at_once_equal_the_independent_evaluator(catalogue: ConclusionSet) -> None:
    signs = drawn_county(5000, seed=7)

    inference = infer(signals_of(signs), catalogue)

    assert seen(inference) == expected(signs)
    assert inference.ungraded == ()


def test_order_of_signals_and_number_of_workers_do_not_matter(catalogue: ConclusionSet) -> None:
    signals = signals_of(drawn_county(600, seed=3))
    shuffled = signals[:]
    random.Random(1).shuffle(shuffled)

    assert infer(signals, catalogue) == infer(shuffled, catalogue) == infer(signals, catalogue, workers=3)


def test_a_conclusion_rests_on_the_signals_of_the_month_in_which_it_held(catalogue: ConclusionSet) -> None:
    signals = [
        sign("GP01", month="2022-03"),
        sign("GP06", month="2022-03"),
        sign("GP07", month="2022-04"),
        sign("GP10", month="2022-03", severity="medium"),
    ]

    (outcome,) = infer(signals, catalogue).outcomes

    assert outcome.grade is Grade.CONCLUSIVE
    assert [(f.conclusion.id, f.signals) for f in outcome.fired] == [
        ("absent-and-elsewhere", ("GP01|person|p1|2022-03", "GP06|person|p1|2022-03")),
        ("any-sign", tuple(sorted(s.key for s in signals))),
    ]


@pytest.mark.parametrize(
    ("signs", "grade"),
    [
        ([("GP01", "2022-01"), ("GP06", "2022-02")], "clue"),  # together, but not in one month
        ([("GP01", "2022-01"), ("GP01", "2022-02")], "strong"),
        ([("GP06", "2022-01"), ("GP07", "2022-02")], "clue"),  # neither alone in two months
        ([("GP06", "2022-01"), ("GP06", "2022-02")], "strong"),
        ([("GP10", "2022-01"), ("GP10", "2022-02")], "clue"),
        ([("GP09", "2022-01")], "conclusive"),
    ],
)
def test_near_misses_of_ghost_payroll(catalogue: ConclusionSet, signs: list[tuple[str, str]], grade: str) -> None:
    (outcome,) = infer([sign(rule, month=month) for rule, month in signs], catalogue).outcomes

    assert outcome.grade.value == grade


@pytest.mark.parametrize(
    ("signs", "violation", "grade"),
    [
        (["IP02", "IP03"], "ineligible_placement", "clue"),
        (["IP01", "IP02"], "ineligible_placement", "strong"),
        (["IP01", "IP09"], "ineligible_placement", "conclusive"),
        (["IM04", "IM06"], "impersonation", "strong"),
        (["IM03", "IM06"], "impersonation", "conclusive"),
        (["NP02", "GP01"], "nepotism", "clue"),
        (["NP03", "IP11"], "nepotism", "strong"),
        (["NP03", "IP10"], "nepotism", "conclusive"),
        (["DH04", "IP01"], "disguised_handout", "clue"),
        (["DH04", "DH05"], "disguised_handout", "conclusive"),
        (["NE11", "NE14"], "numbers_only_employment", "strong"),
        (["NE11", "NE13"], "numbers_only_employment", "conclusive"),
        (["NE12", "NE22", "NE23"], "numbers_only_employment", "clue"),
        (["NE15"], "numbers_only_employment", "conclusive"),
    ],
)
def test_near_misses_of_the_other_violations(
    catalogue: ConclusionSet, signs: list[str], violation: str, grade: str
) -> None:
    outcomes = infer([sign(rule) for rule in signs], catalogue).outcomes

    assert {o.violation: o.grade.value for o in outcomes}[violation] == grade


@pytest.mark.parametrize(("paid_", "grade"), [(True, "strong"), (False, "clue"), (None, "clue")])
def test_an_invalid_number_is_graver_where_it_was_paid(
    catalogue: ConclusionSet, paid_: bool | None, grade: str
) -> None:
    (outcome,) = infer([sign("IM01", measures={"paid": paid_})], catalogue).outcomes

    assert outcome.grade.value == grade


def test_a_household_rests_on_its_own_sign_and_on_that_of_its_member(catalogue: ConclusionSet) -> None:
    household = sign("DH01", "H1", kind="household", severity="medium")
    signals = [household, sign("GP01", "p1", "2022-03"), sign("GP02", "p1", "2022-03"), sign("GP01", "p9", "2022-03")]
    links: Links = {("household", "H1"): [("person", "p1"), ("person", "p2")], ("household", "H2"): [("person", "p9")]}

    outcomes = [o for o in infer(signals, catalogue, links=links).outcomes if o.subject.kind == "household"]

    (outcome,) = outcomes
    assert (outcome.subject.id, outcome.grade) == ("H1", Grade.STRONG)
    assert [(f.conclusion.id, f.signals) for f in outcome.fired] == [
        ("household-with-unworked-pay", ("DH01|household|H1|", "GP01|person|p1|2022-03")),
        ("any-sign", ("DH01|household|H1|",)),
    ]


def test_a_household_without_links_stays_a_clue(catalogue: ConclusionSet) -> None:
    signals = [sign("DH01", "H1", kind="household"), sign("GP01", "p1", "2022-03")]

    outcomes = infer(signals, catalogue).outcomes

    assert {o.subject.id: o.grade.value for o in outcomes} == {"H1": "clue", "p1": "clue"}


SHOP = ("workshop", "W1")


@pytest.mark.parametrize(
    ("workers", "grade"),
    [
        (["NE11", "", ""], None),  # one of three
        (["NE11", ""], "conclusive"),  # half is enough
        (["NE11", "NE15", ""], "conclusive"),
        (["NE12", "NE12"], None),  # clues only
        (["NE12", "NE13"], "conclusive"),
        ([], None),
    ],
)
def test_a_workshop_half_of_whose_workers_are_on_paper_needs_no_signal(
    catalogue: ConclusionSet, workers: list[str], grade: str | None
) -> None:
    links: Links = {SHOP: [("person", f"p{n}") for n in range(len(workers))]}
    signals = [sign(rule, f"p{n}") for n, rule in enumerate(workers) if rule]

    inference = infer(signals, catalogue, links=links, names={SHOP: "甲车间"})

    found = [o for o in inference.outcomes if o.subject.kind == "workshop"]
    assert [o.grade.value for o in found] == ([] if grade is None else [grade])
    assert all(o.subject.name == "甲车间" for o in found)
    assert all(set(o.signals) == {s.key for s in signals if s.rule != "NE12"} for o in found)


def test_workers_without_a_number_count_among_all(catalogue: ConclusionSet) -> None:
    known, unknown = ("person", "p1"), ("unnumbered", "7")
    signals = [sign("NE14", "p1")]

    both, more = (
        infer(signals, catalogue, links={SHOP: members})
        for members in ([known, unknown], [known, unknown, ("unnumbered", "8")])
    )

    assert [o.grade.value for o in both.outcomes if o.subject.kind == "workshop"] == ["conclusive"]
    assert [o for o in more.outcomes if o.subject.kind == "workshop"] == []


def test_a_workshop_keeps_the_name_that_its_own_signal_gives(catalogue: ConclusionSet) -> None:
    signals = [sign("NE05", "W1", kind="workshop", name="甲服装车间")]

    (outcome,) = infer(signals, catalogue, names={SHOP: "甲车间"}).outcomes

    assert outcome.subject.name == "甲服装车间"


@pytest.mark.parametrize(
    ("signs", "grade"),
    [
        (["NE01", "NE05"], "strong"),
        (["NE01", "NE02"], "conclusive"),
        (["NE01", "NE03"], "conclusive"),
        (["NE02", "NE03"], "strong"),
        (["NE07"], "strong"),
        (["NE07", "NE06"], "conclusive"),
        (["NE08"], "strong"),
        (["NE04", "NE05", "NE06"], "clue"),
    ],
)
def test_near_misses_of_workshops(catalogue: ConclusionSet, signs: list[str], grade: str) -> None:
    (outcome,) = infer([sign(rule, "W1", kind="workshop") for rule in signs], catalogue).outcomes

    assert outcome.grade.value == grade


def test_wages_follow_the_severity_after_the_profile(catalogue: ConclusionSet) -> None:
    low, high = (infer([sign("WG01", month="2022-01", severity=s)], catalogue) for s in ("medium", "critical"))

    assert [o.grade for o in (*low.outcomes, *high.outcomes)] == [Grade.CLUE, Grade.STRONG]


def test_a_ledger_finding_is_about_whatever_the_signal_is_about(catalogue: ConclusionSet) -> None:
    (outcome,) = infer([sign("LT06", "考勤.xlsx[3月]!D17", kind="row")], catalogue).outcomes

    assert (outcome.violation, outcome.subject.kind, outcome.grade.value) == ("ledger", "row", "strong")


def test_signals_that_nothing_rests_on_are_named(catalogue: ConclusionSet) -> None:
    inference = infer([sign("GP02", "w1", "2022-01", kind="workshop")], catalogue)

    assert inference.outcomes == ()
    assert inference.ungraded == ("GP02|workshop|w1|2022-01",)


def test_no_signals_no_outcomes(catalogue: ConclusionSet) -> None:
    assert infer([], catalogue) == Inference(())


def test_grades_are_ordered() -> None:
    assert [grade.value for grade in sorted(Grade, key=lambda g: g.rank)] == list(RANKS)


def test_only_one_module_knows_durable_rules() -> None:
    source = resource_dir("rules").parent / "src" / "auditor"
    if not source.is_dir():
        pytest.skip("the sources are not beside the rules")
    users = [p for p in source.rglob("*.py") if "import durable" in p.read_text(encoding="utf-8")]

    assert users == [Path(source / "inference" / "durable_engine.py")]

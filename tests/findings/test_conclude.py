from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.inference.signs import RULES, paid, sign

from auditor.clues import Signal
from auditor.documents import Document, read_document
from auditor.findings import Finding, conclude
from auditor.inference import ConclusionSet, Grade, infer, load_conclusions
from auditor.ledgers.resources import resource_dir
from auditor.rules.model import Basis, FalsePositive, Needs, Rule, RuleSet, Status, Text
from auditor.values.pseudonym import Pseudonymiser

PERSON = "500299197001010017"
KEYS = Pseudonymiser(b"test")


def rule(id_: str, zh: str, en: str) -> Rule:
    document = read_document("id: x", "x.yaml")
    assert isinstance(document, Document)
    leave = FalsePositive(Text("已批准的请假", "approved leave"), "review", None, Text("有假条吗", "Is there a slip?"))
    queried = FalsePositive(Text("考勤记在别的单位", "kept elsewhere"), "query", "case", None)
    return Rule(
        id=id_, version=1, status=Status.STABLE, title=Text(zh, en), violation="ghost_payroll", severity="high",
        basis=(
            Basis("某号文", "五（三）", "…", date(2022, 11, 4), None, None),
            Basis("某办法", "第八条", "…", None, None, None),
        ),
        needs=Needs({}, (), {}), covers=None, parameters=(), subject="person", grain="person-month", money="amount",
        query="", evidence=(), message=Text("", ""), false_positives=(leave, queried), blind_spots=(),
        verify=(Text(f"核对 {id_} 原件", f"check {id_}"),), cases=(), document=document,
    )  # fmt: skip


RULESET = RuleSet(
    {
        "GP01": rule("GP01", "有补贴无出勤", "Paid without attendance"),
        "GP06": rule("GP06", "他处参保", "Insured elsewhere"),
    },
    {},
    {},
)


@pytest.fixture(scope="module")
def catalogue() -> ConclusionSet:
    return load_conclusions(resource_dir("rules") / "findings", RULES)


def findings(signals: Sequence[Signal], catalogue: ConclusionSet, keys: Pseudonymiser = KEYS) -> tuple[Finding, ...]:
    return conclude(infer(signals, catalogue), signals, catalogue, RULESET, keys)


def ghost() -> list[Signal]:
    first, second = paid(5, "800", village="青山村"), paid(6, "800.50", village="青山村", employer="云山镇")
    return [
        sign("GP01", PERSON, "2022-01", name="张三", rows=(first,)),
        sign("GP06", PERSON, "2022-01", name="张三", rows=(first,)),
        sign("GP01", PERSON, "2022-02", name="张三", rows=(second,)),
        sign("GP10", PERSON, "2022-04", "medium", name="张三"),
    ]


def test_a_finding_holds_the_whole_matter(catalogue: ConclusionSet) -> None:
    (finding,) = findings(ghost(), catalogue)

    assert (finding.violation, finding.grade, finding.severity.value) == ("ghost_payroll", Grade.CONCLUSIVE, "high")
    assert finding.signals == tuple(sorted(s.key for s in ghost()))
    assert [step.rule for step in finding.trace] == [
        "ghost_payroll/absent-and-elsewhere",
        "ghost_payroll/absent-in-several-months",
        "ghost_payroll/any-sign",
    ]
    assert finding.months == ("2022-01", "2022-02", "2022-04")
    assert (finding.place.village, finding.place.employer, finding.place.township) == ("青山村", "云山镇", "")
    # The violation's own basis first; the rule's second one is another article.
    assert [b.article for b in finding.basis] == ["五（三）", "五（三）", "第八条"]


def test_money_is_counted_once_for_each_row(catalogue: ConclusionSet) -> None:
    (finding,) = findings(ghost(), catalogue)

    assert finding.amount == Decimal("1600.50")


def test_money_at_the_bank_unread_money_and_deductions_do_not_count(catalogue: ConclusionSet) -> None:
    rows = (paid(1, "600"), paid(1, "600", ledger="bank_payments"), paid(2, None), paid(3, "-50"), paid(4, "unread"))

    (finding,) = findings([sign("GP08", PERSON, "2022-01", rows=rows)], catalogue)

    assert finding.amount == Decimal(600)


def test_without_a_payment_there_is_no_amount(catalogue: ConclusionSet) -> None:
    (finding,) = findings([sign("GP09", PERSON, "2022-01")], catalogue)

    assert finding.amount is None
    assert "涉及金额" not in finding.message.zh


def test_the_wording_in_both_languages(catalogue: ConclusionSet) -> None:
    (finding,) = findings(ghost(), catalogue)

    assert finding.message.zh.startswith(
        "张三：台账显示公益性岗位补贴与出勤或在岗情况不一致，需核实。"
        "有补贴无出勤（2022-01 至 2022-02）；他处参保（2022-01）；GP10 所见（2022-04）。涉及金额 1,600.50 元。"
        "见发放.xlsx[1月] 第 5、6 行。可能的正常原因：1）已批准的请假；"
    )
    assert finding.seen.zh.startswith("有补贴无出勤（2022-01 至 2022-02）；他处参保")
    assert finding.seen.en.endswith("rows 5, 6.")
    assert "Paid without attendance (2022-01 to 2022-02); Insured elsewhere (2022-01)" in finding.message.en
    assert "Money at stake: 1,600.50 yuan." in finding.message.en
    for part in ("It may be explained by: (1) approved leave", "To verify: (1) check GP01", "It is cleared by: (1) "):
        assert part in finding.message.en
    assert "考勤记在别的单位" not in finding.message.zh  # the query has ruled it out already


def test_many_rows_are_counted_and_the_first_shown(catalogue: ConclusionSet) -> None:
    rows = tuple(paid(n, "1") for n in range(1, 13))

    (finding,) = findings([sign("GP08", PERSON, "2022-01", rows=rows)], catalogue)

    assert "第 1、2、3、4、5 行；等 12 行。" in finding.message.zh
    assert "rows 1, 2, 3, 4, 5; and 7 more rows." in finding.message.en


def test_no_message_accuses_or_holds_an_identity_number(catalogue: ConclusionSet) -> None:
    rows = (paid(1, "600", file=f"{PERSON}.xlsx"),)
    everything = [
        sign(id_, PERSON, "2022-01", "high", "row" if id_ < "M" and id_ > "H" else "person", rows=rows) for id_ in RULES
    ]

    for finding in findings(everything, catalogue):
        texts = [finding.title, finding.message, *finding.innocent, *finding.verify, *finding.clears]
        texts += [step.because for step in finding.trace]
        for said in (text.in_(lang) for text in texts for lang in ("zh", "en")):
            assert PERSON not in said
            assert not re.search(r"有罪|违法|犯罪|骗取|guilty|illegal|crime|fraud", said)


def test_the_id_hangs_on_the_matter_alone(catalogue: ConclusionSet) -> None:
    (finding,) = findings(ghost(), catalogue)
    moved = [replace(s, evidence=(paid(90, "1", file="新.xlsx"),), message={"zh": "", "en": ""}) for s in ghost()[:1]]

    (again,) = findings(moved, catalogue)
    (other_key,) = findings(ghost(), catalogue, Pseudonymiser(b"other"))

    assert re.fullmatch(r"F-GP-[0-9a-f]{16}", finding.id)
    assert again.id == finding.id != other_key.id
    assert again.subject_key == finding.subject_key == KEYS.key_of("person", PERSON)


def test_findings_of_one_person_have_different_ids(catalogue: ConclusionSet) -> None:
    found = findings([sign("GP05", PERSON), sign("WG01", PERSON, "2022-01", "medium")], catalogue)

    assert [f.id[:5] for f in found] == ["F-GP-", "F-WG-"]
    assert found[0].id[5:] != found[1].id[5:]


def test_the_worst_comes_first_whatever_the_order_of_signals(catalogue: ConclusionSet) -> None:
    signals = [
        sign("GP10", "a", "2022-01", "medium", rows=(paid(1, "900"),)),
        sign("GP10", "b", "2022-01", "medium", rows=(paid(2, "1000"),)),
        sign("GP03", "c", "2022-01", "critical"),
        sign("GP01", "d", "2022-01"),
        sign("GP05", "e"),
    ]
    shuffled = signals[:]
    random.Random(2).shuffle(shuffled)

    found = findings(signals, catalogue)

    assert [f.subject.id for f in found] == ["c", "e", "d", "b", "a"]
    assert findings(shuffled, catalogue) == found


def test_a_finding_that_rests_on_members_says_on_how_many_and_bears_the_given_name(catalogue: ConclusionSet) -> None:
    shop = ("workshop", "W1")
    signals = [sign("NE11", "p1", name="甲"), sign("NE11", "p2", name="乙"), sign("NE13", "p2", name="乙")]
    inference = infer(signals, catalogue, links={shop: [("person", "p1"), ("person", "p2")]}, names={shop: "甲车间"})

    found = conclude(inference, signals, catalogue, RULESET, KEYS)

    (workshop,) = (f for f in found if f.subject.kind == "workshop")
    assert workshop.grade is Grade.CONCLUSIVE
    assert workshop.signals == ("NE11|person|p1|", "NE11|person|p2|", "NE13|person|p2|")
    assert workshop.seen == Text(
        "NE11 所见（成员 2 人）；NE13 所见（成员 1 人）。",
        "NE11 seen (of 2 of its people); NE13 seen (of 1 of its people).",
    )
    assert workshop.message.zh.startswith("甲车间：")
    assert all("成员" not in f.seen.zh for f in found if f.subject.kind == "person")

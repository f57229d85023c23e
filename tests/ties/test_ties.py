"""Who is tied to whom: each kind of tie with its rows, its near misses, the groups that ties make."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.ties.inline import number, tables_of

from auditor.tables import Tables
from auditor.ties import End, Role, Tie, TieKind, around, collect_ties, groups_of, people_tied, tied_twice

JIA, YI, BING, DING = (number(f"@{one}") for one in "甲乙丙丁")


def told(tables: Tables, *kinds: TieKind) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (tie.kind.value, tie.value, [(end.person or end.name, end.role.value) for end in tie.ends])
        for tie in collect_ties(tables, kinds or tuple(TieKind))
    ]


def test_a_household_ties_its_members_and_nobody_lives_alone_in_a_tie() -> None:
    tables = tables_of(
        roster="""
        person_id | name | household_id
        @甲 | 甲 | H1
        @乙 | 乙 | H1
        @乙 | 乙 | H1
        @丙 | 丙 | H2
        @丙 | 丙 | H2
        @丁 | 丁 |
        """
    )
    (tie,) = collect_ties(tables)
    assert (tie.kind, tie.value) == (TieKind.HOUSEHOLD, "H1")
    assert [(end.person, end.rows) for end in tie.ends] == sorted(
        [(JIA, (("roster", 0),)), (YI, (("roster", 1), ("roster", 2)))]
    )


def test_declared_kinship_ties_official_and_relative_with_the_words() -> None:
    tables = tables_of(
        relatives="""
        official_id | official | relative_id | relative | relation
        @甲 | 甲 | @乙 | 乙 | 配偶
        @甲 | 甲 | @乙 | 乙 | 妻子
        @甲 | 甲 | @甲 | 甲 | 本人
        @丙 | 丙 | | 某 | 兄弟
        """
    )
    assert told(tables) == [("kinship", "配偶、妻子", [(JIA, "official"), (YI, "relative")])]


def test_one_account_over_all_that_pay_and_a_holder_of_another_name() -> None:
    tables = tables_of(
        payroll="""
        person_id | name | month | amount | account_no | paid_on
        @甲 | 甲 | 2022-03 | 600 | 6217000012345678901 | 2022-04-05
        @丙 | 丙 | 2022-03 | 600 | 6217000012345678902 | 2022-04-05
        @丁 | 丁 | 2022-03 | 600 | 6217000012345678903 | 2022-04-05
        """,
        workshop_payroll="""
        workshop_id | person_id | name | month | amount | account_no
        CJ1 | @乙 | 乙 | 2022-03 | 600 | 6217000012345678901
        """,
        bank_payments="""
        voucher_no | account_no | account_name | amount | paid_on | status
        A1 | 6217000012345678901 | 甲 | 600 | 2022-04-06 | 成功
        A2 | 6217000012345678902 | 老板 | 600 | 2022-04-06 | 成功
        A3 | 6217000012345678903 | 老板 | 600 | 2022-04-06 | 失败
        A4 | 6217000012345678909 | 老板 | 600 | 2022-04-06 | 成功
        """,
    )
    first, second = told(tables)
    assert (first[1], sorted(first[2])) == ("6217000012345678901", sorted([(JIA, "user"), (YI, "user")]))
    assert second == ("account", "6217000012345678902", [(BING, "user"), ("老板", "holder")])


def test_one_phone_over_all_ledgers_that_have_phones() -> None:
    tables = tables_of(
        roster="""
        person_id | name | household_id | phone
        @甲 | 甲 | H1 | 13900000001
        @丙 | 丙 | H2 | 13900000002
        """,
        migrant_work="""
        person_id | name | phone
        @乙 | 乙 | 13900000001
        @丙 | 丙 | 13900000002
        """,
    )
    ((kind, value, ends),) = told(tables, TieKind.PHONE)
    assert (kind, value, sorted(ends)) == ("phone", "13900000001", sorted([(JIA, "user"), (YI, "user")]))


def test_approvers_by_number_and_by_a_name_that_one_official_alone_has() -> None:
    tables = tables_of(
        posts="""
        post_id | person_id | name | approver_id | approver
        P1 | @乙 | 乙 | @甲 | 甲
        P2 | @丙 | 丙 | | 甲
        P3 | @丁 | 丁 | | 同名
        P4 | @甲 | 甲 | @甲 | 甲
        """,
        officials="""
        person_id | name | position
        @甲 | 甲 | 村主任
        @戊 | 同名 | 村主任
        @己 | 同名 | 村主任
        """,
    )
    assert told(tables) == [
        ("approver", JIA, [(JIA, "approver"), (YI, "placed")]),
        ("approver", JIA, [(JIA, "approver"), (BING, "placed")]),
    ] or told(tables) == [
        ("approver", JIA, [(JIA, "approver"), (BING, "placed")]),
        ("approver", JIA, [(JIA, "approver"), (YI, "placed")]),
    ]
    assert {tie.by_name: tie.ends[1].person for tie in collect_ties(tables)} == {False: YI, True: BING}


def test_absent_ledgers_tie_nobody() -> None:
    assert collect_ties(tables_of(deaths="person_id | name | died_on\n@甲 | 甲 | 2022-01-01")) == ()


def tie(kind: TieKind, value: str, *people: str) -> Tie:
    return Tie(kind, value, tuple(End(one, one, Role.MEMBER, (("roster", 0),)) for one in people))


def test_an_approver_joins_a_group_and_does_not_make_one() -> None:
    ties = [
        tie(TieKind.KINSHIP, "配偶", "a", "b"),
        tie(TieKind.HOUSEHOLD, "H", "c", "d"),
        tie(TieKind.APPROVER, "a", "a", "b", "c", "x"),
    ]
    groups = groups_of(ties)
    assert [group.people for group in groups] == [("a", "b"), ("c", "d")]
    assert [[(t.kind, sorted(t.nodes)) for t in group.ties] for group in groups] == [
        [(TieKind.APPROVER, ["a", "b"]), (TieKind.KINSHIP, ["a", "b"])],
        [(TieKind.HOUSEHOLD, ["c", "d"])],
    ]
    assert [tied_twice(group) for group in groups] == [True, False]
    (alone,) = groups_of(ties[2:])
    assert alone.people == ("a", "b", "c", "x")


def test_two_ways_mean_two_kinds_and_the_same_two_people() -> None:
    apart = [tie(TieKind.HOUSEHOLD, "H", "a", "b"), tie(TieKind.PHONE, "1", "b", "c")]
    again = [tie(TieKind.PHONE, "1", "a", "b"), tie(TieKind.PHONE, "2", "a", "b")]
    both = [tie(TieKind.HOUSEHOLD, "H", "a", "b", "c"), tie(TieKind.PHONE, "1", "b", "c")]
    assert [tied_twice(groups_of(ties)[0]) for ties in (apart, again, both)] == [False, False, True]


def test_so_many_steps_around_one_person() -> None:
    chain = [tie(TieKind.PHONE, f"{one}{other}", one, other) for one, other in ("ab", "bc", "cd", "xy")]
    assert [t.value for t in around(chain, "a", 1)] == ["ab"]
    assert [t.value for t in around(chain, "a", 2)] == ["ab", "bc"]
    assert [t.value for t in around(chain, "a")] == ["ab", "bc", "cd"]
    assert around(chain, "nobody") == ()


def test_two_holders_of_one_name_are_not_taken_for_one_person() -> None:
    ends = [
        (End(one, one, Role.USER, (("payroll", 0),)), End(None, "王五", Role.HOLDER, (("bank_payments", row),)))
        for row, one in enumerate("ab")
    ]
    groups = groups_of([Tie(TieKind.ACCOUNT, str(row), pair) for row, pair in enumerate(ends)])
    assert [len(group.people) for group in groups] == [2, 2]


def test_what_people_are_beside_their_ties() -> None:
    tables = tables_of(
        roster="person_id | name | household_id\n@甲 | 甲 | H1\n@乙 | 乙 | H1\n@丙 | 丙 | H1",
        officials="person_id | name | position\n@甲 | 甲 | 村主任\n@甲 | 甲 | 会计",
        posts="person_id | name\n@乙 | 乙",
        workshop_workers="workshop_id | person_id | name\nCJ1 | @丙 | 丙",
    )
    people = people_tied(collect_ties(tables), tables)
    assert people[JIA].offices == ("村主任", "会计")
    assert [(people[one].offices != (), people[one].posts, people[one].rolls) for one in (JIA, YI, BING)] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


_KINDS = st.sampled_from([kind for kind in TieKind if kind is not TieKind.APPROVER])
_TIES = st.lists(st.builds(lambda k, p: tie(k, "".join(sorted(p)), *sorted(p)), _KINDS, st.sets(
    st.sampled_from("abcdefghij"), min_size=2, max_size=4)), max_size=12)  # fmt: skip


@given(_TIES)
def test_groups_part_the_people_and_keep_every_tie(ties: list[Tie]) -> None:
    groups = groups_of(ties)
    people = [one for group in groups for one in group.people]
    assert sorted(people) == sorted({node for one in ties for node in one.nodes})
    assert sorted(t.key for group in groups for t in group.ties) == sorted(t.key for t in ties)
    assert all(t.nodes <= set(group.people) for group in groups for t in group.ties)
    for group in groups:
        assert {t.key for t in around(ties, group.people[0])} == {t.key for t in group.ties}

"""Rows without an identity number: linked where exactly one person fits, told either way, never guessed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sheets import sheet

from auditor.intake import SheetReading
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, RowLink, Tables, build_tables
from auditor.values import check_digit


def number(order: int, born: str = "19750312") -> str:
    """A made-up identity number with the right check digit."""
    body = f"500299{born}{order:03d}"
    return body + check_digit(body)


ZHANG, OTHER, LI = number(121), number(345, "19820105"), number(7)
POSTS = "身份证号 | 姓名 | 岗位类型 | 用人单位 | 乡镇 | 村 | 上岗时间 | 月工资标准 | 银行账号"
DAYS = "姓名 | 考勤月份 | 用人单位 | 村 | 出勤天数"
PAID = "身份证号 | 姓名 | 发放月份 | 用人单位 | 村 | 发放金额 | 银行账号 | 发放日期"
ZHANG_POST = f"{ZHANG} | 张三 | 保洁员 | 清溪镇政府 | 清溪镇 | 石桥村 | 2021-03-01 | 600 | 6217000000000000017"
LI_POST = f"{LI} | 李四 | 保洁员 | 清溪镇政府 | 清溪镇 | 石桥村 | 2021-03-01 | 600 | 6217000000000000025"


@pytest.fixture
def engine() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as duck:
        yield duck


def posts(*lines: str, file: str = "岗位.xlsx") -> SheetReading:
    return sheet("\n".join((POSTS, *lines)), file=file)


def days(*lines: str, file: str = "公益性岗位考勤表.xlsx") -> SheetReading:
    return sheet("\n".join((DAYS, *lines)), file=file)


def link(tables: Tables, ledger: str, row: int) -> RowLink:
    found = tables.present[ledger].links.of(row)
    assert found is not None
    return found


def built(engine: DuckEngine, *readings: SheetReading) -> Tables:
    return build_tables(readings, default_catalogue(), engine)


def test_a_row_without_a_number_is_linked_by_name_and_employer(engine: DuckEngine) -> None:
    tables = built(engine, posts(ZHANG_POST, LI_POST), days("张　三 | 2022-03 | 清溪镇政府 | | 22"))
    found = link(tables, "attendance", 0)
    assert (found.person_id, found.by, found.reason, found.fits) == (ZHANG, ("name", "employer"), "", 1)
    assert engine.query("SELECT person_id FROM attendance").to_pylist() == [{"person_id": ZHANG}]
    attendance = tables.present["attendance"]
    assert "person_id" in attendance.columns
    assert attendance.raw.column("person_id").to_pylist() == [None]


def test_the_evidence_says_how_the_row_was_linked_and_by_which_row(engine: DuckEngine) -> None:
    tables = built(engine, posts(LI_POST, ZHANG_POST), days("张三 | 2022-03 | 清溪镇政府 | 石桥村 | 22"))
    (row,) = tables.evidence("attendance", [0], ["person_id", "name"])
    assert row.linked is not None
    assert row.linked.by == ("name", "employer", "village")
    assert (row.linked.ledger, row.linked.file, row.linked.row) == ("posts", "岗位.xlsx", 3)
    assert "岗位.xlsx[Sheet1]!3" in row.linked.sentence("zh")
    (own,) = tables.evidence("posts", [0], ["person_id"])
    assert own.linked is None


@pytest.mark.parametrize(
    ("row", "reason", "fits"),
    [
        ("张三 | 2022-03 | | | 22", "name-only", 0),
        ("— | 2022-03 | 清溪镇政府 | 石桥村 | 22", "nameless", 0),
        ("王五 | 2022-03 | 清溪镇政府 | 石桥村 | 22", "nobody", 0),
        ("张三 | 2022-03 | 白沙镇政府 | 青山村 | 22", "nobody", 0),
        ("张三 | 2022-03 | 白沙镇政府 | 石桥村 | 22", "contradicts", 1),
        ("张三(代) | 2022-03 | 清溪镇政府 | 石桥村 | 22", "nobody", 0),
        ("张三2 | 2022-03 | 清溪镇政府 | 石桥村 | 22", "nobody", 0),
    ],
)
def test_a_row_that_fits_nobody_for_certain_is_not_linked(engine: DuckEngine, row: str, reason: str, fits: int) -> None:
    tables = built(engine, posts(ZHANG_POST, LI_POST), days(row))
    found = link(tables, "attendance", 0)
    assert (found.person_id, found.reason, found.fits) == (None, reason, fits)
    assert engine.query("SELECT person_id FROM attendance").to_pylist() == [{"person_id": None}]
    assert "person_id" not in tables.present["attendance"].columns, (
        "nobody was linked: the column is as absent as it was"
    )


@pytest.mark.parametrize(
    "namesake",
    [
        f"{OTHER} | 张三 | 护林员 | 清溪镇政府 | 清溪镇 | 青山村 | 2021-03-01 | 600 | 6217000000000000033",
        f"{OTHER} | 张三 | 护林员 | 白沙镇政府 | 清溪镇 | 石桥村 | 2021-03-01 | 600 | 6217000000000000033",
        f"{OTHER} | 张三 | 护林员 | 白沙镇政府 | | 石桥村 | 2021-03-01 | 600 | 6217000000000000033",
    ],
)
def test_a_namesake_who_fits_in_anything_makes_it_several(engine: DuckEngine, namesake: str) -> None:
    tables = built(engine, posts(ZHANG_POST, namesake), days("张三 | 2022-03 | 清溪镇政府 | 石桥村 | 22"))
    found = link(tables, "attendance", 0)
    assert (found.person_id, found.reason, found.fits) == (None, "several", 2)


def test_a_namesake_elsewhere_is_no_matter(engine: DuckEngine) -> None:
    namesake = f"{OTHER} | 张三 | 护林员 | 白沙镇政府 | 白沙镇 | 青山村 | 2021-03-01 | 600 | 6217000000000000033"
    tables = built(engine, posts(ZHANG_POST, namesake), days("张三 | 2022-03 | 清溪镇政府 | 石桥村 | 22"))
    assert link(tables, "attendance", 0).person_id == ZHANG


def test_villages_of_one_name_in_two_towns_are_two_villages(engine: DuckEngine) -> None:
    roster = "身份证号 | 姓名 | 户编号 | 乡镇 | 村 | 劳动能力 | 是否务工"
    here = f"{ZHANG} | 张三 | 1 | 清溪镇 | 石桥村 | 弱劳动力 | 否"
    there = f"{OTHER} | 张三 | 2 | 白沙镇 | 石桥村 | 弱劳动力 | 否"
    post = "— | 张三 | 保洁员 | 白沙镇政府 | 白沙镇 | 石桥村 | 2021-03-01 | 600 | 6217000000000000033"
    both = sheet(f"{roster}\n{here}\n{there}", file="花名册.xlsx")
    assert link(built(engine, both, posts(LI_POST, post)), "posts", 1).person_id == OTHER
    one = sheet(f"{roster}\n{here}", file="花名册.xlsx")
    assert link(built(engine, one, posts(LI_POST, post)), "posts", 1).reason == "nobody"
    townless = link(built(engine, both, days("张三 | 2022-03 | | 石桥村 | 22")), "attendance", 0)
    assert (townless.reason, townless.fits) == ("several", 2)


def test_an_account_links_and_another_account_contradicts(engine: DuckEngine) -> None:
    row = "— | 张三 | 2022-03 | | | 600 | {} | 2022-04-05"
    same = sheet("\n".join((PAID, row.format("6217000000000000017"))), file="发放.xlsx")
    assert link(built(engine, posts(ZHANG_POST), same), "payroll", 0).by == ("name", "account_no")
    other = sheet("\n".join((PAID, row.replace("2022-03 | |", "2022-03 | 清溪镇政府 |").format("6217000000000000041"))))
    assert link(built(engine, posts(ZHANG_POST), other), "payroll", 0).reason == "contradicts"


def test_a_second_row_where_one_is_expected_may_be_a_namesake(engine: DuckEngine) -> None:
    numbered = f"{ZHANG} | 张三 | 2022-03 | 清溪镇政府 | 石桥村 | 600 | 6217000000000000017 | 2022-04-05"
    empty = "无 | 张三 | 2022-{} | 清溪镇政府 | 石桥村 | 800 | {} | 2022-04-06"
    paid = (numbered, empty.format("03", ""), empty.format("04", ""), empty.format("03", "6217000000000000017"))
    tables = built(engine, posts(ZHANG_POST), sheet("\n".join((PAID, *paid)), file="发放.xlsx"))
    assert link(tables, "payroll", 1).reason == "stands-already"
    assert link(tables, "payroll", 2).person_id == ZHANG, "another month"
    assert link(tables, "payroll", 3).person_id == ZHANG, "no namesake has the same account"


def test_copies_of_a_row_are_one_person(engine: DuckEngine) -> None:
    row = "张三 | 2022-03 | 清溪镇政府 | 石桥村 | 22"
    tables = built(engine, posts(ZHANG_POST), days(row, row))
    assert [link(tables, "attendance", n).person_id for n in (0, 1)] == [ZHANG, ZHANG]
    differing = built(engine, posts(ZHANG_POST), days(row, row.replace("22", "20", 2).replace("2020", "2022")))
    assert {link(differing, "attendance", n).reason for n in (0, 1)} == {"stands-already"}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("5.00299E+17", None),
        (ZHANG[:-1] + "?", None),
        ("500299********" + ZHANG[-4:], "masked"),
        ("无", ""),
        ("同上", ""),
    ],
)
def test_only_an_empty_cell_is_filled(engine: DuckEngine, cell: str, reason: str | None) -> None:
    paid = sheet(f"{PAID}\n{cell} | 张三 | 2022-03 | 清溪镇政府 | 石桥村 | 600 | 6217000000000000017 | 2022-04-05")
    tables = built(engine, posts(ZHANG_POST), paid)
    found = tables.present["payroll"].links.of(0)
    if reason is None:
        assert found is None
    elif reason == "masked":
        assert found is not None
        assert (found.person_id, found.reason, found.fits) == (None, "masked", 1)
    else:
        assert found is not None
        assert (found.person_id, found.reason) == (ZHANG, "")


@pytest.mark.parametrize(
    ("mask", "fits"),
    [
        (ZHANG[:6] + "********" + ZHANG[-4:], 1),
        (ZHANG[:6] + "****" + ZHANG[-4:], 1),
        (ZHANG[:10] + "****" + ZHANG[-4:], 1),
        (ZHANG[:6] + "********9999", 0),
        (ZHANG[:6] + "************", 2),
        ("****" + ZHANG[-4:], 1),
    ],
)
def test_a_masked_number_says_how_many_it_may_be(engine: DuckEngine, mask: str, fits: int) -> None:
    namesake = f"{OTHER} | 张三 | 护林员 | 白沙镇政府 | 白沙镇 | 青山村 | 2021-03-01 | 600 | 6217000000000000033"
    paid = sheet(f"{PAID}\n{mask} | 张三 | 2022-03 | 清溪镇政府 | 石桥村 | 600 | 6217000000000000017 | 2022-04-05")
    found = link(built(engine, posts(ZHANG_POST, LI_POST, namesake), paid), "payroll", 0)
    assert (found.person_id, found.reason, found.fits) == (None, "masked", fits)


def test_a_mistyped_number_is_no_namesake_but_another_wrong_one_is(engine: DuckEngine) -> None:
    slip = ZHANG[:8] + ("1" if ZHANG[8] != "1" else "2") + ZHANG[9:]
    wrong = OTHER[:-1] + ("0" if OTHER[-1] != "0" else "1")
    line = "{} | 张三 | 2022-03 | 清溪镇政府 | 石桥村 | 600 | 6217000000000000017 | 2022-04-05"
    attended = days("张三 | 2022-03 | 清溪镇政府 | 石桥村 | 22")
    tables = built(engine, posts(ZHANG_POST), sheet(f"{PAID}\n{line.format(slip)}"), attended)
    assert link(tables, "attendance", 0).person_id == ZHANG
    tables = built(engine, posts(ZHANG_POST), sheet(f"{PAID}\n{line.format(wrong)}"), attended)
    assert link(tables, "attendance", 0).reason == "several"
    alone = built(engine, sheet(f"{PAID}\n{line.format(wrong)}"), attended)
    assert link(alone, "attendance", 0).person_id == wrong, "who stands under a wrong number everywhere is a person too"


def test_nobody_is_called_an_official_for_his_name(engine: DuckEngine) -> None:
    officials = sheet(
        "身份证号 | 姓名 | 职务 | 乡镇 | 村\n无 | 张三 | 村支书 | 清溪镇 | 石桥村",
        file="村（社区）干部及经办人员名单.xlsx",
    )
    found = link(built(engine, posts(ZHANG_POST), officials), "officials", 0)
    assert (found.person_id, found.reason) == (None, "status-list")


def test_ledgers_that_are_not_of_people_are_left_alone(engine: DuckEngine) -> None:
    bank = sheet(
        "流水号 | 收款账号 | 收款户名 | 交易金额 | 交易日期 | 交易状态\n"
        "1 | 6217000000000000017 | 张三 | 600 | 2022-04-05 | 成功"
    )
    tables = built(engine, posts(ZHANG_POST), bank)
    assert tables.present["bank_payments"].links.table.num_rows == 0


NAMES = ("张三", "李四", "王五")
EMPLOYERS, VILLAGES = ("清溪镇政府", "白沙镇政府", ""), ("石桥村", "青山村", "")
PEOPLE = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(EMPLOYERS), st.sampled_from(VILLAGES)), min_size=1, max_size=6
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.integers(1, 3),
        st.sampled_from(EMPLOYERS),
        st.sampled_from(VILLAGES),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=5,
)


# An empty cell is written as a dash: one below a filled one may be read as the same once more.
def post_lines(people: Sequence[tuple[int, str, str]]) -> list[str]:
    return [
        f"{number(who)} | {NAMES[who % 3]} | 保洁员 | {employer or '—'} | — | {village or '—'} | 2021-03-01 | 600 | —"
        for who, employer, village in people
    ]


def day_lines(rows: Sequence[tuple[str, int, str, str, int]]) -> list[str]:
    return [
        f"{name} | 2022-{month:02d} | {employer or '—'} | {village or '—'} | {present}"
        for name, month, employer, village, present in rows
    ]


def links_of(readings: Sequence[SheetReading]) -> dict[tuple[object, ...], tuple[str | None, str]]:
    """What each row says → to whom it was linked."""
    with DuckEngine(threads=1) as engine:
        tables = build_tables(readings, default_catalogue(), engine)
        table = tables.present["attendance"]
        said = table.typed.select(["name", "month", "employer", "village", "days_present"]).to_pylist()
        return {
            tuple(row.values()): (link(tables, "attendance", n).person_id, link(tables, "attendance", n).reason)
            for n, row in enumerate(said)
        }


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PEOPLE, ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_never_changes_a_link(
    people: list[tuple[int, str, str]], rows: list[tuple[str, int, str, str, int]], order: random.Random
) -> None:
    first = links_of([posts(*post_lines(people)), days(*day_lines(rows))])
    people_again, rows_again = order.sample(people, len(people)), order.sample(rows, len(rows))
    half = len(rows_again) // 2
    files = [
        posts(*post_lines(people_again), file="z.xlsx"),
        days(*day_lines(rows_again[half:]), file="b公益性岗位考勤表.xlsx"),
    ]
    files += [days(*day_lines(rows_again[:half]), file="a公益性岗位考勤表.xlsx")] if half else []
    assert links_of(order.sample(files, len(files))) == first


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PEOPLE, ROWS, st.sampled_from(EMPLOYERS), st.sampled_from(VILLAGES))
def test_one_more_person_never_moves_a_link_to_somebody_else(
    people: list[tuple[int, str, str]], rows: list[tuple[str, int, str, str, int]], employer: str, village: str
) -> None:
    before = links_of([posts(*post_lines(people)), days(*day_lines(rows))])
    stranger = f"{OTHER} | 赵六 | 保洁员 | {employer or '—'} | — | {village or '—'} | 2021-03-01 | 600 | —"
    assert links_of([posts(*post_lines(people), stranger), days(*day_lines(rows))]) == before
    namesake = f"{OTHER} | 张三 | 保洁员 | {employer or '—'} | — | {village or '—'} | 2021-03-01 | 600 | —"
    after = links_of([posts(*post_lines(people), namesake), days(*day_lines(rows))])
    for row, (person, reason) in before.items():
        name, _, row_employer, row_village, _ = row
        fits = (employer and employer == row_employer) or (village and village == row_village)
        if name != "张三" or not fits:
            assert after[row] == (person, reason)
        elif person is not None:
            assert after[row] == (None, "several")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PEOPLE, ROWS)
def test_a_linked_row_agrees_with_its_person_and_with_nobody_else(
    people: list[tuple[int, str, str]], rows: list[tuple[str, int, str, str, int]]
) -> None:
    for row, (person, _) in links_of([posts(*post_lines(people)), days(*day_lines(rows))]).items():
        name, _, employer, village, _ = row
        fitting = {
            number(who)
            for who, his_employer, his_village in people
            if NAMES[who % 3] == name
            and ((employer and his_employer == employer) or (village and his_village == village))
        }
        assert person is None or fitting == {person}

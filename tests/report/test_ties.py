"""Ties shown: a table, JSON and a page that a browser draws; numbers masked, strangers' words inert."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest
from rich.console import Console
from tests.report.browser import listener, visit
from tests.report.reading_county import veil
from tests.ties.inline import number, tables_of

from auditor.report import print_ties, ties_json, ties_page, ties_view
from auditor.report.ties import TiesView
from auditor.report.ties_drawing import draw
from auditor.tables import Tables
from auditor.ties import collect_ties

HOSTILE = "<script>document.title='owned'</script>"
ACCOUNT, PHONE = "6217000012345678901", "13912345678"


def county(hostile: str = "乙") -> Tables:
    """An official whose cousin he placed, who lives with five others; one account of two; people apart."""
    return tables_of(
        roster=f"""
        person_id | name | household_id | phone
        @乙 | {hostile} | H1 |
        @丙1 | 丙1 | H1 |
        @丙2 | 丙2 | H1 |
        @丙3 | 丙3 | H1 |
        @丙4 | 丙4 | H1 |
        @丙5 | 丙5 | H1 |
        @戊 | 戊 | H2 | {PHONE}
        @己 | 己 | H2 |
        @庚 | 庚 | H3 |
        @辛 | 辛 | H3 |
        """,
        officials="person_id | name | position\n@甲 | 甲 | 村党支部书记",
        relatives=f"official_id | official | relative_id | relative | relation\n@甲 | 甲 | @乙 | {hostile} | 堂弟",
        posts=f"""
        person_id | name | approver_id | approver | phone
        @乙 | {hostile} | @甲 | 甲 | {PHONE}
        @庚 | 庚 | @甲 | 甲 |
        """,
        payroll=f"""
        person_id | name | month | amount | account_no | paid_on
        @己 | 己 | 2022-03 | 600 | {ACCOUNT} | 2022-04-05
        @戊 | 戊 | 2022-03 | 600 | {ACCOUNT} | 2022-04-05
        """,
    )


def view_of(tables: Tables, *, unmask: bool = False) -> TiesView:
    return ties_view(collect_ties(tables), tables, (), veil(unmask=unmask))


class Page(HTMLParser):
    """The elements of a page: tag and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture(scope="module")
def page() -> str:
    return ties_page(view_of(county(HOSTILE)), 40)


def test_groups_worth_a_look_come_by_kinds_and_others_are_counted() -> None:
    view = view_of(county())
    # One phone ties 乙 to 戊, so that theirs is one group; 庚 and 辛 are tied by their household alone.
    assert [len(group.people) for group in view.groups] == [9]
    assert view.rest == 1


def test_two_tied_in_two_ways_are_told_in_words(page: str) -> None:
    assert "declared" not in page
    plain = ties_page(view_of(county()), 40)
    assert "乙是甲申报的亲属（堂弟）；甲审批了乙的岗位" in plain
    assert re.search("(己与戊同用一个账户；己与戊同户)|(戊与己同用一个账户；戊与己同户)", plain)
    assert "declared 乙 a relative (堂弟)" in ties_page(view_of(county()), 40, "en")


def test_members_of_a_household_with_nothing_else_to_them_are_folded() -> None:
    view = view_of(county())
    drawing = draw(view.groups[0], view, "zh")
    assert [box.lines[0][1] for box in drawing.boxes if box.style == "folded"] == ["另 5 人"]
    assert sorted(box.name for box in drawing.boxes if box.name) == ["乙", "己", "戊", "甲"]
    assert drawing.left_out == 0


def test_a_household_of_two_thousand_is_no_tangle() -> None:
    many = "\n".join(f"@人{n} | 人{n} | H1" for n in range(2_000))
    tables = tables_of(
        roster=f"person_id | name | household_id\n{many}",
        officials="person_id | name | position\n" + "\n".join(f"@人{n} | 人{n} | 村主任" for n in range(150)),
    )
    view = view_of(tables)
    drawing = draw(view.groups[0], view, "zh")
    folded = len(view.groups[0].people) - 150  # of so many made-up people some have one number
    assert folded > 1_800
    assert len(drawing.boxes) <= 72
    assert drawing.left_out == 150 - sum(box.style == "official" for box in drawing.boxes) > 0
    assert [box.lines[0][1] for box in drawing.boxes if box.style == "folded"] == [f"另 {folded} 人"]
    for one, other in combinations(drawing.boxes, 2):
        apart = abs(one.x - other.x) >= (one.width + other.width) / 2 or (
            abs(one.y - other.y) >= (one.height + other.height) / 2
        )
        assert apart, (one.name, other.name)
    page = ties_page(view, 40)
    assert f"另有 {drawing.left_out} 人没有画" in page
    assert len(page) < 200_000


def test_the_limit_is_said_aloud() -> None:
    pairs = "\n".join(f"@人{n} | 人{n} | H{n // 2}" for n in range(12))
    tables = tables_of(
        roster=f"person_id | name | household_id\n{pairs}",
        officials="person_id | name | position\n" + "\n".join(f"@人{n} | 人{n} | 村主任" for n in range(0, 12, 2)),
    )
    view = view_of(tables)
    assert ties_page(view, 4).count("<figure>") == 4
    assert "还有 2 组值得看而没有画" in ties_page(view, 4)
    assert "没有画" not in ties_page(view, 6)


def test_every_tie_gives_its_cells_in_json() -> None:
    told = ties_json(view_of(county()))
    ties = told["ties"]
    assert isinstance(ties, list)
    kinship = next(tie for tie in ties if tie["kind"] == "kinship")
    (row,) = kinship["ends"][0]["rows"]
    assert (row["ledger"], row["file"], row["row"]) == ("relatives", "relatives.case", 2)
    assert row["cells"]["relation"] == {"cell": "E2", "raw": "堂弟", "value": "堂弟"}
    assert [end["role"] for end in kinship["ends"]] == ["official", "relative"]
    assert {tie["kind"] for tie in ties} == {"household", "kinship", "account", "phone", "approver"}


def test_numbers_are_masked_everywhere_unless_asked_for() -> None:
    for unmask in (False, True):
        view = view_of(county(), unmask=unmask)
        screen = io.StringIO()
        print_ties(view, Console(file=screen, width=400))
        for text in (screen.getvalue(), str(ties_json(view)), ties_page(view, 40)):
            for whole in (number("@甲"), number("@丙3"), ACCOUNT, PHONE):
                assert (whole in text) is unmask, whole


def test_the_table_says_who_by_what_and_where() -> None:
    screen = io.StringIO()
    print_ties(view_of(county()), Console(file=screen, width=400))
    lines = [re.sub(r"\s+", " ", line) for line in screen.getvalue().splitlines()]
    assert lines[0] == "关联 7 条（同户 3、亲属 1、同账户 1、同电话 1、审批 1），涉及 11 人"
    assert any("亲属 堂弟 甲" in line and "relatives.case 2" in line for line in lines)
    assert any("其余关联" in line for line in lines)
    assert any("未提供" in line and "workshop" not in line for line in lines)


def test_nothing_ties_nobody() -> None:
    tables = tables_of(deaths="person_id | name | died_on\n@甲 | 甲 | 2022-01-01")
    screen = io.StringIO()
    print_ties(view_of(tables), Console(file=screen, width=400))
    assert "没有发现关联" in screen.getvalue()
    assert "没有发现关联" in ties_page(view_of(tables), 40)


def test_the_same_ties_give_the_same_page() -> None:
    assert ties_page(view_of(county()), 40) == ties_page(view_of(county()), 40)


def test_the_page_asks_for_nothing_and_runs_nothing(page: str) -> None:
    for tag, attributes in Page(page).elements:
        assert tag not in {"script", "img", "link", "iframe", "object", "use", "image"}
        for name in ("src", "href", "xlink:href", "action", "data"):
            assert name not in attributes
        assert not any(name.startswith("on") or name == "style" for name in attributes), attributes
    assert not re.search(r"https?://|@import", page)
    assert set(re.findall(r"url\((.)", page)) <= {"#"}
    (policy,) = [a["content"] for t, a in Page(page).elements if t == "meta" and "Content-Security-Policy" in str(a)]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_a_browser_draws_it_and_a_strangers_words_do_nothing(page: str, tmp_path: Path) -> None:
    seen = visit(page, tmp_path)
    assert [address for address in seen.asked if not address.startswith(("file:", "data:"))] == []
    assert "<title>人员关联图</title>" in seen.dom
    assert "&lt;script&gt;" in seen.dom
    assert seen.dom.count('<g class="box') >= 6


def test_the_policy_holds_even_where_markup_got_in(page: str, tmp_path: Path) -> None:
    with listener() as (address, asked):
        broken = page.replace("<main>", f'<main><img src="{address}/seen"><script>document.title="owned"</script>', 1)
        seen = visit(broken, tmp_path)
    assert asked == []
    assert "<title>人员关联图</title>" in seen.dom

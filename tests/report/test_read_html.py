"""The reading report as a page: self-contained, inert whatever the cells hold, and drawn by a real browser."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.report.browser import QUIET, chromium, listener, visit
from tests.report.reading_county import ACCOUNT, OTHER, PERSON, county, payroll, strange, veil
from tests.sheets import grid

from auditor.report import reading_page

TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "h1",
    "h2",
    "h3",
    "p",
    "section",
    "pre",
    "ul",
    "ol",
    "li",
    "span",
    "b",
    "q",
    "code",
    "strong",
    "main",
    "article",
    "details",
    "summary",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "label",
    "input",
    "button",
    "script",
}
ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "href",
    "tabindex",
    "aria-label",
    "aria-labelledby",
    "aria-live",
    "id",
    "type",
    "autocomplete",
    "hidden",
    "data-sheet",
    "data-name",
    "data-bad",
    "open",
    "role",
    "scope",
    "title",
    "colspan",
    "rowspan",
    "value",
}


class Page(HTMLParser):
    """The elements of a page: tag, attributes, the text right inside."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1][2].append(data)

    def of(self, tag: str, part: str = "") -> list[tuple[dict[str, str], str]]:
        """The elements `tag`, of the class `part` where that is given."""
        found = [(a, "".join(said)) for t, a, said in self.elements if t == tag]
        return [(a, said) for a, said in found if not part or part in a.get("class", "").split()]


@pytest.fixture(scope="module")
def page() -> str:
    return reading_page(county(), veil(), "zh")


def test_the_page_asks_for_nothing(page: str) -> None:
    for _, attributes, _ in Page(page).elements:
        for name in ("src", "href", "action", "data", "poster", "srcset", "background"):
            assert attributes.get(name, "#").startswith("#"), attributes
        assert not any(name.startswith("on") or name == "style" for name in attributes), attributes
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"https?://", page)


def test_only_its_own_style_and_script_may_run(page: str) -> None:
    policies = [a["content"] for a, _ in Page(page).of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    (policy,) = policies
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert len(Page(page).of("script")) == len(Page(page).of("style")) == 1


def test_what_strangers_typed_is_shown_and_inert(page: str) -> None:
    assert "&lt;script&gt;document.title" in page
    assert not Page(page).of("img")
    assert "⟨U+202E⟩" in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", page)


def test_numbers_are_masked_unless_asked_for(page: str) -> None:
    whole = reading_page(county(), veil(unmask=True), "zh")
    for number in (PERSON, OTHER, ACCOUNT):
        assert number not in page
        assert number in whole


def test_rows_are_tinted_by_what_they_are(page: str) -> None:
    rows = [a.get("class", "") for a, _ in Page(page).of("tr")]
    for band in ("b-TITLE", "b-HEADER", "b-READ", "b-TOTAL", "b-NOTE", "b-UNUSED"):
        assert any(band in row for row in rows), band
    assert any("hidrow" in row for row in rows)


def test_a_fault_is_marked_at_its_cell_and_told_in_the_list(page: str) -> None:
    cells = [a for a, said in Page(page).of("td", "f") if said.startswith("六0零")]
    (cell,) = cells
    assert "六0零" in cell["title"]
    targets = {a["href"][1:] for a, _ in Page(page).of("a") if "-f" in a.get("href", "")}
    listed = {a["id"] for a, _ in Page(page).of("li") if "id" in a}
    assert targets
    assert targets <= listed


def test_carried_values_and_merged_titles_show(page: str) -> None:
    assert "兴隆村" in [said.strip() for _, said in Page(page).of("td", "carried")]
    assert any(a.get("colspan") == "10" for a, said in Page(page).of("td") if "公益性岗位补贴发放表" in said)


def test_every_language_has_its_page() -> None:
    page = reading_page(county(), veil(), "en")
    assert '<html lang="en">' in page
    assert "Reading report" in page
    assert "读表报告" not in page


def test_a_long_sheet_is_drawn_in_part_and_says_what_it_leaves_out() -> None:
    page = reading_page(county(payroll(5000)), veil(), "zh")
    drawn = Page(page).of("tr")
    assert len(drawn) < 600
    assert "此处省略" in page
    assert "六0零" in page
    assert len(page) < 600_000


def test_many_sheets_stay_a_page_that_can_be_opened() -> None:
    sheets = [payroll(300, f"{number}月") for number in range(40)]
    page = reading_page(county(*sheets), veil(), "zh")
    assert len(page.encode()) < 2_000_000


def test_a_sheet_without_cells_is_no_trouble() -> None:
    page = reading_page(county(payroll(), grid([], name="空")), veil(), "zh")
    assert "空" in page


def test_a_wide_sheet_says_how_many_columns_are_not_drawn() -> None:
    rows = [
        ["身份证号", "姓名", "死亡日期", *(f"列{i}" for i in range(100))],
        [PERSON, "张三", "2022-03-04", *range(100)],
    ]
    assert "右侧另有 43 列没有画出" in reading_page(county(grid(rows, name="死亡名单")), veil(), "zh")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page as the browser has it after its script ran."""
    return visit(reading_page(county(payroll(), strange()), veil(), "zh"), tmp_path_factory.mktemp("browser")).dom


def hostile(address: str) -> list[str]:
    """Texts that fetch from `address` wherever they become part of a page."""
    return [
        f"<img src={address}/img>",
        f"</td></table><link rel=stylesheet href={address}/link>",
        f"</style><style>body{{background:url({address}/css)}}</style>",
        f"</script><script>fetch('{address}/js')</script>",
        f"<iframe src={address}/frame></iframe>",
        f"<meta http-equiv=refresh content='0;url={address}/meta'>",
    ]


def test_a_browser_asks_for_nothing_whatever_the_cells_hold(tmp_path: Path) -> None:
    with listener() as (address, reached):
        texts = hostile(address)
        control = visit(
            "<!doctype html><meta charset=utf-8><title>x</title>" + "".join(texts[:5]), tmp_path / "control"
        )
        wanted = {"/img", "/link", "/css", "/js", "/frame"}
        assert set(reached) == wanted, "the listener sees what a page asks for"
        assert {f"{address}{path}" for path in wanted} <= set(control.asked), "and so does the browser's log"
        reached.clear()

        rows = [
            ["身份证号", "姓名", "死亡日期", *texts],
            *[[PERSON, text, "2022-03-04", *texts] for text in texts],
            [f"备注：{texts[3]}"],
        ]
        result = county(grid(rows, name=texts[0]), grid([texts, texts], name=texts[3]), file=f"{texts[3]}.xlsx")
        page = reading_page(result, veil(), "zh")
        assert address in page  # as words
        assert visit(page, tmp_path / "report").asked == ()
        assert reached == []


def test_a_browser_runs_the_script_of_the_page_and_nobody_elses(seen: str) -> None:
    tools = [a for a, _ in Page(seen).of("p", "tools")]
    assert tools
    assert "hidden" not in tools[0]  # the page's own script took it away, so its hash was accepted
    assert [said.strip() for _, said in Page(seen).of("title")] == ["读表报告"]
    assert not Page(seen).of("img")


def test_a_browser_applies_the_style_of_the_page(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(reading_page(county(), veil(), "zh"), encoding="utf-8")
    picture = tmp_path / "page.png"
    subprocess.run(
        [chromium(), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={picture}",
         "--window-size=420,900", file.as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    assert picture.read_bytes().startswith(b"\x89PNG")


TYPED = st.text(max_size=40) | st.sampled_from(
    [
        '"><script>x</script>',
        "'onmouseover='x",
        "</td></table><iframe src=//x>",
        "{{ 7*7 }}",
        "{% raw %}",
        "&lt;b&gt;",
        "-->",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TYPED, min_size=6, max_size=6), TYPED)
def test_no_text_of_an_upload_becomes_part_of_the_page(cells: list[str], name: str) -> None:
    rows = [
        ["身份证号", "姓名", "死亡日期", cells[0]],
        [PERSON, *cells[1:4]],
        [cells[4], "李四", "2022-03-04", cells[5]],
    ]
    page = reading_page(county(grid(rows, name=name), file="死亡名单.xlsx"), veil(), "zh")
    elements = Page(page).elements
    assert sum(tag == "script" for tag, _, _ in elements) == 1
    assert {tag for tag, _, _ in elements} <= TAGS
    for _, attributes, _ in elements:
        assert set(attributes) <= ATTRIBUTES
        assert attributes.get("href", "#").startswith("#")


def test_a_fault_under_a_merged_range_is_marked_at_the_range() -> None:
    rows: list[list[object]] = [["身份证号", "姓名", "死亡日期"], [PERSON, "张三", "2022-03-04"], [OTHER, None, None]]
    page = reading_page(county(grid(rows, name="死亡名单", merges=((2, 2, 3, 3),))), veil(), "zh")
    (cell,) = [a for a, said in Page(page).of("td", "f") if said.startswith("张三")]
    assert (cell["colspan"], cell["rowspan"]) == ("2", "2")
    assert "为空" in cell["title"]

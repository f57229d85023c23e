"""Statements as people and machines see them: tables, items with their cells, `reconciliation.json`; masked."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from tests.reconcile.made import (
    ACCOUNT,
    FIRST,
    PHONE,
    PROFILE,
    SECOND,
    differing,
    drawn,
    item,
    statement,
    tables,
    with_gap,
    without_money,
)

from auditor.errors import OutputError
from auditor.ledgers import default_catalogue
from auditor.reconcile import NotReconciled, RowRef, Standing, Statement, Unit, roll_forward
from auditor.relations import Relations
from auditor.report import (
    Reconciled,
    Veil,
    Wanted,
    print_items,
    print_reconciliation,
    reconciliation_json,
    write_all,
)
from auditor.report.reconciliation_items import SHOWN_ROWS
from auditor.rules import RuleSet, person_number
from auditor.tables import DuckEngine, Tables
from auditor.values.pseudonym import Pseudonymiser

VEIL = Veil(default_catalogue(), Pseudonymiser(b"test"))
WHOLE = replace(VEIL, unmask=True)
PERSON = person_number("甲")
HOME = Unit("county", "")


@pytest.fixture(scope="module")
def ledgers(engine: DuckEngine) -> Tables:
    return tables(engine)


@pytest.fixture(scope="module")
def county(engine: DuckEngine, shipped: RuleSet) -> Reconciled:
    given = tables(engine)
    with Relations(given, shipped, PROFILE) as relations:
        rolls = roll_forward(relations)
    first = with_gap(statement(differing(), matched={FIRST: 98, SECOND: 10}))
    clean = statement(matched={FIRST: 5}, id_="RX02")
    return Reconciled(PROFILE, given, drawn(first, clean, missing=["RX03", "RX06"]), rolls)


def printed(show: Callable[[Console], None]) -> list[str]:
    stream = io.StringIO()
    show(Console(file=stream, width=200, color_system=None))
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def screen(reconciled: Reconciled, lang: str = "zh") -> list[str]:
    return printed(lambda console: print_reconciliation(reconciled, VEIL, console, lang))


def items(made: Statement, ledgers: Tables, wanted: Wanted, veil: Veil = VEIL, lang: str = "zh") -> list[str]:
    reconciled = Reconciled(PROFILE, ledgers, drawn(made))
    return printed(lambda console: print_items(made, wanted, reconciled, veil, console, lang))


def written(reconciled: Reconciled, veil: Veil = VEIL) -> dict[str, object]:
    loaded: dict[str, object] = json.loads("".join(reconciliation_json(reconciled, veil)))
    return loaded


def test_the_whole_report(county: Reconciled) -> None:
    assert screen(county) == (Path(__file__).parent / "reconciliation_zh.txt").read_text(encoding="utf-8").splitlines()


def test_the_whole_report_in_english(county: Reconciled) -> None:
    expected = (Path(__file__).parent / "reconciliation_en.txt").read_text(encoding="utf-8").splitlines()
    assert screen(county, "en") == expected


def test_over_time(ledgers: Tables) -> None:
    made = statement(differing()[:1], matched={FIRST: 3})
    later = tuple(replace(t, month="2022-02", different=0, matched=3, rows_left=3, rows_right=3) for t in made.tallies)
    both = replace(made, tallies=(*made.tallies, *later))

    lines = screen(Reconciled(PROFILE, ledgers, drawn(both)))

    start = lines.index("  按月")
    assert [line.split() for line in lines[start + 1 : start + 4]] == [
        ["月份", "一致", "不同", "只在左方", "只在右方", "差额（元）"],
        ["2022-01", "3", "1", "·", "·", "200.00"],
        ["2022-02", "3", "·", "·", "·", "200.00"],
    ]


def test_without_money_there_is_no_column_of_it(ledgers: Tables) -> None:
    lines = screen(Reconciled(PROFILE, ledgers, drawn(without_money(statement(differing())))))

    assert not any("金额（元）" in line for line in lines)


def test_no_statement_at_all(ledgers: Tables) -> None:
    lines = screen(Reconciled(PROFILE, ledgers, drawn(missing=["RX03"])))

    assert "没有可编制的对账表。" in lines


def test_what_was_drawn_up_in_part_is_told(ledgers: Tables) -> None:
    reserved = replace(
        statement(differing()), reservations=(NotReconciled("rule-ledger-missing", {"ledger": "hr_pool"}),)
    )

    lines = screen(Reconciled(PROFILE, ledgers, drawn(reserved)))

    assert "  部分核对：没有收到台账“人力资源信息库”，补报后重新审核" in lines


def test_the_county_as_a_whole_is_no_worst_unit(ledgers: Tables) -> None:
    made = statement([item("@乙", Standing.LEFT_ONLY, unit=Unit("county", ""), left=[1])])

    lines = screen(Reconciled(PROFILE, ledgers, drawn(made)))

    assert not any("不一致最多" in line for line in lines)


def test_the_worst_units_come_first_and_no_more_than_five(ledgers: Tables) -> None:
    units = [Unit("village", f"{n}村", f"{n}村") for n in range(1, 8)]
    made = statement(
        [
            item("@乙", Standing.LEFT_ONLY, unit=unit, left=[1], month=f"2022-{m:02d}")
            for n, unit in enumerate(units, 1)
            for m in range(1, n + 1)
        ]
    )

    lines = screen(Reconciled(PROFILE, ledgers, drawn(made)))

    start = lines.index("  不一致最多的 5 个村（社区）（共 7 个，7 个有差异）")
    assert [line.split()[0] for line in lines[start + 2 : start + 8]] == [
        "7村", "6村", "5村", "4村", "3村", "逐项查看：auditor",
    ]  # fmt: skip


def test_an_item_shows_every_cell_with_its_address(ledgers: Tables) -> None:
    lines = items(statement(differing()), ledgers, Wanted(standing=Standing.DIFFERENT))

    assert lines[0] == "RX01 岗位台账与补贴发放：符合条件 1 项，列出 1 项"
    assert f"1. 不同  身份证号 {PERSON[:6]}********{PERSON[-4:]}、发放月份 2022-01  张三  用人单位：甲单位" in lines
    assert "    发放金额：左 800.00，右 600.00" in lines
    (left,) = [line for line in lines if line.startswith("    左 ")]
    assert left.startswith(
        "    左 公益性岗位人员台账 posts.case 第 2 行：用人单位 B2 甲单位、身份证号 C2 500299********"
    )
    assert "银行账号 G2 6217****8901" in left


def test_items_in_english(ledgers: Tables) -> None:
    lines = items(statement(differing()), ledgers, Wanted(standing=Standing.LEFT_ONLY), lang="en")

    assert lines[0] == "RX01 Posts against payroll: 1 items, 1 shown"
    assert any(line.startswith("1. left only  person id") for line in lines)
    assert any("row 3: employer B3 甲单位" in line for line in lines)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 3),
        (Wanted(standing=Standing.RIGHT_ONLY), 1),
        (Wanted(unit="甲单位"), 2),
        (Wanted(standing=Standing.RIGHT_ONLY, unit="甲单位"), 0),
        (Wanted(limit=1), 1),
    ],
)
def test_the_items_that_are_wanted(wanted: Wanted, count: int, ledgers: Tables) -> None:
    lines = items(statement(differing()), ledgers, wanted)

    assert sum(bool(re.match(r"\d+\. ", line)) for line in lines) == count
    assert ("没有符合条件的项。" in lines) is (count == 0)
    assert any("另有 2 项" in line for line in lines) is (wanted.limit == 1)


def test_notes_and_duplicates_are_told(ledgers: Tables) -> None:
    noted = replace(differing()[0], duplicate=True, notes=(("standing-matched", RowRef("payroll", 1)),))

    lines = items(statement([noted]), ledgers, Wanted())

    assert any(line.endswith("· 重复") for line in lines)
    assert any(line.startswith("    一致 公益性岗位补贴（工资）发放表 payroll.case 第 3 行：") for line in lines)


def test_the_file_has_what_is_promised(county: Reconciled) -> None:
    file = written(county)

    assert (file["masked"], file["items"]) == (True, "open")
    assert isinstance(file["statements"], list)
    first, second = file["statements"]
    assert {k: first[k] for k in ("id", "kind", "matched", "different", "left_only", "right_only", "duplicates")} == {
        "id": "RX01", "kind": "ledgers", "matched": 108, "different": 1, "left_only": 1, "right_only": 1,
        "duplicates": 0,
    }  # fmt: skip
    assert [first[f"amount_{name}"] for name in ("left", "right", "difference")] == ["1708.00", "1408.00", "300.00"]
    assert (first["rows_left"], first["rows_right"]) == (110, 110)
    assert first["left"]["people"] == 110
    assert (first["keys"], first["compared"]) == (["person_id", "month"], ["amount", "name"])
    assert [one["unit"]["id"] for one in first["by_unit"]] == ["乙单位", "甲单位"]
    assert [one["month"] for one in first["by_month"]] == ["2022-01"]
    assert first["gaps"] == [{"unit": {"employer": "丙单位", "month": "2022-01"}, "rows": 12, "people": 12}]
    assert [one["standing"] for one in first["items"]] == ["different", "left_only", "right_only"]
    assert second["items"] == []
    missing = file["not_drawn_up"]
    assert isinstance(missing, list)
    assert [one["id"] for one in missing] == ["RX03", "RX06"]
    assert "脱贫人口" in missing[0]["reasons"][0]["zh"]
    rolls = file["roll_forward"]
    assert isinstance(rolls, list)
    assert [(roll["ledger"], len(roll["lines"])) for roll in rolls] == [("posts", 8), ("workshop_workers", 0)]


def test_an_item_of_the_file(county: Reconciled) -> None:
    statements = written(county)["statements"]
    assert isinstance(statements, list)

    one = statements[0]["items"][0]

    assert one["unit"] == {"kind": "employer", "id": "甲单位", "name": "甲单位"}
    assert (one["month"], one["amount_left"], one["amount_right"]) == ("2022-01", "800.00", "600.00")
    assert one["differences"] == [{"field": "amount", "left": "800.00", "right": "600.00"}]
    assert one["subject"]["key"] == VEIL.pseudonymiser.key_of("person", PERSON)
    (row,) = one["left"]
    assert {name: row[name] for name in ("ledger", "file", "sheet", "row")} == {
        "ledger": "posts", "file": "posts.case", "sheet": None, "row": 2,
    }  # fmt: skip
    assert row["cells"]["name"] == {"cell": "D2", "raw": "张三", "value": "张三"}


def test_rows_without_a_key_are_listed(ledgers: Tables) -> None:
    made = statement(differing())
    unkeyed = replace(made, left=replace(made.left, unkeyed=(RowRef("posts", 2),)))

    statements = written(Reconciled(PROFILE, ledgers, drawn(unkeyed)))["statements"]

    assert isinstance(statements, list)
    assert statements[0]["left"]["unkeyed"] == 1
    assert [row["row"] for row in statements[0]["left"]["unkeyed_rows"]] == [4]
    assert any("缺关键项" in line for line in screen(Reconciled(PROFILE, ledgers, drawn(unkeyed))))


def test_nothing_is_shown_whole_unless_asked_for(county: Reconciled) -> None:
    masked = "".join(reconciliation_json(county, VEIL)) + "\n".join(screen(county))
    masked += "\n".join(items(county.reconciliation.statements[0], county.tables, Wanted()))

    for number in (PERSON, person_number("乙"), ACCOUNT, PHONE):
        assert number not in masked
    assert not re.search(r"(?<!\d)\d{17}[\dX]", masked)
    whole = "".join(reconciliation_json(county, WHOLE))
    assert PERSON in whole
    assert ACCOUNT in whole
    assert '"masked":false' in whole


def test_masked_items_keep_their_names_over_runs(county: Reconciled) -> None:
    def refs(veil: Veil) -> list[str]:
        statements = written(county, veil)["statements"]
        assert isinstance(statements, list)
        return [one["ref"] for one in statements[0]["items"]]

    assert refs(VEIL) == refs(WHOLE)
    assert len(set(refs(VEIL))) == 3


def test_a_malformed_number_in_a_key_is_masked_too(ledgers: Tables) -> None:
    wrong = replace(differing()[1], key=("5002991976030112", "2022-01"))

    text = "".join(reconciliation_json(Reconciled(PROFILE, ledgers, drawn(statement([wrong]))), VEIL))

    assert "5002991976030112" not in text


def test_the_same_facts_give_the_same_bytes(engine: DuckEngine, county: Reconciled) -> None:
    again = replace(county, tables=tables(engine))

    assert "".join(reconciliation_json(county, VEIL)) == "".join(reconciliation_json(again, VEIL))


def test_all_items_are_told_to_be_all(county: Reconciled) -> None:
    file = written(replace(county, everything=True))

    assert file["items"] == "all"
    assert isinstance(file["note"], dict)
    assert "全部" in file["note"]["zh"]


def test_a_long_statement_is_written_item_by_item(ledgers: Tables) -> None:
    many = [
        replace(differing()[1], key=(PERSON, f"{year}-{month:02d}"), month=f"{year}-{month:02d}")
        for year in range(1000, 1100)
        for month in range(1, 13)
    ]
    pieces = list(reconciliation_json(Reconciled(PROFILE, ledgers, drawn(statement(many))), VEIL))

    assert len(pieces) > len(many)
    assert max(len(piece) for piece in pieces) < sum(len(piece) for piece in pieces) / 20
    assert len(json.loads("".join(pieces))["statements"][0]["items"]) == len(many)


def test_pieces_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> object:
        yield "a"
        raise OutputError.at("output-unwritable", "x", detail="full")

    write_all(tmp_path, {"a.json": iter(["[1", ",2]\n"])})
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "[1,2]\n"

    with pytest.raises(OutputError):
        write_all(tmp_path, {"b.json": "b", "a.json": broken()})  # type: ignore[dict-item]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.json"]
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "[1,2]\n"


def test_items_that_match_come_last(ledgers: Tables) -> None:
    twice = replace(item("@甲", Standing.MATCHED, left=[0], right=[0]), duplicate=True)

    lines = items(statement([twice, *differing()]), ledgers, Wanted())

    assert [line.split()[1] for line in lines if re.match(r"\d+\. ", line)] == ["不同", "只在左方", "只在右方", "一致"]


def test_a_count_with_many_rows_behind_it_shows_some(ledgers: Tables) -> None:
    many = replace(differing()[1], left=(RowRef("posts", 1),) * (SHOWN_ROWS + 3))

    lines = items(statement([many]), ledgers, Wanted())

    assert sum(line.startswith("    左 公益性岗位人员台账") for line in lines) == SHOWN_ROWS
    assert "    左 ……另有 3 行，见 --format json" in lines


def test_a_word_of_a_statement_that_is_no_column_has_a_title(ledgers: Tables) -> None:
    heads = replace(statement(differing()), compared=("heads", "strange_word"))

    lines = screen(Reconciled(PROFILE, ledgers, drawn(heads)))

    assert "  核对：身份证号、发放月份；比较：人数、strange word" in lines


def test_units_of_several_kinds_are_called_units(ledgers: Tables) -> None:
    mixed = statement([item("@乙", Standing.LEFT_ONLY, left=[1]), item("@丙", Standing.LEFT_ONLY, left=[2], unit=HOME)])

    lines = screen(Reconciled(PROFILE, ledgers, drawn(mixed)))

    assert "  不一致最多的 2 个单位（共 2 个，2 个有差异）" in lines
    assert any(line.split()[0] == "全县" for line in lines if line.strip())


def test_what_is_wider_by_its_nature_stands_in_brackets(ledgers: Tables) -> None:
    wider = replace(without_money(statement([differing()[2]], matched={FIRST: 5})), natural=(Standing.RIGHT_ONLY,))

    lines = screen(Reconciled(PROFILE, ledgers, drawn(wider)))

    assert any(line.startswith("RX01") and line.split()[-2:] == ["(1)", "·"] for line in lines)
    assert any(line.startswith("括号内的数") for line in lines)
    assert "  一致：5，不同：0，只在左方：0，只在右方：1（范围不同，不算差异），重复：0" in lines
    assert "  两方全部一致。" in lines
    file = written(Reconciled(PROFILE, ledgers, drawn(wider)))["statements"]
    assert isinstance(file, list)
    assert (file[0]["right_only"], file[0]["no_difference"]) == (1, ["right_only"])

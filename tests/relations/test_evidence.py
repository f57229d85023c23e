"""The files that ledgers name as evidence, and those that were handed in: relations that every query may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.clues import Signal
from auditor.intake.files.sources import role_of
from auditor.intake.raw import SourceFile
from auditor.ledgers import default_catalogue
from auditor.messages import TEXTS
from auditor.profile import Period, Profile
from auditor.relations import Relations
from auditor.relations.evidence import HeldFiles, evidence_files, evidence_references
from auditor.rules import RuleSet, case_table
from auditor.signals import RunStatus, run_rules
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

PROFILE = Profile(as_of=date(2022, 12, 31), period=Period(date(2022, 1, 1), date(2022, 12, 1)))
HEAD = "person_id | name | work_place | left_on | evidence\n"


def held(*paths: str) -> tuple[SourceFile, ...]:
    """Files of those paths, each of a content of its own."""
    return tuple(SourceFile(path, 1, f"digest of {path}", role_of(path)) for path in paths)


def tables(engine: DuckEngine, ledgers: Mapping[str, str], *paths: str) -> Tables:
    catalogue = default_catalogue()
    readings = [case_reading(catalogue[name], case_table(text)) for name, text in ledgers.items()]
    return build_tables(readings, catalogue, engine, files=held(*paths))


def migrants(*cells: str) -> dict[str, str]:
    """A ledger of one person with these evidence cells, a row for each."""
    return {"migrant_work": HEAD + "".join(f"@甲 | 甲 | 某市 | 2021-05-01 | {cell}\n" for cell in cells)}


def named(engine: DuckEngine, cell: str, *paths: str) -> list[tuple[str, str | None]]:
    """The name and the path of each row that one cell gives."""
    found = evidence_references(tables(engine, migrants(cell), *paths))
    return [(row["file_name"], row["path"]) for row in found.to_pylist()]


@pytest.mark.parametrize("mark", [";", "；", ",", "，", "、", "\n", "\r\n", " ; ", "；；"])
def test_names_stand_between_any_of_the_marks(mark: str) -> None:
    assert [one.written for one in HeldFiles(()).named(f"a.jpg{mark}b c.pdf")] == ["a.jpg", "b c.pdf"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.jpg", "a.jpg"),
        ("A.JPG", "附件/a.jpg"),
        ("\uff41.jpg", "附件/包.zip/A.Jpg"),
        ("照片（1）.jpg", "照片(1).JPG"),
        ("镇/a.jpg", "upload/镇/a.jpg"),
        ("./镇\\A.jpg", "upload/镇/a.jpg"),
        ("别处/a.jpg", "upload/镇/a.jpg"),
        ("D:\\照片\\a.jpg", "a.jpg"),
        ("表.xlsx", "附件/表.xlsx"),
        ("包.rar", "包.rar"),
        ("甲、乙.pdf", "甲、乙.pdf"),
        ("甲,乙.pdf", "甲、乙.pdf"),
        ("附件", "附件/a.jpg"),
        ("包.ZIP", "附件/包.zip/内/a.jpg"),
    ],
)
def test_a_name_means_the_file_that_bears_it(engine: DuckEngine, name: str, path: str) -> None:
    assert [found for _, found in named(engine, name, path, "另一个.jpg")] == [path]


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("a.jpg", ["a.jpeg", "xa.jpg", "a.jpg.txt"]),
        ("a b.jpg", ["ab.jpg"]),
        ("镇/a.jpg", ["镇/b.jpg"]),
        ("甲、乙.pdf", ["乙、甲.pdf", "甲、乙、丙.pdf"]),
        ("a.jpg", []),
        ("..", ["a.jpg"]),
    ],
)
def test_a_name_that_no_file_bears_means_none(engine: DuckEngine, name: str, paths: list[str]) -> None:
    assert {found for _, found in named(engine, name, *paths)} == {None}


def test_a_name_in_several_folders_means_each_unless_a_path_is_given(engine: DuckEngine) -> None:
    paths = ("东镇/a.jpg", "西镇/a.jpg", "西镇/深/a.jpg")

    assert named(engine, "a.jpg", *paths) == [("a.jpg", path) for path in paths]
    assert named(engine, "西镇/a.jpg", *paths) == [("西镇/a.jpg", "西镇/a.jpg")]
    assert named(engine, "深/a.jpg", *paths) == [("深/a.jpg", "西镇/深/a.jpg")]
    assert named(engine, "北镇/a.jpg", *paths) == [("a.jpg", path) for path in paths]


def test_spellings_of_one_name_are_one_name(engine: DuckEngine) -> None:
    found = evidence_references(tables(engine, migrants("a.JPG; a.jpg", "x/A.jpg; x/\uff41.jpg", "b.pdf")))

    assert [(row["row_no"], row["file_name"]) for row in found.to_pylist()] == [
        (0, "A.jpg"),
        (1, "A.jpg"),
        (2, "b.pdf"),
    ]


def test_every_ledger_that_names_files_is_asked_and_cells_without_names_give_nothing(engine: DuckEngine) -> None:
    ledgers = {
        **migrants("a.jpg", "", "无", "/"),
        "rectifications": "issue_no | problem | found_on | due_on | status | evidence\n"
        "W | 某 | 2022-01-01 | 2022-02-01 | 未整改 | c.pdf",
        "deaths": "person_id | name | died_on\n@甲 | 甲 | 2022-01-01",
    }
    files = (SourceFile("a.jpg", 1, "d", "attachment", "0123456789abcdef"),)
    loaded = replace(tables(engine, ledgers), files=files)

    assert [tuple(row.values()) for row in evidence_references(loaded).to_pylist()] == [
        ("migrant_work", 0, "evidence", "a.jpg", "a.jpg", "d", "0123456789abcdef"),
        ("rectifications", 0, "evidence", "c.pdf", None, None, None),
    ]


def test_evidence_is_what_is_no_spreadsheet_and_no_archive(engine: DuckEngine) -> None:
    loaded = tables(engine, {}, "册.xlsx", "b.CSV", "包.rar", "z.zip/一.jpg", "说明.docx")

    assert [tuple(row.values())[:3] for row in evidence_files(loaded).to_pylist()] == [
        ("z.zip/一.jpg", "一.jpg", "digest of z.zip/一.jpg"),
        ("说明.docx", "说明.docx", "digest of 说明.docx"),
    ]
    assert evidence_files(replace(loaded, files=())).num_rows == 0


NAMES = st.text("aA\uff41.、/\\ 甲", min_size=1, max_size=6)


@given(st.lists(NAMES, max_size=6), st.text("aA\uff41.、;/\\ 甲\n", max_size=12))
def test_whatever_a_cell_says_each_name_is_told_once(paths: list[str], cell: str) -> None:
    """A name means files of the upload and no others; to add files takes nothing from a name."""
    files = held(*dict.fromkeys(paths))
    found = HeldFiles(files).named(cell)

    assert len({one.key for one in found}) == len(found)
    assert all(set(one.files) <= set(files) for one in found)
    assert all(one.written for one in found)


def test_a_file_by_its_own_path_is_always_found() -> None:
    files = held("东镇/a.jpg", "西镇/A.jpg", "包.zip/内/甲、乙.pdf", "x.txt")
    index = HeldFiles(files)

    for file in files:
        (meant,) = index.named(file.path)
        assert meant.files == (file,)


@pytest.fixture
def relations(engine: DuckEngine, shipped: RuleSet) -> Iterator[Relations]:
    with Relations(tables(engine, migrants("a.jpg"), "a.jpg"), shipped, PROFILE) as made:
        yield made


def test_queries_read_them(relations: Relations, shipped: RuleSet) -> None:
    place = shipped.rules["EV01"].document.place(("id",))
    query = (
        "SELECT evidence_reference.path AS path, evidence_file.content AS content FROM evidence_reference "
        "JOIN evidence_file ON evidence_file.path = evidence_reference.path"
    )

    assert relations.rows(query, place).to_pylist() == [{"path": "a.jpg", "content": "digest of a.jpg"}]
    assert relations.rows("SELECT picture_alike.other AS other FROM picture_alike", place).num_rows == 0


def _ev01(
    engine: DuckEngine, shipped: RuleSet, ledgers: Mapping[str, str], *paths: str
) -> tuple[RunStatus, list[Signal]]:
    alone = replace(shipped, rules=MappingProxyType({"EV01": shipped.rules["EV01"]}))
    run = run_rules(alone, tables(engine, ledgers, *paths), PROFILE)
    reasons = run.outcomes["EV01"].reasons
    assert all(reason.code in TEXTS for reason in reasons)
    return run.outcomes["EV01"].status, list(run.signals)


def test_evidence_of_a_missing_file_is_every_row_that_names_it_in_whatever_ledger(
    engine: DuckEngine, shipped: RuleSet
) -> None:
    ledgers = {
        **migrants("缺.jpg", "有.jpg", "有.jpg；缺.JPG"),
        "workshop_visits": "workshop_id | visited_on | operating | heads_on_site | evidence\nC1 | 2022-01-01 | 是 | 1 "
        "| 缺.jpg",
    }
    status, (signal,) = _ev01(engine, shipped, ledgers, "有.jpg")

    assert status is RunStatus.FIRED
    assert (signal.subject.kind, signal.subject.id) == ("row", "缺.JPG")
    assert signal.measures == {"mentions": 3, "ledgers": 2}
    shown = [(row.ledger, row.row, list(row.cells)) for row in signal.evidence]
    assert shown == [
        ("migrant_work", 2, ["evidence", "person_id", "name"]),
        ("migrant_work", 4, ["evidence", "person_id", "name"]),
        ("workshop_visits", 2, ["evidence", "workshop_id", "visited_on"]),
    ]


def test_the_rule_is_not_run_without_a_column_of_evidence_or_without_any_file(
    engine: DuckEngine, shipped: RuleSet
) -> None:
    deaths = {"deaths": "person_id | name | died_on\n@甲 | 甲 | 2022-01-01"}

    assert _ev01(engine, shipped, deaths, "有.jpg") == (RunStatus.NOT_RUN, [])
    assert _ev01(engine, shipped, migrants("缺.jpg"), "册.xlsx") == (RunStatus.NOT_RUN, [])
    assert _ev01(engine, shipped, migrants("有.jpg"), "有.jpg") == (RunStatus.SILENT, [])

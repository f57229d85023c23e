"""All thirty kinds are told apart, whatever words, order and strange columns a county's sheet has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sheets import grid, only

from auditor.intake import SheetReading, SourceFile
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import Column, Ledger, default_catalogue

CATALOGUE = default_catalogue()
KINDS = sorted(CATALOGUE)
STRANGE = ("民族", "文化程度", "备注", "审核意见", "政治面貌", "健康状况", "年龄", "家庭住址", "开户行")
PUT_ABOVE = ("month", "township", "village", "workshop", "workshop_id", "party")


def read(
    headers: list[str], *, title: str | None = None, file: str = "附件1.xlsx", name: str = "Sheet1"
) -> SheetReading:
    rows: list[list[object]] = [[title]] if title else []
    rows += [list(headers), ["1"] * len(headers)]
    return only(read_sheet(SourceFile(file, 1, "", "workbook"), grid(rows, name=name), CATALOGUE))


def right(reading: SheetReading, ledger: Ledger, chosen: dict[str, Column]) -> None:
    assert reading.ledger == ledger.id, reading.candidates
    assert {column.header: column.column for column in reading.columns} == {h: c.name for h, c in chosen.items()}
    assert 0 < reading.confidence <= 1
    assert reading.candidates[0][0] == ledger.id


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("only_required", [True, False])
def test_canonical_headers_without_any_name(kind: str, only_required: bool) -> None:
    ledger = CATALOGUE[kind]
    chosen = {c.header: c for c in ledger.columns.values() if c.required or not only_required}
    reading = read(list(chosen))
    right(reading, ledger, chosen)
    assert reading.problems == ()


@st.composite
def headers(draw: st.DrawFn, kind: str, *, drop: tuple[str, ...] = ()) -> dict[str, Column]:
    columns = [c for c in CATALOGUE[kind].columns.values() if c.name not in drop]
    kept = [c for c in columns if c.required or draw(st.booleans())]
    return {draw(st.sampled_from(c.headers)): c for c in draw(st.permutations(kept))}


@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), headers(kind))))
def test_any_words_in_any_order_without_any_name(drawn: tuple[str, dict[str, Column]]) -> None:
    kind, chosen = drawn
    right(read(list(chosen)), CATALOGUE[kind], chosen)


@given(
    st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), headers(kind))),
    st.lists(st.sampled_from(STRANGE), unique=True, max_size=4),
    st.randoms(use_true_random=False),
)
def test_strange_columns_change_nothing(drawn: tuple[str, dict[str, Column]], strange: list[str], rng: object) -> None:
    kind, chosen = drawn
    accepted = {header for column in CATALOGUE[kind].columns.values() for header in column.headers}
    extra = [header for header in strange if header not in accepted]
    mixed = [*chosen, *extra]
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    reading = read(mixed)
    right(reading, CATALOGUE[kind], chosen)
    assert {column.header for column in reading.unknown} == set(extra)


@given(
    st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), headers(kind, drop=PUT_ABOVE))),
    st.sampled_from(["title", "sheet", "file"]),
)
def test_columns_put_above_the_table_are_no_loss_where_a_name_helps(
    drawn: tuple[str, dict[str, Column]], where: str
) -> None:
    kind, chosen = drawn
    ledger = CATALOGUE[kind]
    reading = read(
        list(chosen),
        title=f"云山县2022年10月{ledger.zh}" if where == "title" else None,
        name=ledger.zh if where == "sheet" else "Sheet1",
        file=f"云山县{ledger.zh}.xlsx" if where == "file" else "附件1.xlsx",
    )
    assert reading.ledger == kind, reading.candidates


@given(
    st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), headers(kind))),
    st.sampled_from(KINDS),
)
def test_a_wrong_file_name_does_not_beat_a_whole_header(drawn: tuple[str, dict[str, Column]], other: str) -> None:
    kind, chosen = drawn
    reading = read(list(chosen), file=f"{CATALOGUE[other].zh}.xlsx")
    assert reading.ledger in {kind, other, None}
    if not {column.name for column in chosen.values()} & {"person_id"}:
        assert reading.ledger == kind

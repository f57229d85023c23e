"""Rows of people without an identity number, linked by name where exactly one person fits, else left unlinked.

A row is linked by its name together with its employer, village, workshop or account: one person of that name, seen
with a number of 18 characters in the upload, has one of these, nobody else of that name has any of them, and nothing
that the row gives is known of the person otherwise. A wrong number that differs from a right one of the same name in
two places at most is that one mistyped, and nobody of its own; another wrong number is a person, as it is to the rules.
A name alone never suffices, a masked number never makes a person, and a row that would stand beside another one of the
person where one is expected (one month, say) stays unlinked, as it may be a namesake's, unless it gives the person's
own account. A list of officials is never linked. Rows with a number that cannot be read are not touched: their digits
are lost.

Nothing here depends on the order of rows, sheets or files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.ledgers import Ledger
from auditor.tables import linking_queries as queries
from auditor.tables.engine import Engine
from auditor.tables.links import SCHEMA, Links
from auditor.tables.model import LedgerTable, Tables, engine_table
from auditor.values import is_valid

_WITHOUT, _WANTED, _COMBO, _SIGHTED, _PEOPLE = "_without", "_wanted", "_combo", "_sighted", "_people"
_WRONG, _MISTYPED = "_wrong", "_mistyped"
_KNOWN, _FACT, _KINDS, _ASKED, _JUDGED = "_known", "_fact", "_kinds", "_asked", "_judged"
_CLAIMED, _STANDING, _NAMES, _MASKS = "_claimed", "_standing", "_names", "_masks"
_ALL = (
    _WITHOUT, _WANTED, _COMBO, _SIGHTED, _PEOPLE, _WRONG, _MISTYPED, _KNOWN, _FACT, _KINDS, _ASKED, _JUDGED, _CLAIMED,
    _STANDING, _NAMES, _MASKS,
)  # fmt: skip
_MASKED_CODE = "identity-masked"
_WORDS = {"identity-unreadable", "same-as-above"}  # 待补, 同上: no digit of a number stands there
_PARTS = re.compile(r"([0-9]*)(.*?)([0-9]*[0-9xX]?)", re.DOTALL)
_LENGTH = 18
_SLIPS = 2  # one wrong digit, or two that changed places
_MOST_NUMBERS = 50  # of one name: with more, each is taken for a person of its own, which links less


def link_rows(tables: Tables) -> Tables:
    """`tables` with the rows without a number linked: the numbers filled in, in the engine too, and every link told.

    Args:
        tables: the ledgers, loaded in their engine.
    """
    without = _without_number(tables)
    if without is None:
        return tables
    people = [table.ledger for table in tables.present.values() if queries.is_of_people(table.ledger)]
    concerned = set(pc.unique(without.column("ledger")).to_pylist())
    with _scratch(tables.engine):
        found = _found(tables.engine, without, people, [k for k in people if k.id in concerned])
    present = dict(tables.present)
    for name in sorted(concerned):
        mine = found.filter(pc.equal(found.column("ledger"), name)).select(SCHEMA.names).sort_by("row_no")
        present[name] = _linked(present[name], Links(mine.combine_chunks()))
        if present[name].links.linked:
            tables.engine.load(name, engine_table(present[name].ledger, present[name].typed))
    return replace(tables, present=present)


@contextmanager
def _scratch(engine: Engine) -> Iterator[None]:
    try:
        yield
    finally:
        for name in _ALL:
            engine.drop(name)


def _without_number(tables: Tables) -> pa.Table | None:
    """Ledger, row and masked number (None where the cell is empty) of each row that names somebody without a number."""
    parts = []
    for name, table in tables.present.items():
        if not queries.is_of_people(table.ledger):
            continue
        empty = pc.is_null(table.typed.column(queries.PERSON)).to_numpy(zero_copy_only=False)
        faults = [f for f in tables.faults if f.ledger == name and f.column == queries.PERSON and not f.readable]
        masked = {f.row: f.raw or "" for f in faults if f.code == _MASKED_CODE}
        empty[[f.row for f in faults if f.code not in _WORDS]] = False
        rows = np.concatenate([np.nonzero(empty)[0], np.fromiter(masked, np.int64, len(masked))])
        texts = [pa.nulls(len(rows) - len(masked), pa.string()), pa.array(list(masked.values()), pa.string())]
        ledger = pa.repeat(pa.scalar(name, pa.string()), len(rows))
        parts.append(pa.table({"ledger": ledger, "row_no": rows, "shown": pa.chunked_array(texts)}))
    together = pa.concat_tables(parts) if parts else None
    return together if together is not None and together.num_rows else None


def _found(engine: Engine, without: pa.Table, people: Sequence[Ledger], concerned: Sequence[Ledger]) -> pa.Table:
    """What became of each row of `without`: the columns of `links.SCHEMA` and the ledger."""
    engine.load(_WITHOUT, without)
    engine.materialise(_WANTED, queries.wanted(concerned, _WITHOUT))
    engine.materialise(_NAMES, queries.names(concerned, _WITHOUT))
    engine.materialise(_COMBO, queries.combinations(_WANTED))
    engine.materialise(_SIGHTED, queries.sightings(people, _NAMES))
    engine.load(_WRONG, _wrong_numbers(engine))
    engine.load(_MISTYPED, _mistyped(engine))
    engine.materialise(_PEOPLE, queries.people(_SIGHTED, _MISTYPED))
    engine.materialise(_KNOWN, queries.known(_SIGHTED, _PEOPLE))
    engine.materialise(_FACT, queries.facts(_KNOWN))
    engine.materialise(_KINDS, queries.kinds_known(_KNOWN))
    engine.materialise(_ASKED, queries.asked(_COMBO))
    engine.materialise(_JUDGED, queries.judged(_COMBO, _ASKED, _FACT, _KINDS))
    engine.materialise(_CLAIMED, queries.claims(_WANTED, _COMBO, _JUDGED))
    engine.materialise(_STANDING, queries.standing_already(concerned, _CLAIMED))
    engine.load(_MASKS, _masks(without))
    parts = [
        engine.query(queries.outcome(_CLAIMED, _STANDING)),
        engine.query(queries.fitting_masks(concerned, _WITHOUT, _MASKS, _PEOPLE)),
    ]
    schema = pa.schema([("ledger", pa.string()), *SCHEMA])
    return pa.concat_tables([part.select(schema.names).cast(schema) for part in parts])


def _wrong_numbers(engine: Engine) -> pa.Table:
    numbers = engine.query(f"SELECT DISTINCT person_id FROM {_SIGHTED}").column("person_id").to_pylist()
    return pa.table({"person_id": pa.array([n for n in numbers if not is_valid(n, date.max)], pa.string())})


def _mistyped(engine: Engine) -> pa.Table:
    """Name and number of each wrong number that is a right one of the same name with a slip of the key."""
    pairs = engine.query(queries.doubtful(_SIGHTED, _WRONG, _MOST_NUMBERS)).to_pylist()
    found: list[tuple[str, str]] = []
    for name, numbers in groupby(pairs, key=lambda pair: str(pair["name"])):
        mine = list(numbers)
        right = [str(n["person_id"]) for n in mine if not n["wrong"]]
        wrong = [str(n["person_id"]) for n in mine if n["wrong"]]
        found += [(name, number) for number in wrong if any(_slip(number, other) for other in right)]
    columns = list(zip(*found, strict=True)) or [(), ()]
    return pa.table({n: pa.array(c, pa.string()) for n, c in zip(("name", "person_id"), columns, strict=True)})


def _slip(number: str, other: str) -> bool:
    return sum(a != b for a, b in zip(number, other, strict=True)) <= _SLIPS


def _masks(without: pa.Table) -> pa.Table:
    """Each masked number as its first and last digits, and as a pattern for LIKE."""
    shown = pc.unique(without.column("shown").drop_null()).to_pylist()
    rows: dict[str, list[str | int]] = {
        name: [] for name in ("shown", "head", "tail", "first_part", "last_part", "pattern")
    }
    for text in shown:
        for name, value in zip(rows, (text, *_mask(text)), strict=True):
            rows[name].append(value)
    kinds = [pa.string(), pa.int64(), pa.int64(), pa.string(), pa.string(), pa.string()]
    return pa.table({name: pa.array(values, kind) for (name, values), kind in zip(rows.items(), kinds, strict=True)})


def _mask(text: str) -> tuple[int, int, str, str, str]:
    bare = "".join(text.split()).upper()
    found = _PARTS.fullmatch(bare)
    first, _, last = found.groups() if found else ("", bare, "")
    middle = bare[len(first) : len(bare) - len(last)]
    # As many marks as hidden digits say which stands where; otherwise only both ends are known.
    whole = len(bare) == _LENGTH
    pattern = first + ("".join(c if c.isdigit() else "_" for c in middle) if whole else "%") + last
    return len(first), len(last), first, last, pattern


def _linked(table: LedgerTable, links: Links) -> LedgerTable:
    done = links.table.filter(pc.is_valid(links.table.column("person_id")))
    if not done.num_rows:
        return replace(table, links=links)
    mask = np.zeros(table.rows, dtype=np.bool_)
    mask[done.column("row_no").to_numpy()] = True
    numbers = table.typed.column(queries.PERSON).combine_chunks()
    filled = pc.replace_with_mask(numbers, pa.array(mask), done.column("person_id").combine_chunks())
    typed = table.typed.set_column(table.typed.schema.get_field_index(queries.PERSON), queries.PERSON, filled)
    raw: pa.Table = table.raw
    if queries.PERSON not in table.columns:
        raw = raw.append_column(queries.PERSON, pa.nulls(table.rows, pa.string()))
    return replace(table, typed=typed, raw=raw, columns=table.columns | {queries.PERSON}, links=links)

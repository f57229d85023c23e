"""A ledger written as a table of a sheet, in the layout that its features make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from tests.layouts.body import ASIDES, PROSE, Body
from tests.layouts.drawing import Kept, Row, TypedLedger, Value
from tests.layouts.features import Chances
from tests.layouts.fields import Field, is_wide, make_fields
from tests.layouts.heads import CONTEXT, Around, lines
from tests.layouts.page import Block, Placed
from tests.layouts.rows import RowWriter

from auditor.intake import Band

_GROUPS = ("township", "village", "employer", "workshop", "household_id", "area", "unit")
_WRITTEN_ONCE = ("township", "village", "employer", "workshop", "household_id")
_GROUPING = frozenset({"subtotals", "merged", "once", "sections"})


def choose_context(chances: Chances, typed: TypedLedger, features: frozenset[str]) -> dict[str, Value]:
    """Columns that stand in no column of the sheet, with the value that all rows then have."""
    if "context" not in features:
        return {}
    wide = is_wide(typed, features)
    found: dict[str, Value] = {}
    for name in CONTEXT:
        chance = chances.of(f"context/{name}")
        value = next((row[name] for row in typed.rows if row.get(name) is not None), None)
        if name not in typed.columns or value is None or isinstance(value, Kept) or (wide and name == "month"):
            continue
        if chance.random() < 0.5 and (typed.loose or all(row[name] == value for row in typed.rows)):
            found[name] = f"CJ{chance.randrange(1, 9999):04d}" if name == "workshop_id" and typed.loose else value
    return found


def _group(chances: Chances, typed: TypedLedger, fields: Sequence[Field], features: frozenset[str]) -> str | None:
    """The column by which the rows stand together, where the layout has groups."""
    columns = [one.whole for one in fields if one.whole is not None]
    names = [
        column.name
        for column in columns
        if column.name in (_WRITTEN_ONCE if "once" in features else _GROUPS)
        and (typed.loose or all(isinstance(row[column.name], str) for row in typed.rows))
    ]
    return chances.of("group").choice(names) if names and features & _GROUPING else None


def _tells(typed: TypedLedger, group: str | None) -> bool:
    """Whether anybody could see that a blank cell means the group above: as many blanks as names, two groups of two."""
    sizes = Counter(row[group] for row in typed.rows if group is not None).values()
    return len(typed.rows) >= 2 * len(sizes) and sum(size > 1 for size in sizes) > 1


def _sorted(typed: TypedLedger, by: str) -> TypedLedger:
    """The rows group by group; where there are groups, no township, village, … is blank by itself."""
    rows = list(typed.rows)
    if typed.loose:
        some: Row = {}
        for name in set(_GROUPS) & typed.columns:
            some[name] = next((row[name] for row in rows if row[name] is not None), "清星村")
        rows = [{**row, **{name: some[name] for name in some if row[name] is None}} for row in rows]
    return replace(typed, rows=tuple(sorted(rows, key=lambda row: str(row[by]))))


def write_table(
    chances: Chances,
    typed: TypedLedger,
    context: Mapping[str, Value],
    about: Around,
    features: frozenset[str],
    *,
    untitled: bool = False,
) -> Block:
    """The table with its titles (none where it is `untitled`), rows and what stands between and under them."""
    fields = make_fields(chances, typed, context, features)
    group = _group(chances, typed, fields, features)
    typed = replace(typed, rows=tuple({**row, **context} for row in typed.rows))
    if group is not None:
        typed = _sorted(typed, group)
    if not _tells(typed, group):
        features -= {"once"}
    block = Block(len(fields))
    _write_top(chances, block, [] if untitled else lines(chances, about, typed.ledger, features))
    block.header = len(block.cells)
    header = write_header(chances.of("head"), block, fields, tall="tall" in features)
    writer = RowWriter(chances, typed, fields, context, about.year, group, features)
    body = Body(chances, block, typed, writer, about.title)
    body.write(header)
    if any(one.day for one in fields) and not any(placed.values["leave_days"] for placed in block.placed):
        block.placed = [_without_leave(placed) for placed in block.placed]
    _write_foot(chances, block, body, features)
    return block


def _without_leave(placed: Placed) -> Placed:
    """Where nobody's mark says leave, nothing says that leave was marked at all."""
    at = {name: place for name, place in placed.at.items() if name != "leave_days"}
    return replace(placed, values={**placed.values, "leave_days": None}, at=at)


def _write_top(chances: Chances, block: Block, rows: Sequence[Sequence[str]]) -> None:
    chance = chances.of("top")
    for texts in rows:
        pieces = texts if len(texts) <= block.width else ["    ".join(texts)]
        step = block.width // len(pieces)
        row = block.add({number * step: text for number, text in enumerate(pieces)}, Band.TITLE)
        if len(pieces) == 1 and block.width > 1 and chance.random() < 0.6:
            block.merges.append((row, 0, row, block.width - 1))
    if rows and chance.random() < 0.15:
        block.add({}, Band.BLANK)


def write_header(chance: Random, block: Block, fields: Sequence[Field], *, tall: bool) -> list[dict[int, str]]:
    """Write the header's one or two rows; gives their cells."""
    plain = {index: one.header for index, one in enumerate(fields) if one.header is not None}
    if not any(one.span for one in fields):
        row = block.add(plain, Band.HEADER)
        if tall:
            block.add({}, Band.HEADER, Band.BLANK)
            block.merges.extend((row, column, row + 1, column) for column in plain)
        return [plain]
    above: dict[int, str] = {}
    below: dict[int, str] = {}
    across, down = chance.random() < 0.8, chance.random() < 0.8
    row = len(block.cells)
    for index, one in enumerate(fields):
        if one.span == 0:
            if one.header is not None:
                above[index] = one.header
                if down:
                    block.merges.append((row, index, row + 1, index))
            continue
        below[index] = one.header or ""
        if index == 0 or fields[index - 1].span != one.span:
            above[index] = one.parent or ""
            last = max(i for i, other in enumerate(fields) if other.span == one.span)
            if across and last > index:
                block.merges.append((row, index, row, last))
    one_over_all = set(above) == {0} and all(one.span == fields[0].span or one.header is None for one in fields)
    block.add(above, Band.HEADER, *([Band.TITLE] if one_over_all else []))
    block.add(below, Band.HEADER)
    return [above, below]


def _write_foot(chances: Chances, block: Block, body: Body, features: frozenset[str]) -> None:
    chance = chances.of("foot")
    if "totals" in features:
        body.total(chance.choice(("合计", "合 计", "总计", "合计：", "本页合计")))
    if "words" in features:
        text = chance.choice(("合计（大写）：壹仟贰佰元整", "大写金额：人民币叁万陆仟元整"))
        block.add({0: text}, Band.TOTAL, Band.NOTE, Band.SIGNATURE)
    if "blank rows" in features:
        block.add({}, Band.BLANK)
    if "notes" in features:
        block.add({0: chance.choice((*ASIDES, PROSE))}, Band.NOTE)
    if "signatures" in features:
        texts = ["填表人：田小禾", "审核人：覃正", "负责人（签字）："]
        if chance.random() < 0.4 or block.width < len(texts):
            block.add({0: "    ".join(texts)}, Band.SIGNATURE)
        else:
            step = block.width // len(texts)
            block.add({number * step: text for number, text in enumerate(texts)}, Band.SIGNATURE)
        if chance.random() < 0.3:
            block.add({block.width - 1: "2022年12月30日"}, Band.SIGNATURE)
    if "junk" in features:
        block.add({}, Band.BLANK)
        block.add({chance.randrange(block.width): chance.choice((" ", "　", "\n"))}, Band.BLANK)

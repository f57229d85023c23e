"""A page for a seed: one or more random ledgers in a random layout."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from tests.layouts.drawing import TypedLedger, draw_ledger
from tests.layouts.features import Chances
from tests.layouts.fields import is_grid, is_wide
from tests.layouts.heads import Around, around
from tests.layouts.page import Block, Page, page_of
from tests.layouts.writing import choose_context, write_table

from auditor.ledgers import Catalogue

# What goes across the whole sheet, and so stands between the rows of both of two halves or of neither.
_ACROSS = frozenset(
    {
        "repeated",
        "asides",
        "sections",
        "blank rows",
        "subtotals",
        "totals",
        "words",
        "notes",
        "signatures",
        "merged",
        "once",
    }
)
_COUNTS = (1, 2, 3, 5, 8, 12, 20, 40)


def make_page(catalogue: Catalogue, seed: int, without: Collection[str] = ()) -> Page:
    """The page of a seed; features named in `without` are left out, all else stays as it is."""
    chances = Chances(str(seed))
    features = chances.choose(without)
    drawn = [_draw(chances, catalogue)]
    if "below" in features:
        features |= {"title"} - set(without)
        drawn.append(_draw(Chances(f"{seed}/below"), catalogue))
    return lay_out_page(chances, drawn, features)


def lay_out_page(chances: Chances, ledgers: Sequence[TypedLedger], features: frozenset[str]) -> Page:
    """The ledgers on one sheet: the first, perhaps in two halves side by side, and below it the others."""
    if len(ledgers[0].rows) < 2:
        features -= {"beside"}
    if "beside" in features:
        features -= _ACROSS
    block, about = _table(chances, ledgers[0], features, alone=len(ledgers) == 1)
    for number, typed in enumerate(ledgers[1:]):
        other, _ = _table(Chances(f"{chances.seed}/below/{number}"), typed, features, alone=False)
        block.below(other, chances.of("gap").choice((0, 1, 2)))
    if not any(is_grid(typed, features) for typed in ledgers):
        features -= {"grid"}
    if not any(is_wide(typed, features) for typed in ledgers):
        features -= {"wide"}
    if not features & {"grid", "wide"}:
        features -= {"sums"}
    top, left = _offset(chances, features)
    page = page_of(
        block,
        file=f"{about.file}.xlsx",
        sheet=about.sheet,
        top=top,
        left=left,
        features=features,
        named=about.named,
    )
    return _hide(chances, page, features)


def _draw(chances: Chances, catalogue: Catalogue) -> TypedLedger:
    chance = chances.of("page")
    ledger = catalogue[chance.choice(sorted(catalogue))]
    return draw_ledger(chances.of("ledger"), ledger, chance.choice(_COUNTS))


def _table(chances: Chances, typed: TypedLedger, features: frozenset[str], *, alone: bool) -> tuple[Block, Around]:
    context = choose_context(chances, typed, features)
    about = around(chances, typed.ledger, context, features, alone=alone, loose=typed.loose)
    if "beside" not in features:
        return write_table(chances, typed, context, about, features), about
    half = (len(typed.rows) + 1) // 2
    left, right = replace(typed, rows=typed.rows[:half]), replace(typed, rows=typed.rows[half:])
    block = write_table(chances, left, context, about, features)
    other = write_table(chances, right, context, about, features, untitled=True)
    block.beside(other.lowered(block.header), chances.of("gap").choice((1, 1, 2)))
    return block, about


def _offset(chances: Chances, features: frozenset[str]) -> tuple[int, int]:
    chance = chances.of("offset")
    return (chance.randrange(1, 5), chance.randrange(1, 4)) if "offset" in features else (1, 1)


def _hide(chances: Chances, page: Page, features: frozenset[str]) -> Page:
    chance = chances.of("hiding")
    rows = frozenset(page.first_row + i for i in range(len(page.cells)) if chance.random() < 0.1)
    columns = frozenset(page.first_column + i for i in range(len(page.cells[0])) if chance.random() < 0.1)
    return replace(
        page,
        hidden_rows=rows if "hidden rows" in features else frozenset(),
        hidden_columns=columns if "hidden columns" in features else frozenset(),
    )

"""What is mixed into a layout, by name and how often; a failing layout is made smaller by leaving features out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from random import Random

FEATURES: Mapping[str, float] = {
    # around the table
    "title": 0.8,
    "lines": 0.4,  # unit, date and office lines under the title
    "explained": 0.15,  # a note above the header
    "context": 0.6,  # month, township, village, workshop, party in no column but in title, sheet or file name
    "notes": 0.3,
    "signatures": 0.4,
    "offset": 0.15,  # the table does not begin at A1
    # the header
    "synonyms": 0.7,
    "starred": 0.2,
    "broken": 0.25,  # line breaks and spaces inside headers
    "units": 0.3,  # （元）, （天）
    "tall": 0.1,  # header cells merged over two rows
    "repeated": 0.2,  # the header again at page breaks
    "two levels": 0.2,  # parents over several headers, and leaves that mean nothing without them
    # the columns
    "dropped": 0.6,  # optional columns left out
    "shuffled": 0.4,
    "serial": 0.5,
    "strangers": 0.3,  # columns that the ledger does not know
    "gaps": 0.15,  # blank columns
    "hidden columns": 0.1,
    "joined": 0.08,  # name and identity number in one cell
    "split": 0.1,  # year, month and day in columns of their own
    "grid": 0.5,  # attendance by marks of days
    "wide": 0.3,  # a column for each month
    "sums": 0.5,  # of the marks or months of each row
    # the rows
    "spellings": 0.7,
    "spoilt": 0.15,  # cells that cannot be read, and must be told
    "blank rows": 0.2,
    "asides": 0.15,  # notes between the rows
    "subtotals": 0.2,
    "totals": 0.3,
    "words": 0.1,  # the total in words
    "merged": 0.2,  # a group's name merged over its rows
    "once": 0.1,  # a group's name in its first row only
    "sections": 0.1,  # a line with the group's name over its rows
    "wan": 0.08,  # amounts in 万元
    "hidden rows": 0.1,
    "junk": 0.15,  # cells of nothing but spaces
    # the sheet
    "below": 0.1,  # another table under this one
    "beside": 0.06,  # the second half of the rows at the right of the first
}


class Chances:
    """A random source for each part of a layout, so that leaving a feature out changes nothing else."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def of(self, part: str) -> Random:
        """The part's own source."""
        return Random(f"{self.seed}/{part}")

    def choose(self, without: Collection[str] = ()) -> frozenset[str]:
        """The features of this layout."""
        source = self.of("features")
        drawn = {name: source.random() < share for name, share in FEATURES.items()}
        return frozenset(name for name, chosen in drawn.items() if chosen and name not in without)

"""Which rows a total row sums: under them, over them, page by page."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.intake.sheets.totals import level, spans

Span = tuple[int, int]


LEVELS = {
    "小计": 1,
    "清星村合计": 1,
    "本页合计": 1,
    "合 计": 2,
    "全镇合计": 2,
    "本月合计": 2,
    "本 季 度 合 计": 2,
    "本年发放合计": 2,
    "本次合计": 2,
    "本村合计": 1,
    "人民币（大写）陆佰元整": 2,
    "总计": 3,
    "累计": 3,
}
NAMES = {
    "s": "小计",
    "a": "合计",
    "g": "总计",
    "c": "累计",
    "p": "本页小计",
    "n": "过次页",
    "o": "承前页",
    "m": "本月合计",
    "w": "人民币（大写）",
}


@pytest.mark.parametrize(("label", "expected"), LEVELS.items())
def test_levels(label: str, expected: int) -> None:
    assert level(label) == expected


def found(rows: str) -> list[tuple[str, Span, list[Span]]]:
    """The spans of a table of data rows (`.`), blank rows (`_`) and totals, a letter for each label."""
    labels = [(at, NAMES[sign]) for at, sign in enumerate(rows) if sign in NAMES]
    data = np.array([sign == "." for sign in rows], dtype=np.bool_)
    return [(total.label, (total.first, total.last), list(total.others)) for total in spans(labels, 0, data)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("..s.sa", [("小计", (0, 2), []), ("小计", (3, 4), []), ("合计", (0, 5), [])]),
        ("..a_w", [("合计", (0, 2), []), ("人民币（大写）", (0, 4), [])]),
        ("a...", [("合计", (1, 4), [])]),
        ("as..s.", [("合计", (1, 6), []), ("小计", (2, 4), []), ("小计", (5, 6), [(2, 4)])]),
        ("..n_o.n_o.a", [
            ("过次页", (0, 2), []),
            ("承前页", (0, 4), []),
            ("过次页", (0, 6), [(5, 6)]),
            ("承前页", (0, 8), []),
            ("合计", (0, 10), []),
        ]),
        ("..p.pc", [("本页小计", (0, 2), []), ("本页小计", (3, 4), []), ("累计", (0, 5), [])]),
        (".s.p", [("小计", (0, 1), []), ("本页小计", (0, 3), [(2, 3)])]),
        (".a.a", [("合计", (0, 1), []), ("合计", (2, 3), [(0, 3)])]),
        ("..n.m", [("过次页", (0, 2), []), ("本月合计", (0, 4), [])]),
        ("a", [("合计", (0, 0), [])]),
    ],
)  # fmt: skip
def test_spans(rows: str, expected: list[tuple[str, Span, list[Span]]]) -> None:
    assert found(rows) == expected

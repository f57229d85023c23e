"""What single cells say: the same whether few texts are looked at or many."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.intake.sheets import labels
from auditor.intake.sheets.labels import Marks, header_forms, mark

WORDS = [
    *[
        "合计",
        "小计",
        "人民币",
        "（大写）",
        "壹仟",
        "元整",
        "¥1,200.00",
        "一、",
        "（二）",
        "1.",
        "清星村",
        "清溪镇",
        "（12户）",
        "：",
        "张三",
        "填表人",
        "签字",
        "2022年3月",
    ],
    *["5日", "备注", "500299199001011234", "。", "何", "过次页", "共", "12人", "表", "😀", "𠮷", "é", "Total", "单位"],
    *(" ", "\u3000", "\n"),
]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map("".join).map(str.strip), min_size=1, max_size=30)
HEADERS = header_forms(pa.array(["姓名", "发放金额（元）"]))


def bits(marks: Marks) -> dict[str, list[bool]]:
    return {name: getattr(marks, name)[0].tolist() for name in Marks.__slots__}


@given(TEXTS)
def test_few_texts_and_many_are_marked_alike(texts: list[str]) -> None:
    cells = [pa.array(texts, pa.string())]
    few = bits(mark(cells, HEADERS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(labels, "_FEW", -1)
        assert bits(mark(cells, HEADERS)) == few


def test_a_header_is_known_in_whatever_typing() -> None:
    texts = ["姓名", "姓 名", "*姓名：", "发放金额", "发放金额\n（万元）", "张三"]
    found = mark([pa.array(texts, pa.string())], HEADERS).header[0]
    assert np.flatnonzero(found).tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "text", ["统计局", "共和村", "李审核", "计算机", "共计公司", "合计宾", "何小计", "会计", "总计划"]
)
def test_what_only_looks_like_a_total(text: str) -> None:
    assert not mark([pa.array([text], pa.string())], HEADERS).total.any()

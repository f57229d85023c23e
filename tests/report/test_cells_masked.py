"""Cells of a sheet as the reading report may show them."""

from __future__ import annotations

import pytest
from tests.report.reading_county import veil

from auditor.ledgers import default_catalogue

COLUMNS = default_catalogue()["payroll"].columns


@pytest.mark.parametrize(
    ("column", "text", "shown"),
    [
        ("person_id", "500299197503121238", "500299********1238"),
        ("person_id", "5002 9919 7503 1212 38", "500299********1238"),
        ("person_id", "张三500299197503121238", "张三500299********1238"),
        ("person_id", "50029919750312", "5002****0312"),
        ("person_id", "5OO299197503121238", "5OO299********1238"),
        ("person_id", "无", "无"),
        ("person_id", "合计", "合计"),
        ("account_no", "6217000012345678901", "6217****8901"),
        ("account_no", "62170001", "****01"),
        ("account_no", "（现金）", "（现金）"),
        ("name", "张三", "张三"),
        ("amount", "1,234.50", "1,234.50"),
        (None, "填报单位：清溪镇　电话：13812345678", "填报单位:清溪镇 电话:138****5678"),
        (None, "填报单位：清溪镇", "填报单位：清溪镇"),
    ],
)
def test_numbers_of_people_are_hidden_and_words_are_left(column: str | None, text: str, shown: str) -> None:
    of = COLUMNS[column] if column is not None else None
    assert veil().cell(text, of) == shown
    assert veil(unmask=True).cell(text, of) == text

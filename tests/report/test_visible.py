"""What a stranger typed shows as what it is, and does nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.report.visible import visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三", "张三"),
        ("", ""),
        ("a\r\nb\rc\nd", "a⏎b⏎c⏎d"),
        ("a\tb", "a b"),
        ("王\u202e五", "王⟨U+202E⟩五"),
        ("\x1b[31m", "⟨U+001B⟩[31m"),
        ("\u200b\ufeff", "⟨U+200B⟩⟨U+FEFF⟩"),
        ("\ue000", "⟨U+E000⟩"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_what_does_not_show_is_written_out(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_a_long_text_is_cut_with_a_sign() -> None:
    assert visible("一" * 10, 5) == "一一一一…"
    assert visible("一" * 5, 5) == "一" * 5


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert visible(shown) == shown

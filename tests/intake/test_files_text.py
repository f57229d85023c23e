"""csv as systems export it: UTF-16 without a mark, a line that names the delimiter, formulas that keep long numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.conftest import Fail, Read, cells

from auditor.intake.files.sniff import Content, sniff, utf_16

_TEXT = "姓名\t身份证号\t金额\r\n张三\t500299198001011234\t600\r\n"
_WANTED = {
    (1, 1): "姓名",
    (1, 2): "身份证号",
    (1, 3): "金额",
    (2, 1): "张三",
    (2, 2): "500299198001011234",
    (2, 3): "600",
}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.xls", "a.xlsx"])
def test_utf_16_with_and_without_its_mark(tmp_path: Path, read: Read, encoding: str, name: str) -> None:
    (tmp_path / name).write_bytes(_TEXT.encode(encoding))

    assert cells(read(tmp_path / name).sheets[0]) == _WANTED


@given(st.binary(max_size=200))
def test_bytes_taken_for_utf_16_decode_and_hold_text(data: bytes) -> None:
    encoding = utf_16(data)
    if encoding in ("utf-16-le", "utf-16-be"):
        text = data[: len(data) & ~1].decode(encoding, "ignore")
        assert "\n" in text.replace("\r", "\n")
        assert "\x00" not in text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200))
def test_no_utf_8_is_ever_taken_for_utf_16(text: str) -> None:
    assert utf_16(text.encode("utf-8")) is None


def test_zero_bytes_within_utf_8_are_no_utf_16(tmp_path: Path, fail: Fail) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,\x00\n2,\x003\n")

    assert fail(tmp_path / "a.csv").code == "file-not-a-workbook"


def test_text_formulas_give_their_text_and_the_delimiter_line_is_no_row(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.csv").write_text(
        'sep=;\n姓名;账号\n张三;="0062170000"\n李四;"=""500299198001011234"""\n王五;=1+1\n', encoding="gb18030"
    )

    assert cells(read(tmp_path / "a.csv").sheets[0]) == {
        (1, 1): "姓名",
        (1, 2): "账号",
        (2, 1): "张三",
        (2, 2): "0062170000",
        (3, 1): "李四",
        (3, 2): "500299198001011234",
        (4, 1): "王五",
        (4, 2): "=1+1",
    }


@pytest.mark.parametrize(
    ("head", "content"),
    [
        (b"a,b\n", Content.TEXT),
        (b"\xef\xbb\xbf<table>", Content.HTML),
        ("<html>".encode("utf-16"), Content.HTML),
        (b"<!-- x --><html>", Content.HTML),
        (b"MIME-Version: 1.0\r\n", "MHTML"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"MZ\x90\x00\x03\x00", "EXE"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"%PDF-1.4", "PDF"),
    ],
)
def test_what_a_file_is(head: bytes, content: Content | str) -> None:
    assert sniff(head) == content

"""`--password-stdin`: the password comes by standard input and stands nowhere in what is said."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from msoffcrypto.format.ooxml import OOXMLFile

from auditor.cli import main

PERSON = "500299197503121238"
PASSWORD = "云山县 2022"  # noqa: S105 - of a workbook made here


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期"])
    sheet.append([PERSON, "张三", "2022-05", 600, "6217000012345678901", "2022-06-05"])
    plain, secret = io.BytesIO(), io.BytesIO()
    book.save(plain)
    OOXMLFile(plain).encrypt(PASSWORD, secret)
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "发放表.xlsx").write_bytes(secret.getvalue())
    return folder


def _run(tmp_path: Path, *args: str | Path, given: str | None = None) -> Result:
    # The commands come in only when they are called; the data directory keeps the key of the pseudonyms.
    return CliRunner(env={"AUDITOR_DATA": str(tmp_path / "data")}).invoke(main, [*map(str, args)], input=given)


def test_the_password_on_standard_input_opens_the_workbook(tmp_path: Path, upload: Path) -> None:
    result = _run(tmp_path, "read", upload, "--format", "json", "--password-stdin", given=f"{PASSWORD}\n")

    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)["files"]
    assert [(file["path"], file["read"]) for file in told] == [("发放表.xlsx", True)]
    assert PASSWORD not in result.output


@pytest.mark.parametrize(
    ("options", "given", "said"),
    [
        ((), None, "--password-stdin"),
        (("--password-stdin",), "falsch\n", "密码不对"),
        (("--password-stdin",), "", "密码"),
    ],
)
def test_without_the_right_password_the_file_is_told_and_the_status_says_so(
    tmp_path: Path, upload: Path, options: tuple[str, ...], given: str | None, said: str
) -> None:
    result = _run(tmp_path, "audit", upload, "--out", tmp_path / "out", "--as-of", "2026-11-01", *options, given=given)

    assert result.exit_code == 2
    assert said in result.output
    assert "falsch" not in result.output


@pytest.mark.parametrize("command", [("read",), ("audit",), ("person",), ("rules", "impact")])
def test_every_command_that_reads_ledgers_takes_a_password(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert "--password-stdin" in _run(tmp_path, *command, "--help").output

"""`auditor rules …` for those who write rules: what each command writes and says, and its exit status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from auditor.ledgers import resource_dir

PERSON = "500299197503121231"


def auditor(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["rules", *map(str, args)])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A county's folder with a rule of its own: GP08 under another id."""
    folder = tmp_path / "county"
    folder.mkdir()
    text = (resource_dir("rules") / "signals/ghost_payroll/gp08.yaml").read_text(encoding="utf-8")
    (folder / "gp88.yaml").write_text(text.replace("id: GP08", "id: GP88"), encoding="utf-8")
    return folder


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """Two people, one of them paid twice in March."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期"])
    for month in ("2022-03", "2022-03", "2022-04"):
        sheet.append([PERSON, "张三", month, 600, "6217000012345678901", "2022-05-05"])
    folder = tmp_path / "upload"
    folder.mkdir()
    book.save(folder / "发放表.xlsx")
    (tmp_path / "profile.yaml").write_text("as_of: '2022-12-31'\n", encoding="utf-8")
    return folder


def test_mutate_says_what_the_cases_are_worth(own: Path) -> None:
    run = auditor("mutate", "gp88", "--rules", own, "--lang", "en")
    assert run.exit_code == 0, run.output
    assert "1 rules" in run.stdout
    assert " 0 survivors" in run.stdout

    path = own / "gp88.yaml"
    path.write_text(
        path.read_text("utf-8").replace("payroll.amount > 0\n      AND", "payroll.amount > -5\n      AND"), "utf-8"
    )
    run = auditor("mutate", "GP88", "--rules", own)
    assert run.exit_code == 1
    assert "本身未通过" in run.stdout


def test_mutate_names_survivors_by_place(own: Path) -> None:
    path = own / "gp88.yaml"
    text = path.read_text("utf-8").replace(
        "WHERE payroll.person_id", "WHERE payroll.amount IS NOT NULL\n      AND payroll.person_id", 1
    )
    path.write_text(text, "utf-8")
    line = text[: text.index("payroll.amount IS NOT NULL")].count("\n") + 1

    run = auditor("mutate", "GP88", "--rules", own)
    assert run.exit_code == 1
    assert f"county/gp88.yaml:{line}:11 GP88" in run.stdout
    assert "“payroll.amount IS NOT NULL”换成 TRUE" in run.stdout

    run = auditor("mutate", "GP88", "--rules", own, "--format", "json")
    told = json.loads(run.stdout)
    assert [(s["place"], s["kind"]) for s in told["survivors"]] == [(f"county/gp88.yaml:{line}:11", "mutation-true")]
    assert told["mutants"] == len(told["trials"])


def test_lock_refuses_what_keeps_its_version(own: Path) -> None:
    assert auditor("lock", own).exit_code == 0
    before = (own / "lock.yaml").read_text("utf-8")
    assert "GP88: {version: 1" in before
    path = own / "gp88.yaml"
    path.write_text(path.read_text("utf-8").replace(">= 2", ">= 3"), "utf-8")

    lint = auditor("lint", own, "--lang", "en")
    assert lint.exit_code == 1
    assert "county/gp88.yaml:2:10 version-not-raised: Rule GP88 decides otherwise" in lint.stdout
    refused = auditor("lock", own)
    assert refused.exit_code == 1
    assert "version-not-raised" in refused.stdout
    assert (own / "lock.yaml").read_text("utf-8") == before

    path.write_text(path.read_text("utf-8").replace("version: 1", "version: 2", 1), "utf-8")
    written = auditor("lock", own)
    assert written.exit_code == 0, written.output
    assert "GP88 v2" in written.stdout
    assert "GP88: {version: 2" in (own / "lock.yaml").read_text("utf-8")


def test_new_writes_a_skeleton_once(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    made = auditor("new", "gp77", "--dir", folder)
    assert made.exit_code == 0, made.output
    path = folder / "signals/ghost_payroll/gp77.yaml"
    assert "id: GP77" in path.read_text("utf-8")
    codes = {line.split(": ")[0].split()[-1] for line in made.stdout.splitlines()[1:]}
    assert codes == {"to-be-filled"}

    assert auditor("new", "GP77", "--dir", folder).exit_code == 2
    for wrong in (["GP08"], ["gp"], ["QQ01"], ["GP76", "--violation", "ghost_payrol"]):
        refused = auditor("new", *wrong, "--dir", folder)
        assert refused.exit_code == 2, wrong
        assert refused.stderr
    assert auditor("new", "QQ01", "--violation", "wages", "--dir", folder).exit_code == 0
    assert (folder / "signals/wages/qq01.yaml").exists()


def test_docs_writes_both_languages_and_removes_what_is_gone(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "docs"
    (out / "zh").mkdir(parents=True)
    (out / "zh/gone.md").write_text("x", "utf-8")

    run = auditor("docs", "--rules", own, "--out", out)
    assert run.exit_code == 0, run.output
    assert not (out / "zh/gone.md").exists()
    for lang in ("zh", "en"):
        assert "GP88" in (out / lang / "README.md").read_text("utf-8")
        assert "GP88" in (out / lang / "ghost_payroll.md").read_text("utf-8")


def test_impact_shows_what_would_appear_and_vanish_masked(upload: Path, tmp_path: Path) -> None:
    rule = tmp_path / "trial.yaml"
    shipped = resource_dir("rules") / "signals/ghost_payroll/gp08.yaml"
    rule.write_text(shipped.read_text("utf-8").replace(">= 2", ">= 1"), "utf-8")
    options: list[str | Path] = [upload, "--profile", tmp_path / "profile.yaml", "--data", tmp_path / "data"]

    more = auditor("impact", rule, *options, "--lang", "en")
    assert more.exit_code == 0, more.output
    for words in ("as it is: 1 signals", "candidate: 2 signals", "1 appear", "0 vanish", "1 stay"):
        assert words in more.stdout
    assert PERSON not in more.output
    assert "2022-04" in more.stdout

    rule.write_text(shipped.read_text("utf-8").replace(">= 2", "= 1"), "utf-8")
    told = json.loads(auditor("impact", rule, *options, "--format", "json").stdout)
    assert [signal["period"] for signal in told["appeared"]] == ["2022-04"]
    assert [signal["period"] for signal in told["vanished"]] == ["2022-03"]
    assert (told["before"], told["after"], told["kept"]) == (1, 1, 0)

    whole = auditor("impact", rule, *options, "--unmask", "--show", "0")
    assert "另有 1 条" in whole.stdout


def test_impact_of_a_new_rule_and_of_a_wrong_one(own: Path, upload: Path, tmp_path: Path) -> None:
    options: list[str | Path] = [upload, "--profile", tmp_path / "profile.yaml", "--data", tmp_path / "data"]
    new = auditor("impact", own / "gp88.yaml", *options, "--lang", "en")
    assert new.exit_code == 0, new.output
    assert "there is none of this id" in new.stdout
    assert "1 appear" in new.stdout

    wrong = tmp_path / "gp88.yaml"
    shutil.copy(own / "gp88.yaml", wrong)
    wrong.write_text(wrong.read_text("utf-8").replace("payroll.amount > 0", "payroll.amout > 0"), "utf-8")
    refused = auditor("impact", wrong, *options)
    assert refused.exit_code == 2
    assert "gp88.yaml:" in refused.stderr

"""`auditor read` as a person calls it: its forms, what is written where, and the way from a map to a reading."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from auditor.cli import main

PERSON = "500299197503121238"
STRANGE = f"代号,称呼,数目,何时\n{PERSON},张三,600,2022-10\n"
DEATHS = f"身份证号,姓名,死亡日期\n{PERSON},张三,2022-03-04\n"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "死亡名单.csv").write_text(DEATHS, encoding="utf-8")
    (folder / "某表.csv").write_text(STRANGE, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("AUDITOR_DATA", str(tmp_path / "data"))
    return Runner(tmp_path)


class Runner:
    """Runs commands in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *args: str | Path, status: int = 0) -> Result:
        done = CliRunner().invoke(main, [str(arg) for arg in args])
        assert done.exit_code == status, done.output
        return done

    def map(self, text: str) -> Path:
        path = self.folder / "map.yaml"
        path.write_text(text, encoding="utf-8")
        return path


def test_the_page_goes_to_the_file_or_to_standard_output(run: Runner, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "report.html"
    done = run("read", county, "--format", "html", "--out", out)
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert done.stdout == ""
    assert run("read", county, "--format", "html", "--lang", "en").stdout.startswith("<!doctype html>")


def test_json_goes_to_a_file_too(run: Runner, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    run("read", county, "--format", "json", "--out", out)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert {file["path"] for file in report["files"]} == {"死亡名单.csv", "某表.csv"}


def test_text_is_for_the_screen(run: Runner, county: Path, tmp_path: Path) -> None:
    done = run("read", county, "--out", tmp_path / "x.txt", status=2)
    assert "--format html" in done.output


def test_a_map_proposed_edited_and_given_back_settles_the_sheet(run: Runner, county: Path, tmp_path: Path) -> None:
    proposed = tmp_path / "map.yaml"
    before = run("read", county, "--write-map", proposed)
    assert "不是已知的台账" in before.stdout
    text = proposed.read_text(encoding="utf-8")
    assert '# - file: "某表.csv"' in text
    run("read", county, "--map", proposed)  # as it is it settles nothing, and is no mistake
    proposed.write_text(
        "sheets:\n"
        "  - file: 某表.csv\n"
        "    ledger: payroll\n"
        "    columns: {代号: person_id, 称呼: name, 数目: amount, 何时: month}\n",
        encoding="utf-8",
    )
    report = json.loads(run("read", county, "--map", proposed, "--format", "json").stdout)
    (sheet,) = next(file for file in report["files"] if file["path"] == "某表.csv")["sheets"]
    assert sheet["ledger"] == "payroll"
    assert sheet["settled_by"]["ledger"] == f"{proposed}:2:5"
    assert sheet["rows"]["read"] == 1


def test_a_map_is_not_written_over(run: Runner, county: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text("sheets: []\n", encoding="utf-8")
    assert "map-exists" in run("read", county, "--write-map", file, status=2).stderr
    assert file.read_text(encoding="utf-8") == "sheets: []\n"


def test_a_mistake_in_a_map_ends_the_command_with_its_place(run: Runner, county: Path) -> None:
    file = run.map("sheets:\n  - file: 某表.csv\n    ledger: payrol\n")
    for command in (("read", county), ("audit", county, "--out", run.folder / "out"), ("person", PERSON, county)):
        done = run(*command, "--map", file, status=2)
        assert f"{file}:3:13 profile-ledger-unknown" in done.stderr


def test_an_entry_that_fits_nothing_is_told_with_its_place(run: Runner, county: Path) -> None:
    file = run.map("sheets:\n  - {file: 别的.xlsx, ignore: true}\n")
    assert f"{file}:2:5" in run("read", county, "--map", file).stdout.replace("\n", "")
    report = json.loads(run("read", county, "--map", file, "--format", "json").stdout)
    assert [problem["code"] for problem in report["problems"]] == ["map-entry-unused"]


def test_a_profile_remembers_what_was_settled(run: Runner, county: Path) -> None:
    profile = run.folder / "profile.yaml"
    profile.write_text("as_of: 2022-12-31\nsheets:\n  - {file: 某表.csv, ignore: true}\n", encoding="utf-8")
    out = run.folder / "out"
    done = run("audit", county, "--profile", profile, "--out", out)
    assert "profile.yaml:3:5" in done.stdout.replace("\n", "")
    coverage = json.loads((out / "coverage.json").read_text(encoding="utf-8"))
    (entry,) = coverage["profile"]["sheets"]
    assert (entry["file"], entry["ignore"], entry["where"]) == ("某表.csv", True, f"{profile}:3:5")
    (sheet,) = next(file for file in coverage["files"] if file["path"] == "某表.csv")["sheets"]
    assert sheet["settled_by"] == {"sheet": f"{profile}:3:5"}
    rules = {json.loads(line)["rule"] for line in (out / "signals.jsonl").read_text(encoding="utf-8").splitlines()}
    assert "LT09" not in rules


def test_wrong_words_in_a_profile_end_the_reading_too(run: Runner, county: Path) -> None:
    profile = run.folder / "profile.yaml"
    profile.write_text("headers: {payrol: {amount: [款]}}\n", encoding="utf-8")
    assert "profile-ledger-unknown" in run("read", county, "--profile", profile, status=2).stderr


def test_headers_and_codes_of_a_map_count_in_the_audit(run: Runner, county: Path) -> None:
    (county / "名单.csv").write_text(f"证号码,姓名,死亡日期\n{PERSON},张三,2022-03-04\n", encoding="utf-8")
    file = run.map("headers: {deaths: {person_id: [证号码]}}\n")
    out = run.folder / "out"
    run("audit", county, "--map", file, "--out", out)
    coverage = json.loads((out / "coverage.json").read_text(encoding="utf-8"))
    assert coverage["profile"]["headers"] == {"deaths": {"person_id": ["证号码"]}}
    (sheet,) = next(one for one in coverage["files"] if one["path"] == "名单.csv")["sheets"]
    assert sheet["settled_by"] == {"column:person_id": "headers"}


def test_what_is_said_of_a_file_that_was_not_opened_names_it(run: Runner, county: Path) -> None:
    inner, middle, outer = county / "内.zip", county / "中.zip", county / "外.zip"
    for file, member in ((inner, "死亡名单.csv"), (middle, "内.zip"), (outer, "中.zip")):
        with zipfile.ZipFile(file, "w") as archive:
            archive.write(county / member, member)
    inner.unlink()
    middle.unlink()
    (county / "考勤.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    said = run("read", county, status=2).stdout.splitlines()
    (nested,) = [line for line in said if "套了两层" in line]
    (rar,) = [line for line in said if "不打开" in line]
    assert nested.startswith("外.zip/中.zip/内.zip ")
    assert rar.startswith("考勤.rar ")
    page = run("read", county, "--format", "html", status=2).stdout
    assert "外.zip/中.zip/内.zip 压缩包" in page


def test_an_archive_of_another_kind_is_told_alike_alone_and_in_a_folder(run: Runner, county: Path) -> None:
    file = county / "考勤.RAR"
    file.write_bytes(b"Rar!\x1a\x07\x01\x00")
    sentence = "不打开 .rar 压缩包，其中如有台账则没有读取。请解压，或改用 zip 压缩后再提交。"
    assert sentence in run("read", county, status=2).stdout
    assert sentence in run("read", file, status=2).stderr


def test_text_is_not_wrapped_where_it_is_not_read_on_a_screen(run: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "很长"
    folder.mkdir()
    header = "用人单位在考勤与发放时另行登记的补充说明事项" * 3
    text = "需要核对的补充说明" * 6
    (folder / "死亡名单.csv").write_text(f"身份证号,姓名,死亡日期,{header}\n{PERSON},张三,2022-03-04,{text}\n", "utf-8")
    lines = run("read", folder).stdout.splitlines()
    (line,) = [line for line in lines if line.split()[:1] == ["D"]]
    assert text in line
    assert not any(line.endswith(" ") for line in lines)


def test_the_trail_and_the_summary_are_not_wrapped_either(run: Runner, county: Path, tmp_path: Path) -> None:
    name = "清溪镇" * 40
    (county / "死亡名单.csv").rename(county / f"{name[:60]}死亡名单.csv")
    trail = run("person", PERSON, county).stdout
    assert f"{name[:60]}死亡名单.csv" in trail
    (line,) = [line for line in trail.splitlines() if name[:60] in line]
    assert "2022-03-04" in line
    summary = run("audit", county, "--out", tmp_path / "out").stdout
    (rest,) = [line for line in summary.splitlines() if "未提供的台账" in line]
    assert len(rest) > 100
    assert not any(line.endswith(" ") for line in (*trail.splitlines(), *summary.splitlines()))


def test_the_width_that_is_asked_for_counts(run: Runner, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(cell_len(line) for line in run("read", county).stdout.splitlines()) <= 60

"""What each row of a recognised sheet is; no row is lost, and no data row is set aside."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from tests.sheets import grid, only

from auditor.intake import Band, SheetReading, SourceFile, sheet_bands
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

Row = Sequence[object]

HEADER: Row = ["序号", "身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期"]
PERSON: Row = ["1", "500299199001011234", "张三", "2022-01", 600, "6222020008979882746", "2022-02-01"]
TITLE: Row = ["云山县2022年1月公益性岗位补贴发放表"]


def tables(*rows: Sequence[object]) -> tuple[SheetReading, ...]:
    return read_sheet(SourceFile("a.xlsx", 1, "", "workbook"), grid(rows), default_catalogue())


def read(*rows: Row) -> SheetReading:
    return only(read_sheet(SourceFile("a.xlsx", 1, "", "workbook"), grid(rows), default_catalogue()))


def bands(*rows: Row) -> list[Band]:
    """The bands of the rows under title, header and a person."""
    reading = read([*TITLE], [*HEADER], [*PERSON], *rows)
    assert [Band(band) for band in reading.bands[:3]] == [Band.TITLE, Band.HEADER, Band.READ]
    return [Band(band) for band in reading.bands[3:]]


def test_totals_in_all_their_spellings() -> None:
    for label in (
        "合计",
        "合 计",
        "合\u3000计",
        "小计",
        "总计",
        "总 计",
        "累计",
        "共计",
        "本页小计",
        "本页合计",
        "合计：",
        "合计（元）",
    ):
        assert bands([label, None, None, None, 600]) == [Band.TOTAL], label
        assert bands([None, label, None, None, 600]) == [Band.TOTAL], label
        assert bands([None, None, label, None, 600]) == [Band.TOTAL], label
    assert bands(["清星村小计", None, None, None, 600]) == [Band.TOTAL]
    assert bands([None, "合计：35人", None, None, 600]) == [Band.TOTAL]


def test_a_row_with_an_identity_number_is_no_total() -> None:
    for number in ("500299199001011234", "５００２９９１９９００１０１１２３４", "500299 19900101 1234"):
        assert bands(["合计", number, "张三", "2022-01", 600]) == [Band.READ], number
        assert bands(["填表人：王芳", number, "张三"]) == [Band.READ], number


def test_signatures() -> None:
    assert bands(["填表人：王芳    审核人：李强    联系电话：023-56552956"]) == [Band.SIGNATURE]
    assert bands(["填表人：王芳", None, None, None, "审核人：李强", None, "负责人（签字）："]) == [Band.SIGNATURE]
    assert bands(["填表人：", "王芳", None, None, "审核人：", "李强"]) == [Band.SIGNATURE]
    assert bands([None, None, None, None, None, "单位（盖章）："]) == [Band.SIGNATURE]
    assert bands([None, None, None, None, None, "负责人签字"]) == [Band.SIGNATURE]
    assert bands([None, None, None, None, None, "2022年12月30日"]) == [Band.SIGNATURE]
    assert bands(["考勤员（签字）：王芳", None, "村负责人：李强"]) == [Band.SIGNATURE]


def test_notes() -> None:
    assert bands(["备注：以上人员均已核实"]) == [Band.NOTE]
    assert bands(["注：1.金额为实发数"]) == [Band.NOTE]
    assert bands(["说明：\n一式三份"]) == [Band.NOTE]
    assert bands([None, "以上补贴由县财政承担，乡镇不得截留挪用。"]) == [Band.NOTE]


def test_an_incomplete_row_is_still_data() -> None:
    assert bands(["2", None, "李四", "2022-01", 600]) == [Band.READ]
    assert bands(["3", None, "王五"]) == [Band.READ]
    assert bands([None, "未办理", "赵六", "2022-01", 600, None, "2022-02-01"]) == [Band.READ]
    assert bands(["4", "50029919900101", "孙七"]) == [Band.READ]


def test_a_row_with_a_serial_number_only_is_rejected() -> None:
    reading = read([*HEADER], [*PERSON], ["2"], ["3"])
    assert [Band(band) for band in reading.bands] == [Band.HEADER, Band.READ, Band.REJECTED, Band.REJECTED]
    assert reading.reasons == {2: "row-without-values", 3: "row-without-values"}


def test_headers_and_titles_repeated_at_page_breaks() -> None:
    assert bands([*TITLE], [*HEADER], [*PERSON]) == [Band.TITLE, Band.HEADER, Band.READ]
    other_words = ["序号", "身份证号码", "人员姓名", "补贴月份", "补贴金额", "银行卡号", "支付日期"]
    assert bands(other_words, [*PERSON]) == [Band.HEADER, Band.READ]


def test_another_table_below_is_read_under_its_own_headers() -> None:
    rows: list[Row] = [
        [*HEADER],
        [*PERSON],
        ["合计", None, None, None, 600],
        [None],
        ["岗位编号", "岗位类型", "用人单位", "姓名", "身份证号", "上岗时间", "月工资标准"],
        ["G1", "保洁员", "清星村", "张三", "500299199001011234", "2022-01-01", 600],
        ["合计", None, None, None, None, None, 600],
    ]
    first, second = tables(*rows)
    away = Band.ELSEWHERE
    assert (first.ledger, second.ledger) == ("payroll", "posts")
    assert list(first.bands) == [Band.HEADER, Band.READ, Band.TOTAL, Band.BLANK, away, away, away]
    assert list(second.bands) == [away, away, away, away, Band.HEADER, Band.READ, Band.TOTAL]
    assert [total.position for total in first.totals] == [2]
    assert [total.position for total in second.totals] == [6]
    assert [(reading.part.number, reading.part.of) for reading in (first, second) if reading.part] == [(1, 2), (2, 2)]
    whole = [Band.HEADER, Band.READ, Band.TOTAL, Band.BLANK, Band.HEADER, Band.READ, Band.TOTAL]
    assert list(sheet_bands([first, second])) == whole


def test_over_which_rows_a_total_sums() -> None:
    reading = read(
        [*HEADER],  # 0
        [*PERSON],
        [*PERSON],
        ["小计", None, None, None, 1200],  # 3
        [*PERSON],
        ["清星村合计", None, None, None, 600],  # 5
        ["合计", None, None, None, 1800],  # 6
        [*PERSON],
        ["合计", None, None, None, 600],  # 8
        ["总计", None, None, None, 2400],  # 9
        ["累计", None, None, None, 2400],  # 10
    )
    assert [(total.label, total.position, total.first, total.last) for total in reading.totals] == [
        ("小计", 3, 1, 3),
        ("清星村合计", 5, 4, 5),
        ("合计", 6, 1, 6),
        ("合计", 8, 7, 8),
        ("总计", 9, 1, 9),
        ("累计", 10, 1, 10),
    ]


def test_a_total_said_twice_sums_the_same_rows() -> None:
    reading = read(
        [*HEADER], [*PERSON], ["合计", None, None, None, 600], ["合计（大写）", None, None, None, "陆佰元整"]
    )
    assert [(total.first, total.last) for total in reading.totals] == [(1, 2), (1, 3)]


def test_ledgers_without_people_have_totals_too() -> None:
    reading = read(
        ["地区", "指标", "年度", "目标任务数"], ["兴隆镇", "务工规模", 2022, 500], ["合计", "务工规模", 2022, 500]
    )
    assert reading.ledger == "targets"
    assert [Band(band) for band in reading.bands] == [Band.HEADER, Band.READ, Band.TOTAL]


def test_hidden_rows_are_read() -> None:
    raw = grid([HEADER, PERSON, PERSON], hidden_rows=frozenset({2}))
    reading = only(read_sheet(SourceFile("a.xlsx", 1, "", "workbook"), raw, default_catalogue()))
    assert reading.count(Band.READ) == 2


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "合计",
            "小计",
            "填表人：王芳",
            "备注：",
            "张三",
            "500299199001011234",
            "6222020008979882746",
            "2022-01",
            "600",
            " ",
        ]
    ),
    st.sampled_from(HEADER),
    st.text(max_size=30),
    st.integers(0, 10**9),
)


@given(st.lists(st.lists(CELLS, min_size=7, max_size=9), max_size=12))
def test_every_row_has_its_band_and_no_keyed_row_is_set_aside(rows: list[list[object]]) -> None:
    reading, *below = tables([*TITLE], [*HEADER], *rows)
    raw = reading.raw
    assert reading.ledger == "payroll"
    assert len(reading.bands) == raw.row_count
    assert sum(reading.count(band) for band in Band) == raw.row_count
    assert set(reading.reasons) == {i for i in range(raw.row_count) if reading.bands[i] == Band.REJECTED}
    assert [total.position for total in reading.totals] == [
        i for i in range(raw.row_count) if reading.bands[i] == Band.TOTAL
    ]
    spans = [(t.position, first, last) for t in reading.totals for first, last in ((t.first, t.last), *t.others)]
    assert all(0 <= first <= last == position or position < first <= last for position, first, last in spans)
    header = reading.header[0]
    for position, row in enumerate([TITLE, HEADER, *rows]):
        texts = [str(cell) for cell in row if cell is not None and str(cell).strip()]
        if not texts:
            assert reading.bands[position] == Band.BLANK
        elif position > header == 1 and not below and row[1] == "500299199001011234":
            assert reading.bands[position] in {Band.READ, Band.HEADER}

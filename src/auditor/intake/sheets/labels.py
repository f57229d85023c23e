"""What single cells say of their row: a total's label, a signature, a note, an identity number, a header."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.intake.sheets.grid import Mask

_SENTENCE = 15  # characters; a longer text alone in its row is a note

_S = r"[\s\p{Zs}]*"
_WORD = rf"(?:总{_S}合|合|小|总|累|共){_S}计"
_TAIL = (
    rf"{_S}(?:金额|人数|户数|数)?{_S}(?:[（(][^（()）]{{0,12}}[)）])?{_S}[:：]?"
    rf"{_S}[\d.,，]*{_S}(?:元|万元|人|户|天|个)?$"
)
_NUMERAL = "零〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾佰仟百千万萬亿億两"
# What follows a total's word in a sentence of nothing but numbers: 共计12人，发放金额（大写）壹万贰仟元整（¥12,000.00）
_SUM_IN_WORDS = (
    rf"(?:[\d.,，、;；:：\s\p{{Zs}}()（）¥￥/{_NUMERAL}元圆角分整正人户名个天月]|大写|小写|人民币|人数|金额|总额|实发|应发|补贴|补助|工资|发放|合计"
    r"|[共计为])"
)
_PAGE_WORD = r"(?:过次页|转次页|转下页|结转下页|承前页|接上页|承上页)"
_WORDED = rf"(?:人民币|金额|总金额|实发|应发|发放|补贴|补助|工资|{_WORD}){_S}"
_IN_WORDS = (
    rf"^(?:{_WORDED}){{0,3}}[（(]?{_S}(?:人民币|金额)?{_S}大{_S}写{_S}(?:人民币|金额)?{_S}[)）]?"
    rf"{_SUM_IN_WORDS}{{0,60}}$"
)
_TOTAL = (
    rf"^(?:本页|本表|全[县镇乡村]|全街道|全社区)?{_S}(?:{_WORD}|(?i:sub-?total|total)){_TAIL}"
    rf"|^{_PAGE_WORD}{_TAIL}|{_IN_WORDS}|^(?:本页|本表|全[县镇乡村])?{_WORD}{_SUM_IN_WORDS}{{1,60}}$"
    rf"|^共{_S}\d+{_S}[人名户]{_SUM_IN_WORDS}{{0,60}}$"
)
_PART_TOTAL = rf"^.{{1,28}}{_WORD}{_TAIL}"
_BARE_PART = rf"^[\p{{Han}}]{_WORD}$"
_SIGNER = (
    r"(?:填表|填报|制表|审核|复核|审批|审定|核对|经办|经手|考勤|统计|记录|登记|校对|签收|监督|分管|主管|主要|单位|部门|村|乡镇|镇|"
    r"站所|财务|会计|出纳|领导|负责|签字|签名|签章|盖章|公章|联系电话|联系人|电话|日期|填报日期|制表日期|打印日期)"
)
_SIGNATURE = rf"^{_S}{_SIGNER}[^:：。；]{{0,14}}[:：]"
_UNLABELLED_SIGNATURE = (
    rf"^{_S}(?:填表|填报|制表|审核|复核|审批|经办|考勤|单位|村|镇|乡镇|主要|分管)?{_S}"
    rf"(?:人|员|负责人|领导)?{_S}[（(]?(?:签字|签名|签章|盖章|公章)[)）]?{_S}$"
    rf"|^{_S}(?:填表人|制表人|审核人|复核人|经办人|负责人|考勤员)(?:[\s\p{{Zs}}]+[\p{{Han}}]{{2,4}})?{_S}$"
)
_DATE_ALONE = (
    rf"^{_S}(?:[12]\d{{3}}{_S}年)?{_S}\d{{0,2}}{_S}月{_S}\d{{0,2}}{_S}日{_S}$|^{_S}年{_S}月{_S}日{_S}$"
    r"|^[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}$"
)
_NOTE = (
    rf"^{_S}[*※★]?{_S}(?:备{_S}注|注意|注|附注|说{_S}明|填表说明|填报说明|附件说明|特别说明|温馨提示|提示)"
    rf"{_S}\d*{_S}[:：、.．]"
)
_IDENTITY = r"^[\d０-９][\d０-９\s\-\p{Zs}]{12,}[\dXx０-９Ｘｘ]$"
_NUMBER_AND_NAME = r"[1-9]\d{16}[\dXx]", r"[\s\p{Zs}/，,、（(]*", r"[\p{Han}·•]{2,15}"  # 张兰/500299199001011234
_IDENTITY += "|^{2}{1}{0}[)）]?$|^{0}{1}{2}[)）]?$".format(*_NUMBER_AND_NAME)
_PROSE = "[。；]"
# 一、清溪镇 / （二）清星村（12户） / 清溪镇： / 清星村公益性岗位人员: lines that head a group of rows.
_NUMBERED = (
    r"(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）][、.．]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．])"
)
_HEADCOUNT = r"(?:[（(]?共?\d{1,5}[人户名个][)）]?)"
_GROUP = (
    r"(?:镇|乡|街道|街道办事处|村|社区|居委会|村委会|村民委员会|居民委员会|政府"
    r"|车间|工厂|工坊|公司|合作社|厂|基地|局|中心|学校|医院|站|所)"
)
_PEOPLE = r"(?:公益性?岗位)?(?:人员|职工|员工|工人|名单|花名册)?"
_SECTION = (
    rf"^{_S}{_NUMBERED}{_S}[\p{{Han}}A-Za-z][^。；，,]{{0,19}}?{_S}{_HEADCOUNT}?{_S}[:：]?$"
    rf"|^{_S}[\p{{Han}}（）()A-Za-z\d]{{1,28}}?{_GROUP}{_PEOPLE}{_S}(?:{_HEADCOUNT}{_S}[:：]?|[:：])$"
    rf"|^{_S}(?:乡镇|乡镇街道|街道|镇|所属乡镇|村|行政村|村（社区）|村居|所在村|车间|车间名称|帮扶车间|用人单位|单位|单位名称|企业名称|月份|年月|发放月份|考勤月份)"
    rf"[:：]{_S}[^:：]{{2,30}}$"
)
_PLAIN_SECTION = (
    rf"^[\p{{Han}}（）()A-Za-z\d]{{1,28}}?{_GROUP}{_PEOPLE}$"
    r"|^.{0,20}?(?:20\d{2}{0}[年.-]{0}(?:0?[1-9]|1[0-2]){0}月?份?)(?:.{0,24}?(?:表|册|名单|台账|明细|情况))?$".replace(
        "{0}", _S
    )
)
_ORDINAL = rf"^[（(]?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,3}})[)）]?[、.．]?$|^{_HEADCOUNT}$"
_DIGITS = r"^\d+$"
_NUMBERED_NAME = rf"^{_S}{_NUMBERED}{_S}[\p{{Han}}·]{{2,4}}$"
_WITH_DIGIT = r"[\d０-９]|[一二][〇零○九][〇零○一二三四五六七八九]{2}年"  # 二〇二一年 is a value, no header


@dataclass(frozen=True, slots=True)
class Marks:
    """For each cell (a row for each column of the sheet, a column for each row) whether it is a thing of that kind.

    Attributes:
        total: 合计, 小计, 本页合计 and the like, alone.
        part_total: 清星村小计: a total with the name of its part.
        signature: 填表人：…
        unlabelled: 负责人签字, without a colon.
        date: a date.
        note: 备注：…
        prose: a long text, or one with sentences.
        identity: an identity number or a number as long.
        header: the accepted header of some ledger's column.
        section: a line that can only head a group (一、清溪镇; 清星村（12户）; 车间：兴隆服装车间).
        plain_section: the name of a place or an office, which heads a group where it stands alone.
        ordinal: 一, （二）, 3, 12人: what stands beside a group's name.
        digits: nothing but digits.
        numbered_name: 1、张三: a number and so few characters that they may be a person's name.
        with_digit: a digit among others.
        bare_part: one character and a total's word: 何小计 may be a person.
    """

    total: Mask
    part_total: Mask
    signature: Mask
    unlabelled: Mask
    date: Mask
    note: Mask
    prose: Mask
    identity: Mask
    header: Mask
    with_digit: Mask
    section: Mask
    plain_section: Mask
    ordinal: Mask
    digits: Mask
    numbered_name: Mask
    bare_part: Mask


_PATTERNS: Mapping[str, str] = {
    "total": _TOTAL,
    "part_total": _PART_TOTAL,
    "signature": _SIGNATURE,
    "unlabelled": _UNLABELLED_SIGNATURE,
    "date": _DATE_ALONE,
    "note": _NOTE,
    "prose": rf"{_PROSE}|^(?s:.){{{_SENTENCE + 1}}}",
    "identity": _IDENTITY,
    "with_digit": _WITH_DIGIT,
    "section": _SECTION,
    "plain_section": _PLAIN_SECTION,
    "ordinal": _ORDINAL,
    "digits": _DIGITS,
    "numbered_name": _NUMBERED_NAME,
    "bare_part": _BARE_PART,
}
_HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACES = "\u0020\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# The same patterns for the standard library: making ready those of Arrow takes longer than looking at a few texts.
_FEW_PATTERNS = tuple(
    re.compile(pattern.replace(r"\p{Han}", _HAN).replace(r"\p{Zs}", _SPACES), re.ASCII)
    for pattern in _PATTERNS.values()
)
# What may be the header of two columns in one, and hardly ever a value.
_JOINED = r"^\D{0,12}(?:姓名|身份证|开户|账号|账户|乡镇|电话)\D{0,12}$"
_FEW = 2000
_TOTALS = sum(1 << number for number, name in enumerate(_PATTERNS) if name in {"total", "part_total"})


@lru_cache(maxsize=65_536)
def _bits(text: str) -> int:
    """Which patterns the text fits, a bit for each."""
    return sum(1 << number for number, pattern in enumerate(_FEW_PATTERNS) if pattern.search(text))


def _not_joined(_: str) -> bool:
    return False


def is_total(text: str) -> bool:
    """Whether the text labels a total or the total of a part: 合计, 本页小计, 清星村小计."""
    return bool(_bits(text) & _TOTALS)


def header_forms(texts: pa.StringArray) -> pa.StringArray:
    """Headers without accidents of typing and without what stands in brackets, for comparison."""
    folded = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKC"))
    plain = pc.replace_substring_regex(folded, r"[\s*]+", "")
    return pc.utf8_trim(pc.replace_substring_regex(plain, r"[(\[{【<《][^()\[\]{}【】<>《》]*[)\]}】>》]", ""), ":")


def mark(
    columns: list[pa.StringArray], headers: pa.StringArray, two_in_one: Callable[[str], object] = _not_joined
) -> Marks:
    """The marks of cells.

    Args:
        columns: the cells, trimmed, "" where blank; all of one length.
        headers: the texts that are headers, as `header_forms` gives them.
        two_in_one: tells whether a text is the header of two columns in one: 姓名/身份证号.
    """
    shape = (len(columns), len(columns[0]) if columns else 0)
    # The same few texts fill most cells: each is looked at once.
    encoded = (
        pa.concat_arrays(columns).dictionary_encode() if columns else pa.array([], pa.string()).dictionary_encode()
    )
    texts, places = encoded.dictionary, encoded.indices.to_numpy()

    def spread(found: npt.ArrayLike) -> Mask:
        mask: Mask = np.asarray(found, dtype=np.bool_)[places].reshape(shape)
        return mask

    if len(texts) <= _FEW:
        bits = np.array([_bits(text) for text in texts.to_pylist()], dtype=np.int64)
        marks = {name: spread(bits & (1 << number)) for number, name in enumerate(_PATTERNS)}
    else:
        marks = {name: spread(pc.match_substring_regex(texts, pattern)) for name, pattern in _PATTERNS.items()}
    header = np.asarray(pc.is_in(header_forms(texts), value_set=headers), dtype=np.bool_)
    for number in np.flatnonzero(pc.match_substring_regex(texts, _JOINED)).tolist():
        header[number] |= bool(two_in_one(str(texts[number])))
    return Marks(header=spread(header), **marks)

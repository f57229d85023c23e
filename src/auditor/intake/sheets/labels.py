"""What single cells say of their row: a total's label, a signature, a note, an identity number, a header."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
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
_TOTAL = rf"^(?:本页|本表|全[县镇乡村]|全街道|全社区)?{_S}(?:{_WORD}|(?i:sub-?total|total)){_TAIL}"
_PART_TOTAL = rf"^.{{1,14}}{_WORD}{_TAIL}"
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
_PROSE = "[。；]"


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


def mark(columns: list[pa.StringArray], headers: pa.StringArray) -> Marks:
    """The marks of cells.

    Args:
        columns: the cells, trimmed, "" where blank; all of one length.
        headers: the texts that are headers.
    """
    shape = (len(columns), len(columns[0]) if columns else 0)
    # The same few texts fill most cells: each is looked at once.
    encoded = (
        pa.concat_arrays(columns).dictionary_encode() if columns else pa.array([], pa.string()).dictionary_encode()
    )
    texts, places = encoded.dictionary, encoded.indices.to_numpy()

    def spread(found: pa.BooleanArray) -> Mask:
        mask: Mask = np.asarray(found, dtype=np.bool_)[places].reshape(shape)
        return mask

    def matching(pattern: str) -> Mask:
        return spread(pc.match_substring_regex(texts, pattern))

    return Marks(
        total=matching(_TOTAL),
        part_total=matching(_PART_TOTAL),
        signature=matching(_SIGNATURE),
        unlabelled=matching(_UNLABELLED_SIGNATURE),
        date=matching(_DATE_ALONE),
        note=matching(_NOTE),
        prose=spread(pc.greater(pc.utf8_length(texts), _SENTENCE)) | matching(_PROSE),
        identity=matching(_IDENTITY),
        header=spread(pc.is_in(texts, value_set=headers)),
    )

"""Texts of statements (对账表): signals, the tables on the screen, what could not be drawn up, the roll-forward check."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    "stage-reconcile": ("对账", "reconciling"),
    "statement-signal": (
        "{id} {title}，{unit}：共 {keys} 项，一致 {matched} 项，不同 {different} 项，"
        "只在左方 {left_only} 项，只在右方 {right_only} 项（左方为“{left}”，右方为“{right}”）。",
        "{id} {title}, {unit}: {keys} keys, {matched} matched, {different} different, "
        "{left_only} on the left only, {right_only} on the right only (left: “{left}”, right: “{right}”).",
    ),
    "statement-signal-natural": (
        "两方范围本来不同，其中{standing}的 {count} 项不算差异。",
        " The sides differ in scope: the {count} keys that are {standing} are no difference.",
    ),
    "statement-signal-money": (
        "左方 {left} 元，右方 {right} 元，相差 {difference} 元。",
        " Left {left} yuan, right {right} yuan, {difference} yuan apart.",
    ),
    "statement-signal-cancels": (
        "左方 {left} 元，右方 {right} 元，合计相等，但逐项有出入、互相抵消。",
        " Left {left} yuan, right {right} yuan: the sums are equal, but single amounts differ and cancel each other out.",
    ),
    "statement-signal-rows": (
        "涉及 {rows} 行，此处列出 {shown} 行，全部见 reconciliation.json。",
        " {rows} rows are concerned; {shown} are shown here, all of them in reconciliation.json.",
    ),
    "statement-unbalanced": (
        "内部错误：对账表的 {figure} 写为 {said}，逐项相加为 {counted}，两者不等，该表不能采用。请反馈给维护者。",
        "Internal error: the statement says {said} for {figure}, and its parts add up to {counted}; "
        "it must not be used. Please report it.",
    ),
    "statement-kind-ledgers": ("账账", "ledgers"),
    "statement-kind-facts": ("账实", "facts"),
    "standing-matched": ("一致", "matched"),
    "standing-different": ("不同", "different"),
    "standing-left_only": ("只在左方", "left only"),
    "standing-right_only": ("只在右方", "right only"),
    "unit-employer": ("用人单位", "employer"),
    "unit-village": ("村（社区）", "village"),
    "unit-workshop": ("车间", "workshop"),
    "unit-township": ("乡镇（街道）", "township"),
    "unit-county": ("全县", "county"),
    "unit-unnamed": ("（未填写）", "(not given)"),
    "items-open": (
        "items 只列不一致或重复的项；两边一致的项只计数。要逐项列出请运行 auditor reconcile --items all。",
        "items holds the keys that differ, stand on one side only or stand more than once; those that match are only "
        "counted. List them with auditor reconcile --items all.",
    ),
    "items-all": ("items 列出全部各项，包括两边一致的。", "items holds every key, those that match included."),
    "tie-scope": (
        "审核基准日 {as_of}，期间 {first} 至 {last}{county}",
        "audit date {as_of}, period {first} to {last}{county}",
    ),
    "tie-head": ("对账总表", "The statements"),
    "tie-how": (
        "每项按“核对”列出的内容在左右两方各找一次：两方都有且内容相同为一致，内容有出入为不同，其余只在一方。"
        "有差异不等于有问题，先核实原因。",
        "Each key is looked for on both sides: on both and equal is matched, on both and not is different, the others "
        "stand on one side only. A difference is no breach: find its reason first.",
    ),
    "tie-id": ("编号", "id"),
    "tie-title": ("对账", "statement"),
    "tie-side": ("方", "side"),
    "tie-left": ("左", "left"),
    "tie-right": ("右", "right"),
    "tie-difference": ("差", "difference"),
    "tie-rows": ("行数", "rows"),
    "tie-keys": ("项数", "keys"),
    "tie-people": ("人数", "people"),
    "tie-amount": ("金额（元）", "yuan"),
    "tie-duplicates": ("重复", "twice"),
    "tie-unkeyed": ("缺关键项", "no key"),
    "tie-apart": ("差额（元）", "yuan apart"),
    "tie-natural": (
        "括号内的数：两方范围本来不同（如花名册中多数人不在公益性岗位），只在这一方不算差异。",
        "In brackets: the two sides differ in scope by their nature (most of the roster holds no post), so to stand on "
        "that side only is no difference.",
    ),
    "tie-natural-mark": ("（范围不同，不算差异）", " (by scope, no difference)"),
    "tie-unit": ("单位", "unit"),
    "field-heads": ("人数", "heads"),
    "field-poverty_heads": ("脱贫人口数", "poverty heads"),
    "field-file": ("文件", "file"),
    "field-pair": ("两方", "pair"),
    "tie-share": ("不一致占比", "share open"),
    "tie-month": ("月份", "month"),
    "tie-open": ("不一致", "open"),
    "tie-worst": (
        "不一致最多的 {shown} 个{unit}（共 {units} 个，{open} 个有差异）",
        "The {shown} worst by {unit} ({open} of {units} differ)",
    ),
    "tie-by-month": ("按月", "by month"),
    "tie-keyed": (
        "核对：{keys}；比较：{compared}",
        "matched on: {keys}; compared: {compared}",
    ),
    "tie-nothing-compared": ("只看有无", "presence only"),
    "tie-all-matched": ("两方全部一致。", "Both sides agree in everything."),
    "tie-gaps": (
        "有 {units} 个单位、月份因对方台账没有任何数据而未核对（{rows} 行），不计为差异。",
        "{units} units and months were left out ({rows} rows), since the other ledger holds nothing for them; they count "
        "as no difference.",
    ),
    "tie-reserved": ("部分核对：{why}", "In part: {why}"),
    "tie-not-drawn": ("未编制的对账表", "Not drawn up"),
    "tie-not-drawn-line": ("{ids}：{why}", "{ids}: {why}"),
    "tie-none-drawn": ("没有可编制的对账表。", "No statement could be drawn up."),
    "tie-drawn": (
        "编制 {drawn} 张对账表，{clean} 张完全一致，{open} 张有差异",
        "{drawn} statements, {clean} agree, {open} do not",
    ),
    "tie-next": (
        "逐项查看：auditor reconcile …（同样的路径）--show {id}",
        "Item by item: auditor reconcile … (the same paths) --show {id}",
    ),
    "tie-audit-next": (
        "逐项见 reconciliation.json，或运行 auditor reconcile。",
        "Item by item in reconciliation.json, or by auditor reconcile.",
    ),
    "summary-statements": ("五、对账（账账、账实）", "5. Statements (ledgers against each other and the facts)"),
    "summary-not-drawn": ("未编制：{rules}——{reason}", "not drawn up: {rules}: {reason}"),
    "summary-statement-partly": ("{id} {title} 只核对了一部分：{missing}", "{id} {title} drawn up in part: {missing}"),
    "roll-head": (
        "滚动核对：月初人数 + 新增 - 退出 = 月末人数",
        "Roll-forward: at the start + joined - left = at the end",
    ),
    "roll-posts": ("公益性岗位（按用人单位）", "posts, by employer"),
    "roll-workshop_workers": ("帮扶车间（按车间）", "workshops"),
    "roll-opening": ("月初", "start"),
    "roll-joined": ("新增", "joined"),
    "roll-left": ("退出", "left"),
    "roll-closing": ("月末", "end"),
    "roll-imbalance": ("不平", "off by"),
    "roll-active": ("当月在册", "on the roll"),
    "roll-paid": ("当月发放", "paid"),
    "roll-attended": ("当月出勤", "attended"),
    "roll-months": ("不等月数", "months"),
    "roll-worst-month": ("最大月份", "worst"),
    "roll-not-covered": ("未报送", "not given"),
    "roll-total-note": (
        "各单位相加；括号内为与在册人数的差，只算发放表（考勤表）当月已报送的单位。",
        "Sums of the units; in brackets the difference from those on the roll, of the units that payroll (attendance) "
        "covers in the month.",
    ),
    "roll-worst": (
        "与在册人数不等、相差最大的 {shown} 个单位（共 {units} 个），各列相差最大的月份",
        "The {shown} units furthest apart ({units} differ), each with its worst month",
    ),
    "roll-agree": ("各单位各月均相符。", "Every unit and month agrees."),
    "roll-contradictions": (
        "使人数滚动不平、或无法确定起点的行（共 {count} 处）",
        "Rows that unbalance the roll, or have no beginning ({count})",
    ),
    "roll-more": (
        "……另有 {count} 处，见 --format json 或 reconciliation.json",
        "… {count} more, see --format json or reconciliation.json",
    ),
    "roll-reversed": ("退出日期早于上岗（入职）日期", "left before having joined"),
    "roll-twice": ("同一人在同一单位有几行，时间重叠", "several rows of one person in one unit overlap"),
    "roll-undated": ("没有上岗（入职）日期，按一直在册计算", "no date of joining; counted from the beginning"),
    "roll-missing": ("未做：{why}", "Not done: {why}"),
    "show-head": ("{id} {title}：符合条件 {count} 项，列出 {shown} 项", "{id} {title}: {count} items, {shown} shown"),
    "show-none": ("没有符合条件的项。", "There is no such item."),
    "show-more": (
        "……另有 {count} 项，请加大 --limit，或看 --out 写出的 reconciliation.json",
        "… {count} more: raise --limit, or see reconciliation.json (--out)",
    ),
    "show-unit": ("{kind}：{name}", "{kind}: {name}"),
    "show-duplicate": ("重复", "more than once"),
    "show-difference": ("{field}：左 {left}，右 {right}", "{field}: left {left}, right {right}"),
    "show-money": ("金额：左 {left}，右 {right}", "yuan: left {left}, right {right}"),
    "show-more-rows": ("……另有 {count} 行，见 --format json", "… {count} more rows, see --format json"),
    "show-row": ("第 {row} 行", "row {row}"),
    "show-empty": ("（空）", "(empty)"),
    "statement-unknown": ("没有对账表“{id}”。可用：{known}", "No statement “{id}”. There are: {known}"),
    "statement-not-drawn": ("对账表 {id} 未编制：{why}", "Statement {id} was not drawn up: {why}"),
    "standing-option-alone": (
        "--standing、--unit、--limit 只与 --show 一起使用。",
        "--standing, --unit and --limit go with --show.",
    ),
    "reconciliation-written": ("对账结果已写入 {file}", "The statements are in {file}"),
}

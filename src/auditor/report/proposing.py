"""A map to be edited (`auditor read --write-map`): what a person has to settle, as lines to be uncommented."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from auditor.clues import Signal
from auditor.intake import SheetReading
from auditor.intake.reading import NOT_RECOGNISED
from auditor.intake.sheets.headers import is_serial
from auditor.ledgers import Catalogue, ColumnType, Ledger
from auditor.messages import text
from auditor.report.masking import Veil
from auditor.report.result import ReadResult
from auditor.report.visible import visible

_YES_NO = ("是", "否")
_CODES_SHOWN = 12
_LONGEST = 60


def proposed_map(result: ReadResult, veil: Veil, lang: str) -> tuple[str, int]:
    """The map's text, and how many things it leaves to be settled.

    Every line that would settle anything is a comment. Numbers of people in the names of files and sheets are masked;
    the stars fit what they stand for.
    """
    catalogue = result.tables.catalogue
    sheets = list(_sheets(result, catalogue, veil, lang))
    headers = list(_headers(result, catalogue, veil, lang))
    codes = list(_codes(result.quality, catalogue, veil, lang))
    lines = [f"# {text('map-head', lang)}", f"# {text('map-how', lang)}", "", "sheets:"]
    lines += [line for part in sheets for line in part]
    lines += ["", "headers:", *_grouped(headers), "", "codes:", *_grouped(codes)]
    return "\n".join(lines) + "\n", len(sheets) + len(headers) + len(codes)


def _quoted(word: str) -> str:
    """A YAML string: JSON, with what does not show as escapes."""
    return "".join(
        character if character.isprintable() else json.dumps(character)[1:-1]
        for character in json.dumps(word, ensure_ascii=False)
    )


def _plain(code: str) -> str:
    return code if code.isalnum() else _quoted(code)


def _comment(said: str) -> str:
    return visible(said, _LONGEST)


def _sheets(result: ReadResult, catalogue: Catalogue, veil: Veil, lang: str) -> Iterator[list[str]]:
    for tables in result.upload.sheets:
        for reading in tables:
            if "sheet" not in reading.settled and any(p.code in NOT_RECOGNISED for p in reading.problems):
                yield _sheet(reading, catalogue, veil, lang)


def _sheet(reading: SheetReading, catalogue: Catalogue, veil: Veil, lang: str) -> list[str]:
    lines = [f"  # {_comment(veil.sentence(str(reading.where())))}"]
    lines += [
        f"  #   {text('map-candidate', lang)} {name} {catalogue[name].title(lang)} {score:.0%}"
        for name, score in reading.candidates
    ]
    tied = _tied(reading)
    best = reading.candidates[0][0] if reading.candidates and not tied else None
    lines.append(f"  # - file: {_quoted(veil.sentence(reading.source.path))}")
    if reading.raw.name is not None:
        lines.append(f"  #   sheet: {_quoted(veil.sentence(reading.raw.name))}")
    if tied:  # neither is proposed before the other
        lines += [f"  #   # ledger: {name}  # {text('map-choose', lang)}{catalogue[name].title(lang)}" for name in tied]
    else:
        lines.append(f"  #   ledger: {best}" if best else f"  #   # ledger: {text('map-which-ledger', lang)}")
    lines += [
        f"  #   # header: {reading.raw.first_row}  # {text('map-header', lang)}",
        f"  #   # columns: {{A: ignore}}  # {text('map-columns', lang)}",
        f"  #   {'# ' if best or tied else ''}ignore: true  # {text('map-ignore', lang)}",
    ]
    return lines


def _tied(reading: SheetReading) -> tuple[str, ...]:
    """The kinds of ledger between which the reading did not choose."""
    return tuple(
        str(problem.args[name])
        for problem in reading.problems
        if problem.code == "sheet-between-kinds"
        for name in ("first_id", "second_id")
    )


def _headers(result: ReadResult, catalogue: Catalogue, veil: Veil, lang: str) -> Iterator[tuple[str, ...]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for reading in result.upload.readings:
        if reading.ledger is None:
            continue
        ledger = catalogue[reading.ledger]
        for unknown in reading.unknown:
            if f"ignored:{unknown.letter}" in reading.settled:
                continue
            if unknown.header and not is_serial(unknown.header) and veil.sentence(unknown.header) == unknown.header:
                column = _column_of(ledger, unknown.nearest)
                place = f"{reading.where()} {unknown.letter}"
                near = text("read-nearest", lang, nearest=unknown.nearest) if unknown.nearest else ""
                said = veil.sentence(f"{place} {near}")
                found.setdefault((ledger.id, column), {}).setdefault(unknown.header, said)
    for (ledger_id, column), headers in sorted(found.items()):
        if column:
            many = ", ".join(_quoted(header) for header in headers)
            yield ledger_id, f"    # {column}: [{many}]  # {_comment('; '.join(headers.values()))}"
            continue
        for header, said in headers.items():
            yield ledger_id, f"    # {text('map-which-column', lang)}: [{_quoted(header)}]  # {_comment(said)}"


def _column_of(ledger: Ledger, nearest: str | None) -> str:
    return next((c.name for c in ledger.columns.values() if nearest in c.headers), "") if nearest else ""


def _codes(quality: tuple[Signal, ...], catalogue: Catalogue, veil: Veil, lang: str) -> Iterator[tuple[str, ...]]:
    counted: Counter[tuple[str, str, str]] = Counter()
    for signal in quality:
        if signal.rule == "LT04":
            row = signal.evidence[0]
            counted.update((row.ledger, name, cell.raw) for name, cell in row.cells.items() if cell.raw)
    for (ledger, name, raw), count in sorted(counted.items()):
        column = catalogue[ledger].columns[name]
        allowed = _YES_NO if column.type is ColumnType.BOOL else column.codes
        if not allowed or veil.sentence(raw) != raw:
            continue
        near = get_close_matches(raw.strip(), allowed, 1, 0.4)
        code = near[0] if near else text("map-which-code", lang)
        more = "…" if len(allowed) > _CODES_SHOWN else ""
        said = text("map-code", lang, count=count, codes="、".join(allowed[:_CODES_SHOWN]) + more)
        yield ledger, name, f"      # {_quoted(raw.strip())}: {_plain(code)}  # {said}"


def _grouped(lines: list[tuple[str, ...]]) -> Iterator[str]:
    """Lines under the keys that they belong to."""
    before: tuple[str, ...] = ()
    for *keys, line in lines:
        for depth, key in enumerate(keys):
            if before[: depth + 1] != tuple(keys[: depth + 1]):
                yield f"{'  ' * (depth + 1)}{key}:"
        before = tuple(keys)
        yield line

"""XML parts of an xlsx, parsed without DOCTYPE: entities are how a small file grows without end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from auditor.errors import AuditorError, InputError

_NAMESPACE_END = "}"
_OPENINGS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_LONGEST = max(len(opening) for opening in _OPENINGS)


def guarded_parser(shown: str, part: str) -> expat.XMLParserType:
    """An expat parser, names as `namespace}local`, that refuses a DOCTYPE."""
    parser = expat.ParserCreate(namespace_separator=_NAMESPACE_END)

    def refuse(*_: object) -> None:
        raise InputError.at("file-doctype", shown, part=part)

    parser.StartDoctypeDeclHandler = refuse
    return parser


# What expat raises: its own, and these where a part claims an encoding that is none or that expat cannot take.
XML_FAULTS = (expat.ExpatError, LookupError, ValueError)


def damaged_part(error: Exception, shown: str, part: str) -> AuditorError:
    """What to say of a part that could not be parsed."""
    said = expat.errors.messages[error.code] if isinstance(error, expat.ExpatError) else "encoding"
    return InputError.at("file-damaged", shown, detail=f"{part}: {said}")


def each_element(data: bytes, shown: str, part: str, take: Callable[[str, dict[str, str]], None]) -> None:
    """Call `take(local name, attributes by qualified name)` for each element of a small part.

    Raises:
        InputError: damaged, or with a DOCTYPE.
    """
    parser = guarded_parser(shown, part)
    parser.StartElementHandler = lambda name, of: take(name.rpartition(_NAMESPACE_END)[2], of)
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
    except XML_FAULTS as error:
        raise damaged_part(error, shown, part) from error


def refuse_doctype(pieces: Iterable[bytes], shown: str, part: str) -> None:
    """Read through a part that we do not parse ourselves and refuse a DOCTYPE anywhere in it."""
    tail = b""
    for piece in pieces:
        seen = tail + piece
        if any(opening in seen for opening in _OPENINGS):
            raise InputError.at("file-doctype", shown, part=part)
        tail = seen[-_LONGEST:]

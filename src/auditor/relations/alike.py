"""`picture_alike`: the perceptual hashes of the upload that show one scene, as a relation that every query may read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.errors import EngineError, Problem, TextPlace

MOST_PAIRS = 3_000_000
"""Photos that are all alike give so many pairs that nothing can be said of them."""
_BLOCK = 256
_Indices: TypeAlias = npt.NDArray[np.int64]
_SCHEMA = pa.schema([("picture", pa.string()), ("other", pa.string()), ("distance", pa.int64())])


def pictures_alike(pictures: Iterable[str], distance: int, name: str) -> pa.Table:
    """Every two of `pictures` that differ in at most `distance` bits, both ways, and each with itself.

    Each is compared with each, a block at a time: 20,000 pictures are 200 million comparisons, done in about a second.

    Args:
        pictures: 64-bit hashes as 16 hex digits.
        distance: bits; none is alike where it is negative.
        name: the relation, for the error.

    Raises:
        EngineError: there are more than `MOST_PAIRS`.
    """
    if distance < 0:
        return _SCHEMA.empty_table()
    texts = np.array(sorted(set(pictures)), dtype="U16")
    bits = np.array([int(text, 16) for text in texts.tolist()], dtype=np.uint64)
    near: list[tuple[_Indices, _Indices]] = []
    count = len(bits)
    for start in range(0, len(bits), _BLOCK):
        apart = np.bitwise_count(bits[start : start + _BLOCK, None] ^ bits[None, start:])
        rows, columns = np.nonzero(apart <= distance)
        once = columns > rows
        near.append((rows[once] + start, columns[once] + start))
        count += 2 * int(np.count_nonzero(once))
        if count > MOST_PAIRS:
            raise EngineError(Problem("engine-too-many", TextPlace(name), {"limit": MOST_PAIRS}))
    each = np.arange(len(bits))
    left = np.concatenate([each, *(rows for rows, _ in near), *(columns for _, columns in near)])
    right = np.concatenate([each, *(columns for _, columns in near), *(rows for rows, _ in near)])
    distances = np.bitwise_count(bits[left] ^ bits[right]).astype(np.int64)
    return pa.table([pa.array(texts[left]), pa.array(texts[right]), pa.array(distances)], schema=_SCHEMA)

"""Made-up photos of made-up places: a scene drawn from a seed, so that another seed is another scene."""

from __future__ import annotations

import numpy as np
from PIL import Image


def scene(seed: int, width: int = 640, height: int = 480) -> Image.Image:
    """A picture of soft shapes with a little noise, the same for the same seed and size."""
    chance = np.random.default_rng(seed)
    shapes = Image.fromarray(chance.integers(0, 256, (7, 9, 3), dtype=np.uint8))
    drawn = np.asarray(shapes.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float64)
    noise = chance.normal(0, 6, (height, width, 1))
    return Image.fromarray(np.clip(drawn + noise, 0, 255).astype(np.uint8))


def apart(one: str, other: str) -> int:
    """In how many bits two perceptual hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()

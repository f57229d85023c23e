"""What a photo looks like, as 64 bits: two pictures of one scene differ in few of them, re-encoded and resized or not.

The perceptual hash of N. Krawetz ("Looks Like It", 2011): the discrete cosine transform of 32×32 greys, of which the
8×8 lowest frequencies are held against their median.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from pathlib import Path

import imagehash
import numpy as np
from PIL import (
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from auditor.errors import InputError
from auditor.intake.files.limits import Limits

_SIDE, _FACTOR = 8, 4
# A photo for which a decoder of the rarer formats would have to be trusted is none.
_FORMATS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        BmpImagePlugin.BmpImageFile,
        GifImagePlugin.GifImageFile,
        WebPImagePlugin.WebPImageFile,
        TiffImagePlugin.TiffImageFile,
    )
)
# JPEGs are decoded at half, a quarter or an eighth, but never below this: no bit of the hash hangs on finer detail.
_ENOUGH = 512
_DAMAGE = (OSError, EOFError, SyntaxError, ValueError, struct.error, zlib.error, Image.DecompressionBombError)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""Exif 2.3, 4.6.4, Orientation: what puts the picture upright."""
_BYTE, _TWO_BYTES = 255, 65_535


def hash_photo(path: Path, shown: str, limits: Limits) -> str:
    """The hash of the picture at `path` as 16 hex digits; only to be called in a reading process.

    Of several frames or pages the first counts, and a camera held sideways is put upright.

    Args:
        path: where its bytes are.
        shown: the path that problems name.
        limits: on pixels.

    Raises:
        InputError: it is no picture, is damaged, or has too many pixels.
    """
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and told as ours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of metadata that is not looked at
        try:
            with Image.open(path, formats=_FORMATS) as image:
                pixels = image.width * image.height
                if pixels > limits.photo_pixels:
                    million = 1_000_000
                    raise InputError.at(
                        "photo-too-large", shown, pixels=-(-pixels // million), limit=limits.photo_pixels // million
                    )
                image.draft("L", (_ENOUGH, _ENOUGH))
                turn = _TURNS.get(_orientation(image))
                grey = _grey(image)
                upright = grey if turn is None else grey.transpose(turn)
                return str(imagehash.phash(upright, hash_size=_SIDE, highfreq_factor=_FACTOR))
        except _DAMAGE as error:
            raise InputError.at("photo-unreadable", shown, detail=type(error).__name__) from error


def _grey(image: Image.Image) -> Image.Image:
    """The picture in 256 greys; brightness of more than a byte is brought to one, where Pillow would cut it off."""
    if not image.mode.startswith(("I", "F")):
        grey = image.convert("L")
    else:
        values = np.nan_to_num(np.asarray(image, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
        low, high = min(float(values.min()), 0.0), float(values.max())
        top = next((top for top in (_BYTE, _TWO_BYTES) if high <= top), high)
        grey = Image.fromarray(((values - low) * (_BYTE / (top - low))).astype(np.uint8))
    return grey


def _orientation(image: Image.Image) -> int:
    """How the camera was held, as Exif numbers it; 0 where nothing tells, or what tells is damaged."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation)
    except _DAMAGE:
        return 0
    return value if isinstance(value, int) else 0

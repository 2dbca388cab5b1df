"""What a photo becomes, as values: recipe, variants, faults, and the view a `<picture>` is written from.

No pixel is touched here (`encoder` does that) and nothing is read or written (`album` does that), so a build that
finds every photo in its cache never loads an imaging library.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from sitegen.record import Record

Format: TypeAlias = Literal["avif", "webp", "jpg"]
FaultCode: TypeAlias = Literal["broken", "not-a-picture", "too-small", "too-large", "unreadable"]

MEDIA_TYPES: dict[Format, str] = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif"})
"""File name endings that count as a photo, in lower case."""


class Recipe(Record):
    """How photos are derived. Equal recipes and equal bytes give equal files.

    `widths` in pixels, ascending. Each is half as wide again as the one before, and they meet what phones ask for:
    480 is half a 360–412 px phone at 2.6×, 1080 the full width of nearly every Android screen, 720 the same on a
    weaker screen and a card on a desktop, 1600 a desktop gallery at 2×. `longest` bounds the other edge, so that
    an upright photo does not cost twice a lying one.
    Qualities are each codec's own scale, set to look alike: structural similarity ≈ 0.945–0.95 on fur.
    """

    widths: tuple[int, ...] = (320, 480, 720, 1080, 1600)
    longest: int = 2000
    smallest_edge: int = 320
    most_pixels: int = 110_000_000
    avif_quality: int = 55
    avif_speed: int = 8
    webp_quality: int = 72
    webp_method: int = 4
    jpeg_quality: int = 72
    paper: tuple[int, int, int] = (0xFB, 0xF5, 0xEA)
    """What shows through a transparent picture."""


class Variant(Record):
    """One derived file. `width` and `height` in pixels, `length` in bytes."""

    format: Format
    width: int
    height: int
    length: int
    name: str


class Photo(Record):
    """A photo as the site shows it.

    `digest` stands for source bytes, recipe and encoder, and begins every variant's file name; `width` and `height` are
    those of the upright original; `colour` is its mean as `#rgb`; `variants` are in order of format, then width.
    """

    digest: str
    width: int
    height: int
    colour: str
    variants: tuple[Variant, ...]


class Fault(Record):
    """Why a file gives no picture; the words for each code are the caller's.

    `broken`: a picture cut off or damaged. `not-a-picture`: something else under a picture's name. `too-small`:
    shorter edge below the recipe's. `too-large`: more pixels than the recipe's. `unreadable`: the system would not
    hand the file over. `width` and `height` in pixels where they are known, else 0.
    """

    code: FaultCode
    width: int = 0
    height: int = 0


class PictureSource(Record):
    """A `<source>`: its media type and its `srcset`."""

    type: str
    srcset: str


class PictureView(Record):
    """All that a `<picture>` needs but its words and its `sizes`.

    `sources` come best format first; `src` and `srcset` are the `<img>`'s own (JPEG); `largest` is the largest
    JPEG, for structured data and for a link to the whole picture. `width` and `height` (pixels) hold its place open.
    """

    sources: tuple[PictureSource, ...]
    src: str
    srcset: str
    largest: str
    width: int
    height: int
    colour: str


def view(photo: Photo, prefix: str) -> PictureView:
    """Everything a template says about `photo`, with file addresses beginning with `prefix` (`/pictures/`)."""
    by_format: dict[Format, list[Variant]] = {}
    for variant in photo.variants:
        by_format.setdefault(variant.format, []).append(variant)
    srcsets = {
        format_: ", ".join(f"{prefix}{variant.name} {variant.width}w" for variant in variants)
        for format_, variants in by_format.items()
    }
    jpegs = by_format["jpg"]
    # A browser that reads no srcset is old and on a small screen: the middle one serves it best.
    fallback = next((variant for variant in jpegs if variant.width >= 720), jpegs[-1])
    return PictureView(
        sources=tuple(
            PictureSource(MEDIA_TYPES[format_], srcset) for format_, srcset in srcsets.items() if format_ != "jpg"
        ),
        src=prefix + fallback.name,
        srcset=srcsets["jpg"],
        largest=prefix + jpegs[-1].name,
        width=jpegs[-1].width,
        height=jpegs[-1].height,
        colour=photo.colour,
    )


def sizes(width: int, height: int, recipe: Recipe) -> tuple[tuple[int, int], ...]:
    """The sizes to make of an upright photo of `width` × `height` pixels: ascending, and never larger than it is.

    A photo narrower than the widest step also keeps its own width, unless the step below it is nearly as wide.
    """
    widest = min(width, recipe.widths[-1], recipe.longest * width // max(width, height))
    steps = [step for step in recipe.widths if step <= widest]
    if not steps or steps[-1] < 0.85 * widest:
        steps.append(widest)
    return tuple((step, max(1, round(step * height / width))) for step in steps)

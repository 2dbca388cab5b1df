"""Pictures of the shop's things as views: photos where there are any, drawn portraits where there are none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from sitegen import portrait
from sitegen.drawings import FOLDER, Drawing, Easel, of_shop, of_sitter
from sitegen.model import Birth
from sitegen.pictures import view as photo_view
from sitegen.portrait.facts import ADULT_WEEKS
from sitegen.record import Record
from sitegen.views import Picture, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model import Breed, PhotoNote, PortraitSigns, Puppy
    from sitegen.phrases import Phrases
    from sitegen.pictures import Photo

PHOTOS = "/pictures/"
WIDTH, HEIGHT = 800, 600
"""The size of a drawn portrait: 4:3."""
INLINE_SIZES = "(min-width: 45rem) 40rem, 100vw"
"""How wide a photo within a text is shown."""


class Studio(Record):
    """Makes pictures for pages. `photos` are the developed ones by path; the `easel` gathers what has to be drawn."""

    photos: Mapping[str, Photo]
    easel: Easel

    def gallery(self, puppy: Puppy, breed: Breed, name: str, say: Phrases) -> tuple[Picture, ...]:
        """All pictures of a puppy, the first one first; `inline` is set on a first drawing."""
        if puppy.photos:
            return tuple(self.photo(note, name, say) for note in puppy.photos)
        alt = alt_text(puppy, breed, name, say)
        first, *others = portraits_of(puppy, breed)
        return (
            self.drawing(first, alt, say, inline=True), *[self.drawing(drawing, alt, say) for drawing in others]
        )  # fmt: skip

    def cover(self, puppy: Puppy, breed: Breed, name: str, say: Phrases) -> Picture:
        """The picture for cards."""
        if puppy.photos:
            return self.photo(puppy.photos[0], name, say)
        return self.drawing(portrait_of(puppy, breed), alt_text(puppy, breed, name, say), say)

    def breed(self, breed: Breed, name: str, say: Phrases, *, inline: bool = False) -> Picture:
        """The breed's own drawing, in the first colour of its kind."""
        return self.drawing(portrait_of_breed(breed), say("alt.breed", breed=name), say, inline=inline)

    def art(self, name: str, alt: str) -> Picture:
        """A drawing of the shop itself: `hero`, `thanks`, `lost`, `empty`."""
        width, height = (1200, 800) if name == "hero" else (WIDTH, HEIGHT)
        drawing = of_shop(name)
        return Picture(f"/{FOLDER}{self.easel.show(drawing)}", alt, width, height, "", drawing=True,
                       inline=self._inline(drawing))  # fmt: skip

    def drawing(self, drawing: Drawing, alt: str, say: Phrases, *, inline: bool = False) -> Picture:
        """A portrait as a picture; `inline` when the page is to carry it, because it is seen at once."""
        src = f"/{FOLDER}{self.easel.show(drawing)}"
        shown = self._inline(drawing) if inline else None
        return Picture(src, alt, WIDTH, HEIGHT, "", (), True, say("caption.drawing"), shown)

    def _inline(self, drawing: Drawing) -> Markup | None:
        return Markup(self.easel.text(drawing)) if self.easel.drawn else None

    def photo(self, note: PhotoNote, name: str, say: Phrases) -> Picture:
        """A developed photo with what the owner said about it."""
        developed = photo_view(self.photos[note.path], PHOTOS)
        words = [say("caption.taken", date=say.day(note.taken))] if note.taken else []
        words += [say("caption.mother")] if note.mother else []
        jpeg = Source("image/jpeg", developed.srcset)
        return Picture(
            src=developed.src,
            alt=note.alt.get(say.lang) or say("alt.photo", name=name),
            width=developed.width,
            height=developed.height,
            colour=developed.colour,
            sources=(*(Source(s.type, s.srcset) for s in developed.sources), jpeg),
            caption=", ".join(words),
            focus=(round(note.focus[0] * 4) * 25, round(note.focus[1] * 4) * 25),
        )

    def inline(self, path: str, alt: str) -> str:
        """The HTML of a photo within a text."""
        shown = photo_view(self.photos[path], PHOTOS)
        sources = "".join(f'<source type="{s.type}" srcset="{s.srcset}" sizes="{INLINE_SIZES}">' for s in shown.sources)
        size = f'width="{shown.width}" height="{shown.height}"'
        return (
            f'<picture>{sources}<img src="{shown.src}" srcset="{shown.srcset}" sizes="{INLINE_SIZES}"'
            f' alt="{escape(alt)}" {size} loading="lazy" decoding="async"></picture>'
        )


def portrait_of(puppy: Puppy, breed: Breed) -> Drawing:
    """A puppy's portrait."""
    return portraits_of(puppy, breed)[0]


def portraits_of(puppy: Puppy, breed: Breed) -> tuple[Drawing, ...]:
    """A puppy's portrait, then the other scenes with it. Its age there is that of the advert's latest date, not
    today's: a drawing that changed every week would be sent to every visitor again."""
    weeks = (puppy.changed - puppy.life.born).days // 7 if isinstance(puppy.life, Birth) else None
    return _portraits(breed.signs, puppy.colour, weeks, puppy.id)


def portrait_of_breed(breed: Breed) -> Drawing:
    """The drawing of a grown dog of the breed, in the colour that its guide names."""
    return _portraits(breed.signs, breed.signs.colour, ADULT_WEEKS, breed.id)[1]


@lru_cache(maxsize=16384)
def _portraits(signs: PortraitSigns, colour: str, weeks: int | None, id_: str) -> tuple[Drawing, ...]:
    sitter = portrait.Sitter(
        ears=signs.ears, muzzle=signs.muzzle, coat=signs.coat, tail=signs.tail, build=signs.build,
        colour=colour, age_weeks=weeks, seed=id_,
    )  # fmt: skip
    return of_sitter(id_.rpartition("/")[2], sitter)


def alt_text(puppy: Puppy, breed: Breed, name: str, say: Phrases) -> str:
    """What a drawing shows, for those who cannot see it."""
    words = breed.texts.get(say.lang) or next(iter(breed.texts.values()))
    if not isinstance(puppy.life, Birth):
        return say("alt.litter", breed=words.title)
    return say("alt.drawing", name=name, breed=words.title, colour=say(f"colour.{puppy.colour}"))

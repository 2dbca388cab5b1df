"""Pictures of the shop's things as views: photos where there are any, drawn portraits where there are none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from sitegen import portrait
from sitegen.model import Birth, Output
from sitegen.pictures import view as photo_view
from sitegen.views import Picture, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model import Breed, PhotoNote, Puppy
    from sitegen.phrases import Phrases
    from sitegen.pictures import Photo

PHOTOS = "/pictures/"
DRAWINGS = "/drawings/"
WIDTH, HEIGHT = 800, 600
"""The size of a drawn portrait: 4:3."""
INLINE_SIZES = "(min-width: 45rem) 40rem, 100vw"
"""How wide a photo within a text is shown."""


@dataclass(slots=True)
class Studio:
    """Draws each portrait once. `photos` are the developed ones by path; `drawings` gathers the files to write."""

    photos: Mapping[str, Photo]
    drawings: dict[str, Output]

    def gallery(self, puppy: Puppy, breed: Breed, name: str, say: Phrases) -> tuple[Picture, ...]:
        """All pictures of a puppy, the first one first; `inline` is set on a first drawing."""
        if puppy.photos:
            return tuple(self.photo(note, name, say) for note in puppy.photos)
        alt = alt_text(puppy, breed, name, say)
        sitter = sitter_of(puppy, breed)
        return tuple(
            self.drawing(portrait.draw(sitter, scene), puppy.id, scene, alt, say) for scene in range(portrait.SCENES)
        )

    def cover(self, puppy: Puppy, breed: Breed, name: str, say: Phrases) -> Picture:
        """The picture for cards."""
        if puppy.photos:
            return self.photo(puppy.photos[0], name, say)
        return self.drawing(
            portrait.draw(sitter_of(puppy, breed), 0), puppy.id, 0, alt_text(puppy, breed, name, say), say
        )

    def breed(self, breed: Breed, name: str, say: Phrases) -> Picture:
        """The breed's own drawing, in the first colour of its kind."""
        sitter = sitter_of_breed(breed)
        return self.drawing(portrait.draw(sitter, 1), breed.id, 1, say("alt.breed", breed=name), say)

    def art(self, name: str, alt: str) -> Picture:
        """A drawing of the shop itself: `hero`, `thanks`, `lost`, `empty`."""
        svg = portrait.scene_art(name)
        width, height = (1200, 800) if name == "hero" else (WIDTH, HEIGHT)
        src = self._keep(svg, name)
        return Picture(src, alt, width, height, "", drawing=True, inline=Markup(svg))

    def drawing(self, svg: str, id_: str, scene: int, alt: str, say: Phrases) -> Picture:
        """A portrait as a picture, its file kept for writing."""
        src = self._keep(svg, f"{id_.rpartition('/')[2]}-{scene}")
        caption = say("caption.drawing")
        return Picture(src, alt, WIDTH, HEIGHT, "", drawing=True, caption=caption, inline=Markup(svg))

    def _keep(self, svg: str, stem: str) -> str:
        data = svg.encode()
        path = f"{DRAWINGS}{stem}.{hashlib.sha256(data).hexdigest()[:8]}.svg"
        self.drawings.setdefault(path, Output(path.lstrip("/"), data, "drawing"))
        return path

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


def sitter_of(puppy: Puppy, breed: Breed) -> portrait.Sitter:
    """The facts that a puppy's portrait is drawn from. Its age is that of the advert's latest date, not today's:
    a drawing that changed every week would be sent to every visitor again."""
    signs = breed.signs
    weeks = (puppy.changed - puppy.life.born).days // 7 if isinstance(puppy.life, Birth) else None
    return portrait.Sitter(
        ears=signs.ears, muzzle=signs.muzzle, coat=signs.coat, tail=signs.tail, build=signs.build,
        colour=puppy.colour, age_weeks=weeks, seed=puppy.id,
    )  # fmt: skip


BREED_COLOUR = {"pricked": "red", "bat": "red-white", "feathered": "apricot", "rose": "fawn", "button": "golden"}


def sitter_of_breed(breed: Breed) -> portrait.Sitter:
    """A grown dog of the breed, in a colour that goes with its looks."""
    signs = breed.signs
    return portrait.Sitter(
        ears=signs.ears, muzzle=signs.muzzle, coat=signs.coat, tail=signs.tail, build=signs.build,
        colour=BREED_COLOUR.get(signs.ears, "golden"), age_weeks=60, seed=breed.id,
    )  # fmt: skip


def alt_text(puppy: Puppy, breed: Breed, name: str, say: Phrases) -> str:
    """What a drawing shows, for those who cannot see it."""
    words = breed.texts.get(say.lang) or next(iter(breed.texts.values()))
    if not isinstance(puppy.life, Birth):
        return say("alt.litter", breed=words.title)
    return say("alt.drawing", name=name, breed=words.title, colour=say(f"colour.{puppy.colour}"))

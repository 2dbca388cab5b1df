"""The pictures of one puppy: portrait, at home, at play, asleep; and of a litter that is still awaited."""

from __future__ import annotations

from sitegen.portrait import body, props
from sitegen.portrait.colours import coat_of
from sitegen.portrait.facts import SCENES, Sitter
from sitegen.portrait.head import head
from sitegen.portrait.shapes import at, box, dashes, faint, line, oval, path, sheet

# Wall, a second tone of it, and a strong colour that goes with both.
_WALLS = (
    ("#f5dfa9", "#ecc678", "#d4862f"),
    ("#d3dcc0", "#b3c59c", "#6f8f60"),
    ("#f1c8ac", "#e5a381", "#b9562f"),
    ("#f6dcd1", "#edbdab", "#c9705a"),
    ("#cfe0dc", "#a9cbc5", "#4f8a85"),
    ("#8d5b45", "#a36d52", "#e0a05a"),
    ("#6f8271", "#869a85", "#e3b95c"),
)
_CROWNS = {"bat": 160.0, "pricked": 144.0, "button": 116.0, "rose": 104.0, "drop": 98.0, "feathered": 104.0}


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _walls(sitter: Sitter, scene: int) -> tuple[str, str, str]:
    """Colours against which the coat stands out; the next puppy's differ, and so do the scenes'."""
    coat = coat_of(sitter)

    def far(colours: tuple[str, str, str]) -> bool:
        pairs = [(w, c) for w in colours[:2] for c in (coat.base, coat.ear)]
        return min(sum((a - b) ** 2 for a, b in zip(_channels(w), _channels(c), strict=True)) for w, c in pairs) > (
            2400 if scene else 3600
        )

    # The two dark walls are for portraits, and for coats as pale as the others.
    fit = [c for c in (_WALLS if scene == 0 else _WALLS[:5]) if far(c)] or [c for c in _WALLS if far(c)] or list(_WALLS)
    return fit[(sitter.chance("walls", len(fit)) + scene * 2) % len(fit)]


def crown(sitter: Sitter) -> float:
    """How far the ears, or the topknot, reach above the middle of the head."""
    if sitter.coat == "curly":
        return max(142.0, _CROWNS[sitter.ears])
    if sitter.ears == "pricked" and sitter.coat == "fluffy" and sitter.build == "small":
        return 126.0
    return _CROWNS[sitter.ears]


def _grown(sitter: Sitter, figure: tuple[str, float], face: str) -> tuple[str, float]:
    """Head and body together: the younger, the smaller the body."""
    size = 0.9 + 0.2 * sitter.growth
    return at(0, 0, size, figure[0]) + face, figure[1] * size


def _foliage(sitter: Sitter, mark: str, strong: str) -> str:
    green = "#6f8f60" if strong != "#6f8f60" else "#587a50"
    match sitter.chance("foliage", 5):
        case 0:
            return props.branch(mark, sitter.chance("blossom", 2))
        case 1:
            return at(800, 0, 1, props.branch(mark, sitter.chance("blossom", 2)), flip=True)
        case 2:
            left = [(-6.0, 610.0, 26.0, 2.1), (60.0, 640.0, 52.0, 1.8), (-20.0, 500.0, 4.0, 1.5)]
            return props.leaves(mark, green, "#e9dfb6", left + [(800 - x, y, -turn, size) for x, y, turn, size in left])
        case 3:
            return props.fan(mark, green, 10, 600, 1.3) + props.fan(mark + "r", green, 790, 610, 1.45)
    return props.lotus(mark, green, [(84, 536, -6, 1.1), (722, 552, 8, 0.9)])


def portrait(sitter: Sitter, mark: str) -> str:
    """Head and chest before a sun, an arch or a lattice of dots."""
    wall, second, strong = _walls(sitter, 0)
    size = min(1.72, 440 / (crown(sitter) + 130))
    y = 98 + crown(sitter) * size
    match sitter.chance("backdrop", 3):
        case 0:
            behind = oval(400, 300, 250, None, second)
        case 1:
            behind = path("M170 600V310a230 230 0 0 1 460 0V600z", second) + path(
                "M206 600V310a194 194 0 0 1 388 0V600z", wall, faint(0.35)
            )
        case _:
            behind = path("M0 600V400q110-120 250-60t270-30t280 10V600z", second) + oval(
                620, 150, 74, None, "#f6cf77", faint(0.9)
            )
    mood = ("calm", "glad")[sitter.chance("mood", 2)]
    tilt = (-5, -2, 3, 5)[sitter.chance("tilt", 4)]
    figure = body.chest(sitter, mark) + at(0, 0, 1, head(sitter, mark, mood), tilt)
    return box(0, 0, 800, 600, wall) + behind + _foliage(sitter, mark + "l", strong) + at(400, y, size, figure)


def _room(sitter: Sitter, mark: str, scene: int, plant: bool = True) -> str:
    wall, second, strong = _walls(sitter, scene)
    wood = "#7d9a8a" if sitter.chance("shutters", 2) else "#a8673f"
    floor = 404
    ground, ink, accent = (
        ("#efe3cd", "#b96a4a", "#7d9a8a"),
        ("#e9e4d2", "#5f8583", "#d9a24a"),
        ("#f3e2c6", "#8a5a40", "#cf8a5a"),
    )[sitter.chance("floor", 3)]
    left, right = (150, 655) if sitter.chance("side", 2) else (650, 145)
    bush = props.bush(mark + "p", bool(sitter.chance("plant", 2)))
    seen = props.window(left, 300, "#fdf0cf", "#f4c35c", wood)
    if sitter.chance("lantern", 2):
        seen += props.lantern(right, 190, "#d5643a" if strong != "#b9562f" else "#e0a53c")
    return (
        box(0, 0, 800, floor, wall)
        + box(0, floor - 26, 800, 26, second)
        + seen
        + props.tiles(mark + "t", floor, 600, ground, ink, accent)
        + (props.pot(right, 452, strong, bush) if plant else "")
        + props.rug(400, 500, 250, 56, second, strong)
    )


def at_home(sitter: Sitter, mark: str) -> str:
    """Sitting on the rug of a Vietnamese living room."""
    dog, floor = _grown(
        sitter, body.sitting(sitter, mark), at(0, 0, 1, head(sitter, mark, "calm"), (-4, 0, 4)[sitter.chance("nod", 3)])
    )
    size = min(1.16, 418 / (crown(sitter) + floor))
    return _room(sitter, mark, 1) + at(400, 512 - floor * size, size, dog)


def at_play(sitter: Sitter, mark: str) -> str:
    """Out in the yard, one paw on the ball."""
    wall, second, strong = _walls(sitter, 2)
    ball = "#c4572f" if sitter.colour not in ("red", "red-white", "orange") else "#4c8380"
    figure = body.standing(sitter, mark, ball)
    dog, floor = _grown(sitter, figure, at(0, 0, 1, head(sitter, mark, "glad"), -4))
    long = body.length(sitter) * (0.9 + 0.2 * sitter.growth)
    size = min(1.3, 560 / (long + 230), 400 / (crown(sitter) + floor))
    flip = bool(sitter.chance("way", 2))
    shift = (long / 2 - 2) * size * (-1 if flip else 1)
    blades = "".join(
        f"M{x} {y}q4-16-4-30M{x + 8} {y}q0-14 8-24"
        for x, y in ((70, 470), (180, 560), (300, 548), (560, 566), (700, 480), (640, 540), (120, 520))
    )
    yard = box(0, 0, 800, 600, wall) + oval(640 if flip else 160, 150, 62, None, "#f6cf77", faint(0.9))
    if sitter.chance("yard", 2):
        yard += path("M0 420V330q120-70 240-26t250-30t310 6V420z", second)
    else:
        yard += (
            box(0, 250, 800, 170, second)
            + dashes("M0 271H800M0 355H800", "#fff3df", 40, "3 157", 0.4)
            + dashes("M-80 313H800", "#fff3df", 40, "3 157", 0.4)
            + dashes("M0 292H800M0 334H800M0 376H800", "#fff3df", 3, "none", 0.4)
            + box(0, 238, 800, 20, strong, 6, faint(0.6))
        )
    yard += path("M0 600V416Q200 384 400 404T800 398V600z", "#a9bd7b") + path(
        "M0 600V500q220-44 420-14t380-16V600z", "#93ab68"
    )
    yard += line(blades, "#6f8f50", 5)
    yard += props.blossom(
        mark + "b",
        "#fff3df",
        "#e3a93d",
        [(96, 548, 0, 0.8), (250, 574, 20, 0.6), (716, 560, 40, 0.8), (600, 440, 0, 0.5), (60, 440, 9, 0.5)],
    )
    return yard + at(400 - shift, 496 - floor * size, size, dog, 0, flip)


def asleep(sitter: Sitter, mark: str) -> str:
    """Curled up on a cushion at night."""
    nights = (
        (("#3f4a57", "#55616d"), ("#3f5452", "#54706c"), ("#5a4350", "#775a66"))
        if coat_of(sitter).base > "#7"
        else (("#c08a78", "#d6a78f"), ("#8fa3a3", "#a9bab7"), ("#b9a06c", "#d0b985"))
    )
    wall, second = nights[sitter.chance("night", 3)]
    edge, mid, top = (
        ("#b9603f", "#d98a62", "#e6a57e"),
        ("#6f8f60", "#8fab7b", "#abc195"),
        ("#c98f35", "#e3ae55", "#efc67e"),
        ("#4f7f86", "#6f9ea3", "#92b9bb"),
    )[(sitter.chance("cushion", 4))]
    dog, floor = _grown(sitter, body.curled(sitter, mark), at(0, 6, 1, head(sitter, mark, "asleep"), -6))
    long = body.length(sitter) * 1.05
    size = min(1.42, 500 / (long + 110))
    flip = bool(sitter.chance("way", 2))
    shift = (long / 2 - 34) * size * (-1 if flip else 1)
    stars = "".join(
        f"M{x} {y}h.1" for x, y in ((96, 110), (240, 76), (330, 150), (500, 96), (690, 260), (300, 230), (430, 60))
    )
    moon = 610 if flip else 190
    night = (
        box(0, 0, 800, 600, wall)
        + oval(moon, 170, 96, None, "#fff3df", faint(0.1))
        + at(moon, 170, 1, path("M16-58a60 60 0 1 0 42 74a48 48 0 1 1-42-74z", "#fbe3ae"))
        + line(stars, "#fbe3ae", 7, faint(0.8))
    )
    cushion = (
        box(0, 452, 800, 148, second)
        + oval(400, 528, 300, 40, props.DARK, faint(0.2))
        + oval(400, 496, 292, 62, edge)
        + oval(400, 478, 280, 54, mid)
        + oval(400, 474, 240, 40, top)
    )
    return night + cushion + at(400 - shift, 496 - floor * size, size, dog, 0, flip)


def awaited(sitter: Sitter, mark: str, scene: int) -> str:
    """A litter before its birth: the basket is ready, the mother keeps it company, or rests."""
    mother = sitter.replace(age_weeks=104)
    if scene == 3:
        return asleep(mother, mark)
    if scene == 0:
        wall, second, strong = _walls(sitter, 0)
        heart = path(props.HEART, strong)
        backdrop = box(0, 0, 800, 600, wall) + oval(400, 300, 240, None, second) + _foliage(sitter, mark + "l", strong)
        return (
            backdrop
            + at(400, 520, 1.3, props.basket(props.blanket()))
            + at(400, 230, 1.5, heart)
            + at(510, 170, 0.7, heart, 14)
            + at(300, 160, 0.5, heart, -14)
        )
    dog, floor = _grown(mother, body.sitting(mother, mark), at(0, 0, 1, head(mother, mark, "calm"), 5))
    size = min(1.0, 400 / (crown(mother) + floor))
    x, basket = (290, 545) if scene == 1 else (520, 250)
    return (
        _room(sitter, mark, scene, plant=False)
        + at(x, 490 - floor * size, size, dog)
        + at(basket, 528, 0.8, props.basket(props.blanket()))
    )


def draw(sitter: Sitter, scene: int) -> str:
    """A complete SVG of 800 by 600; scene 0 is the portrait, 1 at home, 2 at play, 3 asleep.

    The subject stays whole when the picture is cut to a square or to 16:9 about its middle.
    """
    if not 0 <= scene < SCENES:
        raise ValueError(f"scene {scene}: there are only 0 to {SCENES - 1}")
    mark = sitter.mark(scene)
    if sitter.age_weeks is None:
        return sheet(800, 600, awaited(sitter, mark, scene))
    return sheet(800, 600, (portrait, at_home, at_play, asleep)[scene](sitter, mark))

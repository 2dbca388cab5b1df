"""The form's own colours, read from its style sheet: strong enough for tired eyes and bright sun."""

import re

import pytest
from inquiry.answer import style

LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in style().split("@media", 2)[:2])


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_word_stands_out_from_what_it_stands_on(theme: dict[str, str]) -> None:
    for words in ("ink", "accent", "danger"):
        for ground in ("paper", "surface"):
            assert contrast(theme[words], theme[ground]) >= 7, (words, ground)
    assert contrast(theme["accent-ink"], theme["accent"]) >= 7
    assert contrast(theme["line"], theme["surface"]) >= 3

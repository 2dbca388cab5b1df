"""How a coat's colours lie: blaze, mask, stripes, patches; drawn inside the outline of head or body."""

from __future__ import annotations

from sitegen.portrait.colours import WHITE, Coat
from sitegen.portrait.facts import Sitter
from sitegen.portrait.shapes import at, fading, faint, line, mirrored, oval, pair, path, smooth

_BLAZE = smooth(mirrored([(0, -120), (9, -96), (9, -44), (16, 2), (48, 36), (62, 74), (40, 108), (0, 116)]))
_NARROW = smooth(mirrored([(0, -74), (6, -60), (7, -30), (12, 4), (40, 34), (56, 66), (40, 108), (0, 116)]))


def on_head(sitter: Sitter, coat: Coat, mark: str) -> str:
    """The markings of the head, to be cut off at its outline; `mark` begins their ids."""
    match coat.pattern:
        case "blaze":
            if sitter.chance("patch", 3) == 0 and sitter.colour != "red-white":
                return (
                    path("M-200-200h400v400h-400z", WHITE)
                    + pair(oval(58, -12, 50, 62, coat.base))
                    + path("M34-110q60 0 90 30v80h-60q-40-40-30-110M-34-110q-60 0-90 30v80h60q40-40 30-110", coat.base)
                )
            return path(_BLAZE, WHITE)
        case "tricolour":
            crown = path("M-130-140h260v128q-44 8-66-16q-24-22-64-22t-64 22q-22 24-66 16z", coat.second, faint(0.9))
            return (crown if sitter.ears in ("pricked", "bat") else "") + path(_NARROW, WHITE)
        case "points":
            brows = pair(oval(38, -14, 13, 9, coat.second))
            cheeks = pair(path("M34 60q22-30 62-26q12 30-26 66q-40 0-36-40z", coat.second))
            return cheeks + brows
        case "cheeks":
            dark = path("M-130-140h260v108q-60-44-130-44t-130 44z", coat.second, faint(0.35)) if coat.second else ""
            pale = pair(
                path("M12 38q34-14 52 2q24 4 46-16q14 60-40 88h-70z", coat.light) + oval(36, -13, 12, 8, coat.light)
            )
            return dark + pale
        case "mask":
            return path("M-72 20q30-24 72-12q42-12 72 12q18 30 4 64h-152q-14-34 4-64z", coat.second, faint(0.55))
        case "sable":
            return fading(mark + "u", coat.second, 0.75) + f'<path d="M-140-150h280v170h-280z" fill="url(#{mark}u)"/>'
        case "brindle":
            half = "M96-58q-20-2-30-14M104-34q-26 2-38-12M66-84q-14 0-22-10M24-90q-6 12 0 24M98 40q-10-2-16-10"
            return pair(line(half, coat.second, 7, faint(0.42)))
        case "pepper":
            dots = "M70-66h.1M40-84h.1M52-46h.1M86-34h.1M22-60h.1M8-82h.1M92 4h.1M74-8h.1M88 30h.1M18-34h.1M64-88h.1"
            return pair(line(dots, coat.light, 6, faint(0.55))) + at(
                -8, 10, 1, pair(line(dots, coat.second, 6, faint(0.6)))
            )
        case "merle":
            spots = (
                path(smooth([(20, -96), (66, -92), (84, -58), (56, -40), (44, -58), (18, -62)]), coat.second)
                + path(smooth([(-98, -30), (-62, -38), (-46, -8), (-60, 26), (-92, 24)]), coat.second)
                + path(smooth([(78, 4), (102, -4), (108, 30), (82, 36)]), coat.second)
                + oval(-40, -74, 13, 10, coat.second)
                + oval(34, -18, 8, 6, coat.second)
            )
            return at(0, 0, 1, spots, flip=bool(sitter.chance("merle", 2))) + path(_NARROW, WHITE)
    return ""


def on_body(coat: Coat, mark: str, view: str, right: float, low: float) -> str:
    """The markings of a body seen from the `front`, the `side` or at `rest`, which ends at x = right and y = low."""
    front = view == "front"
    bib = oval(0, 118, 46, 74, coat.light) if front else oval(-34, 84, 40, 56, coat.light)
    under = (
        ""
        if front
        else path(
            f"M-60 {low:.0f}V{low - 34:.0f}Q{right / 2:.0f} {low - 6:.0f} {right:.0f} {low - 30:.0f}V{low:.0f}z",
            coat.light,
        )
    )
    match coat.pattern:
        case "self":
            return (
                oval(0, 128, 40, 66, coat.light, faint(0.8))
                if front
                else path(
                    f"M-60 {low:.0f}V{low - 26:.0f}Q{right / 2:.0f} {low:.0f} {right:.0f} {low - 16:.0f}V{low:.0f}z",
                    coat.light,
                    faint(0.6),
                )
            )
        case "blaze":
            wide = path("M-52 40q52 30 104 0q22 60-6 120q-30 60-92 0q-28-60-6-120z", WHITE)
            return wide if front else under + path("M-90-20H26q22 60-8 150h-108z", WHITE)
        case "cheeks":
            return bib + under
        case "points":
            return pair(oval(26, 122, 22, 15, coat.second)) if front else bib
        case "tricolour":
            if front:
                return path(f"M-160-20h320v{low + 60:.0f}h-320z", coat.second) + path(
                    f"M-50 40q50 26 100 0q26 70 4 140l10 {low:.0f}h-128l10-{low:.0f}q-22-70 4-140z", WHITE
                )
            saddle = (
                f"M44-90H{right + 40:.0f}V48q-{right * 0.2:.0f} 34-{right * 0.42:.0f} 18q-60 14-90-8q-34-24-20-148z"
            )
            return path("M-90-20H40q14 60-8 150h-122z", WHITE) + under + path(saddle, coat.second)
        case "mask":
            return oval(0, 118, 30, 60, "#f1dab7", faint(0.7)) if front else ""
        case "sable":
            fade = (
                fading(mark + "v", coat.second, 0.62)
                + f'<path d="M-160-90H{right + 40:.0f}V{low * 0.6:.0f}H-160z" fill="url(#{mark}v)"/>'
            )
            return bib if front else under + fade
        case "brindle":
            if front:
                return (
                    pair(
                        line(
                            "M96 100q-30 6-46-8M104 134q-34 8-54-8M108 168q-30 8-52-6M108 202q-24 4-40-6",
                            coat.second,
                            8,
                            faint(0.4),
                        )
                    )
                    + bib
                )
            step = (right - 60) / 5
            return "".join(
                line(
                    f"M{50 + i * step:.0f} 4q-14 {low * 0.3:.0f} 4 {low * (0.5 + 0.14 * (i % 2)):.0f}",
                    coat.second,
                    8,
                    faint(0.4),
                )
                for i in range(6)
            )
        case "pepper":
            dots = "M30 60h.1M56 90h.1M20 100h.1M70 130h.1M40 150h.1M84 176h.1M60 200h.1M24 190h.1"
            across = "".join(f"M{20 + i * 29 % (right - 10):.0f} {24 + i * 37 % (low - 40):.0f}h.1" for i in range(12))
            if front:
                return (
                    pair(
                        line(dots, coat.second, 7, faint(0.6))
                        + line("M44 76h.1M76 110h.1M30 130h.1M66 160h.1", coat.light, 7, faint(0.5))
                    )
                    + bib
                )
            return line(across, coat.second, 7, faint(0.6)) + at(16, 8, 1, line(across, coat.light, 6, faint(0.4)))
        case "merle":
            if front:
                return (
                    oval(-78, 130, 34, 44, coat.second)
                    + oval(86, 190, 30, 36, coat.second)
                    + oval(66, 100, 14, 12, coat.second)
                    + bib
                )
            return (
                oval(right * 0.42, 30, 44, 26, coat.second)
                + oval(right * 0.9, 54, 40, 34, coat.second)
                + oval(right * 0.66, low - 30, 20, 14, coat.second)
                + bib
            )
    return ""

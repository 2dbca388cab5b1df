"""The content that the builders are compared on: this shop, with as many puppies as one asks for. Same number, same
bytes."""

from __future__ import annotations

import random
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PROJECT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 22)
WORDS = 280
"""Words in a puppy's text, in each language: the measure of the issue that this benchmark answers."""
STATUSES = ("available",) * 12 + ("reserved",) * 4 + ("expected",) * 2 + ("sold",) * 82
"""A shop that has sold a thousand puppies has a few dozen at home; the rest is its history."""


def make_project(root: Path, puppies: int) -> None:
    """Lay a whole project down in `root`: this program, this shop's pages, breeds and posts, and so many puppies."""
    for name in ("sitegen", "functions", "templates", "static", "content"):
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "puppies"))
    for name in ("build.py", "site.yaml", "pyproject.toml"):
        shutil.copy(PROJECT / name, root / name)
    make_puppies(root / "content" / "puppies", puppies)


def make_puppies(folder: Path, count: int) -> None:
    """`count` puppies out of the sample shop's own paragraphs, in Vietnamese and English."""
    samples = sorted((PROJECT / "content" / "puppies").iterdir())
    bodies = {
        suffix: [p for s in samples for p in _paragraphs((s / f"index{suffix}.md").read_text(encoding="utf-8"))]
        for suffix in ("", ".en")
    }
    breeds = sorted(path.name for path in (PROJECT / "content" / "breeds").iterdir())
    for n in range(count):
        chance = random.Random(n)
        place = folder / f"be-{n:05}"
        place.mkdir(parents=True)
        name, head = _front(n, breeds, chance)
        words = _text(bodies[""], chance)
        (place / "index.md").write_text(f"---\n{head}---\n\n{words}\n", encoding="utf-8", newline="\n")
        front = f"title: {name}\nsummary: {name} is a calm puppy, raised with the family and used to visitors.\n"
        words = _text(bodies[".en"], chance)
        (place / "index.en.md").write_text(f"---\n{front}---\n\n{words}\n", encoding="utf-8", newline="\n")


def _paragraphs(text: str) -> list[str]:
    body = text.split("---\n", 2)[2].strip()
    # Facts in braces mean something to this builder only.
    return [p for p in re.split(r"\n\s*\n", body) if "{{" not in p and "](" not in p]


def _text(paragraphs: Sequence[str], chance: random.Random) -> str:
    """Two sections of about `WORDS` words together."""
    chosen: list[str] = []
    while sum(len(p.split()) for p in chosen) < WORDS:
        chosen.append(chance.choice(paragraphs))
    chosen.insert(len(chosen) // 2, "## Mỗi ngày {#day}" if "ệ" in "".join(paragraphs) else "## Every day {#day}")
    return "\n\n".join(chosen)


def _front(n: int, breeds: Sequence[str], chance: random.Random) -> tuple[str, str]:
    """(name, front matter) of the n-th puppy."""
    name = f"{chance.choice(('Bông', 'Mực', 'Vừng', 'Nếp', 'Đậu', 'Khoai', 'Sữa', 'Bơ'))} {n}"
    status = STATUSES[n % 100 * 37 % 100]
    born = TODAY - timedelta(days=chance.randrange(60, 110) if status != "sold" else chance.randrange(200, 1500))
    listed = born + timedelta(days=45)
    rows = {
        "title": name, "summary": f"{name} hiền, dễ gần, lớn lên cùng cả nhà và đã quen gặp khách lạ.",
        "code": f"MX-{n:05}", "breed": chance.choice(breeds), "status": status, "listed": listed,
        "colour": chance.choice(("white", "cream", "red", "black", "chocolate", "sable")),
        "price": chance.randrange(5_000_000, 30_000_000, 100_000), "includes": "[health-book, vaccinations, deworming]",
        "origin": "VN", "raised": "home", "papers": "none",
        "mother": "{name: Mơ, colour: white, weight_kg: 3.4}", "father": "{name: Cua, colour: cream, weight_kg: 3.0}",
    }  # fmt: skip
    if status == "expected":
        rows |= {"expected": TODAY + timedelta(days=chance.randrange(10, 60)), "litter": 4}
    else:
        day = [born + timedelta(days=d) for d in (14, 28, 42, 49, 55)]
        rows |= {
            "sex": chance.choice(("male", "female")), "born": born, "weight_kg": 1.4, "weighed": day[4],
            "vaccinations": f"\n  - {{product: Nobivac Puppy DP, date: {day[2]}}}",
            "dewormings": "".join(f"\n  - {{product: Drontal Puppy, date: {d}}}" for d in day[:3]),
            "vet_check": f"{{date: {day[3]}, clinic: Phòng khám thú y mẫu Hồ Tây}}", "microchip": "none",
        }  # fmt: skip
    if status in ("reserved", "sold"):
        rows[status] = listed + timedelta(days=10)
    return name, "".join(f"{key}: {value}\n" for key, value in rows.items())


if __name__ == "__main__":
    import sys

    make_project(Path(sys.argv[1]), int(sys.argv[2]))

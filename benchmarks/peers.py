"""The other builders' sites: the same content, the same kinds of page, the same weight.

What all pages share (style, header, footer, form) is taken from this builder's own output and handed to the others as
finished HTML: they carry the same bytes and need not work for them, which is in their favour. What differs from page to
page (head, facts, timeline, cards, similar puppies, listings, feed, sitemap) each makes with its own templates, in
`benchmarks/hugo` and `benchmarks/pelican`. None of them draws pictures, so this builder does not either.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import yaml

HERE = Path(__file__).parent
LANGUAGES = {"vi": ("index.html", "cun"), "en": ("en/index.html", "en/puppies")}


def shared(dist: Path) -> dict[str, str]:
    """The HTML that all puppies' pages of a language share, by `<name>.<lang>`."""
    found: dict[str, str] = {}
    for lang, (_, puppies) in LANGUAGES.items():
        pages = (path.read_text(encoding="utf-8") for path in sorted((dist / puppies).glob("*/index.html")))
        page = next(page for page in pages if "ask-band" in page)
        for name, start, end in (
            ("style", "<style>", "</style>"), ("header", '<a class="skip"', "</header>"),
            ("footer", '<footer class="site-footer"', "</footer>"), ("bar", '<nav class="contact-bar"', "</nav>"),
            ("form", '<section class="band band--sunk ask-band"', "</section>"),
            ("promises", '<section class="puppy__promises"', "</section>"),
        ):  # fmt: skip
            begin = page.index(start)
            found[f"{name}.{lang}"] = page[begin : page.index(end, begin) + len(end)]
    return found


def hugo_site(root: Path, project: Path, dist: Path) -> None:
    """A Hugo site in `root` on `project`'s content, with what is shared from `dist`."""
    shutil.copytree(project / "content", root / "content")
    for name, title in (("puppies", "Puppies"), ("breeds", "Breeds"), ("posts", "Posts")):
        for suffix in ("", ".en"):
            (root / "content" / name / f"_index{suffix}.md").write_text(f"---\ntitle: {title}\n---\n", encoding="utf-8")
    shutil.copytree(HERE / "hugo", root / "layouts", ignore=shutil.ignore_patterns("hugo.yaml"))
    shutil.copy(HERE / "hugo" / "hugo.yaml", root)
    # Pages say `layout:` for this builder; Hugo takes it for a template's name.
    for layout in ("catalogue", "breeds", "prices", "status", "posts", "contact", "policy", "thank-you", "not-found"):
        shutil.copy(HERE / "hugo" / "page.html", root / "layouts" / f"{layout}.html")
    for name, text in shared(dist).items():
        (root / "layouts" / "_partials" / f"{name}.html").write_text(text, encoding="utf-8")


def pelican_site(root: Path, project: Path, dist: Path) -> None:
    """A Pelican site in `root`: puppies are articles, everything else is a page; facts are read by its own reader."""
    for path in sorted((project / "content").rglob("*.md")):
        front, body = path.read_text(encoding="utf-8").split("---\n", 2)[1:]
        facts = yaml.safe_load(front)
        folder = path.relative_to(project / "content")
        lang = "en" if path.name.endswith(".en.md") else "vi"
        if lang == "en":
            text = path.with_name(path.name.replace(".en.md", ".md")).read_text(encoding="utf-8")
            facts = {**yaml.safe_load(text.split("---\n", 2)[1]), **facts}
        puppy = folder.parts[0] == "puppies"
        slug = folder.parts[1].removesuffix(".md").removesuffix(".en")
        rows = {"Title": facts["title"], "Slug": f"{folder.parts[0]}-{slug}", "Lang": lang, "Summary": facts["summary"]}
        if puppy:
            rows |= {"Date": facts["listed"], "Category": facts["breed"]}
            plain = {key: value for key, value in facts.items() if isinstance(value, str | int | float | date)}
            # Pelican's own `status` says whether a page is a draft.
            plain["puppy_status"] = plain.pop("status")
            rows |= {key: value for key, value in plain.items() if key.title() not in rows}
        target = root / "content" / ("" if puppy else "pages") / f"{rows['Slug']}.{lang}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        head = "".join(f"{key}: {value}\n" for key, value in rows.items())
        target.write_text(f"{head}\n{body}", encoding="utf-8", newline="\n")
    shutil.copytree(HERE / "pelican" / "templates", root / "theme" / "templates")
    shutil.copy(HERE / "pelican" / "pelicanconf.py", root)
    for name, text in shared(dist).items():
        (root / "theme" / "templates" / f"{name}.html").write_text(f"{{% raw %}}{text}{{% endraw %}}", encoding="utf-8")

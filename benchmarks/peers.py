"""The other builders' sites: the same content, the same kinds of page, the same weight.

What all pages share (style, header, footer, form) is taken from this builder's own output and handed to the others as
finished HTML, so that they carry the same bytes and need not work for them. What differs from page to page (head,
facts, timeline, cards, similar puppies, listings, feeds, sitemap) each makes with its own templates.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://miluxinh.example"


def shared(dist: Path) -> dict[str, str]:
    """The HTML that all pages of a language share, by `<name>.<lang>`."""
    found: dict[str, str] = {}
    for lang, home in (("vi", "index.html"), ("en", "en/index.html")):
        page = (dist / home).read_text(encoding="utf-8")
        found[f"style.{lang}"] = _cut(page, "<style>", "</style>")
        found[f"header.{lang}"] = _cut(page, '<a class="skip"', "</header>")
        found[f"footer.{lang}"] = _cut(page, '<footer class="site-footer"', "</footer>")
        ask = next(
            p for p in sorted((dist / ("cun" if lang == "vi" else "en/puppies")).glob("*/index.html"))
            if "ask-band" in p.read_text(encoding="utf-8")
        )  # fmt: skip
        page = ask.read_text(encoding="utf-8")
        found[f"form.{lang}"] = _cut(page, '<section class="band band--sunk ask-band"', "</section>")
        found[f"promises.{lang}"] = _cut(page, '<section class="puppy__promises"', "</section>")
        found[f"bar.{lang}"] = _cut(page, '<nav class="contact-bar"', "</nav>")
    return found


def _cut(page: str, start: str, end: str) -> str:
    begin = page.index(start)
    return page[begin : page.index(end, begin) + len(end)]


def hugo_site(root: Path, project: Path, dist: Path) -> None:
    """A Hugo site in `root` on `project`'s content."""
    shutil.copytree(project / "content", root / "content")
    for path in (root / "content" / "posts").glob("*.md"):
        # Hugo reads `{{ … }}` in Markdown as text, which is all right; files of its own (`_index.md`) are made below.
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    for name, title in (("puppies", "Puppies"), ("breeds", "Breeds"), ("posts", "Posts")):
        for suffix in ("", ".en"):
            (root / "content" / name / f"_index{suffix}.md").write_text(f"---\ntitle: {title}\n---\n", encoding="utf-8")
    (root / "hugo.yaml").write_text(HUGO_SETTINGS, encoding="utf-8")
    layouts = {**HUGO_LAYOUTS, **{f"_partials/{name}.html": text for name, text in shared(dist).items()}}
    for name, text in layouts.items():
        place = root / "layouts" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


HUGO_SETTINGS = f"""\
baseURL: {BASE}/
defaultContentLanguage: vi
disableKinds: [taxonomy, term]
enableRobotsTXT: true
languages:
  vi: {{locale: vi-VN, title: Milu Xinh, weight: 1}}
  en: {{locale: en-GB, title: Milu Xinh, weight: 2}}
markup: {{goldmark: {{renderer: {{unsafe: true}}}}}}
services: {{rss: {{limit: 30}}}}
"""

_HEAD = """<!doctype html>
<html lang="{{ .Language.Name }}" class="no-script"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ site.Title }}</title><meta name="description" content="{{ .Params.summary }}">
{{ partialCached (printf "style.%s.html" .Language.Name) . .Language.Name | safeHTML }}
<link rel="canonical" href="{{ .Permalink }}">
{{ if .IsTranslated }}{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Name }}" href="{{ .Permalink }}">
{{ end }}{{ end -}}
{{ with site.Home.OutputFormats.Get "rss" }}<link rel="alternate" type="application/rss+xml" href="{{ .RelPermalink }}">{{ end }}
<meta property="og:type" content="website"><meta property="og:site_name" content="{{ site.Title }}">
<meta property="og:title" content="{{ .Title }}"><meta property="og:description" content="{{ .Params.summary }}">
<meta property="og:url" content="{{ .Permalink }}"><meta property="og:image" content="/share/{{ md5 .RelPermalink }}.jpg">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
<meta name="twitter:card" content="summary_large_image">
{{ block "data" . }}{{ end }}</head>
<body>{{ partialCached (printf "header.%s.html" .Language.Name) . .Language.Name | safeHTML }}
<main id="main">{{ block "main" . }}{{ end }}</main>
{{ partialCached (printf "footer.%s.html" .Language.Name) . .Language.Name | safeHTML }}
<script type="module" src="/assets/site.js"></script></body></html>
"""
_CRUMBS = """<nav class="crumbs wrap"><ol>{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
<li><span aria-current="page">{{ .Title }}</span></li></ol></nav>"""
# A translation holds words only; its facts are the original's, which comes first in `AllTranslations`.
_CARD = """{{ $f := index .AllTranslations 0 }}{{ $b := site.GetPage (printf "/breeds/%s" $f.Params.breed) -}}
<article class="puppy-card" data-breed="{{ $f.Params.breed }}" data-sex="{{ $f.Params.sex }}" data-status="{{ $f.Params.status }}" data-price="{{ $f.Params.price }}" data-search="{{ lower .Title }} {{ lower $f.Params.code }} {{ lower .Params.summary }}">
<div class="puppy-card__picture"><picture><img src="/drawings/{{ path.Base $f.File.Dir }}-0.svg" alt="{{ .Title }}, {{ with $b }}{{ .Title }}{{ end }}, {{ $f.Params.colour }}" width="800" height="600" loading="lazy" decoding="async"></picture><span class="drawing">Tranh vẽ</span></div>
<div class="puppy-card__words"><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<span class="status-tag status-tag--{{ $f.Params.status }}">{{ $f.Params.status }}</span>
<p>{{ with $b }}{{ .Title }}{{ end }}<br>{{ $f.Params.sex }} · {{ with $f.Params.born }}{{ time.Format "02/01/2006" . }}{{ end }}</p>
<p class="price">{{ lang.FormatNumber 0 $f.Params.price }} ₫</p></div></article>
"""
_CARDS = """<ul class="cards" role="list">{{ range . }}<li>{{ partialCached "card.html" . .RelPermalink }}</li>
{{ end }}</ul>"""
_TABS = """<nav class="tabs"><ul>{{ range slice "available" "reserved" "expected" "sold" }}{{ $s := . }}
<li>{{ $s }} <span>{{ len (where (where site.RegularPages "Section" "puppies") "Params.status" $s) }}</span></li>{{ end }}</ul></nav>"""
# Of the same breed and still to be had; the nearest prices.
_SIMILAR = """{{ $f := index .AllTranslations 0 }}{{ $me := .RelPermalink }}{{ $price := $f.Params.price }}{{ $rows := slice }}
{{ range partialCached "same-breed.html" (dict "breed" $f.Params.breed "lang" .Language.Name) .Language.Name $f.Params.breed }}{{ if ne .page.RelPermalink $me }}
{{ $rows = $rows | append (dict "page" .page "far" (math.Abs (sub .price $price))) }}{{ end }}{{ end }}
{{ range first 3 (sort $rows "far") }}<li>{{ partialCached "card.html" .page .page.RelPermalink }}</li>{{ end }}"""
_SAME_BREED = """{{ $rows := slice }}{{ range where site.RegularPages "Section" "puppies" }}{{ $f := index .AllTranslations 0 }}
{{ if and (eq $f.Params.breed $.breed) (eq $f.Params.status "available") }}{{ $rows = $rows | append (dict "page" . "price" $f.Params.price) }}{{ end }}{{ end }}{{ return $rows }}"""
_SHOWN = """{{ $rows := slice }}{{ range where site.RegularPages "Section" "puppies" }}{{ $f := index .AllTranslations 0 }}
{{ $rows = $rows | append (dict "page" . "status" $f.Params.status "breed" $f.Params.breed "price" $f.Params.price) }}{{ end }}{{ return $rows }}"""
_PUPPY = """{{ define "data" }}{{ $f := index .AllTranslations 0 }}<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "Product" "name" .Title "sku" $f.Params.code "description" .Params.summary "url" .Permalink "offers" (dict "@type" "Offer" "price" $f.Params.price "priceCurrency" "VND") | jsonify | safeJS }}</script>{{ end }}
{{ define "main" }}{{ $f := index .AllTranslations 0 }}{{ $b := site.GetPage (printf "/breeds/%s" $f.Params.breed) }}
{{ partial "crumbs.html" . }}<article class="puppy wrap"><header class="puppy__head"><span class="status-tag">{{ $f.Params.status }}</span>
<h1>{{ .Title }}</h1><p><a href="{{ with $b }}{{ .RelPermalink }}{{ end }}">{{ with $b }}{{ .Title }}{{ end }}</a> · {{ $f.Params.sex }}</p></header>
<section class="gallery"><div class="gallery__strip">{{ range $n := seq 0 3 }}<figure id="picture-{{ $n }}"><picture><img src="/drawings/{{ path.Base $f.File.Dir }}-{{ $n }}.svg" alt="{{ $.Title }}" width="800" height="600" loading="lazy" decoding="async"></picture><figcaption>Tranh vẽ</figcaption></figure>{{ end }}</div>
<ul class="gallery__thumbs" role="list">{{ range $n := seq 0 3 }}<li><a href="#picture-{{ $n }}"><picture><img src="/drawings/{{ path.Base $f.File.Dir }}-{{ $n }}.svg" alt="{{ $.Title }}" width="800" height="600" loading="lazy" decoding="async"></picture></a></li>{{ end }}</ul></section>
<div class="puppy__offer"><p class="puppy__lead">{{ .Params.summary }}</p><p class="price">{{ lang.FormatNumber 0 $f.Params.price }} ₫</p>
<ul class="ticks" role="list">{{ range $f.Params.includes }}<li><svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4.5 12.5 10 18 19.5 6.5"/></svg>{{ . }}</li>{{ end }}</ul></div>
<div class="puppy__words prose">{{ .Content }}</div><div class="puppy__more"><div><section><dl class="facts">
{{ range slice "code" "sex" "colour" "origin" "raised" "papers" "weight_kg" "microchip" }}{{ $v := index $f.Params . }}{{ with $v }}<div><dt>{{ $.Language.Name }}.{{ . }}</dt><dd>{{ . }}</dd></div>{{ end }}{{ end }}
{{ range slice "born" "listed" "weighed" "sold" "reserved" "expected" }}{{ with index $f.Params . }}<div><dt>{{ . }}</dt><dd>{{ time.Format "2 January 2006" . }}</dd></div>{{ end }}{{ end }}</dl></section>
<section><dl class="facts">{{ range slice $f.Params.mother $f.Params.father }}<div><dt>{{ .name }}</dt><dd>{{ .colour }}, {{ .weight_kg }} kg</dd></div>{{ end }}</dl></section></div>
<div><section><ol class="timeline">{{ with $f.Params.vaccinations }}{{ range sort (append . $f.Params.dewormings) "date" }}<li><time datetime="{{ .date }}">{{ time.Format "02/01/2006" .date }}</time><p><strong>{{ .product }}</strong></p></li>{{ end }}{{ end }}
{{ with $f.Params.vet_check }}<li><time datetime="{{ .date }}">{{ time.Format "02/01/2006" .date }}</time><p>{{ .clinic }}</p></li>{{ end }}</ol></section></div></div>
{{ partialCached (printf "promises.%s.html" .Language.Name) . .Language.Name | safeHTML }}</article>
{{ if in (slice "available" "reserved") $f.Params.status }}{{ partialCached (printf "form.%s.html" .Language.Name) . .Language.Name | safeHTML }}{{ end }}
<section class="band wrap"><ul class="cards" role="list">{{ partial "similar.html" . }}</ul></section>
{{ partialCached (printf "bar.%s.html" .Language.Name) . .Language.Name | safeHTML }}{{ end }}"""
_BREED = """{{ define "main" }}{{ $f := index .AllTranslations 0 }}{{ partial "crumbs.html" . }}<article class="breed wrap"><h1>{{ .Title }}</h1><p class="lead">{{ .Params.summary }}</p>
<dl class="facts"><div><dt>size</dt><dd>{{ $f.Params.size }}</dd></div>{{ range slice "price_range" "yearly_cost" "adult_weight_kg" "lifespan_years" }}<div><dt>{{ . }}</dt><dd>{{ delimit (index $f.Params .) " – " }}</dd></div>{{ end }}</dl>
<div class="prose">{{ .Content }}</div></article>{{ $id := path.Base $f.File.Dir }}{{ $rows := slice }}
{{ range partialCached "shown.html" . .Language.Name }}{{ if and (eq .breed $id) (ne .status "sold") }}{{ $rows = $rows | append .page }}{{ end }}{{ end }}{{ partial "cards.html" $rows }}{{ end }}"""
_SINGLE = """{{ define "main" }}{{ $f := index .AllTranslations 0 }}{{ partial "crumbs.html" . }}<article class="wrap"><h1>{{ .Title }}</h1><p class="lead">{{ .Params.summary }}</p>
<div class="prose">{{ .Content }}</div></article>
{{ $layout := $f.Params.layout | default "page" }}{{ if in (slice "catalogue" "status") $layout }}{{ partial "tabs.html" . }}{{ $rows := slice }}
{{ range partialCached "shown.html" . .Language.Name }}{{ if or (and (eq $layout "catalogue") (ne .status "sold")) (eq .status ($f.Params.status | default "")) }}{{ $rows = $rows | append .page }}{{ end }}{{ end }}{{ partial "cards.html" $rows }}
{{ else if eq $layout "prices" }}<table>{{ range where site.RegularPages "Section" "breeds" }}{{ $id := path.Base (index .AllTranslations 0).File.Dir }}<tr><th>{{ .Title }}</th><td><ul>
{{ range partialCached "shown.html" . .Language.Name }}{{ if and (eq .breed $id) (ne .status "sold") }}<li><a href="{{ .page.RelPermalink }}">{{ .page.Title }}</a> <span>{{ lang.FormatNumber 0 .price }} ₫</span></li>{{ end }}{{ end }}</ul></td></tr>{{ end }}</table>
{{ else if eq $layout "contact" }}{{ partialCached (printf "form.%s.html" .Language.Name) . .Language.Name | safeHTML }}<select>{{ range partialCached "shown.html" . .Language.Name }}{{ if in (slice "available" "reserved") .status }}<option>{{ .page.Title }}</option>{{ end }}{{ end }}</select>
{{ end }}{{ end }}"""
_HOME = """{{ define "main" }}<div class="hero"><h1>{{ site.Title }}</h1></div>{{ $rows := slice }}
{{ range partialCached "shown.html" . .Language.Name }}{{ if eq .status "available" }}{{ $rows = $rows | append .page }}{{ end }}{{ end }}{{ partial "cards.html" (first 6 $rows) }}
<ul>{{ range where site.RegularPages "Section" "breeds" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.summary }}</li>{{ end }}</ul>{{ end }}"""
_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ if ne .Section "puppies" }}<ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.summary }}</li>{{ end }}</ul>{{ end }}{{ end }}"""

HUGO_LAYOUTS = {
    "baseof.html": _HEAD, "home.html": _HOME, "section.html": _LIST, "page.html": _SINGLE,
    "puppies/page.html": _PUPPY, "breeds/page.html": _BREED,
    # Pages say `layout:` for this builder; Hugo takes it for a template's name.
    **{f"{name}.html": _SINGLE for name in ("catalogue", "breeds", "prices", "status", "posts", "contact", "policy")},
    **{f"{name}.html": _SINGLE for name in ("thank-you", "not-found")},
    "_partials/card.html": _CARD, "_partials/cards.html": _CARDS,
    "_partials/tabs.html": _TABS, "_partials/similar.html": _SIMILAR, "_partials/same-breed.html": _SAME_BREED,
    "_partials/shown.html": _SHOWN, "_partials/crumbs.html": _CRUMBS,
}  # fmt: skip

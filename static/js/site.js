// Small comforts for every page. Nothing here is needed: links, gallery and thank-you page work without it.

// Fetch a page as soon as a finger or pointer says that it is likely.
const fetched = new Set([location.pathname]);
const prefetch = (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin || fetched.has(link.pathname) || navigator.connection?.saveData) return;
  fetched.add(link.pathname);
  document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href: link.pathname }));
};
for (const type of ["pointerover", "touchstart", "focusin"]) document.addEventListener(type, prefetch, { passive: true });

// One page turns into the next by a rule of partials/boot.html. A turn that the next page is not ready for is given up;
// that is no error.
for (const type of ["pageswap", "pagereveal"]) {
  addEventListener(type, ({ viewTransition }) => {
    for (const stage of ["ready", "finished", "updateCallbackDone"]) viewTransition?.[stage].catch(() => {});
  });
}

// The picture of the card that was chosen grows into the puppy's page.
document.addEventListener("click", (event) => {
  const picture = event.target.closest?.(".puppy-card")?.querySelector("img");
  if (!picture) return;
  for (const old of document.querySelectorAll(".grows")) old.classList.remove("grows");
  picture.classList.add("grows");
});

// Rows to swipe begin where the visitor is.
for (const here of document.querySelectorAll(".menu [aria-current], .tabs [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - row.clientWidth / 3;
}

// Thumbnails move the strip and leave the page where it is; the one that is shown is marked.
const strip = document.querySelector(".gallery__strip");
const thumbs = [...document.querySelectorAll(".gallery__thumbs a")];
const mark = (id) => thumbs.forEach((thumb) => (thumb.hash === `#${id}` ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
for (const thumb of thumbs) {
  thumb.addEventListener("click", (event) => {
    event.preventDefault();
    const figure = document.getElementById(thumb.hash.slice(1));
    strip.scrollTo({ left: figure.offsetLeft - strip.offsetLeft });
  });
}
if (thumbs.length) {
  const seen = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && mark(entry.target.id)), { root: strip, threshold: 0.6 });
  for (const figure of strip.children) seen.observe(figure);
}

// Share by the phone's own sheet; elsewhere copy the address.
const share = document.querySelector(".share");
if (share && !navigator.share && !navigator.clipboard) share.hidden = true;
else if (share) {
  const page = { title: document.title, url: document.querySelector("link[rel=canonical]")?.href ?? location.href };
  share.querySelector("button").addEventListener("click", async () => {
    try {
      if (navigator.share) await navigator.share(page);
      else {
        await navigator.clipboard.writeText(page.url);
        const said = share.querySelector("output");
        said.textContent = said.dataset.copied;
      }
    } catch {
      // The visitor closed the sheet: nothing to say.
    }
  });
}

// The reference of an inquiry travels in the address of the thank-you page.
const reference = document.getElementById("reference");
const code = new URLSearchParams(location.search).get("ma");
if (reference && /^MX-[A-Z0-9-]{4,20}$/.test(code ?? "")) reference.textContent = code;
else if (reference) reference.parentElement.hidden = true;

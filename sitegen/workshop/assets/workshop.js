// The workshop without a script is whole; this saves steps: rows, fields by status, the page beside as it will be,
// mistakes at their fields while one writes, and a list that narrows as one types. Nothing is rewritten under the
// owner's fingers: Vietnamese input methods compose letters for a while, and until they are done nothing is read.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, key) => facts[key]);
const idOf = (name) => `i-${name.replaceAll(".", "-")}`;

const search = document.querySelector("[data-search]");
if (search) {
  const count = document.querySelector("[data-count]");
  const narrow = () => {
    const words = fold(search.q.value).split(/\s+/).filter(Boolean);
    const state = search.state?.value ?? "";
    let shown = 0;
    for (const item of document.querySelectorAll(".things > li")) {
      item.hidden = !words.every((word) => item.dataset.text.includes(word)) || (state && item.dataset.state !== state);
      shown += !item.hidden;
    }
    count.textContent = fill(count.dataset.count, { count: shown });
  };
  search.addEventListener("input", narrow);
  search.querySelector("button").hidden = true; // it narrows as one types
}

const form = document.getElementById("form");
if (form) {
  for (const each of document.querySelectorAll("[data-script]")) each.hidden = false;
  for (const each of document.querySelectorAll("[data-plain]")) each.hidden = true;

  // Rows of a list.
  let fresh = 0;
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add]"), remove = event.target.closest("[data-remove]");
    if (add || remove) event.preventDefault();
    if (add) {
      const box = add.closest("[data-rows]"), number = `js${++fresh}`;
      const item = box.querySelector("template").content.cloneNode(true).firstElementChild;
      renumber(item, number);
      box.querySelector("ol").append(item);
      item.querySelector("input, select").focus();
    }
    if (remove) {
      const item = remove.closest("li");
      const next = item.nextElementSibling ?? item.previousElementSibling;
      const box = item.closest("[data-rows]");
      item.remove();
      (next?.querySelector("input") ?? box.querySelector("[data-add]")).focus();
      changed();
    }
  });

  // Fields that only some statuses have.
  const status = form.elements["f.status"];
  const fit = () => {
    for (const each of form.querySelectorAll("[data-statuses]")) each.hidden = !each.dataset.statuses.split(" ").includes(status.value);
  };
  if (status?.value && form.dataset.target.startsWith("puppies/")) {
    fit();
    status.addEventListener("change", fit);
  }

  // Letters left.
  form.addEventListener("input", (event) => {
    const hint = document.getElementById(`${event.target.id}-about`)?.querySelector("[data-limit]");
    if (hint) hint.textContent = `${event.target.value.length} / ${hint.dataset.limit}`;
  });

  // The page as it will be.
  const box = document.querySelector("[data-preview]"), frame = box.querySelector("[data-frame]");
  const state = box.querySelector("[data-state]"), tips = box.querySelector("[data-tips]");
  const hints = box.querySelector("[data-tips-advice]");
  const touched = new Set(), summary = document.getElementById("mistakes"), live = summary?.dataset.live;
  let pages = {}, lang = box.querySelector("[data-lang]").dataset.lang, timer = 0, running = null, composing = false;
  box.hidden = false;
  frame.hidden = true; // until there is something to see

  const show = () => {
    if (!pages[lang]) return;
    frame.hidden = false;
    const scroll = frame.contentWindow?.scrollY ?? 0;
    frame.addEventListener("load", () => frame.contentWindow?.scrollTo(0, scroll), { once: true });
    frame.contentWindow.location.replace(pages[lang]);
  };
  const look = async () => {
    running?.abort();
    running = new AbortController();
    state.textContent = box.dataset.wait;
    const body = new FormData(form);
    body.delete("photos");
    try {
      const answer = await fetch(`/_workshop/preview/${form.dataset.target}`, { method: "POST", body, signal: running.signal });
      if (!answer.ok) {
        state.textContent = box.dataset.lost;
        return;
      }
      const found = await answer.json();
      pages = found.pages;
      tell(found);
      const elsewhere = found.elsewhere.length && !found.mistakes.length;
      state.textContent = box.dataset[Object.keys(pages).length ? "ready" : elsewhere ? "elsewhere" : "none"];
      show();
    } catch (error) {
      if (error.name !== "AbortError") state.textContent = box.dataset.lost;
    }
  };
  // A mistake where its field is not, as the template writes it.
  const element = (name, ...parts) => {
    const made = document.createElement(name);
    made.append(...parts);
    return made;
  };
  const link = (href, ...parts) => Object.assign(element("a", ...parts), { href });
  const told = (m) => {
    const words = [m.label && element("strong", `${m.label}: `), `${m.what} → ${m.hint}`].filter(Boolean);
    if (m.name) return element("li", link(`#${idOf(m.name)}`, ...words), ...(m.link ? [" (", link(m.link, m.place), ")"] : []));
    return element("li", m.link ? link(m.link, m.place && `${m.place} · `, ...words) : element("span", ...words));
  };
  const tell = ({ mistakes, advice, elsewhere, days }) => {
    // Days in full, as the validator has read them.
    for (const each of form.querySelectorAll("[data-day]")) each.textContent = days[each.dataset.day] ?? "";
    for (const each of form.querySelectorAll("[data-mistake]")) {
      const mine = mistakes.filter((m) => m.name === each.dataset.mistake);
      const field = document.getElementById(idOf(each.dataset.mistake));
      // What has not been reached yet is no mistake yet, unless she has tried to save.
      const spoken = mine.length && (live || touched.has(each.dataset.mistake) || field?.value);
      each.textContent = spoken ? mine.map((m) => `${m.what} → ${m.hint}`).join(" ") : "";
      if (field?.matches("input, select, textarea")) {
        if (spoken) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
    if (live) {
      summary.hidden = !mistakes.length;
      summary.querySelector("h2").textContent = fill(live, { count: mistakes.length });
      summary.querySelector("ul").replaceChildren(...mistakes.map(told));
    }
    tips.replaceChildren(...[...(live ? [] : mistakes), ...elsewhere].map(told));
    hints.replaceChildren(...advice.map(told));
    box.querySelector("[data-advice]").hidden = !advice.length;
  };
  const changed = (pause = 300) => {
    clearTimeout(timer);
    timer = setTimeout(() => composing || look(), pause);
  };
  form.addEventListener("compositionstart", () => (composing = true));
  form.addEventListener("compositionend", () => { composing = false; changed(); });
  form.addEventListener("input", (event) => { if (event.target.name) touched.add(event.target.name); changed(); });
  form.addEventListener("change", (event) => { if (event.target.name) touched.add(event.target.name); changed(0); });
  form.addEventListener("workshop:changed", () => changed(0));
  box.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-lang]");
    if (!tab) return;
    lang = tab.dataset.lang;
    for (const each of box.querySelectorAll("[data-lang]")) each.setAttribute("aria-pressed", each === tab);
    show();
  });
  // A link to a field inside a folded part opens it first.
  document.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest?.("a[href^='#i-']")?.hash.slice(1));
    if (!target) return;
    target.closest("details")?.setAttribute("open", "");
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    (target.matches("fieldset") ? target.querySelector("input, select, textarea, button") ?? target : target).focus();
  });
  summary?.focus();
  look();

  // Leaving with words unsaved asks first (they are kept all the same).
  let leaving = false;
  form.addEventListener("submit", () => (leaving = true));
  addEventListener("beforeunload", (event) => { if (touched.size && !leaving) event.preventDefault(); });
}

// Give a copied row its number: names, ids and what points at them.
function renumber(item, number) {
  for (const each of [item, ...item.querySelectorAll("*")]) {
    for (const key of ["name", "id", "for", "aria-describedby", "data-mistake", "data-day", "data-rows"]) {
      const text = each.getAttribute(key);
      if (text?.includes("__row__")) each.setAttribute(key, text.replaceAll("__row__", number));
    }
  }
}

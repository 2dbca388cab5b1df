// Puts the next version of a page into the document that is on screen: nothing flashes; where one has scrolled to, what is
// open and what is being typed stay. `was` is the page as it was served, `is` as it is served now, and the document is what
// the visitor and the page's scripts have made of `was` meanwhile. What differs between the first two is done to the third.
//
// The outcome must look and work as after a reload, so whatever is not certain to is left to one.

// What a browser or a person has taken more from than an element shows.
const DOUBTFUL = 'title, base, link, style, noscript, template, iframe, object, form, script:not([type="application/ld+json"])';

/** Whether the document is now `is`, of which the page's scripts are told by the event `renewed`. If not, nothing has been
    done to it. */
export async function renew(was, is) {
  const { held, kept } = await sought();
  const edits = [];
  if (!compare(was.documentElement, is.documentElement, document.documentElement, { held, kept, edits })) return false;
  for (const edit of edits) edit();
  dispatchEvent(new Event('renewed'));
  return true;
}

const texts = new Map();
performance.setResourceTimingBufferSize(9999); // scripts are known by their requests, however many pictures a page has

/** What the scripts of the page look for and give a name, as selectors: they have it in their hands. What is `held` must
    stay as it is. What is `kept` must only stay: its script listens for `renewed`, looks at all that is in it anew then,
    and makes anew what it has made of it. */
async function sought() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'));
  const unread = loaded.filter((script) => !texts.has(script));
  await Promise.all(unread.map(async (script) => texts.set(script, await (await fetch(script)).text())));
  const held = [DOUBTFUL], kept = [':not(*)'];
  for (const text of texts.values()) {
    const named = text.matchAll(/ = (?:\[\.\.\.)?document\s*\.(query\w+|getElementById)\((["'])(.+?)\2/g);
    const list = /\baddEventListener\((["'])renewed\1/.test(text) ? kept : held;
    for (const [, way, , name] of named) list.push(way === 'getElementById' ? `[id="${name}"]` : name);
  }
  return { held: held.join(), kept: kept.join() };
}

/** Note in `edits` what makes a node of `was`, which is `live` on screen, that of `is`; false if in doubt. `free`: within
    what is kept, where it does not count what a script has made of it. */
function compare(was, is, live, rules, free = false) {
  const { held, kept, edits } = rules;
  if (was.isEqualNode(is)) return true;
  if (was.nodeName !== is.nodeName || was.nodeName !== live.nodeName) return false;
  if (was.nodeType !== Node.ELEMENT_NODE) {
    edits.push(() => { live.data = is.data; });
    return free || live.data === was.data;
  }
  const stays = live.matches(kept);
  if (!stays && (live.matches(held) || is.matches(held))) return false;
  free ||= stays;
  for (const name of new Set([...was.getAttributeNames(), ...is.getAttributeNames()])) {
    const value = is.getAttribute(name);
    if (value === was.getAttribute(name)) continue;
    if (live.matches('html, body') || !(free || live.getAttribute(name) === was.getAttribute(name))) return false;
    edits.push(() => (value === null ? live.removeAttribute(name) : live.setAttribute(name, value)));
  }
  return compareChildren(was, is, live, rules, free);
}

function compareChildren(was, is, live, rules, free) {
  const before = [...was.childNodes], after = [...is.childNodes];
  // Scripts may have added something at the end.
  const there = [...live.childNodes].slice(0, before.length);
  if (!sameKinds(before, there)) return false;
  let first = 0, last = 0;
  const common = Math.min(before.length, after.length);
  while (first < common && before[first].isEqualNode(after[first])) first++;
  while (last < common - first && before.at(-1 - last).isEqualNode(after.at(-1 - last))) last++;
  const next = live.childNodes[before.length - last] ?? null;
  const [old, fresh, gone] = [before, after, there].map((nodes) => nodes.slice(first, nodes.length - last));

  // What has only changed its place (a card, once its puppy is reserved) is carried there.
  const places = Map.groupBy(old.keys(), (n) => markup(old[n]));
  const carried = fresh.map((node) => gone[places.get(markup(node))?.shift()]);
  const lost = [...places.values()].flat().sort((a, b) => a - b);
  const made = fresh.filter((_, n) => !carried[n]);
  let come; // what stands for `made`
  if (sameKinds(lost.map((n) => old[n]), made)) {
    if (!lost.every((n, at) => compare(old[n], made[at], gone[n], rules, free))) return false;
    come = lost.map((n) => gone[n]);
  } else {
    const doubtful = (node) => [rules.held, rules.kept].some((some) => node.matches?.(some) || node.querySelector?.(some));
    if (!lost.every((n) => free || old[n].isEqualNode(gone[n]))) return false;
    if ([...lost.map((n) => gone[n]), ...made].some(doubtful)) return false;
    rules.edits.push(() => lost.forEach((n) => gone[n].remove()));
    come = made.map((node) => document.importNode(node, true));
  }
  const place = carried.map((node) => node ?? come.shift());
  rules.edits.push(() => place.reduceRight((after, node) => {
    if (node.parentNode !== live || node.nextSibling !== after) live.insertBefore(node, after);
    return node;
  }, next));
  return true;
}

const markup = (node) => node.outerHTML ?? node.nodeName + node.data;
const sameKinds = (some, others) =>
  some.length === others.length && some.every((node, n) => node.nodeName === others[n].nodeName);

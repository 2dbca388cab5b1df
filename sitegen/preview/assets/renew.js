// Puts the next version of a page into the document that is on screen: nothing flashes; where one has scrolled to, what is
// open and what is being typed stay. `was` is the page as it was served, `is` as it is served now, and the document is what
// the visitor and the page's scripts have made of `was` meanwhile. What differs between the first two is done to the third.
//
// The outcome must look and work as after a reload, so whatever is not certain to is left to one.

// What a browser or a person has taken more from than an element shows.
const DOUBTFUL = 'title, base, link, style, noscript, template, iframe, object, form, script:not([type="application/ld+json"])';

/** Whether the document is now `is`. If not, nothing has been done to it. */
export async function renew(was, is) {
  const held = [DOUBTFUL, ...(await sought())].join();
  const edits = [];
  if (!compare(was.documentElement, is.documentElement, document.documentElement, held, edits)) return false;
  for (const edit of edits) edit();
  return true;
}

const texts = new Map();
performance.setResourceTimingBufferSize(9999); // scripts are known by their requests, however many pictures a page has

/** What the scripts of the page look for in the document, as selectors: they hold it in their hands and expect it to stay. */
async function sought() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'));
  const unread = loaded.filter((script) => !texts.has(script));
  await Promise.all(unread.map(async (script) => texts.set(script, await (await fetch(script)).text())));
  const asked = [...texts.values()].flatMap((text) => [...text.matchAll(/document\s*\.(query\w+|getElementById)\((["'])(.+?)\2/g)]);
  return asked.map(([, way, , name]) => (way === 'getElementById' ? `[id="${name}"]` : name));
}

/** Note what makes a node of `was`, which is `live` on screen, that of `is`; false if in doubt. */
function compare(was, is, live, held, edits) {
  if (was.isEqualNode(is)) return true;
  if (was.nodeName !== is.nodeName || was.nodeName !== live.nodeName) return false;
  if (was.nodeType !== Node.ELEMENT_NODE) {
    edits.push(() => { live.data = is.data; });
    return live.data === was.data;
  }
  if (live.matches(held) || is.matches(held)) return false;
  for (const name of new Set([...was.getAttributeNames(), ...is.getAttributeNames()])) {
    const value = is.getAttribute(name);
    if (value === was.getAttribute(name)) continue;
    if (live.matches('html, body') || live.getAttribute(name) !== was.getAttribute(name)) return false;
    edits.push(() => (value === null ? live.removeAttribute(name) : live.setAttribute(name, value)));
  }
  return compareChildren(was, is, live, held, edits);
}

function compareChildren(was, is, live, held, edits) {
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
  if (sameKinds(old, fresh)) return old.every((node, n) => compare(node, fresh[n], gone[n], held, edits));
  const doubtful = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(held) || node.querySelector(held));
  if (!old.every((node, n) => node.isEqualNode(gone[n])) || [...gone, ...fresh].some(doubtful)) return false;
  edits.push(() => {
    for (const node of gone) node.remove();
    for (const node of fresh) live.insertBefore(document.importNode(node, true), next);
  });
  return true;
}

const sameKinds = (some, others) =>
  some.length === others.length && some.every((node, n) => node.nodeName === others[n].nodeName);

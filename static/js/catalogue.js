// Search and filters over the cards that the page already holds. The state stands in the address, so Back and shared links keep it.

const form = document.querySelector(".filters");
const list = document.querySelector(".cards");
const count = document.querySelector(".listing__count [role=status]");
const empty = document.querySelector(".empty");

// "Đốm" and "dom" are the same word to someone who types without marks.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const within = (range, price) => {
  const [from, to] = range.split("-").map(Number);
  return price >= from && (!to || price < to);
};

// Who writes "corgy" or "pudle" means a word that is one slip away, or one that has the same consonants.
const bones = (word) => word.replace(/[aeiouy]/g, "").replace(/(.)\1+/g, "$1");
const slip = (typed, word) => {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at++;
  const [x, y] = [typed.slice(at), word.slice(at)];
  const swapped = x[1] + x[0] + x.slice(2);
  return [[x.slice(1), y], [x, y.slice(1)], [x.slice(1), y.slice(1)], [swapped, y]].some(([begin, rest]) => rest.startsWith(begin));
};
let cards, all, known;
const read = () => {
  cards = [...(list?.children ?? [])];
  all = cards.map((item) => item.firstElementChild.dataset.search).join(" ");
  known = [...new Set(all.match(/\p{L}{4,}/gu))];
};
// What a typed word stands for: itself as soon as any card has it, else the words that it is nearly.
const meant = (word) => {
  if (word.length < 4 || all.includes(word)) return [word];
  const bone = bones(word);
  return known.filter((other) => other[0] === word[0] && (slip(word, other) || (bone.length > 2 && bones(other).startsWith(bone))));
};

const matches = (card, wanted, words) =>
  words.every((ways) => ways.some((word) => card.search.includes(word))) &&
  Object.entries(wanted).every(([name, value]) => name === "q" || (name === "price" ? within(value, Number(card.price)) : card[name] === value));

const wanted = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));

const show = () => {
  const choice = wanted();
  const words = choice.q ? fold(choice.q).split(/\s+/).map(meant) : [];
  let shown = 0;
  for (const item of cards) {
    item.hidden = !matches(item.firstElementChild.dataset, choice, words);
    shown += !item.hidden;
  }
  const said = count.dataset[shown === 0 ? "none" : shown === 1 ? "one" : "other"];
  count.textContent = said.replace("{n}", shown);
  empty.hidden = shown > 0;
  form.querySelector("[type=reset]").hidden = Object.keys(choice).length === 0;
  return choice;
};

const change = () => {
  const query = new URLSearchParams(show()).toString();
  history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
};

const choose = () => {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
    // What is being typed stays as it is, a space at its end too, which the address has not.
    if (field.value.trim() !== value) field.value = value;
    // A breed that the shop has no longer is no choice.
    field.value ||= "";
  }
};

read();
choose();
form.addEventListener("input", change);
form.addEventListener("reset", () => setTimeout(change));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.activeElement?.blur();
});
// Back and a reload lead to the same place: of a list that is shorter by its filters only this script knows where that is.
// A reload forgets what is noted as late as `pagehide`, so the place is noted whenever the page has come to rest.
const note = () => history.replaceState({ top: scrollY }, "");
let resting;
addEventListener("scroll", () => {
  clearTimeout(resting);
  resting = setTimeout(note, 150);
}, { passive: true });
// The preview has put other cards in place (sitegen/preview/assets/renew.js).
addEventListener("renewed", () => {
  read();
  choose();
  show();
});
addEventListener("pagehide", () => {
  history.scrollRestoration = location.search ? "manual" : "auto";
  note();
});
if (Object.keys(wanted()).length) {
  show();
  scrollTo({ top: history.state?.top ?? scrollY, behavior: "instant" });
}

// Search and filters over the cards that the page already holds. The state stands in the address, so Back and shared links keep it.

const form = document.querySelector(".filters");
const cards = [...document.querySelectorAll(".cards > li")];
const count = document.querySelector(".listing__count [role=status]");
const empty = document.querySelector(".empty");
const clear = form.querySelector("[type=reset]");

// "Đốm" and "dom" are the same word to someone who types without marks.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const within = (range, price) => {
  const [from, to] = range.split("-").map(Number);
  return price >= from && (!to || price < to);
};

const matches = (card, wanted) =>
  Object.entries(wanted).every(([name, value]) => {
    if (name === "q") return fold(value).split(/\s+/).every((word) => card.search.includes(word));
    return name === "price" ? within(value, Number(card.price)) : card[name] === value;
  });

const wanted = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));

const show = () => {
  const choice = wanted();
  let shown = 0;
  for (const item of cards) {
    item.hidden = !matches(item.firstElementChild.dataset, choice);
    shown += !item.hidden;
  }
  const words = count.dataset[shown === 0 ? "none" : shown === 1 ? "one" : "other"];
  count.textContent = words.replace("{n}", shown);
  empty.hidden = shown > 0;
  clear.hidden = Object.keys(choice).length === 0;
  return choice;
};

const change = () => {
  const query = new URLSearchParams(show()).toString();
  history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
};

for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}
form.addEventListener("input", change);
form.addEventListener("reset", () => setTimeout(change));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.activeElement?.blur();
});
if (Object.keys(wanted()).length) show();

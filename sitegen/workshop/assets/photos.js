// Photos in the form: sent one by one as soon as they are chosen or dropped, put in order, given their focus.

const list = document.querySelector("[data-photos]");
if (list) {
  const form = document.getElementById("form"), zone = document.querySelector("[data-drop]");
  const input = document.getElementById("photos"), status = zone.querySelector("[data-status]"), words = status.dataset;
  const spare = document.querySelector("[data-photo-spare]"), phone = zone.querySelector("[data-phone]");
  const say = (text, facts) => (status.textContent = text.replace(/\{(\w+)\}/g, (_, key) => facts[key]));
  const tell = () => form.dispatchEvent(new Event("workshop:changed"));
  const field = (item, name) => item.querySelector(`[name$=".${name}"]`);
  let count = 0;

  const add = (photo) => {
    const item = spare.content.cloneNode(true).firstElementChild;
    renumber(item, `up${++count}`);
    field(item, "file").value = photo.file;
    field(item, "ref").value = photo.ref;
    const taken = field(item, "taken");
    if (taken && photo.taken) taken.value = photo.taken;
    item.querySelector("[data-name]").textContent = photo.file;
    item.querySelector("img").src = photo.thumb;
    list.append(item);
    ready(item);
    return item;
  };
  const send = async (files) => {
    for (const file of files) {
      say(words.uploading, { name: file.name });
      const body = new FormData();
      body.append("photos", file, file.name);
      try {
        const answer = await fetch("/_workshop/upload", { method: "POST", body, headers: { "X-Token": form.dataset.token } });
        const [photo] = (await answer.json()).photos;
        if (photo.mistake) say(words.failed, { name: file.name, why: photo.mistake });
        else add(photo), say(words.uploaded, { name: file.name });
      } catch {
        say(words.failed, { name: file.name, why: words.connection });
        return;
      }
    }
    tell();
  };
  // The browser's own box speaks the browser's language; the label is the owner's.
  input.classList.add("unseen");
  zone.querySelector("[data-choose]").classList.add("button");
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    await send(files);
  });
  zone.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    send([...event.dataTransfer.files]);
  });

  phone.addEventListener("click", async (event) => {
    event.preventDefault();
    const { photos } = await (await fetch("/_workshop/received")).json();
    const here = new Set([...list.querySelectorAll('[name$=".ref"]')].map((each) => each.value));
    const fresh = photos.filter((photo) => !here.has(photo.ref));
    fresh.forEach(add);
    if (fresh.length) tell();
    else open("/_workshop/phone", "_blank", "noopener");
  });

  // Order: buttons for the keyboard, dragging for the mouse.
  const place = (item) => say(words.moved, { n: [...list.children].indexOf(item) + 1 });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-photo]");
    if (!item) return;
    if (event.target.closest("button")) event.preventDefault();
    if (event.target.closest("[data-up]")) item.previousElementSibling?.before(item);
    else if (event.target.closest("[data-down]")) item.nextElementSibling?.after(item);
    else if (event.target.closest("[data-gone]")) {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      say(words.removed, {});
      (next?.querySelector("[data-gone]") ?? input).focus();
      tell();
      return;
    } else return;
    event.target.closest("button").focus();
    place(item);
    tell();
  });
  let moving = null;
  list.addEventListener("dragstart", (event) => {
    moving = event.target.closest("[data-photo]");
    event.dataTransfer.effectAllowed = "move";
    moving.classList.add("moving");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-photo]");
    if (!moving || !over || over === moving) return;
    event.preventDefault();
    const items = [...list.children];
    if (items.indexOf(over) < items.indexOf(moving)) over.before(moving);
    else over.after(moving);
  });
  list.addEventListener("dragend", () => {
    if (!moving) return;
    moving.classList.remove("moving");
    place(moving);
    moving = null;
    tell();
  });

  // The focus: a click on the picture, or the two numbers.
  const spot = (item) => {
    const [x, y] = ["focus.0", "focus.1"].map((name) => field(item, name)?.value.replace(",", "."));
    const mark = item.querySelector(".spot");
    mark.hidden = !x || !y;
    mark.style.left = `${x * 100}%`;
    mark.style.top = `${y * 100}%`;
  };
  list.addEventListener("click", (event) => {
    const look = event.target.closest("[data-focus]");
    if (!look) return;
    const item = look.closest("[data-photo]"), frame = look.getBoundingClientRect();
    const share = (at, start, size) => Math.min(1, Math.max(0, (at - start) / size)).toFixed(2);
    field(item, "focus.0").value = share(event.clientX, frame.left, frame.width);
    field(item, "focus.1").value = share(event.clientY, frame.top, frame.height);
    spot(item);
    tell();
  });
  list.addEventListener("input", (event) => {
    if (/\.focus\.\d$/.test(event.target.name)) spot(event.target.closest("[data-photo]"));
  });
  const ready = (item) => {
    spot(item);
  };
  for (const item of list.children) ready(item);
}

// The form without this script works too; with it, mistakes show while typing and the answer comes without leaving the page.
// Rules, limits and words come from functions/inquiry by the file that the form names. Nothing is stored: what was typed
// lives in the form's own fields and nowhere else.

const form = document.querySelector('form.inquiry');
const kit = await (await fetch(form.dataset.kit)).json();
const button = form.querySelector('.inquiry__submit');
const status = form.querySelector('.inquiry__status');
const touched = new Set();
const label = button.textContent;
let shown = performance.now(), submission, sent = '', busy = false;

// The page's policy lets only this one rule make a script's address, and only for an address of the page's own origin.
const trusted = globalThis.trustedTypes
  ? (rule => (url) => rule.createScriptURL(url))(trustedTypes.createPolicy('inquiry', {
    createScriptURL: (url) => {
      if (new URL(url, location).origin !== location.origin) throw new TypeError('foreign script');
      return url;
    },
  }))
  : (url) => url;
const control = (name) => form.elements[name];
const make = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text }, attributes);

/** The mistake in one field, in words, or ''. The function decides; this only saves the way there. */
function mistake(name) {
  const { limit, required, pattern, say } = kit.fields[name], box = control(name);
  if (box.type === 'checkbox') return required && !box.checked ? say.required : '';
  const text = box.value.normalize('NFC').trim();
  if (!text) return required ? say.required : '';
  if ([...text].length > limit) return say.too_long;
  return pattern && !new RegExp(pattern).test(text.normalize('NFKC')) ? say.malformed : '';
}

function mark(name, text) {
  const box = control(name), id = `inquiry-${name}-error`, error = document.getElementById(id);
  error.textContent = text;
  error.hidden = !text;
  const described = (box.getAttribute('aria-describedby') || '').split(' ').filter((each) => each && each !== id);
  if (text) described.push(id);
  box.setAttribute('aria-describedby', described.join(' '));
  text ? box.setAttribute('aria-invalid', 'true') : box.removeAttribute('aria-invalid');
}

/** Show every mistake ({ field: words }) beside its field and lead to the first one. */
function markAll(mistakes) {
  for (const name in kit.fields) mark(name, mistakes[name] || ''), touched.add(name);
  const first = Object.keys(mistakes).find((name) => kit.fields[name]);
  tell(kit.say.summary.replace('{count}', Object.keys(mistakes).length), Object.values(mistakes), true);
  (first ? control(first) : status).focus();
}

/** Announce a title and lines in the live region; `ways` are links that stand below. */
function tell(title, lines = [], wrong = false, ways = []) {
  status.classList.toggle('inquiry__status--wrong', wrong);
  status.replaceChildren(...[make('strong', title), ...lines.map((line) => make('p', line)), ...ways].filter((each) => each.textContent));
}

/** Title and message of an outcome, with phone, Zalo and a mail that is already written. */
function fail(title, message) {
  const ways = form.querySelector('.inquiry__reach')?.cloneNode(true);
  const mail = ways?.querySelector('.inquiry__way--mail');
  if (mail) {
    const lines = Object.entries(kit.fields).filter(([name]) => control(name).type !== 'checkbox' && control(name).value)
      .map(([name, { label }]) => `${label}: ${control(name).value}`);
    const puppy = control('puppy')?.value.split(' | ')[0];
    const body = [...[...lines, puppy].filter(Boolean).join('\r\n')].slice(0, 1200).join('');
    mail.href = `mailto:${kit.email}?subject=${encodeURIComponent(kit.say.subject)}&body=${encodeURIComponent(body)}`;
  }
  tell(title, [message], true, ways ? [ways] : []);
  status.focus();
}

const solve = (puzzle) => new Promise((resolve, reject) => {
  const worker = new Worker(trusted(form.dataset.puzzle));
  worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
  worker.onerror = reject;
  worker.postMessage(puzzle);
});

async function post(answers) {
  const reply = await fetch(form.action, {
    method: 'POST', body: JSON.stringify(answers),
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    signal: AbortSignal.timeout?.(30000),
  });
  return [reply.status, await reply.json()];
}

/** Send what is in the form and show what became of it; return whether it was accepted. */
async function send() {
  const answers = Object.fromEntries(new FormData(form));
  // The same words again are the same submission, however often they are sent; other words are another one.
  const content = JSON.stringify(answers);
  if (content !== sent) [sent, submission] = [content, [...crypto.getRandomValues(new Uint32Array(4))].join('-')];
  answers.submission = submission;
  answers.elapsed = String(Math.round(performance.now() - shown));
  let [code, told] = await post(answers);
  if (code === 428) {
    tell(kit.say.checking);
    const solution = await solve(told.puzzle).catch(() => '');
    [code, told] = await post({ ...answers, puzzle: told.puzzle.token, solution });
  }
  // A browser that cannot solve it sends the form as if there were no script: a person gets a page to look through.
  if (code === 428) return form.submit(), true;
  if (told.accepted) {
    tell(kit.say.accepted);
    form.reset();
    location.assign(kit.thanks + encodeURIComponent(told.reference));
  } else if (told.errors) {
    markAll(Object.fromEntries(told.errors.map(({ field, message }) => [field, message])));
  } else fail(told.title, told.message);
  return told.accepted;
}

function work(on) {
  busy = on;
  on ? button.setAttribute('aria-disabled', 'true') : button.removeAttribute('aria-disabled');
  button.textContent = on ? kit.say.sending : label;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (busy) return;
  const mistakes = Object.fromEntries(Object.keys(kit.fields).map((name) => [name, mistake(name)]).filter(([, text]) => text));
  if (Object.keys(mistakes).length) return markAll(mistakes);
  work(true);
  tell(kit.say.sending);
  try {
    work(await send()); // until the thank-you page has come, nothing can be sent twice
  } catch {
    work(false);
    // No answer came, so nobody knows whether the request did; offline it certainly did not.
    fail(...kit.say[navigator.onLine ? 'unknown' : 'not_sent']);
  }
});

// A field is judged when it is left for the first time, and from then on at every key.
for (const kind of ['focusout', 'input', 'change']) {
  form.addEventListener(kind, ({ target: { name } }) => {
    if (!kit.fields[name] || (kind === 'focusout' && !control(name).value)) return;
    if (kind === 'focusout') touched.add(name);
    if (touched.has(name)) mark(name, mistake(name));
  });
}

// Asked when somebody begins to write, or has begun before this script was here: can mail be sent now? If not, phone and
// Zalo come first.
const ask = async () => {
  const told = await fetch(form.action, { headers: { Accept: 'application/json' } }).then((reply) => reply.json()).catch(() => ({}));
  const reach = form.querySelector('.inquiry__reach');
  if (told.available !== false || !reach) return;
  reach.firstElementChild.textContent = kit.say.unavailable;
  form.prepend(reach);
};
if (form.contains(document.activeElement)) ask();
else form.addEventListener('focusin', ask, { once: true });

// Back from the thank-you page the form is empty and a new inquiry begins.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  [shown, sent] = [performance.now(), ''];
  work(false);
  tell('');
});

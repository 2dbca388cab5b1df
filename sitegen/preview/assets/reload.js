// Live reload in livereload's own protocol. Each page says which version of itself it shows; the server answers `reload`
// when there is another one, so that a save between two connections is never missed and untouched pages stay as they are.
import { hush, tell } from './mistakes.js';
import { renew } from './renew.js';

const script = document.querySelector('script[data-version]');
const address = `ws://${location.host}/_preview/live`;
const MISTAKES = 500; // the status of the page that tells of them
let pause = 100, socket, turn = Promise.resolve();
let served = look(), seen = script.dataset.version; // or what lies over it

const say = (message) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));
const policy = (version) => version.split('-')[0];
const introduce = () => say({ command: 'info', url: location.href, version: seen });

function connect() {
  socket = new WebSocket(address);
  socket.onopen = () => {
    pause = 100;
    say({ command: 'hello', protocols: ['http://livereload.com/protocols/official-7'] });
    introduce();
  };
  socket.onmessage = (event) => {
    const { command, path, version, status } = JSON.parse(event.data);
    if (command !== 'reload') return;
    if (path !== decodeURIComponent(location.pathname)) location.replace(encodeURI(path));
    // Another policy (as with another style) comes only with a new document; mistakes come without.
    else if (status !== MISTAKES && policy(version) !== policy(script.dataset.version)) location.reload();
    else turn = turn.then(update).catch(() => location.reload());
  };
  // The preview was stopped: it may be started again, and then this page wants to know.
  socket.onclose = () => setTimeout(connect, (pause = Math.min(pause * 2, 2000)));
}

/** The page as it is served now: { page, version, status }. Only this way of fetching makes a document of a text under the
    page's own policy (trusted types); its scripts do not run. */
async function look() {
  const request = new XMLHttpRequest();
  request.open('GET', location.pathname);
  request.responseType = 'document';
  request.setRequestHeader('Cache-Control', 'no-cache'); // not what another page has prefetched before the save
  // A page of another policy will be loaded, and not be taken apart under this one, which it would break with its style.
  request.onreadystatechange = () => {
    const { readyState, HEADERS_RECEIVED, status } = request;
    const comes = () => policy(request.getResponseHeader('Preview-Version') ?? '');
    if (readyState === HEADERS_RECEIVED && status !== MISTAKES && comes() !== policy(script.dataset.version)) request.abort();
  };
  request.send();
  await new Promise((done) => { request.onloadend = done; });
  const page = request.response, own = page?.querySelector('script[data-version]'), version = own?.dataset.version;
  // Two versions differ in this, of course: it does not count.
  own?.removeAttribute('data-version');
  return { page, version, status: request.status };
}

async function update() {
  const was = await served, is = await look();
  const mine = script.dataset.version, known = is.version && was.version === mine;
  // A page is covered by mistakes; a page of mistakes becomes the next one.
  if (is.status === MISTAKES && was.status !== MISTAKES) await tell(is.page);
  else if (!known || policy(is.version) !== policy(mine) || !(await renew(was.page, is.page))) return location.reload();
  else {
    script.dataset.version = is.version;
    served = is;
    hush();
  }
  seen = is.version;
  introduce();
}

connect();

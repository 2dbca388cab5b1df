// Lays the mistakes over the page that is open, which stays as it is beneath them: what has been typed into it, and where
// one was. In a shadow tree, so that the shop's style and the preview's do not meet; its style is a sheet made here, for the
// page's policy allows no other.

const sheet = new CSSStyleSheet();
let layer;

/** Show what a page of mistakes tells, over the document; instead of what was shown before. */
export async function tell(page) {
  sheet.replaceSync(await (await fetch('/_preview/preview.css')).text());
  hush();
  const host = document.createElement('div');
  host.lang = page.documentElement.lang;
  host.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
  layer = document.createElement('dialog');
  layer.ariaLabel = page.title;
  layer.append(document.importNode(page.querySelector('main'), true));
  // Read from its beginning, not from what can be unfolded or pressed at its end.
  Object.assign(layer.querySelector('h1'), { tabIndex: -1, autofocus: true });
  for (const way of layer.querySelectorAll('form[hidden]')) way.hidden = false;
  host.shadowRoot.append(layer);
  document.documentElement.append(host);
  layer.showModal();
}

/** Show the page again, if it is covered; who was typing can go on. */
export function hush() {
  layer?.close();
  layer?.getRootNode().host.remove();
  layer = undefined;
}

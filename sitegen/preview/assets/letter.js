// As high as the letter: a mail program shows no second scroll bar. The letter itself runs no scripts.
const frame = document.querySelector('iframe');

function fit() {
  const page = frame?.contentDocument?.documentElement;
  if (page) frame.style.height = `${page.scrollHeight + 8}px`;
}

frame?.addEventListener('load', fit);
addEventListener('resize', fit);
fit();

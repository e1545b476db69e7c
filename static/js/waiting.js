// Shows what the worker has finished without a reload: asks for the same page while something on it is being made.
const EVERY = 3000;
const MOST = 40;

const part = () => document.querySelector("[data-making]");

async function look(turn) {
  const shown = part();
  if (!shown || turn > MOST) return;
  if (!document.hidden) {
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (answer && answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-documents]");
      const old = document.querySelector("[data-documents]");
      const busy = old && old.contains(document.activeElement);
      if (fresh && old && !busy) old.replaceWith(document.importNode(fresh, true));
      if (!page.querySelector("[data-making]")) {
        const said = document.querySelector("[data-documents-said]");
        if (said) said.textContent = said.dataset.documentsSaid;
        if (!busy) return;
      }
    }
  }
  setTimeout(look, EVERY, turn + 1);
}

if (part()) setTimeout(look, EVERY, 1);

/* What all screens of a board share: asking whether something is new, and drawing again what is. */
const SEEN_MS = 1500;
const HIDDEN_MS = 15000;
const LONGEST_MS = 30000;
export const JSON_ONLY = { Accept: "application/json" };

/* Asks for ever: often while somebody looks, seldom while nobody does, ever more seldom while there is no network. */
export function watch(url, revision, onNews, onAnswer = () => {}) {
  let known = revision;
  let failed = 0;
  let timer = 0;
  let asking = false;

  async function ask() {
    clearTimeout(timer);
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch(`${url}?since=${known}`, { headers: JSON_ONLY, cache: "no-store" });
      if (answer.status === 200) {
        const state = await answer.json();
        await onNews(state);
        known = state.revision;
      } else if (answer.status !== 204) throw new Error(answer.status);
      failed = 0;
      onAnswer();
    } catch {
      failed += 1;
    }
    asking = false;
    const pause = document.hidden ? HIDDEN_MS : Math.min(SEEN_MS * 2 ** Math.min(failed, 6), LONGEST_MS);
    timer = setTimeout(ask, pause * (0.9 + Math.random() * 0.1));
  }

  document.addEventListener("visibilitychange", () => document.hidden || ask());
  addEventListener("online", () => {
    failed = 0;
    ask();
  });
  timer = setTimeout(ask, SEEN_MS * Math.random());
  return ask;
}

/* Fetches this page and replaces those parts that read otherwise; who stands on a card stays on it. */
export async function redraw(wanted = () => true) {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const fresh of page.querySelectorAll("[data-part]")) {
    const old = document.querySelector(`[data-part="${fresh.dataset.part}"]`);
    if (!old || !wanted(old, fresh) || old.isEqualNode(fresh)) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement.closest("[id]")?.id : null;
    const opened = [...old.querySelectorAll("details[open]")].length > 0;
    old.replaceWith(document.adoptNode(fresh));
    if (opened) fresh.querySelector("details")?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
  document.dispatchEvent(new Event("redrawn"));
}

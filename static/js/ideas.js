/* While somebody types <input data-similar="address">, shows below it which ideas resemble theirs. The answer is a
   piece of our own page; without this script the form shows it when it is drawn again. */
const PAUSE = 350;
const SHORTEST = 4;

function watch(input) {
  const place = document.getElementById("similar");
  let timer = 0;
  let asked = input.value.trim();
  let running = null;

  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    running?.abort();
    if (typed.length < SHORTEST) return place.replaceChildren();
    running = new AbortController();
    const address = `${input.dataset.similar}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(address, { signal: running.signal, credentials: "omit" }).catch(() => null);
    if (!answer?.ok || typed !== asked) return;
    const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (piece.body.textContent.trim() === place.textContent.trim()) return;
    place.replaceChildren(...piece.body.children);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

document.querySelectorAll("input[data-similar]").forEach(watch);

/* A phone on a board: cards that cannot be sent now are kept, and go out once, with the same key, when they can. */
import { JSON_ONLY, redraw, watch } from "./board.js";

const phone = document.querySelector("[data-phone]");
const STORE = `board-${phone.dataset.code}`;
const RETRY_MS = 4000;
const AGAIN_MS = 1000;
const TRIES = 4;
const KEPT_FOR_MS = 14 * 24 * 3600e3;
let memory = [];
let sending = false;
let retry = 0;

/* Where the browser keeps nothing (private windows), the page itself remembers. */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(STORE) || "[]").filter((card) => !(Date.now() - card.at > KEPT_FOR_MS));
  } catch {
    return memory;
  }
}

function keep(cards) {
  memory = cards;
  try {
    if (cards.length) localStorage.setItem(STORE, JSON.stringify(cards));
    else localStorage.removeItem(STORE);
  } catch { /* the page remembers */ }
  show();
}

function change(key, fields) {
  keep(kept().map((card) => (card.key === key ? { ...card, ...fields } : card)));
}

const drop = (key) => keep(kept().filter((card) => card.key !== key));

/* What went wrong is for every eye; what went well can be seen anyway, and is only read aloud. */
function say(text, isProblem = false) {
  const said = document.querySelector("[data-said]");
  said.classList.toggle("kern-sr-only", !isProblem);
  said.classList.toggle("phone__said", isProblem);
  said.textContent = text;
}

/* A dot is set or taken away once however often it is sent, so a full or failing line is simply tried again. */
async function press(url) {
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(url, { method: "POST", headers: JSON_ONLY }).catch(() => null);
    if ((answer && answer.status < 500) || tries === TRIES) return answer;
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}

const part = (name) => phone.querySelector(`[data-part="${name}"]`);

function show() {
  let list = phone.querySelector("[data-waiting]");
  if (!list) {
    list = document.createElement("ul");
    list.className = "waiting";
    list.dataset.waiting = "";
    part("cards").before(list);
  }
  list.replaceChildren(...kept().map(slip));
  list.hidden = !list.children.length;
}

function slip(card) {
  const item = phone.querySelector("[data-slip]").content.firstElementChild.cloneNode(true);
  item.querySelector("[data-text]").textContent = card.text;
  if (card.problem) item.querySelector("[data-note]").textContent = card.problem;
  else if (card.failed) item.querySelector("[data-note]").textContent = phone.dataset.saved;
  item.querySelector("[data-tools]").hidden = !card.problem;
  item.querySelector("[data-again]").onclick = () => {
    change(card.key, { problem: "" });
    flush();
  };
  item.querySelector("[data-drop]").onclick = () => drop(card.key);
  return item;
}

/* Sends one after the other; two windows at once are no harm, because the key makes it one card. */
async function flush() {
  clearTimeout(retry);
  if (sending) return;
  sending = true;
  let sent = 0;
  for (let card; (card = kept().find((each) => !each.problem)); ) {
    const body = new URLSearchParams({ text: card.text, form_key: card.key });
    try {
      const answer = await fetch(card.url, { method: "POST", headers: JSON_ONLY, body });
      if (answer.ok) {
        sent += 1;
        drop(card.key);
      } else if (answer.status === 422) change(card.key, { problem: (await answer.json()).problem });
      else throw new Error(answer.status);
    } catch {
      change(card.key, { failed: true });
      retry = setTimeout(flush, RETRY_MS);
      break;
    }
  }
  sending = false;
  if (sent) await fresh().catch(() => {});
}

/* The form is replaced only with the step of the board: nobody loses what they are typing. */
function fresh() {
  return redraw((old, now) => old.dataset.part !== "phase" || old.dataset.shown !== now.dataset.shown);
}

document.addEventListener("redrawn", () => {
  for (const mine of phone.querySelectorAll("[data-key]")) {
    if (kept().some((card) => card.key === mine.dataset.key)) drop(mine.dataset.key);
  }
  show();
});

phone.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-send]")) {
    event.preventDefault();
    const field = form.elements.text;
    const text = field.value.trim();
    if (!text) return field.focus();
    const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0"));
    keep([...kept(), { key: key.join(""), text, url: phone.dataset.url, at: Date.now() }]);
    field.value = "";
    field.focus();
    flush();
  } else if (form.matches("[data-quiet]")) {
    event.preventDefault();
    const answer = await press(form.action);
    if (answer?.status === 422) say((await answer.json()).problem, true);
    else if (!answer?.ok) say(phone.dataset.lost, true);
    await fresh().catch(() => {});
    if (answer?.ok) say(phone.querySelector("[data-left]")?.textContent ?? "");
  }
});

watch(
  phone.dataset.state,
  phone.dataset.revision,
  (state) => (state.shown === part("cards").dataset.shown ? null : fresh()),
  () => kept().some((card) => !card.problem) && flush(),
);
show();
flush();

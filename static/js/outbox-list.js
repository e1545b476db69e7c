/* Shows what waits on this device: as a list where a page has room for it, and as a number beside “My desk”. */
import { flush } from "./outbox-send.js";
import { entries, facts, keepFacts, onChange, remove } from "./outbox-store.js";

const words = document.querySelector("[data-outbox]");
const box = document.querySelector("[data-outbox-list]");
const AGAIN_MS = 30000, FRESH_MS = 600000;
let lastSaid = "";

export const person = async () => words.dataset.person || (await facts())?.person;

function button(text, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "link-button", textContent: text });
  made.addEventListener("click", act);
  return made;
}

/* Without a network and without room on this device there is only the page itself. */
export function cannotKeep(form) {
  const said = form.querySelector("[data-cannot-keep]") ?? document.createElement("p");
  Object.assign(said, { className: "notice notice--danger", textContent: words.dataset.noRoom });
  Object.assign(said.dataset, { cannotKeep: "" });
  said.setAttribute("role", "alert");
  form.append(said);
  said.scrollIntoView({ block: "center" });
}

function line(entry) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  title.append(`${words.dataset[entry.kind]}: `, Object.assign(document.createElement("bdi"), { textContent: entry.title }));
  const state = document.createElement("p");
  state.className = entry.state === "refused" ? "outbox__problem" : "muted";
  state.textContent = entry.state === "refused" ? `${words.dataset.notSent} ${entry.problem}` : words.dataset[entry.state];
  const open = document.createElement("a");
  Object.assign(open, { href: `${words.dataset.write}#entry=${entry.id}`, textContent: words.dataset.open });
  const acts = document.createElement("div");
  acts.className = "outbox__acts";
  /* Whether it arrived is not known: it is sent as it is first, and can be changed when the server has it not. */
  if (entry.state !== "unknown" && entry.state !== "sending") acts.append(open);
  acts.append(button(words.dataset.now, () => send(entry.id)), button(words.dataset.drop, () => {
    if (confirm(words.dataset.sure)) remove(entry.id);
  }));
  item.append(title, state, acts);
  return item;
}

function count(number) {
  const link = document.querySelector(`.nav a[href$="${words.dataset.desk}"]`);
  let badge = link?.querySelector(".outbox-count");
  if (link && number && !badge) {
    badge = document.createElement("span");
    badge.className = "outbox-count";
    link.append(" ", badge);
  }
  if (badge) {
    badge.textContent = number || "";
    badge.title = number ? words.dataset.title : "";
    badge.hidden = !number;
  }
  if (number) navigator.setAppBadge?.(number).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
}

async function draw() {
  const mine = await entries(await person());
  count(mine.length);
  if (!box) return;
  box.querySelector("ul").replaceChildren(...mine.map(line));
  const said = box.querySelector("[role=status]");
  said.textContent = lastSaid;
  if (lastSaid === words.dataset.signedOut) {
    said.append(" ", Object.assign(document.createElement("a"), { href: words.dataset.signIn, textContent: words.dataset.signInWords }));
  }
  box.hidden = !mine.length && !lastSaid;
}

async function send(only) {
  for (const [result, entry] of await flush(only)) {
    if (result === "sent") lastSaid = words.dataset.sent.replace("{title}", `\u2068${entry.title}\u2069`);
    else lastSaid = result === "refused" ? "" : words.dataset[result === "signed-out" ? "signedOut" : result] ?? "";
  }
  await draw();
}

async function sendWhatWaits() {
  const mine = await entries(await person());
  const isDue = (each) => each.state !== "refused" && !(each.again > Date.now());
  if (navigator.onLine && mine.some(isDue)) await send();
}

async function refresh() {
  const known = await facts();
  if (known?.person === words.dataset.person && Date.now() - known.at < FRESH_MS) return;
  const answer = await fetch(words.dataset.mine, { redirect: "error" });
  if (answer.ok) await keepFacts(await answer.json());
}

export async function begin() {
  onChange(draw);
  addEventListener("online", sendWhatWaits);
  setInterval(sendWhatWaits, AGAIN_MS);
  await draw();
  await sendWhatWaits();
  if (words.dataset.person && navigator.onLine) await refresh();
}

/* Sends what waits, once: one page of this browser at a time, with the key the form was drawn with (the server carries a
   key out once), with a fresh mark of the session, and only for the person who wrote it. */
import { entries, entry as find, put, remove } from "./outbox-store.js";

const words = document.querySelector("[data-outbox]");
const SENDING_MS = 90000;

async function whoIsHere() {
  const answer = await fetch(words.dataset.token, { cache: "no-store" });
  if (!answer.ok) throw new TypeError("not now");
  return answer.json();
}

function body(entry, token) {
  const data = new FormData();
  data.set("csrf_token", token);
  for (const [name, value] of entry.fields) data.append(name, value);
  return data;
}

/* The sentences of a form that was refused, as its page says them. */
async function problemOf(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = [...page.querySelectorAll("main .notice--danger li, main .kern-error .kern-body")];
  return [...new Set(said.map((each) => each.textContent.trim()))].join(" ") || words.dataset.refused;
}

const isSignIn = (answer) => new URL(answer.url).pathname.endsWith("/sign-in");

async function send(entry, token) {
  await put({ ...entry, state: "sending", isPosted: false, tried: Date.now() });
  let answer;
  try {
    answer = await fetch(entry.action, { method: "POST", body: body(entry, token) });
  } catch {
    await put({ ...entry, state: "unknown" });
    return "offline";
  }
  if (isSignIn(answer)) {
    await put({ ...entry, state: "waiting" });
    return "signed-out";
  }
  if (answer.redirected && answer.ok) {
    await remove(entry.id);
    return "sent";
  }
  if (answer.status >= 500 || answer.status === 429 || answer.status === 400) {
    await put({ ...entry, state: answer.status >= 500 ? "unknown" : "waiting" });
    return "later";
  }
  await put({ ...entry, state: "refused", problem: answer.status === 422 ? await problemOf(answer) : words.dataset.refused });
  return "refused";
}

/* Whoever holds the lock knows that no other page sends; only a form that was just posted itself may be under way. */
const isFree = (entry) => !(entry.state === "sending" && entry.isPosted && Date.now() - entry.tried < SENDING_MS);

async function sendAll(only) {
  const here = await whoIsHere().catch(() => null);
  if (!here) return [["offline"]];
  if (!here.person) return [["signed-out"]];
  const done = [];
  for (const each of await entries(here.person)) {
    const isWanted = only ? each.id === only : each.state !== "refused";
    const now = isWanted && isFree(each) && await find(each.id);
    if (!now) continue;
    const result = await send(now, here.token);
    done.push([result, now]);
    if (result === "offline" || result === "signed-out") break;
  }
  return done;
}

/* Returns what became of each: [result, entry]. */
export function flush(only) {
  const work = () => sendAll(only);
  return navigator.locks ? navigator.locks.request("outbox", work) : work();
}

/* Sends what waits, once: one page of this browser at a time, with the key the form was drawn with (the server carries a
   key out once), with a fresh mark of the session, and only for the person who wrote it. */
import { entries, entry as find, put, remove } from "./outbox-store.js";

const words = document.querySelector("[data-outbox]");
const SENDING_MS = 90000, HANGS_MS = 300000, PAUSE_MS = 30000, LONGEST_PAUSE_MS = 3600e3, MOST_ASTRAY = 6;

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

const pageOf = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

/* The sentences of a form that was refused, as its page says them. */
async function problemOf(answer) {
  const page = await pageOf(answer);
  const said = [...page.querySelectorAll("main .notice--danger li, main .kern-error .kern-body")];
  return [...new Set(said.map((each) => each.textContent.trim()))].join(" ") || words.dataset.refused;
}

const isSignIn = (answer) => new URL(answer.url).pathname.endsWith("/sign-in");

/* It has arrived when the page that follows says so; a page that asks for something else first has not taken it. */
const hasArrived = async (answer) => answer.redirected && Boolean((await pageOf(answer)).querySelector(".flash--success"));

/* Tried again by itself, after a pause that grows: photos are much for a phone's contract. */
async function putOff(entry, state) {
  const turns = (entry.turns ?? 0) + 1;
  await put({ ...entry, state, turns, again: Date.now() + Math.min(PAUSE_MS * 2 ** (turns - 1), LONGEST_PAUSE_MS) });
  return "later";
}

async function send(entry, token) {
  await put({ ...entry, state: "sending", isPosted: false, tried: Date.now() });
  let answer;
  try {
    answer = await fetch(entry.action, { method: "POST", body: body(entry, token), signal: AbortSignal.timeout?.(HANGS_MS) });
  } catch {
    await put({ ...entry, state: "unknown" });
    return "offline";
  }
  if (isSignIn(answer)) {
    await put({ ...entry, state: "waiting" });
    return "signed-out";
  }
  if (await hasArrived(answer.clone()).catch(() => false)) {
    await remove(entry.id);
    return "sent";
  }
  const isAstray = answer.redirected && (entry.turns ?? 0) < MOST_ASTRAY;
  if (answer.status >= 500 || isAstray) return putOff(entry, "unknown");
  if (answer.status === 429 || answer.status === 400) return putOff(entry, "waiting");
  await put({ ...entry, state: "refused", problem: answer.status === 422 ? await problemOf(answer) : words.dataset.refused });
  return "refused";
}

/* Whoever holds the lock knows that no other page sends; only a form that was just posted itself may be under way. */
const isFree = (entry) => !(entry.state === "sending" && entry.isPosted && Date.now() - entry.tried < SENDING_MS);

/* An entry is sent or changed, never both at once: what is open to be changed waits, also in another page. */
export const alone = (id, act) => (navigator.locks
  ? navigator.locks.request(`outbox-${id}`, { ifAvailable: true }, (lock) => lock && act()) : act());

async function sendAll(only) {
  const here = await whoIsHere().catch(() => null);
  if (!here) return [["offline"]];
  if (!here.person) return [["signed-out"]];
  const done = [];
  for (const each of await entries(here.person)) {
    const isWanted = only ? each.id === only : each.state !== "refused" && !(each.again > Date.now());
    if (!isWanted) continue;
    const [result, now] = await alone(each.id, async () => {
      const still = await find(each.id);
      return still && isFree(still) ? [await send(still, here.token), still] : [];
    }) ?? [];
    if (!result) continue;
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

/* On pages of people who are signed in: a form with data-outbox is kept with its files before it is sent, so that a
   network that goes in the middle takes nothing; without a network it waits here. Signing out clears all of it. */
import { leave } from "./leave.js";
import { begin, cannotKeep, person } from "./outbox-list.js";
import { flush } from "./outbox-send.js";
import { entries, entry as find, put, remove } from "./outbox-store.js";
import { fill, filled } from "./outbox-fields.js";

const SENT = "outbox-sent", STORING_MS = 10000, LEAVING_MS = 10000;
const words = document.querySelector("[data-outbox]");

/* The page that came after a form was sent says what became of it: done, or refused with the form drawn again. */
async function settle() {
  const id = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const sent = id && await find(id);
  if (!sent) return;
  const isAnswer = document.referrer === sent.from && sent.person === words.dataset.person; // and not that of a sign-in
  if (isAnswer && document.querySelector(".flash--success")) return await remove(id);
  const form = [...document.querySelectorAll("form[data-outbox-kind]")].find((each) => each.elements.form_key.value === id);
  if (!form) return await put({ ...sent, state: "unknown" });
  fill(form, sent.fields, (input) => input.matches("[data-photos]"));
  document.querySelector("[data-lost-photos]")?.remove();
  const problem = [...document.querySelectorAll(".notice--danger li")].map((each) => each.textContent.trim()).join(" ");
  await put({ ...sent, state: "refused", problem: problem || words.dataset.refused });
}

async function keep(form, state) {
  const { outboxKind: kind, outboxTitle: title } = form.dataset;
  const fields = filled(form);
  const id = form.elements.form_key.value;
  await put({
    id, kind, title, fields, state, isPosted: state === "sending", person: await person(),
    action: form.getAttribute("action"), from: location.href.split("#")[0], at: Date.now(), tried: Date.now(),
  });
  return id;
}

/* Some browsers never answer when asked to store something, and some lines hang. */
const inTime = (work, most) => Promise.race([work, new Promise((_done, failed) => setTimeout(failed, most))]);

/* A form that is just being sent cannot be sent: browsers pass over it until all have heard of the first time. */
async function sendNow(form, submitter) {
  await new Promise((done) => setTimeout(done));
  form.requestSubmit(submitter);
}

function show(form) {
  try { localStorage.removeItem(`draft:${words.dataset.person}:${form.dataset.draft}`); } catch { /* none was kept */ }
  delete form.dataset.draft;
  const note = document.createElement("div");
  note.className = "notice notice--info";
  note.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words.dataset.kept;
  const link = document.createElement("a");
  Object.assign(link, { href: `${words.dataset.write}#waiting`, textContent: words.dataset.title });
  note.append(text, link);
  form.replaceWith(note);
  note.scrollIntoView({ block: "center" });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-outbox-kind]:not(:has([data-private]))") || form.dataset.stored || event.submitter?.name) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const isOff = !navigator.onLine;
  try {
    const id = await inTime(keep(form, isOff ? "waiting" : "sending"), STORING_MS);
    if (isOff) return show(form);
    sessionStorage.setItem(SENT, id);
  } catch { // the browser keeps nothing: with a network the form is sent as on any other page, without one it stays as it is
    if (isOff) return cannotKeep(form);
  }
  form.dataset.stored = "yes";
  await sendNow(form, event.submitter);
}, true);
addEventListener("pageshow", () => document.querySelectorAll("form[data-stored]").forEach((form) => delete form.dataset.stored));

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.action.endsWith("/sign-out") || event.defaultPrevented || form.dataset.cleared) return;
  event.preventDefault();
  const mine = await person().then(entries).catch(() => []);
  if (mine.length && navigator.onLine) await inTime(flush(), LEAVING_MS).catch(() => {});
  const left = mine.length ? await person().then(entries).catch(() => mine) : [];
  if (left.length && !confirm(words.dataset.losing)) return;
  await inTime(leave(), 1500).catch(() => {});
  form.dataset.cleared = "yes";
  delete form.dataset.sending;
  await sendNow(form);
});

if (words && "indexedDB" in window) settle().catch(() => {}).then(begin).catch(() => {});

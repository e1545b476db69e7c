/* On pages of people who are signed in: a form with data-outbox is kept with its files before it is sent, so that a
   network that goes in the middle takes nothing; without a network it waits here. Signing out clears all of it. */
import { leave } from "./leave.js";
import { begin, person } from "./outbox-list.js";
import { flush } from "./outbox-send.js";
import { entries, entry as find, put, remove } from "./outbox-store.js";
import { fill, filled } from "./outbox-fields.js";

const SENT = "outbox-sent";
const words = document.querySelector("[data-outbox]");

/* The page that came after a form was sent says what became of it: done, or refused with the form drawn again. */
async function settle() {
  const id = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const sent = id && await find(id);
  if (!sent) return;
  if (document.querySelector(".flash--success")) return await remove(id);
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
    action: form.getAttribute("action"), at: Date.now(), tried: Date.now(),
  });
  return id;
}

function show(form) {
  if (form.dataset.draft) localStorage.removeItem(`draft:${form.dataset.draft}`);
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
  if (!form.matches("form[data-outbox-kind]") || form.dataset.stored || event.submitter?.name) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const isOff = !navigator.onLine;
  try {
    sessionStorage.setItem(SENT, await keep(form, isOff ? "waiting" : "sending"));
    if (isOff) {
      sessionStorage.removeItem(SENT);
      return show(form);
    }
  } catch { /* The browser keeps nothing: the form is sent as on any other page. */ }
  form.dataset.stored = "yes";
  form.requestSubmit(event.submitter);
}, true);
addEventListener("pageshow", () => document.querySelectorAll("form[data-stored]").forEach((form) => delete form.dataset.stored));

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.action.endsWith("/sign-out") || event.defaultPrevented || form.dataset.cleared) return;
  event.preventDefault();
  const mine = await person().then(entries).catch(() => []);
  if (mine.length && navigator.onLine) await flush().catch(() => {});
  const left = mine.length ? await person().then(entries) : [];
  if (left.length && !confirm(words.dataset.losing)) return;
  await Promise.race([leave(), new Promise((done) => setTimeout(done, 1500))]);
  form.dataset.cleared = "yes";
  delete form.dataset.sending;
  form.requestSubmit();
});

if (words && "indexedDB" in window) settle().catch(() => {}).then(begin).catch(() => {});

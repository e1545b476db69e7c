/* Writing without a network: what this person can write about stands on their device; the form, once filled in, waits
   there too. An entry that waits or was refused is opened here again, with everything in it. */
import { begin, cannotKeep, person } from "./outbox-list.js";
import { alone } from "./outbox-send.js";
import { fill, filled } from "./outbox-fields.js";
import { entry as find, facts, put } from "./outbox-store.js";

const words = document.querySelector("[data-outbox]");
const choice = document.querySelector("[data-write-what]");
const place = document.querySelector("[data-write-form]");
const none = document.querySelector("[data-write-none]");
let held; // the entry that is open here

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

const what = (project) => [
  ...project.milestones.map((each) => ({ kind: "report", title: each.title, action: each.report })),
  ...(project.news ? [{ kind: "news", title: project.title, action: project.news }] : []),
  ...(project.receipt ? [{ kind: "receipt", title: project.title, action: project.receipt, lines: project.lines }] : []),
];

function offer(projects) {
  for (const project of projects) {
    const group = document.createElement("optgroup");
    group.label = project.title;
    for (const each of what(project)) {
      const option = new Option(`${words.dataset[each.kind]}${each.kind === "report" ? `: ${each.title}` : ""}`, each.action);
      option.about = each;
      group.append(option);
    }
    if (group.children.length) choice.append(group);
  }
}

function offerLines(form, lines = []) {
  const select = form.querySelector("[name=line_id]");
  select?.append(...lines.map(([value, text]) => new Option(text, value)));
}

function draw(about, kept) {
  const form = document.querySelector(`template[data-kind=${about.kind}]`).content.firstElementChild.cloneNode(true);
  form.setAttribute("action", about.action);
  offerLines(form, about.lines);
  const title = form.querySelector("[data-write-title]");
  title.textContent = about.title;
  form.elements.form_key.value = newKey();
  if (kept?.problem) {
    const said = form.querySelector("[data-write-problem]");
    said.textContent = `${words.dataset.notSent} ${kept.problem}`;
    said.hidden = false;
  }
  const today = new Date().toLocaleDateString("sv"); // the page was drawn on another day
  for (const day of form.querySelectorAll("[type=date][max]")) day.max = today;
  place.replaceChildren(form);
  if (kept) fill(form, kept.fields);
  else form.querySelector("[type=date]").value = today;
  form.addEventListener("submit", (event) => save(event, form, about));
}

async function save(event, form, about) {
  event.preventDefault();
  if (!form.reportValidity()) return;
  const id = form.elements.form_key.value;
  const { kind, title, action, lines } = about;
  const entry = { id, kind, title, action, lines, fields: filled(form), state: "waiting", at: Date.now() };
  try {
    await put({ ...entry, person: await person() });
  } catch {
    return cannotKeep(form);
  }
  await letGo();
  const note = document.createElement("p");
  Object.assign(note, { className: "notice", textContent: words.dataset.kept, tabIndex: -1 });
  place.replaceChildren(note);
  choice.value = location.hash = "";
  note.focus();
  if (navigator.onLine) dispatchEvent(new Event("online"));
}

async function letGo() {
  held?.release();
  await held?.over;
  held = undefined;
}

/* While an entry is open it is not sent: what is sent meanwhile would not hold what was changed. */
async function openAsked() {
  await letGo();
  const [, id] = /^#entry=([\w-]+)$/.exec(location.hash) ?? [];
  if (!id) return;
  await new Promise((opened) => {
    const over = alone(id, async () => {
      if (!await open(id)) return;
      const closed = new Promise((release) => { held = { release, over }; });
      opened();
      await closed;
    }).catch(() => {}).finally(opened);
  });
}

async function open(id) {
  const kept = await find(id);
  if (!kept || kept.person !== await person()) return false;
  const about = [...choice.options].map((each) => each.about).find((each) => each?.action === kept.action);
  draw({ lines: about?.lines, ...kept }, kept);
  return true;
}

async function start() {
  const mine = await facts().catch(() => null);
  const isMine = mine && (!words.dataset.person || words.dataset.person === mine.person);
  offer(isMine ? mine.projects : []);
  none.hidden = choice.options.length > 1;
  choice.closest("[data-write-choice]").hidden = choice.options.length < 2;
  choice.addEventListener("change", async () => {
    await letGo();
    const { about } = choice.selectedOptions[0];
    if (about) draw(about);
  });
  addEventListener("hashchange", openAsked);
  await openAsked();
}

start().catch(() => {});
begin().catch(() => {});

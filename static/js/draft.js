/* What is typed into <form data-draft="name"> stays in this browser until it has arrived, for two weeks at most.
   Passwords, files, what the server calls private (addresses, accounts, codes, needs, confidential notes) and hidden
   fields are never kept, except the version the form was drawn from: with it a text put back later cannot overwrite
   unseen what somebody else saved meanwhile. It is put back only for whoever typed it: the next one on a shared device
   does not see it. Signing out throws every draft away. */
const PREFIX = "draft:";
const PAUSE_MS = 300;
const KEPT_FOR_MS = 14 * 24 * 3600 * 1000;
const TYPED = "input:not([type=password], [type=email], [type=file], [type=hidden], [type=submit], [data-private]), "
  + "textarea:not([data-private]), select:not([data-private]), input[name=version]";

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    /* The browser keeps nothing, or has no room: then typing is as safe as on any other page. */
  }
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function typed(form) {
  const values = {};
  for (const field of form.querySelectorAll(TYPED)) {
    if (!field.name) continue;
    const several = (values[field.name] ??= []);
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) several.push(field.value);
    } else if (field.multiple) several.push(...[...field.selectedOptions].map((option) => option.value));
    else several.push(field.value);
  }
  return values;
}

/* Text as the server keeps it: spaces around it do not count. */
function written(values) {
  return JSON.stringify(values, (_name, value) => (typeof value === "string" ? value.trim() : value));
}

function addRows(form, values) {
  for (const box of form.querySelectorAll("[data-rows][data-ready]")) {
    const named = Object.keys(values).map((name) => name.split("-")).filter(([list]) => list === box.dataset.rows);
    const needed = Math.max(0, ...named.map(([, index]) => Number(index) + 1));
    const button = form.querySelector(`[data-add="${box.dataset.rows}"]`);
    for (let have = box.querySelectorAll("[data-row]").length; button && have < needed; have += 1) button.click();
  }
}

function putBack(form, values) {
  addRows(form, values);
  const left = structuredClone(values);
  for (const field of form.querySelectorAll(TYPED)) {
    const several = left[field.name];
    if (!several) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = several.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = several.includes(option.value);
    else if (several.length) field.value = several.shift();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function tell(form, key) {
  const note = document.createElement("div");
  note.className = "notice draft-note";
  note.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = form.dataset.draftNote;
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "link-button";
  drop.textContent = form.dataset.draftDrop;
  drop.addEventListener("click", () => {
    delete form.dataset.draft;
    localStorage.removeItem(key);
    location.reload();
  });
  note.append(text, drop);
  form.before(note);
}

const person = () => document.querySelector("[data-outbox]")?.dataset.person ?? "";

function look(form) {
  const key = `${PREFIX}${person()}:${form.dataset.draft}`;
  const drawn = typed(form);
  const draft = stored(key);
  if (draft && written(draft.values) !== written(drawn)) {
    putBack(form, draft.values);
    tell(form, key);
  }
  let waiting;
  const save = (sent) => {
    clearTimeout(waiting);
    waiting = undefined;
    if (form.dataset.draft) keep(key, { at: Date.now(), sent, values: typed(form) });
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE_MS, false);
  });
  form.addEventListener("submit", () => save(true));
  addEventListener("pagehide", () => waiting && save(false));
}

/* The page that answers says whether what was sent arrived: it then carries a sentence of success. */
const arrived = document.querySelector(".flash--success") !== null;
for (const key of keys()) {
  const draft = stored(key);
  if (!draft || (draft.sent && arrived) || Date.now() - draft.at > KEPT_FOR_MS) localStorage.removeItem(key);
  else if (draft.sent) keep(key, { ...draft, sent: false });
}
addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-draft]").forEach(look));

/* Heard after everything else of the page: whoever was asked and stays keeps theirs. */
addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.action.endsWith("/sign-out")) return;
  for (const key of keys()) localStorage.removeItem(key);
});

/* Saves a step of the proposal while somebody writes, also when others write on it at the same time or the network is
   gone. Only what changed is sent, each change with a key and with the mark of what the answer was when it was drawn:
   the server saves it once, and never over what somebody else saved meanwhile. */
import { Answer } from "./proposal-answer.js";
import { ask, tellAgain } from "./proposal-both.js";
import { Draft } from "./proposal-draft.js";
import { showMissing, showProgress } from "./proposal-missing.js";

const PAUSE_MS = 2500;
const LONGEST_MS = 10000;
const AGAIN_MS = [3000, 10000, 30000];

const form = document.querySelector("form[data-autosave]");
const said = document.querySelector("[data-said]");
const drawn = form.elements.drawn;
const marks = () => drawn.value.split(" ").filter(Boolean).map((each) => each.split(":"));
const answers = new Map();
const written = () => marks().map(([name, mark]) => `${name}:${answers.get(name)?.mark ?? mark}`).join(" ");
const draft = new Draft(form.dataset.autosave);
let waiting, since, sending, failed = 0;

const open = () => [...answers.values()].filter((each) => each.isOpen);
const say = (text) => { if (said.textContent !== text) said.textContent = text; };

function keep() {
  const kept = draft.keep([...answers.values()].filter((each) => each.isChanged));
  if (!kept) say(said.dataset.unkept);
}

function later(wait = PAUSE_MS) {
  clearTimeout(waiting);
  since ??= Date.now();
  waiting = setTimeout(flush, Math.max(0, Math.min(wait, since + LONGEST_MS - Date.now())));
}

function body(sent) {
  const data = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  data.set("drawn", written());
  for (const { answer, value } of sent) {
    data.append("changed", answer.name);
    data.append(`key-${answer.name}`, answer.keyOf(value));
    for (const each of [value].flat()) data.append(answer.name, each);
  }
  return data;
}

function post(sent, options) {
  return fetch(form.action, {
    method: "POST", headers: { Accept: "application/json" }, redirect: "manual", body: body(sent), ...options,
  });
}

/* A page that lay open for long has an old token: a fresh page of the same address has a new one. */
async function renewToken() {
  const page = await fetch(form.action, { redirect: "manual" });
  if (!page.ok) return false;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrf_token]");
  if (fresh) form.elements.csrf_token.value = fresh.value;
  return Boolean(fresh);
}

async function send(sent, options) {
  let response = await post(sent, options);
  if (response.status === 400 && await renewToken()) response = await post(sent, options);
  if (response.type === "opaqueredirect") return { stop: said.dataset.signedOut };
  if (response.status >= 500 || response.status === 409) throw new TypeError("not now");
  const isData = response.headers.get("Content-Type")?.startsWith("application/json");
  if (!isData) return { stop: said.dataset.refused };
  const told = await response.json();
  return told.problem ? { stop: told.problem } : told;
}

function take(told, sent) {
  const news = [];
  const fresh = (answer, expected) => { if (takeTheirs(answer, told, expected)) news.push(answer.label); };
  for (const { answer, value } of sent) {
    const { name } = answer;
    if (name in told.theirs) ask(answer, told.theirs[name], told.drawn[name], settled);
    else if (name in told.wrong) answer.refuse(value, told.wrong[name]);
    else if (name in told.fresh) fresh(answer, value);
    else answer.arrived(value, told.drawn[name]);
  }
  for (const [name, answer] of answers) {
    if (name in told.fresh && !sent.some((each) => each.answer === answer)) fresh(answer, answer.known);
  }
  form.elements.version.value = told.version;
  drawn.value = written();
  showMissing(form, told.missing);
  showProgress(told.answered, told.missing);
  return news;
}

/* Somebody else's text comes into an answer that nobody here has touched since. */
function takeTheirs(answer, told, expected) {
  const [value, mark] = [told.fresh[answer.name], told.drawn[answer.name]];
  if (!answer.panel) return answer.take(value, mark, expected);
  tellAgain(answer, value, mark);
  return false;
}

function tell(text, sent, news) {
  const asked = [...answers.values()].find((each) => each.panel);
  if (asked) return say(said.dataset.asked.replace("{question}", asked.label));
  const sentences = news.map((label) => said.dataset.fresh.replace("{question}", label));
  if (sent.length && !sent.some(({ answer }) => answer.wrong)) sentences.unshift(text);
  return sentences.length && say(sentences.join(" – "));
}

async function attempt(sent, options) {
  try {
    const told = await send(sent, options);
    failed = 0;
    if (told.stop) {
      say(told.stop);
      return false;
    }
    tell(told.said, sent, take(told, sent));
    return true;
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
    say(said.dataset.offline);
    later(AGAIN_MS[Math.min(failed, AGAIN_MS.length - 1)]);
    failed += 1;
    return false;
  } finally {
    keep();
  }
}

/* Send what is open, one request after the other; `everything` also sends an amount that is still being typed. */
async function flush(everything = false, { looks, ...options } = {}) {
  clearTimeout(waiting);
  waiting = since = undefined;
  while (sending) await sending;
  const now = open().filter((each) => everything === true || !each.isHalfTyped);
  if (!now.length && !looks) return true;
  const sent = now.map((answer) => ({ answer, value: answer.value }));
  for (const { answer, value } of sent) answer.keyOf(value);
  keep();
  sending = attempt(sent, options);
  const arrived = await sending;
  sending = undefined;
  if (arrived && open().length) later();
  return arrived;
}

function settled(answer) {
  keep();
  drawn.value = written();
  answer.focus();
  showMissing(form);
  later(0);
}

function begin() {
  const wasRefused = form.dataset.refused !== undefined;
  for (const [name, mark] of marks()) {
    const answer = new Answer(form, name, mark, wasRefused);
    if (answer.inputs.length) answers.set(name, answer);
  }
  const kept = draft.read();
  const back = kept.filter(({ name, ...each }) => answers.get(name)?.putBack(each));
  keep();
  if (back.length) say(said.dataset.back);
  else if (kept.length && !open().length) say(said.dataset.arrived); // it was on its way when the page before was left
  if (open().length) later(0);
  showMissing(form);
}

form.addEventListener("input", (event) => {
  const answer = answers.get(event.target.name);
  if (!answer) return;
  answer.changed();
  draft.keepSoon(keep);
  showMissing(form);
  later();
});
form.addEventListener("change", () => later());

/* The button saves first, and goes on only when nothing is lost and nothing is open between two people. */
form.addEventListener("submit", async (event) => {
  if (form.dataset.ready) return;
  event.preventDefault();
  const { submitter } = event;
  const arrived = await flush(true);
  const asked = [...answers.values()].find((each) => each.panel);
  if (asked) asked.panel.focus();
  else if (arrived || [...answers.values()].some((each) => each.wrong)) {
    form.dataset.ready = "yes";
    setTimeout(() => form.requestSubmit(submitter)); // not while this event is still being told
  }
});
const signOut = document.querySelector("form[action$='/sign-out']");
signOut?.addEventListener("submit", async (event) => {
  if (open().length && !signOut.dataset.ready) {
    event.preventDefault();
    event.stopPropagation();
    await flush(true);
    signOut.dataset.ready = "yes";
    setTimeout(() => signOut.requestSubmit());
  } else draft.end();
});
addEventListener("pageshow", () => delete form.dataset.ready);
addEventListener("online", () => later(0));
addEventListener("offline", () => { if (open().length) say(said.dataset.offline); });
addEventListener("pagehide", keep);
/* Whoever leaves sends what is open; whoever comes back sees what others wrote meanwhile. */
document.addEventListener("visibilitychange", () => flush(true, document.hidden ? { keepalive: true } : { looks: true }));
begin();

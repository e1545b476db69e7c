/* What every page does for the time without a network: it lets the service worker keep it, says of a copy how old it
   is, lists what can be read, and after a sign-out clears what this device knew. */
const here = document.documentElement.lang;
const kept = document.querySelector("meta[name=kept-at]");
const banner = document.querySelector("[data-copy-of]");
const base = new URL(document.querySelector("link[rel=manifest]").href).pathname.replace("app.webmanifest", "");
const moment = (when) => new Intl.DateTimeFormat(here.replace("de-simple", "de"), {
  dateStyle: "medium", timeStyle: "short", numberingSystem: "latn", calendar: "gregory",
}).format(new Date(when));

if (kept && banner) {
  banner.textContent = banner.dataset.copyOf.replace("{when}", `\u2068${moment(kept.content)}\u2069`);
  banner.hidden = false;
}

/* Whoever saves data is asked for none of it beforehand; what is no longer public goes from their device too. */
async function askToKeep() {
  const registration = await navigator.serviceWorker.register("/service-worker.js");
  const isSigned = document.querySelector("[data-outbox]")?.dataset.person;
  const pages = [`${base}offline`, ...(isSigned ? [`${base}offline/write`] : [])];
  if (!navigator.serviceWorker.controller && banner && !isSigned) pages.push(location.pathname + location.search);
  const { active } = await navigator.serviceWorker.ready;
  if (registration) active.postMessage({ keep: navigator.connection?.saveData ? [] : pages });
}

async function listCopies(list) {
  const cache = await caches.open("read-1"), pages = [];
  for (const key of (await cache.keys()).reverse()) {
    const headers = (await cache.match(key, { ignoreVary: true }))?.headers;
    const title = headers?.get("Kept-Title"), read = headers?.get("Read-At") ?? headers?.get("Kept-At");
    if (title) pages.push({ key, title, read: Date.parse(read) });
  }
  for (const { key, title } of pages.sort((one, two) => two.read - one.read)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = key.url;
    link.textContent = new DOMParser().parseFromString(decodeURIComponent(title), "text/html").body.textContent;
    const [, code] = new URL(key.url).pathname.split("/");
    Object.assign(link, { lang: code, dir: "auto" });
    item.append(link);
    list.append(item);
  }
  document.querySelector("[data-copies-none]").hidden = list.children.length > 0;
  document.querySelector("[data-copies-some]").hidden = !list.children.length;
}

/* Somebody signed out on the page before: what the browser did not manage to clear goes now. */
function leaves() {
  try { return sessionStorage.getItem("leaving"); } catch { return null; }
}

if (leaves()) import("./leave.js").then(({ finishLeaving }) => finishLeaving());
const list = document.querySelector("[data-copies]");
if (list && "caches" in window) listCopies(list).catch(() => {});
/* What did not open is tried again as soon as we can be reached: browsers say "online" sooner than it is true, and
   whoever has just gone on to another page is not called back. */
async function tryAgain() {
  const answer = await fetch("/healthz", { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}
if (list && !location.pathname.endsWith("/offline")) addEventListener("online", tryAgain);
if ("serviceWorker" in navigator && navigator.onLine && !kept) askToKeep().catch(() => {});

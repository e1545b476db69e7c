/* Shows what the programme tells this device, also while no page is open; and keeps copies of public pages that were
   read, for the time without a network. Only what the server marks is kept (Offline-Copy, or a Cache-Control that says
   public), always as a stranger gets it: no page of somebody's session is ever among it. */
importScripts("/static/js/worker-copies.js");

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { return; }
  event.waitUntil(self.registration.showNotification(told.title, {
    body: told.text, tag: told.tag, lang: told.lang, dir: told.dir, data: { url: told.url }, icon: "/static/icons/icon-192.png",
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url, self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});

/* Browsers give themselves a new address now and then; what the device follows stays. */
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil((async () => {
    const before = event.oldSubscription;
    if (!before) return;
    const now = event.newSubscription || await self.registration.pushManager.subscribe(before.options);
    const { endpoint, keys } = now.toJSON();
    const body = new URLSearchParams({ before: before.endpoint, endpoint, key: keys.p256dh, auth: keys.auth });
    await fetch("/de/follow/device/renew", { method: "POST", body });
  })());
});

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(copies.forgetEarlier()));

/* A page asks to be kept that was read before this script was there; `keep` are addresses of ours. */
self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(copies.keepAll(event.data.keep).then(() => copies.refresh()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => copies.standIn(request.url)));
  } else if (request.mode === "navigate") event.respondWith(page(event));
  else if (/^(style|script|font|image)$/.test(request.destination)) event.respondWith(file(event));
});

async function page(event) {
  const { url } = event.request;
  try {
    const answer = await fetch(event.request);
    event.waitUntil(copies.keepPage(url, answer.clone()));
    return answer;
  } catch {
    return await copies.page(url) ?? copies.standIn(url);
  }
}

/* A file whose address names its content never changes. */
async function file(event) {
  const { url } = event.request;
  const isNamed = new URL(url).searchParams.has("v");
  const copy = isNamed && await copies.file(url);
  if (copy) return copy;
  try {
    const answer = await fetch(event.request);
    event.waitUntil(copies.keepFile(url, answer.clone()));
    return answer;
  } catch (problem) {
    const old = await copies.file(url);
    if (old) return old;
    throw problem;
  }
}

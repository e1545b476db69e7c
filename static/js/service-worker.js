/* Shows what the programme tells this device, also while no page is open. It keeps no pages and changes none. */
self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { return; }
  event.waitUntil(self.registration.showNotification(told.title, {
    body: told.text, tag: told.tag, lang: told.lang, dir: told.dir, data: { url: told.url }, icon: "/static/icons/favicon.svg",
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

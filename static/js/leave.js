/* Whoever signs out leaves nothing on this device: no copies of pages, no names of projects, nothing that waited. What a
   browser does not manage before it shows the next page is finished there. */
import { close } from "./outbox-store.js";

const MARK = "leaving";

async function clear() {
  close();
  indexedDB.deleteDatabase("outbox");
  for (const place of await caches.keys()) if (place.startsWith("read-")) await caches.delete(place);
  navigator.clearAppBadge?.().catch(() => {});
}

export function leave() {
  try { sessionStorage.setItem(MARK, "yes"); } catch { /* then this is the only try */ }
  return clear().catch(() => {});
}

export function finishLeaving() {
  try {
    if (!sessionStorage.getItem(MARK)) return;
    if (document.querySelector("form[action$='/sign-out']")) return sessionStorage.removeItem(MARK); // signed in again
    sessionStorage.removeItem(MARK);
  } catch { return; }
  clear().catch(() => {});
}

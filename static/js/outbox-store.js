/* What somebody wrote and the server does not have yet, with its photos, and the names of what they can write about: in
   this browser, for the person who wrote it, until it has arrived, they sign out, or two weeks have passed. */
const KEPT_FOR_MS = 14 * 24 * 3600e3;
let opened;

function open() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("outbox", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "id" });
      asked.result.createObjectStore("facts", { keyPath: "name" });
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = close; // another page signs out
      asked.result.onclose = close; // the browser lost it: it is opened anew
      done(asked.result);
    };
    asked.onerror = () => failed(asked.error);
  });
  opened.catch(() => { opened = undefined; }); // the next one may fare better
  return opened;
}

export function close() {
  opened?.then((database) => database.close()).catch(() => {});
  opened = undefined;
}

async function run(store, mode, act) {
  const transaction = (await open()).transaction(store, mode);
  const asked = act(transaction.objectStore(store));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(asked.result);
    transaction.onabort = () => failed(transaction.error ?? asked.error);
  });
}

const told = new BroadcastChannel("outbox");
export const onChange = (hear) => {
  told.addEventListener("message", hear);
  addEventListener("outbox", hear);
};

function changed() {
  told.postMessage("changed");
  dispatchEvent(new Event("outbox"));
}

/* What somebody wrote needs the room of a full device more than copies of pages do. */
export async function put(entry) {
  const keep = () => run("entries", "readwrite", (store) => store.put(entry));
  await keep().catch(async (problem) => {
    if (problem?.name !== "QuotaExceededError" || !await caches.delete("read-1")) throw problem;
    await keep();
  });
  changed();
}

export async function remove(id) {
  await run("entries", "readwrite", (store) => store.delete(id));
  changed();
}

export const entry = (id) => run("entries", "readonly", (store) => store.get(id));

/* One person's entries, the oldest first; of nobody is kept what is older than two weeks. */
export async function entries(person) {
  const all = await run("entries", "readonly", (store) => store.getAll());
  for (const each of all) if (Date.now() - each.at > KEPT_FOR_MS) await remove(each.id);
  return all.filter((each) => each.person === person && Date.now() - each.at <= KEPT_FOR_MS).sort((one, two) => one.at - two.at);
}

export const facts = () => run("facts", "readonly", (store) => store.get("mine"));
export const keepFacts = (mine) => run("facts", "readwrite", (store) => store.put({ ...mine, name: "mine", at: Date.now() }));

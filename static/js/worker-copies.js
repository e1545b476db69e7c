/* The copies of the service worker: public pages that were read with their pictures, the pages for the time without a
   network, and our own files. Sixty pages, twenty megabytes, thirty days since they were read: the oldest go first. What
   the server has no more goes from here too, and what is older than a day is asked for again. */
const READ = "read-1", OWN = "own-1", FILES = "files-1";
const MOST_PAGES = 60, MOST_BYTES = 20e6, MOST_FILES = 120;
const KEPT_FOR_MS = 30 * 24 * 3600e3, FRESH_MS = 24 * 3600e3, MOST_ASKED = 20;
const GONE = [404, 410], NOT_NOW = [408, 425, 429];
const STATIC = /(?:href|src)="(\/static\/[^"]+\.(?:css|js|woff2|svg)\?v=\w+|\/city\/[^"]+)"/g;
const IMPORTED = /^(?:import|export)[^"';]*["'](\.\/[\w-]+\.js)["']/gm;

const copies = {
  /* What the server says of an answer: nothing, or allowed, always, as-stranger. */
  wish(answer) {
    const cached = answer.headers.get("Cache-Control") ?? "";
    if (answer.status !== 200 || answer.redirected || answer.type !== "basic") return "";
    const wish = answer.headers.get("Offline-Copy") ?? (/\bpublic\b/.test(cached) ? "allowed" : "");
    return wish === "as-stranger" || !/no-store|private/.test(cached) ? wish : "";
  },

  async keepPage(url, answer, more = {}) {
    if (GONE.includes(answer.status)) return this.forget(url);
    const wish = this.wish(answer);
    if (wish === "as-stranger") return this.keepAsStranger(url);
    if (!wish || !answer.headers.get("Content-Type")?.startsWith("text/html")) return undefined;
    const text = await answer.text();
    const title = /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? "";
    const cache = await caches.open(wish === "always" ? OWN : READ);
    await this.put(cache, url, this.copy(new Blob([text]), answer, { "Kept-Title": encodeURIComponent(title), ...more }));
    await Promise.all([...text.matchAll(STATIC)].map(([, path]) => this.fetchFile(path.replaceAll("&amp;", "&"))));
    return this.trim();
  },

  async keepAsStranger(url) {
    const answer = await fetch(url, { credentials: "omit" }).catch(() => null);
    if (answer && this.wish(answer) !== "as-stranger") await this.keepPage(url, answer);
  },

  async keepAll(urls) {
    for (const url of urls) {
      const kept = await caches.match(this.name(url), { ignoreVary: true });
      if (!kept || Date.now() - Date.parse(kept.headers.get("Kept-At")) > FRESH_MS) await this.keepAsStranger(url);
    }
  },

  async keepFile(url, answer) {
    if (GONE.includes(answer.status)) await this.forget(url);
    if (this.wish(answer) !== "allowed") return;
    const isPicture = !new URL(url).pathname.startsWith("/static/") && answer.headers.get("Content-Type")?.startsWith("image/");
    const cache = await caches.open(isPicture ? READ : FILES);
    await this.put(cache, url, this.copy(await answer.blob(), answer));
    await (isPicture ? this.trim() : this.trimFiles(cache));
  },

  /* A script brings those along that it imports: these have no mark of their content in their address. */
  async fetchFile(path) {
    if (await this.file(path)) return;
    const answer = await fetch(path, { credentials: "omit" }).catch(() => null);
    if (!answer) return;
    const text = path.includes(".js") ? await answer.clone().text() : "";
    await this.keepFile(new URL(path, self.location.origin).href, answer);
    await Promise.all([...text.matchAll(IMPORTED)].map(([, name]) => this.fetchFile(new URL(name, new URL(path, self.location.origin)).pathname)));
  },

  copy(body, answer, more = {}) {
    const headers = new Headers(answer.headers);
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    const now = new Date().toISOString();
    const said = { "Kept-At": now, "Read-At": now, "Kept-Bytes": String(body.size), ...more };
    for (const [name, value] of Object.entries(said)) headers.set(name, value);
    return new Response(body, { headers });
  },

  name: (url) => new URL(url, self.location.origin).href.split("#")[0],

  async file(url) {
    for (const place of [FILES, READ]) {
      const found = await (await caches.open(place)).match(this.name(url), { ignoreVary: true });
      if (found) return found;
    }
    return undefined;
  },

  /* The page itself says when it was kept: its script shows the sentence. */
  async page(url) {
    const own = await (await caches.open(OWN)).match(this.name(url), { ignoreVary: true });
    if (own) return own;
    const read = await (await caches.open(READ)).match(this.name(url), { ignoreVary: true });
    if (!read) return undefined;
    const mark = `<head>\n<meta name="kept-at" content="${read.headers.get("Kept-At")}">`;
    return new Response((await read.text()).replace("<head>", mark), { headers: read.headers });
  },

  /* Never read: our own page instead, in the language of the address or in one that is there. */
  async standIn(url) {
    const cache = await caches.open(OWN);
    const [, language] = new URL(url).pathname.split("/");
    const there = (await cache.keys()).map((each) => each.url).filter((each) => each.endsWith("/offline"));
    const chosen = there.find((each) => each.endsWith(`/${language}/offline`)) ?? there.at(-1);
    return (chosen && await cache.match(chosen, { ignoreVary: true })) ?? Response.error();
  },

  /* What was read, the newest first. */
  async listed(cache) {
    const found = [];
    for (const key of (await cache.keys()).reverse()) {
      const copy = await cache.match(key, { ignoreVary: true });
      if (!copy) continue;
      const { headers } = copy, read = Date.parse(headers.get("Read-At") ?? headers.get("Kept-At"));
      found.push({ key, copy, headers, read });
    }
    return found.sort((one, two) => two.read - one.read);
  },

  async trim() {
    const cache = await caches.open(READ);
    let pages = 0, bytes = 0;
    for (const { key, headers, read } of await this.listed(cache)) {
      bytes += Number(headers.get("Kept-Bytes"));
      if (headers.has("Kept-Title")) pages += 1;
      const isOld = Date.now() - read > KEPT_FOR_MS;
      if (isOld || pages > MOST_PAGES || bytes > MOST_BYTES) await cache.delete(key, { ignoreVary: true });
    }
  },

  /* Where the device is full, the older half of what was read makes room. */
  async put(cache, url, copy) {
    await cache.put(this.name(url), copy.clone()).catch(async () => {
      const read = await caches.open(READ), all = await this.listed(read);
      for (const { key } of all.slice(all.length >> 1)) await read.delete(key, { ignoreVary: true });
      await cache.put(this.name(url), copy);
    });
  },

  async forget(url) {
    await (await caches.open(READ)).delete(this.name(url), { ignoreVary: true });
  },

  /* While there is a network: what is older than a day, the oldest first, as a stranger gets it. */
  async refresh() {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      const kept = ({ headers }) => Date.parse(headers.get("Kept-At"));
      const all = (await this.listed(await caches.open(READ))).sort((one, two) => kept(one) - kept(two));
      for (const each of all.filter((one) => Date.now() - kept(one) > FRESH_MS).slice(0, MOST_ASKED)) {
        if (!await this.askAgain(each)) break;
      }
    } finally {
      this.isAsking = false;
    }
  },

  /* A picture never changes under its address: whether it is still there is enough. Says whether the server answered. */
  async askAgain({ key: { url }, copy, headers }) {
    const isPage = headers.has("Kept-Title");
    const asked = { method: isPage ? "GET" : "HEAD", credentials: "omit", cache: "no-cache", redirect: "manual" };
    const answer = await fetch(url, asked).catch(() => null);
    if (!answer || answer.status >= 500 || NOT_NOW.includes(answer.status)) return false;
    const read = { "Read-At": headers.get("Read-At") ?? headers.get("Kept-At") };
    if (this.wish(answer) !== "allowed") await this.forget(url);
    else if (isPage) await this.keepPage(url, answer, read);
    else await this.put(await caches.open(READ), url, this.copy(await copy.blob(), copy, read));
    return true;
  },

  async trimFiles(cache) {
    const keys = await cache.keys();
    for (const key of keys.slice(0, Math.max(0, keys.length - MOST_FILES))) await cache.delete(key, { ignoreVary: true });
  },

  async forgetEarlier() {
    for (const place of await caches.keys()) if (![READ, OWN, FILES].includes(place)) await caches.delete(place);
  },
};

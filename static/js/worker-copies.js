/* The copies of the service worker: public pages that were read with their pictures, the pages for the time without a
   network, and our own files. Sixty pages, twenty megabytes, thirty days: the oldest go first. */
const READ = "read-1", OWN = "own-1", FILES = "files-1";
const MOST_PAGES = 60, MOST_BYTES = 20e6, MOST_FILES = 120;
const KEPT_FOR_MS = 30 * 24 * 3600e3, FRESH_MS = 24 * 3600e3;
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

  async keepPage(url, answer) {
    const wish = this.wish(answer);
    if (wish === "as-stranger") return this.keepAsStranger(url);
    if (!wish || !answer.headers.get("Content-Type")?.startsWith("text/html")) return undefined;
    const text = await answer.text();
    const title = /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? "";
    const cache = await caches.open(wish === "always" ? OWN : READ);
    await cache.put(this.name(url), this.copy(new Blob([text]), answer, { "Kept-Title": encodeURIComponent(title) }));
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
    if (this.wish(answer) !== "allowed") return;
    const isPicture = !new URL(url).pathname.startsWith("/static/") && answer.headers.get("Content-Type")?.startsWith("image/");
    const cache = await caches.open(isPicture ? READ : FILES);
    await cache.put(this.name(url), this.copy(await answer.blob(), answer));
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
    const said = { "Kept-At": new Date().toISOString(), "Kept-Bytes": String(body.size), ...more };
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

  async trim() {
    const cache = await caches.open(READ);
    let pages = 0, bytes = 0;
    for (const key of (await cache.keys()).reverse()) {
      const { headers } = await cache.match(key, { ignoreVary: true }) ?? {};
      if (!headers) continue;
      bytes += Number(headers.get("Kept-Bytes"));
      if (headers.has("Kept-Title")) pages += 1;
      const isOld = Date.now() - Date.parse(headers.get("Kept-At")) > KEPT_FOR_MS;
      if (isOld || pages > MOST_PAGES || bytes > MOST_BYTES) await cache.delete(key, { ignoreVary: true });
    }
  },

  async trimFiles(cache) {
    const keys = await cache.keys();
    for (const key of keys.slice(0, Math.max(0, keys.length - MOST_FILES))) await cache.delete(key, { ignoreVary: true });
  },

  async forgetEarlier() {
    for (const place of await caches.keys()) if (![READ, OWN, FILES].includes(place)) await caches.delete(place);
  },
};

/* The script of an archive: it works from a folder, without any server. Menus close, and the search looks through
   the words that lie beside it. */
(() => {
  "use strict";

  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  const place = document.querySelector("[data-archive-search]");
  if (!place || typeof archivePages === "undefined") return;

  /* The same spelling of words as in the running program: see foundation/folding.py. */
  const letters = {
    "ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ґ": "г", "ς": "σ",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ک": "ك", "ء": "", "ـ": "",
  };
  const plain = (word) => [...word.normalize("NFKD").toLowerCase().normalize("NFKD")]
    .map((sign) => letters[sign] ?? sign).join("").replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/^(?:[وفبك]?ال|لل)(?=..)/u, "").replace(/(?<=[aou])e+/g, "");
  const shape = /[\p{L}\p{N}\p{M}]+/gu;
  const wordsOf = (text) => (text.match(shape) ?? []).map(plain).filter(Boolean);
  const fits = (wanted, word) => word.startsWith(wanted) || (wanted.length > 2 && word.includes(wanted));

  const rank = (asked, page) => {
    page.title ??= wordsOf(page[1]);
    page.words ??= wordsOf(page[2]);
    const inTitle = asked.every((wanted) => page.title.some((word) => fits(wanted, word)));
    if (inTitle) return 0;
    const all = page.title.concat(page.words);
    if (!asked.every((wanted) => all.some((word) => fits(wanted, word)))) return -1;
    return asked.every((wanted) => all.includes(wanted)) ? 1 : 2;
  };

  const marked = (element, text, asked) => {
    let at = 0;
    for (const found of text.matchAll(shape)) {
      if (!asked.some((wanted) => fits(wanted, plain(found[0])))) continue;
      element.append(text.slice(at, found.index));
      const mark = document.createElement("mark");
      mark.textContent = found[0];
      element.append(mark);
      at = found.index + found[0].length;
    }
    element.append(text.slice(at));
    return element;
  };

  const around = (text, asked) => {
    const first = [...text.matchAll(shape)].find((found) => asked.some((wanted) => fits(wanted, plain(found[0]))));
    const from = Math.max(0, text.lastIndexOf(" ", Math.max(0, (first?.index ?? 0) - 60)) + 1);
    return (from ? "… " : "") + text.slice(from, from + 180) + (text.length > from + 180 ? " …" : "");
  };

  const item = (page, asked) => {
    const line = document.createElement("li");
    const title = document.createElement("h2");
    const link = document.createElement("a");
    link.href = place.dataset.root + page[0].split("/").map(encodeURIComponent).join("/");
    title.dir = "auto";
    title.append(marked(link, page[1], asked));
    const snippet = document.createElement("p");
    snippet.className = "snippet";
    snippet.dir = "auto";
    line.append(title, marked(snippet, around(page[2], asked), asked));
    return line;
  };

  const query = new URLSearchParams(location.search).get("q")?.slice(0, 100) ?? "";
  for (const field of document.querySelectorAll("input[name=q]")) field.value = query;
  const asked = [...new Set(wordsOf(query))].slice(0, 6);
  if (!asked.length) return;
  const found = archivePages.map((page, order) => ({ page, order, rank: rank(asked, page) }))
    .filter((each) => each.rank >= 0).sort((one, two) => one.rank - two.rank || one.order - two.order).slice(0, 50);
  if (!found.length) {
    const nothing = document.createElement("p");
    nothing.textContent = place.dataset.none;
    place.append(nothing);
    return;
  }
  const list = document.createElement("ul");
  list.className = "found";
  list.append(...found.map((each) => item(each.page, asked)));
  place.append(list);
})();

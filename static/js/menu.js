/* Menus close when one looks elsewhere. Without this they still open and close by their button. */
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

/* Whoever chooses a language meets it again at an address that names none; nothing else is remembered. */
document.querySelector(".langs")?.addEventListener("click", (event) => {
  const chosen = event.target.closest("a[hreflang]")?.hreflang;
  if (!chosen) return;
  const [name, safe] = location.protocol === "https:" ? ["__Host-language", "; secure"] : ["language", ""];
  document.cookie = `${name}=${chosen}; path=/; max-age=31536000; samesite=lax${safe}`;
});

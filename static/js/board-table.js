/* The moderation's table: cards appear as they come, and are moved by pointer or by the arrow keys. */
import { JSON_ONLY, redraw, watch } from "./board.js";

const table = document.querySelector("[data-table]");
const START_PX = 6;
let drag = null;
let waits = false;

const columns = () => [...table.querySelectorAll("[data-column]")];
const cardOf = (element) => element?.closest?.("[data-card]");

/* While a card is in the hand nothing moves below it. */
async function fresh() {
  if (drag?.ghost) waits = true;
  else await redraw();
}

async function put(card, column, before) {
  const id = card.id;
  const body = new URLSearchParams({
    csrf_token: table.querySelector("[data-token]").value, to: column.dataset.column, before: before?.dataset.card ?? "",
  });
  column.querySelector("[data-cards]").insertBefore(card, before);
  card.focus({ preventScroll: true });
  const answer = await fetch(card.dataset.move, { method: "POST", headers: JSON_ONLY, body }).catch(() => null);
  const said = document.querySelector("[data-said]");
  if (answer?.ok) said.textContent = column.querySelector("h2").textContent;
  else said.textContent = answer?.status === 422 ? (await answer.json()).problem : table.dataset.lost;
  await redraw().catch(() => {});
  document.getElementById(id)?.focus({ preventScroll: true });
}

function byKey(event) {
  const card = event.target.matches("[data-card]") ? event.target : null;
  if (!card || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = columns();
  const at = all.indexOf(card.closest("[data-column]"));
  const side = document.dir === "rtl" ? -1 : 1;
  const step = { ArrowRight: side, ArrowLeft: -side }[event.key];
  if (step && all[at + step]) put(card, all[at + step], null);
  else if (event.key === "ArrowUp" && card.previousElementSibling) put(card, all[at], card.previousElementSibling);
  else if (event.key === "ArrowDown" && card.nextElementSibling) put(card, all[at], card.nextElementSibling.nextElementSibling);
  else return;
  event.preventDefault();
}

function target(event) {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const column = under?.closest?.("[data-column]");
  if (!column) return null;
  const below = [...column.querySelectorAll("[data-card]")].filter((each) => each !== drag.card)
    .find((each) => event.clientY < each.getBoundingClientRect().top + each.offsetHeight / 2);
  return { column, before: below ?? null };
}

table.addEventListener("pointerdown", (event) => {
  const card = cardOf(event.target);
  const isGrip = event.pointerType === "mouse" || event.target.closest("[data-grip]");
  if (!card || !isGrip || event.button !== 0 || event.target.closest("a, button")) return;
  drag = { card, x: event.clientX, y: event.clientY, ghost: null };
});

addEventListener("pointermove", (event) => {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > START_PX;
  if (!drag.ghost && far) {
    drag.ghost = true;
    drag.card.classList.add("slip--held");
    getSelection()?.removeAllRanges();
  }
  if (!drag.ghost) return;
  event.preventDefault();
  const over = target(event)?.column;
  for (const each of columns()) each.classList.toggle("column--over", each === over);
});

function release(event) {
  if (!drag) return;
  const { card, ghost } = drag;
  const place = ghost && event.type === "pointerup" ? target(event) : null;
  card.classList.remove("slip--held");
  for (const each of columns()) each.classList.remove("column--over");
  drag = null;
  if (place) put(card, place.column, place.before);
  else if (waits) redraw().catch(() => {});
  waits = false;
}
addEventListener("pointerup", release);
addEventListener("pointercancel", release);
table.addEventListener("keydown", byKey);

/* Cards can be chosen with the keyboard, and have a grip for fingers, only where this script moves them. */
function prepare() {
  for (const card of table.querySelectorAll("[data-card]")) {
    card.tabIndex = 0;
    if (card.querySelector("[data-grip]")) continue;
    const grip = document.createElement("span");
    grip.className = "slip__grip";
    grip.dataset.grip = "";
    grip.ariaHidden = "true";
    grip.textContent = "⠿";
    card.prepend(grip);
  }
}
document.addEventListener("redrawn", prepare);
prepare();
table.querySelector("[data-help]").hidden = false;
watch(table.dataset.state, table.dataset.revision, fresh);

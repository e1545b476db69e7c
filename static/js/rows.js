/* One more row, or one less, in <div data-rows="costs"> whose fields are named costs-0-…, costs-1-…. The button
   data-add="costs" is a submit button: without this script the server answers with one more row. */
const NUMBERED = ["name", "id", "for", "aria-describedby", "aria-labelledby"];

function number(row, list, index) {
  const place = new RegExp(`(^|\\s)${list}-\\d+(?=-|\\s|$)`, "g");
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const name of NUMBERED) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(place, `$1${list}-${index}`));
    }
  }
}

function empty(row) {
  for (const field of row.querySelectorAll("input, textarea, select")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = 0;
    else field.value = "";
    field.removeAttribute("aria-invalid");
  }
  for (const wrong of row.querySelectorAll(".kern-error, .field__theirs")) wrong.remove();
  for (const marked of row.querySelectorAll(".kern-form-input--error")) marked.classList.remove("kern-form-input--error");
}

const rowsOf = (box) => [...box.querySelectorAll(":scope > [data-row]")];

function changed(box) {
  rowsOf(box).forEach((row, index) => number(row, box.dataset.rows, index));
  for (const button of box.querySelectorAll("[data-remove]")) button.hidden = rowsOf(box).length < 2;
  const form = box.closest("form");
  form.dispatchEvent(new Event("rows"));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function add(box) {
  const template = box.querySelector(":scope > template");
  const last = rowsOf(box).at(-1);
  const row = template ? template.content.firstElementChild.cloneNode(true) : last.cloneNode(true);
  number(row, box.dataset.rows, rowsOf(box).length);
  empty(row);
  (last ?? template).after(row);
  changed(box);
  row.querySelector("select, input:not([type=hidden]), textarea")?.focus();
}

for (const box of document.querySelectorAll("[data-rows]")) {
  box.dataset.ready = "yes";
  for (const button of box.querySelectorAll("[data-remove]")) button.hidden = rowsOf(box).length < 2;
}

document.addEventListener("click", (event) => {
  const adding = event.target.closest("[data-add]");
  const removing = event.target.closest("[data-remove]");
  if (adding) {
    const box = adding.form.querySelector(`[data-rows="${adding.dataset.add}"]`);
    if (!box) return;
    event.preventDefault();
    add(box);
  } else if (removing) {
    const row = removing.closest("[data-row]");
    const box = row.parentElement;
    const beside = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    changed(box);
    beside?.querySelector("select, input:not([type=hidden])")?.focus();
  }
});

/* What is still missing on this page, and how many questions of the proposal are answered, while somebody writes. */
const list = document.querySelector("[data-missing]");
const progress = document.querySelector("[data-progress]");
const lines = () => [...list.querySelectorAll("[data-missing-for]")];
const count = () => lines().filter((each) => each.hidden).length;
let elsewhere = Number(progress.querySelector("progress").value) - count();

const isEmpty = (form, name) => !form.elements[name]?.value.trim();

/* `missing` is what the server knows; without it, an empty answer is missing and a written one is not, for now. */
export function showMissing(form, missing) {
  for (const line of lines()) {
    const name = line.dataset.missingFor;
    const empty = isEmpty(form, name);
    if (missing && !empty && name in missing) {
      line.hidden = false;
      line.querySelector("a").textContent = missing[name];
    } else if (empty || missing) {
      line.hidden = !empty;
      line.querySelector("a").textContent = line.dataset.empty;
    } else if (line.querySelector("a").textContent === line.dataset.empty) line.hidden = true;
  }
  list.hidden = lines().every((each) => each.hidden);
  show(elsewhere + count());
}

export function showProgress(answered, missing) {
  elsewhere = answered - lines().filter((each) => !(each.dataset.missingFor in missing)).length;
  show(elsewhere + count());
}

function show(answered) {
  const bar = progress.querySelector("progress");
  const text = progress.querySelector("[data-progress-text]");
  bar.value = answered;
  text.textContent = text.dataset.progressText.replace("{done}", answered);
}

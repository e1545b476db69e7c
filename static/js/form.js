/* A form is sent once, however often its button is pressed. The server refuses doubles anyway. */
const WAIT_FOR_ANSWER_MS = 10000;

function free(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(free, WAIT_FOR_ANSWER_MS, form);
});

/* Coming back by the browser's button shows the page as it was left. */
addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(free));

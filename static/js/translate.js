// Ctrl+Enter (on a Mac: Command+Enter) does what the form's main button does, and goes on with the next text.
const main = document.querySelector("button[data-main]");

if (main) {
  main.form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      main.form.requestSubmit(main);
    }
  });
  for (const note of document.querySelectorAll("[data-with-script]")) {
    note.hidden = false;
  }
}

// The button that copies a word stands only where the browser can copy.
const button = document.querySelector("[data-copy-button]");
const text = document.querySelector("[data-copy-text]");
const said = document.querySelector("[data-copy-said]");

if (button && text && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = button.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text);
    }
  });
}

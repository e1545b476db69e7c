/* Keys for the check list: J and K go on and back, A accepts, C and Q open their questions, O opens the paper.
   A key does what its button does; without this script the buttons are all there is. Whoever is in the way of such
   keys, with speech or a screen reader, turns them off once. */
const STORED = "check-keys";
const help = document.querySelector("[data-keys]");
const button = document.querySelector("[data-keys-switch]");

function isOn() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

function show() {
  button.setAttribute("aria-pressed", String(isOn()));
}

function keyOf(event) {
  const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "");
  return letter.length === 1 ? letter.toLowerCase() : "";
}

function isBusy(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return true;
  return Boolean(event.target.closest("input:not([type=hidden]), textarea, select, [contenteditable]"));
}

function act(target) {
  if (!target.matches("details")) {
    target.click();
    return;
  }
  target.open = true;
  target.querySelector("input:not([type=hidden]), textarea")?.focus();
}

if (help && button) {
  help.hidden = false;
  show();
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(STORED, isOn() ? "off" : "on");
    } catch {
      button.disabled = true;
    }
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (isBusy(event) || !isOn()) return;
    const key = keyOf(event);
    const target = key && document.querySelector(`[data-check] [data-key="${key}"]`);
    if (!target) return;
    event.preventDefault();
    act(target);
  });
}

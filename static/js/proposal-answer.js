/* One answer on the page: what stands in it, what the server is known to hold, and the mark of that. */
const trimmed = (value) => JSON.stringify([value].flat().map((each) => each.replaceAll("\r\n", "\n").trim()));
export const isSame = (one, other) => one !== undefined && trimmed(one) === trimmed(other);

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

export class Answer {
  /* `isUnknown`: the page shows what it refused, not what is stored. */
  constructor(form, name, mark, isUnknown) {
    this.name = name;
    this.mark = mark;
    this.inputs = [...form.querySelectorAll(`[name="${name}"]`)];
    this.known = isUnknown ? undefined : this.inputs.length && this.value;
    this.panel = undefined;
    this.wrong = "";
  }

  get isTicked() { return this.inputs[0].type === "checkbox"; }

  get value() {
    return this.isTicked ? this.inputs.filter((each) => each.checked).map((each) => each.value) : this.inputs[0].value;
  }

  set value(value) {
    if (this.isTicked) for (const each of this.inputs) each.checked = value.includes(each.value);
    else if (this.inputs[0].value !== value) this.inputs[0].value = value;
  }

  get label() {
    const field = this.inputs[0].closest(".field");
    return field.querySelector("label, legend").firstChild.textContent.trim();
  }

  get isChanged() { return this.panel !== undefined || !isSame(this.known, this.value); }

  get isOpen() { return this.panel === undefined && this.isChanged && !(this.wrong && isSame(this.refused, this.value)); }

  /* Half an amount or half a day means something else than the whole one. */
  get isHalfTyped() {
    const input = this.inputs[0];
    return input === document.activeElement && (input.type === "date" || input.inputMode === "decimal");
  }

  keyOf(value) {
    if (this.keyFor === undefined || trimmed(this.keyFor) !== trimmed(value)) [this.key, this.keyFor] = [newKey(), value];
    return this.key;
  }

  /* Take up again what was typed before; it is open until the server says that it has it. */
  putBack({ value, mark, key }) {
    const isHere = isSame(this.value, value);
    if (isHere && this.known !== undefined) return false;
    [this.value, this.mark, this.key, this.keyFor] = [value, mark, key, value];
    return !isHere;
  }

  arrived(value, mark) {
    [this.known, this.mark] = [value, mark];
    this.showWrong("");
  }

  refuse(value, sentence) {
    this.refused = value;
    this.showWrong(sentence);
  }

  changed() {
    if (this.wrong && !isSame(this.refused, this.value)) this.showWrong("");
  }

  /* Take what somebody else saved, unless something was typed here since. */
  take(value, mark, expected) {
    if (!isSame(expected, this.value)) return false;
    const [before, [input]] = [this.value, this.inputs];
    const caret = input === document.activeElement && input.selectionStart;
    this.value = value;
    if (!isSame(this.value, value)) {
      this.value = before; // it is not among the choices this page knows: the old mark keeps it from being overwritten
      return false;
    }
    if (typeof caret === "number") input.setSelectionRange(caret, caret);
    [this.known, this.mark] = [value, mark];
    return !isSame(before, value);
  }

  /* What the page was drawn with says it already; a new sentence gets a place of its own below the field. */
  showWrong(sentence) {
    this.wrong = sentence;
    const [input] = this.inputs;
    const id = `${this.name}-said`;
    document.getElementById(id)?.remove();
    const old = document.getElementById(`${this.name}-error`);
    if (old) old.hidden = !sentence;
    if (sentence) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    const told = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
    if (sentence && !old) {
      const place = document.createElement("p");
      Object.assign(place, { id, className: "kern-error", textContent: sentence });
      input.closest(".field").append(place);
      told.push(id);
    }
    if (told.length) input.setAttribute("aria-describedby", told.join(" "));
    else input.removeAttribute("aria-describedby");
  }

  focus() { this.inputs[0].focus(); }
}

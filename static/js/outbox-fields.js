/* Takes out of a form what somebody filled in, files included, and puts it back. */
const OURS = new Set(["csrf_token"]);
const isFile = (value) => value instanceof File;

export const filled = (form) => [...new FormData(form)].filter(
  ([name, value]) => !OURS.has(name) && !(isFile(value) && !value.name));

function giveFiles(input, files) {
  const bag = new DataTransfer();
  for (const file of files) bag.items.add(file);
  input.files = bag.files;
  input.dispatchEvent(new CustomEvent("put-back", { bubbles: true }));
}

/* `wanted` may leave inputs for files out. */
export function fill(form, fields, wanted = () => true) {
  for (const input of form.elements) {
    if (!input.name || OURS.has(input.name)) continue;
    const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
    if (input.type === "file") {
      if (values.length && wanted(input)) giveFiles(input, values.filter(isFile));
    } else if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value);
    else if (input.type !== "submit" && values.length) [input.value] = values;
  }
  for (const input of form.querySelectorAll("details input, details textarea")) {
    const isBegun = input.type === "file" ? input.files.length : input.type === "checkbox" ? input.checked : input.value;
    if (isBegun && input.type !== "hidden") input.closest("details").open = true;
  }
}

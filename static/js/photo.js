/* Shows the photos chosen in <input type="file" data-photos>, and makes large ones smaller before they are sent:
   a phone's picture has ten times the bytes the page will ever show. What cannot be read here is sent as it is. */
const LARGE_BYTES = 1500000;
const LONGEST_SIDE = 2400;
const SIZE = new Intl.NumberFormat(document.documentElement.lang || "de", {
  style: "unit", unit: "megabyte", maximumFractionDigits: 1, numberingSystem: "latn",
});

async function smaller(file) {
  if (file.size < LARGE_BYTES || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const data = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    if (!data || data.size >= file.size) return file;
    return new File([data], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}

function preview(list, files) {
  for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  list.replaceChildren();
  for (const file of files) {
    const item = document.createElement("li");
    const image = document.createElement("img");
    image.alt = "";
    image.src = URL.createObjectURL(file);
    image.addEventListener("error", () => image.remove());
    const name = document.createElement("bdi");
    name.textContent = file.name;
    item.append(image, name, ` · ${SIZE.format(file.size / 1e6)}`);
    list.append(item);
  }
}

for (const input of document.querySelectorAll("input[type=file][data-photos]")) {
  const list = document.createElement("ul");
  list.className = "previews";
  input.after(list);
  input.addEventListener("change", async () => {
    preview(list, input.files);
    const files = await Promise.all([...input.files].map(smaller));
    const bag = new DataTransfer();
    for (const file of files) bag.items.add(file);
    input.files = bag.files;
    preview(list, input.files);
  });
}

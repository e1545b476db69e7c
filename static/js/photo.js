/* Shows the photos chosen in <input type="file">, and makes them smaller before they are sent, where they are large or
   the line is slow: a phone's picture has ten times the bytes the page will ever show, and knows where it was taken.
   What cannot be read here, and HEIC, is sent as it is. */
const LARGE_BYTES = 1500000, LARGE_ON_SLOW_LINES = 250000;
const LONGEST_SIDE = 2000, QUALITY = 0.8;
const sizeIn = (unit, digits) => new Intl.NumberFormat(document.documentElement.lang || "de", {
  style: "unit", unit, maximumFractionDigits: digits, numberingSystem: "latn",
});
const LARGE = sizeIn("megabyte", 1), SMALL = sizeIn("kilobyte", 0);
const sizeOf = ({ size }) => (size < 1e5 ? SMALL.format(size / 1e3) : LARGE.format(size / 1e6));

function isLarge(file) {
  const { saveData, effectiveType } = navigator.connection ?? {};
  const isSlow = saveData || /2g|3g/.test(effectiveType ?? "") || !navigator.onLine;
  return file.size > (isSlow ? LARGE_ON_SLOW_LINES : LARGE_BYTES);
}

/* The browser turns the picture as its camera held it; what is drawn anew has no place, no time and no camera in it. */
export async function smaller(file) {
  if (!isLarge(file) || !file.type.startsWith("image/") || /hei[cf]/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const data = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!data || data.size >= file.size) return file;
    return new File([data], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
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
    item.append(image, name, ` · ${sizeOf(file)}`);
    list.append(item);
  }
}

function listOf(input) {
  if (input.nextElementSibling?.matches(".previews")) return input.nextElementSibling;
  const list = document.createElement("ul");
  list.className = "previews";
  input.after(list);
  return list;
}

/* One picture after the other: a phone has little memory. */
async function take(input) {
  const chosen = [...input.files];
  preview(listOf(input), chosen);
  const bag = new DataTransfer();
  for (const file of chosen) bag.items.add(await smaller(file));
  if (chosen.length !== input.files.length || chosen.some((each, index) => each !== input.files[index])) return; // chosen anew
  input.files = bag.files;
  preview(listOf(input), input.files);
}

/* Whoever has chosen a photo is asked about it. */
function askAbout(input) {
  const about = input.closest("fieldset")?.querySelector("[data-about-photo]");
  if (about && input.files.length) about.open = true;
}

const isPhotos = (input) => input.matches("input[type=file][data-photos], form[data-outbox-kind] input[type=file], [data-write-form] input[type=file]");
document.addEventListener("change", (event) => {
  if (!isPhotos(event.target)) return;
  askAbout(event.target);
  take(event.target);
});
document.addEventListener("put-back", (event) => {
  if (!isPhotos(event.target)) return;
  askAbout(event.target);
  preview(listOf(event.target), event.target.files);
});

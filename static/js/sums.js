/* Adds up a budget while it is typed: <form data-sums> with inputs data-cost, data-financing, data-grant,
   data-hours (with data-rate, cents for one), and places
   data-sum="costs|financing|difference|grant|volunteers". Whole cents only; the server adds up again and its sums count. */
const LANGUAGE = document.documentElement.lang || "de";
const MONEY = new Intl.NumberFormat(LANGUAGE, {
  style: "currency", currency: "EUR", currencyDisplay: "narrowSymbol", numberingSystem: "latn",
});
const PARTS = new Intl.NumberFormat(LANGUAGE, { numberingSystem: "latn", useGrouping: true }).formatToParts(12345678.9);
const sign = (type, otherwise) => PARTS.find((part) => part.type === type)?.value ?? otherwise;
const DECIMAL = sign("decimal", ",");
const GROUP = sign("group", ".");

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Cents meant by a text, 0 for nothing, null for what is no amount. */
function cents(text) {
  let plain = text.replace(/[\u200e\u200f\u061c\u2066-\u2069]|€|EUR/gi, "").trim();
  if (!plain) return 0;
  const arabic = /[٬٫]/.test(plain);
  plain = plain.replace(/[٠-٩]/g, (d) => d.charCodeAt(0) - 0x660).replace(/[۰-۹]/g, (d) => d.charCodeAt(0) - 0x6f0);
  // An amount as German receipts print it, with both its digits of cents, is read in every language.
  return arabic ? read(plain, "٬", "٫", "1,2", "?") : read(plain, GROUP, DECIMAL, "1,2", "?") ?? read(plain, ".", ",", "2", "");
}

function read(plain, group, decimal, digits, often) {
  const between = /\s/.test(group) ? "\\s" : escaped(group);
  const amount = new RegExp(`^(\\d{1,12}|\\d{1,3}(?:${between}\\d{3}){1,4})(?:${escaped(decimal)}(\\d{${digits}}))${often}$`);
  const found = amount.exec(plain);
  if (!found) return null;
  return Number(found[1].replace(/\D/g, "")) * 100 + Number((found[2] ?? "0").padEnd(2, "0"));
}

function total(form, which) {
  let sum = 0;
  for (const input of form.querySelectorAll(which)) sum += cents(input.value) ?? 0;
  return sum;
}

/** What the hours of volunteers are worth: it counts on both sides. */
function worth(form) {
  let sum = 0;
  for (const input of form.querySelectorAll("[data-hours]")) {
    const hours = cents(input.value) ?? 0;
    if (hours % 100 === 0) sum += (hours / 100) * Number(input.dataset.rate || 0);
  }
  return sum;
}

function show(form) {
  const costs = total(form, "[data-cost]") + worth(form);
  const financing = total(form, "[data-financing], [data-grant]:not([data-financing])") + worth(form);
  const sums = { costs, financing, grant: total(form, "[data-grant]"), volunteers: worth(form), difference: financing - costs };
  for (const place of form.querySelectorAll("[data-sum]")) {
    const sum = sums[place.dataset.sum];
    if (sum === undefined) continue;
    const text = MONEY.format(sum / 100);
    if (place.textContent !== text) place.textContent = text;
    if (place.dataset.sum === "difference") place.dataset.state = sum !== 0 ? "off" : costs ? "even" : "";
  }
}

for (const form of document.querySelectorAll("form[data-sums]")) {
  form.addEventListener("input", () => show(form));
  form.addEventListener("rows", () => show(form));
  show(form);
}

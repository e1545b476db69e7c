/* Passkeys: shows its button where the browser can, asks the device, and sends the answer with the form around it. */
const bytes = (text) => Uint8Array.from(
  atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (each) => String.fromCharCode(each)).join(""))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

async function asked(form) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.ask, { method: "POST", body });
  if (!answer.ok || answer.redirected) throw new Error("not asked");
  return answer.json();
}

async function made(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const publicKey = { ...options, user, challenge: bytes(options.challenge),
    excludeCredentials: known(options.excludeCredentials) };
  const { id, rawId, type, response } = await navigator.credentials.create({ publicKey });
  return { id, rawId: text(rawId), type, response: {
    clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject),
    transports: response.getTransports?.() || [] } };
}

async function signed(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) };
  const { id, rawId, type, response } = await navigator.credentials.get({ publicKey });
  return { id, rawId: text(rawId), type, response: {
    clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
    signature: text(response.signature), userHandle: response.userHandle ? text(response.userHandle) : null } };
}

async function press(form) {
  const said = form.querySelector("[data-passkey-said]");
  said.textContent = "";
  try {
    const work = form.dataset.passkey === "create" ? made : signed;
    form.querySelector("[data-passkey-answer], [name=proof_answer]").value = JSON.stringify(await work(await asked(form)));
  } catch {
    said.textContent = form.dataset.failed;
    return;
  }
  form.requestSubmit();
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.querySelector("[data-passkey-button]").addEventListener("click", () => press(form));
  }
  for (const box of document.querySelectorAll("[data-passkey-box]")) box.hidden = false;
}

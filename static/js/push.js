/* "Tell me on this device": shown only where the browser can, asked for only when somebody presses the button. */
const box = document.querySelector("[data-push]");

const part = (name) => box.querySelector(`[data-push-${name}]`);
const say = (text) => { part("said").textContent = text; };

function show(follows) {
  part("begin").hidden = follows;
  part("on").hidden = !follows;
}

async function send(address, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const body = new URLSearchParams({ endpoint, key: keys.p256dh, auth: keys.auth });
  const answer = await fetch(address, { method: "POST", body });
  if (answer.status === 204) return null;
  const told = await answer.json();
  if (told.problem) throw new Error(told.problem);
  return told;
}

const key = () => Uint8Array.from(
  atob(box.dataset.push.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/* A subscription made with an earlier key of ours hears nothing any more, and a browser keeps one at a time. */
async function subscribe({ pushManager }) {
  const options = { userVisibleOnly: true, applicationServerKey: key() };
  try {
    return await pushManager.subscribe(options);
  } catch (problem) {
    const before = problem.name === "InvalidStateError" && await pushManager.getSubscription();
    if (!before) throw problem;
    await before.unsubscribe();
    return pushManager.subscribe(options);
  }
}

async function begin(registration) {
  if (await Notification.requestPermission() !== "granted") return say(box.dataset.denied);
  await send(box.dataset.begin, await subscribe(registration));
  show(true);
  say("");
}

async function stop(registration) {
  const subscription = await registration.pushManager.getSubscription();
  if (subscription) await send(box.dataset.stop, subscription);
  show(false);
  say(box.dataset.ended);
}

async function setUp() {
  const registration = await navigator.serviceWorker.register("/service-worker.js");
  await navigator.serviceWorker.ready;
  const known = await registration.pushManager.getSubscription();
  show(Boolean(known && (await send(box.dataset.state, known)).follows));
  const press = (work) => async () => {
    try { await work(registration); } catch (problem) { say(problem.name === "Error" ? problem.message : box.dataset.failed); }
  };
  part("begin").addEventListener("click", press(begin));
  part("stop").addEventListener("click", press(stop));
  box.hidden = false;
}

if (box && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) setUp().catch(() => {});

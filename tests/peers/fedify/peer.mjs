// A server with one person, amal, who can be told to follow and to leave; what her inbox hears is remembered.
//   ORIGIN=https://localhost:PORT CERTIFICATE=both.pem FIRST=rfc9421|draft-cavage-http-signatures-12 node peer.mjs
import { createServer } from "node:https";
import { readFileSync } from "node:fs";
import { createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import { Accept, Announce, Create, Delete, Endpoints, Follow, Person, Undo, Update } from "@fedify/fedify/vocab";

const origin = process.env.ORIGIN;
const keys = [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5")];
const heard = [];
const federation = createFederation({
  kv: new MemoryKvStore(), allowPrivateAddress: true, origin, firstKnock: process.env.FIRST,
});

federation.setActorDispatcher("/users/{identifier}", async (context, identifier) => {
  if (identifier !== "amal") return null;
  const [pair] = await context.getActorKeyPairs(identifier);
  return new Person({
    id: context.getActorUri(identifier), preferredUsername: identifier, inbox: context.getInboxUri(identifier),
    endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }), publicKey: pair.cryptographicKey,
  });
}).setKeyPairsDispatcher(() => keys);

const listeners = federation.setInboxListeners("/users/{identifier}/inbox", "/inbox");
for (const kind of [Accept, Announce, Create, Delete, Update]) {
  listeners.on(kind, async (context, activity) => {
    const document = await activity.toJsonLd();
    const thing = kind === Announce || kind === Delete ? null : await activity.getObject(context).catch(() => null);
    heard.push({ type: kind.name, actor: activity.actorId?.href, object: activity.objectId?.href,
      content: thing?.content?.toString() ?? null, attachments: document.object?.attachment ?? null });
  });
}

async function told(path, question) {
  const context = federation.createContext(new URL(origin), undefined);
  if (path === "/control/heard") return heard;
  const found = await context.lookupObject(question.get("who"));
  if (path === "/control/lookup") {
    return found && { id: found.id.href, type: found.constructor.name, name: found.name?.toString(),
      inbox: found.inboxId?.href, published: found.published?.toString(), content: found.content?.toString() };
  }
  const follow = new Follow({ id: new URL(`/follows/${question.get("number")}`, origin),
    actor: context.getActorUri("amal"), object: found.id });
  const activity = path === "/control/follow" ? follow
    : new Undo({ id: new URL(`/undos/${question.get("number")}`, origin), actor: follow.actorId, object: follow });
  await context.sendActivity({ identifier: "amal" }, found, activity, { immediate: true });
  return "sent";
}

createServer({ key: readFileSync(process.env.CERTIFICATE), cert: readFileSync(process.env.CERTIFICATE) },
  async (asked, answer) => {
    const parts = [];
    for await (const part of asked) parts.push(part);
    const url = new URL(asked.url, origin);
    try {
      if (url.pathname.startsWith("/control/")) {
        answer.end(JSON.stringify(await told(url.pathname, url.searchParams) ?? null));
        return;
      }
      const body = parts.length ? Buffer.concat(parts) : undefined;
      const response = await federation.fetch(
        new Request(url, { method: asked.method, headers: asked.headers, body }), { contextData: undefined });
      answer.writeHead(response.status, Object.fromEntries(response.headers));
      answer.end(Buffer.from(await response.arrayBuffer()));
    } catch (fault) {
      answer.writeHead(500).end(String(fault?.stack ?? fault));
    }
  }).listen(Number(new URL(origin).port), "127.0.0.1", () => console.log("ready"));

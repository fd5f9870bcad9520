import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deliver } from "../deliver/deliver";
import { openReceiver, openTestDoors } from "../deliver/test-receiver";
import { makeMessage } from "../shapes/test-message";
import { webPush } from "./web-push";

let receiver: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

/** A browser that subscribed: it alone can read what comes. */
const browser = createECDH("prime256v1");
browser.generateKeys();
const auth = Buffer.from("0123456789abcdef");
const config = {
  endpoint: "https://push.example/send/abcdefgh12345678",
  p256dh: browser.getPublicKey("base64url"),
  auth: auth.toString("base64url"),
  contact: "anna@example.org",
};

/** RFC 8188 and 8291, as a browser reads it. */
function read(body: Buffer): Record<string, unknown> {
  const [salt, keyLength] = [body.subarray(0, 16), body[20] ?? 0];
  const serverKey = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), serverKey]);
  const secret = Buffer.from(hkdfSync("sha256", browser.computeSecret(serverKey), auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: nonce\0", 12));
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return JSON.parse(String(plain.subarray(0, plain.lastIndexOf(2))));
}

async function send(message = makeMessage()) {
  receiver.answer({ status: 201 });
  const doors = openTestDoors({ reroute: receiver.url });
  expect(await deliver(webPush, config, message, doors)).toMatchObject({ ok: true });
  return { ...receiver.only(), keys: await doors.pushKeys() };
}

test("the browser reads what was sent, and its push service who sent it", async () => {
  const { method, path, headers, body, keys } = await send();
  expect([method, path]).toEqual(["POST", "/send/abcdefgh12345678"]);
  expect(headers).toMatchObject({ ttl: "86400", urgency: "high", "content-encoding": "aes128gcm" });
  expect(read(body)).toEqual({
    id: makeMessage().id,
    tag: headers.topic,
    title: "Disk nearly full on nas",
    body: "/srv on nas is 97 % full",
    severity: "critical",
    state: "firing",
    url: "https://unity.lab/alerts",
    actions: [{ title: "Acknowledge", url: "https://unity.lab/act/a.b.c" }],
  });
  const [, token = "", publicKey] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? "") ?? [];
  expect(publicKey).toBe(keys.publicKey);
  const [head = "", claims = "", signature = ""] = token.split(".");
  expect(JSON.parse(String(Buffer.from(claims, "base64url")))).toMatchObject({
    aud: "https://push.example",
    sub: "mailto:anna@example.org",
  });
  expect(
    verify("sha256", Buffer.from(`${head}.${claims}`), signingKey(keys.publicKey), Buffer.from(signature, "base64url")),
  ).toBe(true);
});

function signingKey(publicKey: string) {
  const bytes = Buffer.from(publicKey, "base64url");
  const [x, y] = [bytes.subarray(1, 33).toString("base64url"), bytes.subarray(33).toString("base64url")];
  return {
    key: createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" }),
    dsaEncoding: "ieee-p1363" as const,
  };
}

test("what is told of one group has one tag, another group another", async () => {
  const [one, two, three] = [
    await send(),
    await send(makeMessage({ id: "another", state: "resolved" })),
    await send(makeMessage({ groupKey: "else" })),
  ].map(({ body, headers }) => [read(body).tag, headers.topic]);
  expect(one).toEqual(two);
  expect(one).not.toEqual(three);
  expect(one?.[1]).toMatch(/^[\w-]{1,32}$/);
});

test("fits what every push service takes, whatever it holds", async () => {
  const action = { title: "x".repeat(300), url: `https://unity.lab/${"y".repeat(500)}` };
  const url = `https://unity.lab/${"z".repeat(500)}`;
  const { body } = await send(
    makeMessage({ title: '"'.repeat(999), text: '"\n'.repeat(5_000), url, actions: [action, action, action] }),
  );
  expect(body.length).toBeLessThanOrEqual(4_096);
  expect(String(read(body).body).length).toBeGreaterThan(100);
});

test.each([404, 410])("says that the browser unsubscribed, at %i", async (status) => {
  receiver.answer({ status });
  const delivered = await deliver(webPush, config, makeMessage(), openTestDoors({ reroute: receiver.url }));
  expect(delivered).toMatchObject({ ok: false, again: false, answer: expect.stringContaining("unsubscribed") });
});

test.each([
  { p256dh: "AAAA" },
  { auth: "short" },
  { endpoint: "http://push.example/x" },
  { contact: "anna@localhost" },
])("takes no %j", (more) => {
  expect(webPush.config.safeParse({ ...config, ...more }).success).toBe(false);
});

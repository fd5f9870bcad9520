import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deliver } from "../deliver/deliver";
import { openReceiver, openTestDoors } from "../deliver/test-receiver";
import { makeMessage } from "../shapes/test-message";
import { webhook } from "./webhook";

let receiver: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  receiver = await openReceiver();
  receiver.answer({ status: 204 });
});
afterAll(() => receiver.close());

const NOW = Date.UTC(2026, 0, 2);

async function send(more: object, message = makeMessage()) {
  receiver.answer({ status: 204 });
  const config = { url: `${receiver.url}/hook`, ...more };
  expect(await deliver(webhook, config, message, openTestDoors({ now: NOW }))).toMatchObject({ ok: true });
  const { method, headers, body } = receiver.only();
  return { method, headers, text: String(body) };
}

test("sends the message as JSON where nothing else is wanted", async () => {
  const { method, headers, text } = await send({ headers: { Authorization: "Bearer abcdefgh" } });
  expect([method, headers["content-type"], headers.authorization]).toEqual([
    "POST",
    "application/json",
    "Bearer abcdefgh",
  ]);
  expect(JSON.parse(text)).toEqual(makeMessage());
});

test.each([
  ["a text", "my secret", Buffer.from("my secret")],
  ["a key in base64", `whsec_${Buffer.from("0123456789").toString("base64")}`, Buffer.from("0123456789")],
])("signs as Standard Webhooks describes, with %s", async (_, signingSecret, key) => {
  const { headers, text } = await send({ signingSecret });
  const id = makeMessage().id;
  expect(headers["webhook-id"]).toBe(id);
  expect(headers["webhook-timestamp"]).toBe(String(NOW / 1_000));
  const signature = createHmac("sha256", key)
    .update(`${id}.${NOW / 1_000}.${text}`)
    .digest("base64");
  expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
});

test.each([
  ["application/json", '{"t": "{{ title }}", "u": "{{url}}", "all": {{json}}}'],
  ["application/x-www-form-urlencoded", "t={{title}}&u={{url}}&all={{json}}"],
])("what is filled into %s stays a text", async (format, body) => {
  const message = makeMessage({ title: '"},"evil":"& =\\', text: "a\nb" });
  const { headers, text } = await send({ format, body }, message);
  expect(headers["content-type"]).toBe(format);
  const fields =
    format === "application/json" ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text).entries());
  expect(Object.keys(fields)).toEqual(["t", "u", "all"]);
  expect([fields.t, fields.u]).toEqual([message.title, message.url]);
  expect(typeof fields.all === "string" ? JSON.parse(fields.all) : fields.all).toEqual(message);
});

test("plain text is as it is", async () => {
  const { text } = await send({ format: "text/plain", body: "{{severity}}: {{title}}\n{{text}}" });
  expect(text).toBe("critical: Disk nearly full on nas\n/srv on nas is 97 % full");
});

test.each([
  ['{"t": "{{titel}}"}', "There is no {{titel}}"],
  ['{"t": {{title}}}', "not JSON"],
])("a body that cannot work is refused when it is saved: %s", (body, message) => {
  const parsed = webhook.config.safeParse({ url: "https://x.test/", body });
  expect(parsed.error?.issues[0]).toMatchObject({ path: ["body"], message: expect.stringContaining(message) });
});

test("does not connect where credentials are handed out, however the address is written", async () => {
  for (const host of ["169.254.169.254", "[::ffff:169.254.169.254]", "[fd00:ec2::254]", "2852039166"]) {
    const url = `http://${host}/latest/`;
    const delivered = await deliver(webhook, { url }, makeMessage(), openTestDoors());
    expect(delivered).toMatchObject({ ok: false, again: false, answer: expect.stringContaining("metadata") });
  }
});
